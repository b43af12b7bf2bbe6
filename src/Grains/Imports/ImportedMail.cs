namespace Platform.Grains.Imports;

/// <summary>One mail found in an uploaded file, or why it cannot be had.</summary>
/// <param name="Content">CRLF lines; null when <paramref name="Error"/> says why.</param>
internal sealed record ImportedMail(ReadOnlyMemory<byte>? Content, string? Error)
{
    public static ImportedMail TooLarge { get; } = new(null, "too-large");

    public static ImportedMail Unreadable { get; } = new(null, "unreadable");

    public static ImportedMail Of(ReadOnlyMemory<byte> bytes) => new(CrlfLines.Of(bytes), null);
}

/// <summary>The file is not what its name or first bytes say; the job ends with this sentence.</summary>
internal sealed class ImportFormatException(string message, Exception? inner = null) : Exception(message, inner);
