namespace Platform.Engine.Learning;

/// <summary>The features that pushed a message furthest towards an attack, for the evidence.</summary>
internal static class Contributions
{
    private const int LongestTerm = 40;

    /// <summary>The strongest words and pairs of words, those that lie in one another left out: <c>"your account", "verify"</c>.</summary>
    public static string Terms(WeightTable weights, FeatureVector vector, int most)
    {
        // Pieces of a word speak for the word that they are of.
        var strength = new float[vector.Text.Length + 1];
        foreach (var feature in vector.All)
            if (feature.View == FeatureView.Words)
                for (var at = feature.Start; at < feature.Start + feature.Length; at++)
                    strength[at] += weights.Of(feature.Index) / feature.Length;

        List<(int Start, int End, float Strength)> words = [];
        for (var start = 0; start < vector.Text.Length;)
        {
            var end = EndOfWord(vector.Text, start);
            if (end > start + 1)
                words.Add((start, end, strength.AsSpan(start, end - start).ToArray().Sum()));
            start = Math.Max(end, start + 1);
        }

        var terms = words
            .OrderByDescending(word => word.Strength).ThenBy(word => word.Start)
            .TakeWhile(word => word.Strength > 0)
            .Select(word => vector.Text[word.Start..Math.Min(word.End, word.Start + LongestTerm)].TrimEnd('.', '\''))
            .Distinct(StringComparer.Ordinal)
            .Take(most);
        return string.Join(", ", terms);
    }

    /// <summary>The strongest traits that have a name for people, signs left out since they are reasons of their own: ids with commas between them.</summary>
    public static string Traits(WeightTable weights, FeatureVector vector, int most) => string.Join(", ", vector.All
        .Where(feature => feature.View == FeatureView.Build && weights.Of(feature.Index) > 0)
        .OrderByDescending(feature => weights.Of(feature.Index))
        .Select(feature => TraitNames.Of(vector.NameOf(feature)))
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Take(most));

    // Of scripts without blanks a few characters stand for a word.
    private static int EndOfWord(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '\'' or '@' or '.' && end > start) && !(IsWide(text[start]) && end - start >= 4) && IsWide(text[end]) == IsWide(text[start]))
            end++;
        return end;
    }

    private static bool IsWide(char c) => c >= '\u3040';
}
