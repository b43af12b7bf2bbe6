namespace Platform.Engine.Links;

/// <summary>By which trick a domain resembles another.</summary>
internal enum LookAlikeTrick
{
    Homoglyph,
    Typo,
    AddedWord,
    SubDomain,
    OtherSuffix,
}

/// <summary>Compares a host with a domain that the reader knows.</summary>
internal static class LookAlike
{
    private const int ShortestForTypo = 5;
    private const int ShortestForTwoTypos = 10;
    private const int ShortestForWord = 4;
    private const int MaxRowOnStack = 256;

    private static readonly string[] LureWords =
    [
        "account", "accounts", "admin", "alert", "auth", "billing", "center", "confirm", "customer", "help", "id", "info", "invoice", "login", "mail", "office", "online", "pay",
        "payment", "portal", "secure", "security", "service", "services", "signin", "support", "team", "update", "verification", "verify", "web",
    ];

    /// <summary>How <paramref name="host"/> resembles <paramref name="known"/>; null when it does not, or when it belongs to it.</summary>
    /// <param name="otherSuffix">Whether the same name below another suffix counts; brands own many, a small company does not.</param>
    public static LookAlikeTrick? Judge(string host, string known, IOrganisationalDomains domains, bool otherSuffix) =>
        NamedHost.Of(host, domains) is { } foreign && NamedHost.Of(known, domains) is { } original ? Judge(foreign, original, otherSuffix) : null;

    /// <inheritdoc cref="Judge(string, string, IOrganisationalDomains, bool)"/>
    public static LookAlikeTrick? Judge(NamedHost host, NamedHost known, bool otherSuffix)
    {
        if (host.Domain == known.Domain)
            return null;
        if (StandsInFront(host, known))
            return LookAlikeTrick.SubDomain;
        if (host.Label == known.Label)
            return otherSuffix && known.Label.Length >= ShortestForTypo ? LookAlikeTrick.OtherSuffix : null;
        if (known.Label.Length >= ShortestForWord && host.Skeleton == known.Skeleton)
            return LookAlikeTrick.Homoglyph;
        if (known.Label.Length >= ShortestForTypo && HasAddedWord(host.Label, known.Label))
            return LookAlikeTrick.AddedWord;
        var allowed = known.Label.Length >= ShortestForTwoTypos ? 2 : known.Label.Length >= ShortestForTypo ? 1 : 0;
        return allowed > 0 && host.Label[0] == known.Label[0] && Distance(host.Label, known.Label, allowed) <= allowed ? LookAlikeTrick.Typo : null;
    }

    /// <summary>
    /// Of a name with an added word: the word is one that lures (globex-billing). Behind a hyphen any word counts as added, and a company
    /// of the same group bears one too (globex-japan).
    /// </summary>
    public static bool HasLure(NamedHost host, NamedHost known)
    {
        var at = host.Label.IndexOf(known.Label, StringComparison.Ordinal);
        return at >= 0 && IsLure(host.Label[..at].TrimEnd('-')) && IsLure(host.Label[(at + known.Label.Length)..].TrimStart('-'));

        static bool IsLure(string word) => word.Length == 0 || LureWords.AsSpan().Contains(word);
    }

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two names, or <paramref name="limit"/> + 1 when more.</summary>
    public static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit)
            return limit + 1;
        var width = right.Length + 1;
        var rows = width <= MaxRowOnStack ? stackalloc int[3 * width] : new int[3 * width];
        var beforeLast = rows[..width];
        var last = rows[width..(2 * width)];
        var row = rows[(2 * width)..];
        for (var column = 0; column <= right.Length; column++)
            last[column] = column;
        for (var line = 1; line <= left.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var cost = left[line - 1] == right[column - 1] ? 0 : 1;
                row[column] = Math.Min(Math.Min(row[column - 1] + 1, last[column] + 1), last[column - 1] + cost);
                if (line > 1 && column > 1 && left[line - 1] == right[column - 2] && left[line - 2] == right[column - 1])
                    row[column] = Math.Min(row[column], beforeLast[column - 2] + 1);
            }

            var oldest = beforeLast;
            beforeLast = last;
            last = row;
            row = oldest;
        }

        return Math.Min(last[right.Length], limit + 1);
    }

    // bank.example.evil.test, bank-example.evil.test: the known name is read first, the owner stands at the end.
    private static bool StandsInFront(NamedHost host, NamedHost known) =>
        IsDashed(host.Label, known.Dashed)
        || host.Front.Length > known.Domain.Length
        && (host.Front.Contains(known.Dotted, StringComparison.Ordinal) || ContainsDashed(host.Front, known.Dashed));

    // nta-go-jp.test: the dots of the known domain became hyphens.
    private static bool IsDashed(string label, string dashed) =>
        label.AsSpan().StartsWith(dashed.AsSpan(1)) && (label.Length == dashed.Length - 1 || label[dashed.Length - 1] == '-');

    private static bool ContainsDashed(string front, string dashed)
    {
        var at = front.IndexOf(dashed, StringComparison.Ordinal);
        return at >= 0 && at + dashed.Length < front.Length && front[at + dashed.Length] is ('.' or '-');
    }

    private static bool HasAddedWord(string label, string known)
    {
        var at = label.IndexOf(known, StringComparison.Ordinal);
        if (at < 0)
            return false;
        var before = label[..at];
        var after = label[(at + known.Length)..];
        return IsAddition(before.TrimEnd('-'), before.EndsWith('-')) && IsAddition(after.TrimStart('-'), after.StartsWith('-'));

        static bool IsAddition(string word, bool hyphen) => word.Length == 0 || hyphen || LureWords.AsSpan().Contains(word);
    }
}
