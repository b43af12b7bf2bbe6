namespace Platform.Engine.Authentication.Author;

/// <summary>Addresses in text for eyes: display names and comments, where a reader sees an address and the standard sees none (RFC 5322, 3.2.5).</summary>
internal static class AddressesInText
{
    /// <summary>Each <c>local@domain</c> with what may be a domain name after it, also with the full-width and small forms of @.</summary>
    public static IEnumerable<(string Local, string Domain)> Find(string text)
    {
        var plain = text.Replace('\uFF20', '@').Replace('\uFE6B', '@');
        for (var at = plain.IndexOf('@', StringComparison.Ordinal); at >= 0; at = plain.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > 0 && IsLocal(plain[start - 1]))
                start--;
            var end = at + 1;
            while (end < plain.Length && IsDomain(plain[end]))
                end++;
            var domain = plain[(at + 1)..end].Trim('.', '-');
            if (start < at && domain.Length > 0)
                yield return (plain[start..at], domain);
        }
    }

    private static bool IsLocal(char c) => !char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('<' or '>' or '(' or ')' or '[' or ']' or '"' or ',' or ';' or ':' or '@');

    private static bool IsDomain(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '-' or '.' or '_' or '\u3002' or '\uFF0E' or '\uFF61' or '\u200C' or '\u200D';
}
