namespace Platform.Engine.Language;

/// <summary>A line of a lexicon taken apart: places between gaps, and for each place the texts that may stand there.</summary>
internal static class LexiconLine
{
    private const int MostChoices = 1_000;

    /// <summary><c>(your|the) account~(closed|locked)</c> has two places with two texts each, folded.</summary>
    /// <exception cref="FormatException">A bracket is not closed, a place is empty, or stands for too many texts.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Places(string line) =>
    [
        .. line.TrimEnd('*').Split('~').Select(place => Choices(place, line)),
    ];

    private static List<string> Choices(string place, string line)
    {
        List<string> made = [""];
        var at = 0;
        for (var open = place.IndexOf('('); open >= 0; open = place.IndexOf('(', at))
        {
            var close = place.IndexOf(')', open);
            if (close < 0)
                throw new FormatException($"'{line}' has a bracket that is not closed.");
            var plain = place[at..open];
            var words = place[(open + 1)..close].Split('|');
            if (made.Count * words.Length > MostChoices)
                throw new FormatException($"'{line}' stands for more than {MostChoices} texts.");
            made = [.. made.SelectMany(start => words.Select(word => start + plain + word))];
            at = close + 1;
        }

        var rest = place[at..];
        List<string> texts = [.. made.Select(start => NormalText.Fold(start + rest)).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];
        return texts.Count > 0 ? texts : throw new FormatException($"'{line}' is no phrase.");
    }
}
