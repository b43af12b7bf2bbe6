using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Platform.Smtp.Addresses;

// Paths of the SMTP envelope (RFC 5321, 4.1.2, with the UTF-8 of RFC 6531, 3.3):
//
//   path       = "<" [ source-route ":" ] mailbox ">"        <user@example.test>
//   mailbox    = local-part "@" ( domain / literal )         <"a b"@[192.0.2.1]>
//   local-part = dot-string / quoted-string
//
// MAIL may carry the null path "<>", RCPT the bare "<postmaster>". A source route ("@a,@b:") is read and dropped, as
// section 3.6.1 allows. The local-part belongs to its domain: its case is kept, and only quoting that means nothing is
// removed. Two liberties against the grammar, each for mail that is really sent: dots may stand anywhere in a
// dot-string (old Japanese mobile addresses end in one or double it), and a sender's local-part may exceed 64 octets
// as long as the path keeps its 256 (encoded bounce addresses do; 4.5.3.1 asks to set no limit where none is needed).
internal static class PathParser
{
    public const int MaxLocalPart = 64;
    public const int MaxPath = 256;

    private static readonly SearchValues<byte> Atext =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~."u8);

    /// <summary>Reads a path in brackets from the start of <paramref name="input"/> and moves it past the path.</summary>
    public static PathError TryRead(ref ReadOnlySpan<byte> input, PathKind kind, out MailPath path)
    {
        path = default;
        if (input.IsEmpty || input[0] != '<')
            return PathError.Syntax;

        var rest = input[1..];
        if (kind == PathKind.Reverse && rest.StartsWith(">"u8))
        {
            path = MailPath.Null;
            input = rest[1..];
            return PathError.None;
        }

        if (!SkipSourceRoute(ref rest))
            return PathError.Syntax;
        var error = ReadMailbox(ref rest, kind, out path);
        if (error != PathError.None)
            return error;
        if (rest.IsEmpty || rest[0] != '>')
            return PathError.Syntax;
        input = rest[1..];
        return PathError.None;
    }

    /// <summary>The local-part as it must be written before the <c>@</c>.</summary>
    public static string Quote(string localPart)
    {
        var plain = localPart.Length > 0;
        foreach (var c in localPart)
            plain &= c >= 0x80 || Atext.Contains((byte)c);
        return plain ? localPart : $"\"{localPart.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static PathError ReadMailbox(ref ReadOnlySpan<byte> rest, PathKind kind, out MailPath path)
    {
        path = default;
        var start = rest;
        if (!ReadLocalPart(ref rest, out var localPart))
            return PathError.Syntax;
        var localOctets = start.Length - rest.Length;
        if (localOctets > (kind == PathKind.Forward ? MaxLocalPart : MaxPath))
            return PathError.LocalPartTooLong;

        if (kind == PathKind.Forward && rest.StartsWith(">"u8) && localPart.Equals("postmaster", StringComparison.OrdinalIgnoreCase))
        {
            path = new MailPath(localPart, localPart, "", false);
            return PathError.None;
        }

        if (rest.IsEmpty || rest[0] != '@')
            return PathError.Syntax;
        rest = rest[1..];
        var end = rest.IndexOf((byte)'>');
        if (end < 0)
            return PathError.Syntax;
        var written = rest[..end];
        if (written.Length > DomainName.MaxLength)
            return PathError.DomainTooLong;
        if (!DomainName.TryRead(written, out var domain))
            return PathError.Syntax;
        if (localOctets + 1 + written.Length + 2 > MaxPath)
            return PathError.TooLong;

        rest = rest[end..];
        var international = !Ascii.IsValid(start[..(localOctets + 1 + written.Length)]);
        var address = string.Concat(Quote(localPart), "@", Encoding.UTF8.GetString(written));
        path = new MailPath(address, localPart, domain, international);
        return PathError.None;
    }

    private static bool ReadLocalPart(ref ReadOnlySpan<byte> rest, out string localPart)
    {
        localPart = "";
        if (rest.IsEmpty)
            return false;
        if (rest[0] == '"')
            return ReadQuotedString(ref rest, out localPart);

        var length = 0;
        while (length < rest.Length && (rest[length] >= 0x80 || Atext.Contains(rest[length])))
            length++;
        if (length == 0 || !Utf8.IsValid(rest[..length]))
            return false;
        localPart = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return true;
    }

    private static bool ReadQuotedString(ref ReadOnlySpan<byte> rest, out string content)
    {
        content = "";
        Span<byte> plain = stackalloc byte[MaxPath];
        var length = 0;
        for (var i = 1; i < rest.Length; i++)
        {
            var octet = rest[i];
            if (octet == '"')
            {
                if (!Utf8.IsValid(plain[..length]))
                    return false;
                content = Encoding.UTF8.GetString(plain[..length]);
                rest = rest[(i + 1)..];
                return true;
            }

            if (octet == '\\')
            {
                if (++i == rest.Length || rest[i] >= 0x7F)
                    return false;
                octet = rest[i];
            }

            if (octet is < 0x20 or 0x7F || length == plain.Length)
                return false;
            plain[length++] = octet;
        }

        return false;
    }

    private static bool SkipSourceRoute(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != '@')
            return true;
        var colon = rest.IndexOf((byte)':');
        if (colon < 0)
            return false;
        foreach (var range in rest[..colon].Split((byte)','))
        {
            var hop = rest[range];
            if (hop.Length < 2 || hop[0] != '@' || hop[1] == '[' || hop.Length - 1 > DomainName.MaxLength || !DomainName.TryRead(hop[1..], out _))
                return false;
        }

        rest = rest[(colon + 1)..];
        return true;
    }
}
