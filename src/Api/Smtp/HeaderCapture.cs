using System.Buffers;

namespace Platform.Api.Smtp;

/// <summary>Keeps the header section of a message that streams by, up to <see cref="MaxBytes"/>, for the loop guard.</summary>
internal sealed class HeaderCapture
{
    public const int MaxBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> kept = new(4096);
    private bool ended;

    /// <summary>Its end was seen, or the bound reached: nothing more is kept.</summary>
    public bool IsWhole => ended;

    /// <summary>The header with its last line end, once the empty line was seen; else all that came, up to the bound.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (ended)
            return;
        // The empty line may begin in the piece before.
        var from = Math.Max(0, kept.WrittenCount - 3);
        kept.Write(bytes[..Math.Min(MaxBytes - kept.WrittenCount, bytes.Length)]);
        var end = kept.WrittenSpan[from..].IndexOf("\r\n\r\n"u8);
        Bytes = end < 0 ? kept.WrittenMemory : kept.WrittenMemory[..(from + end + 2)];
        ended = end >= 0 || kept.WrittenCount >= MaxBytes;
    }
}
