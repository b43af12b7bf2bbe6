using System.Buffers.Text;
using System.Text;

namespace Platform.Smtp.Commands;

/// <summary><c>BDAT size [LAST]</c> (RFC 3030, 2).</summary>
internal readonly record struct BdatCommand(long Size, bool IsLast)
{
    public static bool TryParse(ReadOnlySpan<byte> arguments, out BdatCommand command)
    {
        command = default;
        var end = arguments.IndexOf((byte)' ');
        var digits = end < 0 ? arguments : arguments[..end];
        var word = end < 0 ? default : arguments[end..].Trim((byte)' ');
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        if (!Utf8Parser.TryParse(digits, out long size, out var used) || used != digits.Length)
            return false;
        if (!word.IsEmpty && !Ascii.EqualsIgnoreCase(word, "LAST"u8))
            return false;
        command = new BdatCommand(size, !word.IsEmpty);
        return true;
    }
}
