namespace Platform.Engine.Links;

/// <summary>
/// Endings under which only offices get names. Whoever registers <c>ministry-go.jp.net</c> or <c>tax-gov.com</c> counts on readers
/// who take the ending for one.
/// </summary>
internal static class OfficialNames
{
    private static readonly string[] Endings = ["go.jp", "lg.jp", "go.kr", "gov.uk", "gov.au", "gov.in", "gov.br", "gov.sg", "gob.es", "gob.mx", "gouv.fr", "gov"];

    /// <summary>The ending that a host holds in the wrong place; null when it holds none, or stands below it.</summary>
    /// <param name="host">In lower case, A-labels.</param>
    public static string? ImitatedBy(string host)
    {
        if (IsOfficial(host))
            return null;
        foreach (var ending in Endings)
            if (Holds(host, ending) || ending.Contains('.', StringComparison.Ordinal) && Holds(host, ending.Replace('.', '-')))
                return ending;
        return null;
    }

    // Below the ending itself, or below the ending of the offices of any country: ministry.gov.example.
    private static bool IsOfficial(string host) =>
        Array.Exists(Endings, ending => host == ending || host.EndsWith($".{ending}", StringComparison.Ordinal))
        || host.Split('.') is [.., _, "gov" or "gob" or "gouv" or "go", { Length: 2 }];

    private static bool Holds(string host, string ending)
    {
        for (var at = host.IndexOf(ending, StringComparison.Ordinal); at >= 0; at = host.IndexOf(ending, at + 1, StringComparison.Ordinal))
        {
            var end = at + ending.Length;
            if (at > 0 && end < host.Length && (host[at - 1] is '.' or '-') && (host[end] is '.' or '-'))
                return true;
        }

        return false;
    }
}
