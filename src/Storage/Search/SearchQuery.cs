using System.Text;

namespace Platform.Storage.Search;

/// <summary>
/// What a person typed, as two FTS5 expressions (null: nothing of that kind). Words of three characters and more, and phrases in
/// quotes, become quoted strings over the trigrams; shorter words become codes over the pairs. Whatever was typed
/// is text: no FTS5 syntax passes.
/// </summary>
/// <param name="Trigrams">For the table of trigrams.</param>
/// <param name="Pairs">For the table of pairs.</param>
internal sealed record SearchQuery(string? Trigrams, string? Pairs)
{
    private const int MaxQuery = 1_000;
    private const int MaxTerms = 16;
    private const int TrigramLength = 3;

    public bool IsEmpty => Trigrams is null && Pairs is null;

    public static SearchQuery Parse(string query)
    {
        List<string> trigrams = [];
        List<string> pairs = [];
        foreach (var term in Terms(SearchText.Normalise(query.Length > MaxQuery ? query[..MaxQuery] : query)).Distinct().Take(MaxTerms))
        {
            var runes = term.EnumerateRunes().ToArray();
            if (runes.Length >= TrigramLength)
                trigrams.Add(Quote(term));
            else
                pairs.AddRange(PairsOf(runes));
        }

        return new SearchQuery(Join(trigrams), Join(pairs));
    }

    /// <summary>Words between spaces; quotes bind words to a phrase, an open quote to the end.</summary>
    private static IEnumerable<string> Terms(string query)
    {
        foreach (var (part, index) in query.Split('"').Select((part, index) => (part, index)))
        {
            var inQuotes = index % 2 == 1;
            foreach (var term in inQuotes ? [part.Trim()] : part.Split(' '))
            {
                if (term.Length > 0)
                    yield return term;
            }
        }
    }

    /// <summary>One character: every pair that begins with it. Two: that pair. A space between two (a phrase) parts them.</summary>
    private static IEnumerable<string> PairsOf(Rune[] runes) => runes switch
    {
        [var one] => [$"{SearchText.Code(one)} *"],
        [var one, var two] => [Quote(SearchText.Code(one) + SearchText.Code(two))],
        _ => [],
    };

    private static string Quote(string term) => $"\"{term.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string? Join(List<string> terms) => terms.Count == 0 ? null : string.Join(" AND ", terms);
}
