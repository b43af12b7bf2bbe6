using System.Text;
using Platform.Feeds.Lists;

namespace Platform.Feeds.Stix;

// Patterns of STIX 2.1 (OASIS, 9): comparisons in brackets.
//
//   [file:hashes.'SHA-256' = 'aec0...']
//   [url:value = 'http://x.example/a' OR url:value = 'http://x.example/b']
//   [domain-name:value IN ('a.example', 'b.example')] OR [ipv4-addr:value = '198.51.100.0/24']
//
// What names one thing by itself is taken: equality and IN, joined by OR. Where things must come together (AND, FOLLOWEDBY, a
// qualifier such as REPEATS, an operator such as LIKE or NOT) one of them alone would say less than the author meant, and the
// pattern is passed over.

/// <summary>Reads patterns of the simple kind. Never throws.</summary>
internal static class StixPattern
{
    private const int MaxLength = 64 * 1024;

    /// <summary>The things any of which the pattern names; empty when it is not of the simple kind.</summary>
    public static IReadOnlyList<Indicator> Read(string pattern, string label)
    {
        if (pattern.Length > MaxLength)
            return [];
        var tokens = new StixTokens(pattern);
        List<Indicator> read = [];
        do
        {
            if (!tokens.Take("["))
                return [];
            do
            {
                if (!ReadComparison(ref tokens, label, read))
                    return [];
            }
            while (tokens.TakeWord("OR"));
            if (!tokens.Take("]"))
                return [];
        }
        while (tokens.TakeWord("OR"));
        return tokens.AtEnd ? read : [];
    }

    private static bool ReadComparison(ref StixTokens tokens, string label, List<Indicator> read)
    {
        var path = tokens.TakePath();
        if (path.Length == 0)
            return false;
        if (tokens.Take("="))
            return tokens.TakeText(out var value) && Add(path, value, label, read);
        if (!tokens.TakeWord("IN") || !tokens.Take("("))
            return false;
        do
        {
            if (!tokens.TakeText(out var value) || !Add(path, value, label, read))
                return false;
        }
        while (tokens.Take(","));
        return tokens.Take(")");
    }

    // A thing that we have no use for (a file name, a registry key) is passed over; the others that OR joins stand by themselves.
    private static bool Add(string path, string value, string label, List<Indicator> read)
    {
        if (KindOf(path) is { } kind && Indicator.TryMake(kind, value, label, out var indicator))
            read.Add(indicator);
        return true;
    }

    private static IndicatorKind? KindOf(string path) => path.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "FILE:HASHES.MD5" => IndicatorKind.Md5,
        "FILE:HASHES.SHA-1" or "FILE:HASHES.SHA1" => IndicatorKind.Sha1,
        "FILE:HASHES.SHA-256" or "FILE:HASHES.SHA256" => IndicatorKind.Sha256,
        "URL:VALUE" => IndicatorKind.Url,
        "DOMAIN-NAME:VALUE" => IndicatorKind.Domain,
        "IPV4-ADDR:VALUE" or "IPV6-ADDR:VALUE" => IndicatorKind.Network,
        "EMAIL-ADDR:VALUE" or "EMAIL-MESSAGE:FROM_REF.VALUE" or "EMAIL-MESSAGE:SENDER_REF.VALUE" => IndicatorKind.Email,
        _ => null,
    };
}

/// <summary>A pattern, read from left to right.</summary>
internal ref struct StixTokens(string pattern)
{
    private ReadOnlySpan<char> _left = pattern;

    public bool AtEnd => _left.TrimStart().IsEmpty;

    public bool Take(string sign)
    {
        var left = _left.TrimStart();
        if (!left.StartsWith(sign, StringComparison.Ordinal))
            return false;
        _left = left[sign.Length..];
        return true;
    }

    public bool TakeWord(string word)
    {
        var left = _left.TrimStart();
        if (!left.StartsWith(word, StringComparison.Ordinal) || (left.Length > word.Length && char.IsLetterOrDigit(left[word.Length])))
            return false;
        _left = left[word.Length..];
        return true;
    }

    /// <summary><c>file:hashes.'SHA-256'</c>; empty when there is none.</summary>
    public string TakePath()
    {
        var left = _left.TrimStart();
        var at = 0;
        while (at < left.Length && (char.IsLetterOrDigit(left[at]) || left[at] is ':' or '.' or '-' or '_' or '\'' or '"'))
            at++;
        var path = left[..at];
        if (!path.Contains(':'))
            return "";
        _left = left[at..];
        return path.ToString();
    }

    /// <summary>A text in single quotes, its escapes taken away.</summary>
    public bool TakeText(out string text)
    {
        text = "";
        var left = _left.TrimStart();
        if (!left.StartsWith("'", StringComparison.Ordinal))
            return false;
        var value = new StringBuilder();
        for (var at = 1; at < left.Length; at++)
        {
            if (left[at] == '\'')
            {
                text = value.ToString();
                _left = left[(at + 1)..];
                return true;
            }

            if (left[at] == '\\' && at + 1 < left.Length)
                at++;
            value.Append(left[at]);
        }

        return false;
    }
}
