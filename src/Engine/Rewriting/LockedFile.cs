using System.Text;

namespace Platform.Engine.Rewriting;

/// <summary>A file of a mail under a password: a PDF stays one, all else lies in an archive of its own.</summary>
internal sealed record LockedFile(string Name, string MediaType, byte[] Content)
{
    private const int MaxName = 120;

    public static LockedFile Of(MailFile file, string password, ScanLimits limits, CancellationToken cancellationToken)
    {
        var name = SafeName(file.Name);
        return file.Type.Id == "pdf" && LockedPdf.TryLock(file.Content, password, limits, cancellationToken) is { } pdf
            ? new LockedFile(name, "application/pdf", pdf)
            : new LockedFile(name + ".zip", "application/zip", LockedArchive.Of(name, file.Content.Span, password));
    }

    /// <summary>Type, name (RFC 2231, 4; RFC 2183) and coding of its part.</summary>
    public string Fields
    {
        get
        {
            var coded = string.Concat(Encoding.UTF8.GetBytes(Name).Select(octet => char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'.' or (byte)'-' or (byte)'_' ? $"{(char)octet}" : $"%{octet:X2}"));
            var plain = string.Concat(Name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ' ' ? c : '_'));
            return $"Content-Type: {MediaType};\r\n name=\"{plain}\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n filename=\"{plain}\";\r\n filename*=utf-8''{coded}\r\n";
        }
    }

    // It is a path to whoever unpacks it, and a line of a header.
    private static string SafeName(string name)
    {
        var safe = string.Concat(name.EnumerateRunes().Select(rune => Rune.IsControl(rune) || rune.Value is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? "_" : rune.ToString())).Trim(' ', '.');
        if (safe.Length > MaxName)
            safe = string.Concat(safe.EnumerateRunes().TakeLast(MaxName / 2));
        return safe.Length > 0 ? safe : "file";
    }
}
