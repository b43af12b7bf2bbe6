using System.Text;

namespace Platform.Feeds.Clamd;

internal enum ClamdResult
{
    Clean,
    Found,
    TooLarge,
    Error,
}

/// <summary>One line of clamd: <c>stream: OK</c>, <c>stream: NAME FOUND</c>, <c>INSTREAM size limit exceeded. ERROR</c> (clamd(8)).</summary>
/// <param name="Text">Name of the signature, or what went wrong; printable, at most 200 characters.</param>
internal readonly record struct ClamdReply(ClamdResult Result, string Text)
{
    /// <summary>Bytes of a reply; a longer one is none.</summary>
    public const int MaxBytes = 4 * 1024;

    private const int MaxText = 200;

    public static ClamdReply Parse(ReadOnlySpan<byte> reply)
    {
        var end = reply.IndexOfAny((byte)0, (byte)'\n');
        var line = Printable(end < 0 ? reply : reply[..end]).Trim();
        if (line.Contains("size limit exceeded", StringComparison.Ordinal))
            return new ClamdReply(ClamdResult.TooLarge, "the stream is longer than clamd takes");
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var said = colon < 0 ? line : line[(colon + 2)..];
        if (said == "OK")
            return new ClamdReply(ClamdResult.Clean, "");
        const string found = " FOUND";
        return said.EndsWith(found, StringComparison.Ordinal) && said.Length > found.Length
            ? new ClamdReply(ClamdResult.Found, Cut(said[..^found.Length]))
            : new ClamdReply(ClamdResult.Error, said.Length == 0 ? "an empty reply" : Cut(said));
    }

    private static string Printable(ReadOnlySpan<byte> text) => string.Create(Math.Min(text.Length, MaxBytes), text.Length <= MaxBytes ? text : text[..MaxBytes], static (span, bytes) =>
    {
        Encoding.ASCII.GetChars(bytes, span);
        foreach (ref var character in span)
            if (char.IsControl(character))
                character = ' ';
    });

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText];
}
