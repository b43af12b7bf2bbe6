using Platform.Engine.Links;

namespace Platform.Engine.Misdirection;

/// <summary>
/// Whether a domain was meant to be another: one slip of the finger in its name (Damerau-Levenshtein distance 1), a wrong or mistyped
/// ending, or a letter that looks like another. In short names a slip is only what fingers do, since two short names are often alike.
/// </summary>
internal static class DomainSlip
{
    private const int ShortestName = 5;
    private const int ShortestForAnySlip = 7;
    private const int ShortestForOtherSuffix = 4;

    // Where keys stand on a keyboard (QWERTY, as Japanese and Korean ones too).
    private static readonly string[] s_rows = ["1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

    /// <param name="isProvider">The name is as well known as a provider's: shorter ones count.</param>
    public static bool Between(NamedHost typed, NamedHost known, bool isProvider = false)
    {
        if (typed.Domain == known.Domain)
            return false;
        var (typedSuffix, knownSuffix) = (SuffixOf(typed), SuffixOf(known));
        if (typed.Label == known.Label)
            return IsMistyped(typed, knownSuffix) || (!isProvider && known.Label.Length >= ShortestForOtherSuffix);
        if (IsMistypedEnding(typed, known) || LookAlike.Judge(typed, known, otherSuffix: false) == LookAlikeTrick.Homoglyph)
            return true;
        return typedSuffix == knownSuffix && IsSlip(typed.Label, known.Label, isProvider ? ShortestName - 1 : ShortestName);
    }

    /// <summary>The same name below another ending: it may well be the same company's.</summary>
    public static bool IsOtherEnding(NamedHost typed, NamedHost known) => typed.Label == known.Label || IsMistypedEnding(typed, known);

    /// <summary>An ending that is none, one slip away from the known one: of globex.co.jo the domain is co.jo, and the name stands in front of it.</summary>
    private static bool IsMistypedEnding(NamedHost typed, NamedHost known)
    {
        if (typed.Front.Length == 0 || known.Label.Length < ShortestForOtherSuffix)
            return false;
        var host = $"{typed.Front[1..]}{typed.Domain}";
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return host[..(dot + 1)] == known.Domain[..(known.Domain.IndexOf('.', StringComparison.Ordinal) + 1)] && LookAlike.Distance(host[(dot + 1)..], SuffixOf(known), 1) == 1;
    }

    private static bool IsSlip(string typed, string known, int shortest)
    {
        if (known.Length < shortest || LookAlike.Distance(typed, known, 1) != 1)
            return false;
        return known.Length >= ShortestForAnySlip || typed.Length != known.Length || IsSwapOrNeighbour(typed, known);
    }

    /// <summary>Of two names of one length and one edit apart: two letters that changed places, or a key beside the right one.</summary>
    private static bool IsSwapOrNeighbour(string typed, string known)
    {
        var at = 0;
        while (typed[at] == known[at])
            at++;
        var isSwap = at + 1 < typed.Length && typed[at] == known[at + 1] && typed[at + 1] == known[at];
        return isSwap || AreNeighbours(typed[at], known[at]);
    }

    /// <summary>Keys that touch each other.</summary>
    internal static bool AreNeighbours(char one, char other)
    {
        var (row, column) = PlaceOf(one);
        var (otherRow, otherColumn) = PlaceOf(other);
        if (row < 0 || otherRow < 0)
            return false;
        // Each row stands half a key to the right of the one above.
        var across = otherColumn - column;
        return (otherRow - row) switch
        {
            0 => across is -1 or 1,
            1 => across is -1 or 0,
            -1 => across is 0 or 1,
            _ => false,
        };
    }

    private static (int Row, int Column) PlaceOf(char key)
    {
        for (var row = 0; row < s_rows.Length; row++)
        {
            var column = s_rows[row].IndexOf(key, StringComparison.Ordinal);
            if (column >= 0)
                return (row, column);
        }

        return (-1, -1);
    }

    /// <summary>The ending is one slip away from the known one (.cmo, .co.jo, .con), or there is no such ending.</summary>
    private static bool IsMistyped(NamedHost typed, string knownSuffix) =>
        !OrganisationalDomain.Embedded.HasKnownSuffix(typed.Domain) || (SuffixOf(typed) is var suffix && IsCommonSlip(suffix, knownSuffix));

    // .co and .cm are countries, .om and .ne too: registered, and registered by many for this slip.
    private static bool IsCommonSlip(string suffix, string known) => known switch
    {
        "com" => suffix is "co" or "cm" or "om" or "con" or "comm",
        "net" => suffix is "ne" or "et",
        "co.jp" => suffix is "co" or "jp" or "cojp" or "ne.jp" or "or.jp",
        "ne.jp" => suffix is "ne" or "jp" or "co.jp" or "or.jp",
        "co.kr" => suffix is "co" or "kr" or "or.kr",
        _ => false,
    };

    private static string SuffixOf(NamedHost host) => host.Domain[(host.Domain.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
