using System.Collections.Frozen;
using System.Text;

namespace Platform.Engine.Language;

/// <summary>
/// Words written with letters and digits that look alike, so that people read them and filters do not: <c>C0NTA</c>,
/// <c>KindIy</c>, <c>lTAUCARD</c>; and English set with accents at random: <c>Ýóúr fúñds havé béén séñt</c>.
/// </summary>
internal static class DisguisedWords
{
    private const int LongestText = 16_384;
    private const int Shortest = 4;
    private const int Longest = 24;
    private const int EnoughAccented = 3;

    private static readonly Lazy<FrozenSet<string>> Lures = new(() => Links.EmbeddedText.Lines("Language/lure-words.txt").Where(word => word.Length >= Shortest).ToFrozenSet(StringComparer.Ordinal));

    // English words without any accent, which no other language writes with one.
    private static readonly FrozenSet<string> English = FrozenSet.ToFrozenSet(
        ["your", "been", "have", "from", "this", "that", "with", "will", "account", "funds", "sent", "view", "please", "click", "here", "transaction", "confirm", "payment", "wallet", "private", "pending", "network", "history", "balance", "support", "team", "security", "update"],
        StringComparer.Ordinal);

    /// <summary>Words in disguise as they are written, in the order of the text; at most eight.</summary>
    public static IReadOnlyList<string> Find(string text)
    {
        const int Most = 8;
        List<string> found = [];
        List<string> accented = [];
        var bound = text.Length > LongestText ? text.AsSpan(0, LongestText) : text;
        for (var at = 0; at < bound.Length && found.Count < Most;)
        {
            if (!char.IsLetterOrDigit(bound[at]))
            {
                at++;
                continue;
            }

            var end = at;
            var hasDigit = false;
            var hasUpperInside = false;
            var hasAccent = false;
            for (; end < bound.Length && char.IsLetterOrDigit(bound[end]) && bound[end] < '\u0250'; end++)
            {
                hasDigit |= bound[end] is '0' or '1' or '3' or '5';
                hasUpperInside |= bound[end] is 'I' or 'l';
                hasAccent |= bound[end] >= '\u00c0';
            }

            var length = end - at;
            if (length is >= Shortest and <= Longest && (hasDigit || hasUpperInside || hasAccent))
            {
                var word = bound.Slice(at, length).ToString();
                if (hasAccent && English.Contains(NormalText.Fold(word)))
                    accented.Add(word);
                else if (!hasAccent && IsDisguised(word))
                    found.Add(word);
            }

            at = Math.Max(end, at + 1);
        }

        if (accented.Distinct(StringComparer.OrdinalIgnoreCase).Count() >= EnoughAccented)
            found.AddRange(accented.Take(Most - found.Count));
        return found;
    }

    // Not a lure's word as written, but one as the eye reads it.
    private static bool IsDisguised(string word)
    {
        var plain = word.ToLowerInvariant();
        if (Lures.Value.Contains(plain))
            return word.Contains('I', StringComparison.Ordinal) && MixesCase(word) && Lures.Value.Contains(Read(word, 'l'));
        return Lures.Value.Contains(Read(word, 'l')) || Lures.Value.Contains(Read(word, 'i'));
    }

    // A capital between small letters of which the word has none: "KindIy" is "kindly" by its other letters.
    private static bool MixesCase(string word)
    {
        for (var index = 1; index < word.Length; index++)
            if (word[index] == 'I' && char.IsAsciiLetterLower(word[index - 1]))
                return true;
        return false;
    }

    private static string Read(string word, char upright)
    {
        var read = new StringBuilder(word.Length);
        foreach (var character in word)
            read.Append(character switch
            {
                '0' => 'o',
                '1' or 'I' or 'l' => upright,
                '3' => 'e',
                '5' => 's',
                _ => char.ToLowerInvariant(character),
            });
        var text = read.ToString();
        // Both letters stand in one word ("lTAUCARD", "WaIIet" with a true i): each upright is tried where it stands.
        return Lures.Value.Contains(text) ? text : Mixed(text, upright);
    }

    private static string Mixed(string text, char upright)
    {
        const int MostUprights = 5;
        List<int> places = [.. Enumerable.Range(0, text.Length).Where(index => text[index] == upright)];
        if (places.Count is 0 or > MostUprights)
            return text;
        var other = upright == 'l' ? 'i' : 'l';
        for (var choice = 1; choice < 1 << places.Count; choice++)
        {
            var letters = text.ToCharArray();
            for (var bit = 0; bit < places.Count; bit++)
                if ((choice >> bit & 1) != 0)
                    letters[places[bit]] = other;
            var candidate = new string(letters);
            if (Lures.Value.Contains(candidate))
                return candidate;
        }

        return text;
    }
}
