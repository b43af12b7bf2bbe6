namespace Platform.Engine.Learning;

/// <summary>
/// Groups mails whose text is nearly the same, so that no text stands on both sides of a test: two belong together when three in
/// ten of the shorter one's shingles (three words in a row, numbers left out) stand in the other (Broder, "On the resemblance and
/// containment of documents", 1997).
/// </summary>
internal static class TextClusters
{
    private const double SharedFrom = 0.3;
    private const int LengthFactor = 4;
    private const int FewWords = 8;
    private const int ShortShingle = 6;

    /// <summary>For each text the number of its group.</summary>
    public static int[] Of(IReadOnlyList<string> texts)
    {
        var shingles = texts.Select(Shingles).ToArray();
        var parents = Enumerable.Range(0, texts.Count).ToArray();
        var holders = new Dictionary<uint, List<int>>();
        for (var index = 0; index < shingles.Length; index++)
        {
            // Only texts that share a shingle at all are compared.
            var shared = new Dictionary<int, int>();
            foreach (var shingle in shingles[index])
            {
                if (!holders.TryGetValue(shingle, out var others))
                    holders[shingle] = others = [];
                foreach (var other in others)
                    shared[other] = shared.GetValueOrDefault(other) + 1;
                others.Add(index);
            }

            foreach (var (other, count) in shared)
            {
                var (small, large) = (Math.Min(shingles[index].Count, shingles[other].Count), Math.Max(shingles[index].Count, shingles[other].Count));
                if (large <= small * LengthFactor && count >= SharedFrom * small)
                    parents[Root(parents, index)] = Root(parents, other);
            }
        }

        return [.. Enumerable.Range(0, texts.Count).Select(index => Root(parents, index))];
    }

    private static HashSet<uint> Shingles(string text)
    {
        var words = text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Any(char.IsDigit)).ToArray();
        var shingles = new HashSet<uint>();
        if (words.Length < FewWords)
            for (var at = 0; at + ShortShingle <= text.Length; at++)
                shingles.Add(FeatureHash.Of(text.AsSpan(at, ShortShingle)));
        else
            for (var at = 0; at + 3 <= words.Length; at++)
                shingles.Add(FeatureHash.Join(FeatureHash.Join(FeatureHash.Of(words[at]), FeatureHash.Of(words[at + 1])), FeatureHash.Of(words[at + 2])));
        return shingles;
    }

    private static int Root(int[] parents, int index)
    {
        while (parents[index] != index)
            index = parents[index] = parents[parents[index]];
        return index;
    }
}
