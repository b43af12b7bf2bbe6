using System.Net;
using System.Net.Sockets;

namespace Platform.Engine.Intelligence;

// Each server that takes a message over puts a Received field on top (RFC 5321, section 4.4): `from <what the client said>
// (<what the server saw>) by <server> …; date`. The form of the second part varies: Postfix and Sendmail
// `(rdns [192.0.2.1])`, Exchange and Gmail `(192.0.2.1)` or `(host. [192.0.2.1])`, Exim `([192.0.2.1] helo=name)` or
// `from [192.0.2.1] (helo=name)`, qmail `(HELO name) (192.0.2.1)`. What the client said is not to be trusted, an address
// literal in it included; the last address in parentheses that is no HELO is what the server saw.

/// <summary>The client address in one Received field, as its server saw it.</summary>
internal static class ReceivedField
{
    private const int MaxRead = 2_048;

    /// <summary>The client's address; null when the field names none (local submission, unknown style).</summary>
    public static IPAddress? ClientAddress(string value)
    {
        var from = FromClause(value);
        if (from.Length == 0)
            return null;
        IPAddress? outside = null;
        IPAddress? seen = null;
        foreach (var (text, inParentheses, isGreeting) in Words(from))
        {
            if (isGreeting || Parse(text) is not { } address)
                continue;
            if (inParentheses)
                seen = address;
            else
                outside ??= address;
        }

        return seen ?? outside;
    }

    /// <summary>The first dotted quad in the from clause that no network can have (a number above 255); null when there is none.</summary>
    public static string? ImpossibleAddress(string value)
    {
        foreach (var (text, _, _) in Words(FromClause(value)))
        {
            var literal = text.Trim('[', ']');
            var parts = literal.Split('.');
            if (parts.Length == 4 && parts.All(part => part.Length is > 0 and <= 5 && part.All(char.IsAsciiDigit)) && parts.Any(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) > 255))
                return literal;
        }

        return null;
    }

    /// <summary>False for loopback, private, link-local, shared, unspecified and multicast addresses; true also for documentation ranges.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);
        if (plain.AddressFamily == AddressFamily.InterNetwork)
        {
            return bytes[0] switch
            {
                0 or 10 or 127 or >= 224 => false,
                100 => bytes[1] is < 64 or > 127,
                169 => bytes[1] != 254,
                172 => bytes[1] is < 16 or > 31,
                192 => bytes[1] != 168,
                _ => true,
            };
        }

        return !IPAddress.IsLoopback(plain) && !plain.IsIPv6LinkLocal && !plain.IsIPv6SiteLocal && !plain.IsIPv6UniqueLocal && !plain.IsIPv6Multicast && !plain.Equals(IPAddress.IPv6None);
    }

    /// <summary>An address in any of the written forms: plain, <c>[v4]</c>, <c>[IPv6:…]</c>, with a port or a zone.</summary>
    public static IPAddress? Parse(string text)
    {
        var literal = text.Trim().TrimEnd(',', ';', '.');
        if (literal.StartsWith('['))
        {
            var close = literal.IndexOf(']');
            literal = close < 0 ? literal[1..] : literal[1..close];
        }

        if (literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
            literal = literal["IPv6:".Length..];
        if (literal.StartsWith("::ffff:", StringComparison.OrdinalIgnoreCase) && literal.Contains('.'))
            literal = literal["::ffff:".Length..];
        var zone = literal.IndexOf('%');
        if (zone > 0)
            literal = literal[..zone];
        if (literal.Count(character => character == ':') == 1 && literal.Contains('.'))
            literal = literal[..literal.IndexOf(':')];
        // "1" and "127.1" are addresses to the parser, not to a mail server.
        if (literal.Length is < 2 or > 45 || !literal.Contains(':') && literal.Count(character => character == '.') != 3 || !literal.All(character => char.IsAsciiHexDigit(character) || character is '.' or ':'))
            return null;
        return IPAddress.TryParse(literal, out var address) ? address : null;
    }

    // Between "from" and the "by" outside parentheses.
    private static string FromClause(string value)
    {
        var text = (value.Length > MaxRead ? value[..MaxRead] : value).Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ').TrimStart();
        if (!text.StartsWith("from ", StringComparison.OrdinalIgnoreCase))
            return "";
        var depth = 0;
        for (var index = 5; index < text.Length; index++)
        {
            depth += text[index] switch { '(' => 1, ')' when depth > 0 => -1, _ => 0 };
            if (depth == 0 && text[index] == ';' || depth == 0 && text.AsSpan(index).StartsWith(" by ", StringComparison.OrdinalIgnoreCase))
                return text[5..index];
        }

        return text[5..];
    }

    private static IEnumerable<(string Text, bool InParentheses, bool IsGreeting)> Words(string clause)
    {
        var depth = 0;
        var start = 0;
        var afterHelo = false;
        for (var index = 0; index <= clause.Length; index++)
        {
            var character = index < clause.Length ? clause[index] : ' ';
            if (character is not (' ' or '(' or ')' or ',' or '@'))
                continue;
            if (index > start)
            {
                var word = clause[start..index];
                var named = word.StartsWith("helo=", StringComparison.OrdinalIgnoreCase) || word.StartsWith("ehlo=", StringComparison.OrdinalIgnoreCase) || word.StartsWith("port=", StringComparison.OrdinalIgnoreCase);
                yield return (word, depth > 0, named || afterHelo);
                afterHelo = word.Equals("HELO", StringComparison.OrdinalIgnoreCase) || word.Equals("EHLO", StringComparison.OrdinalIgnoreCase);
            }

            depth += character switch { '(' => 1, ')' when depth > 0 => -1, _ => 0 };
            start = index + 1;
        }
    }
}
