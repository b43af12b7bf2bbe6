using System.Globalization;
using System.Text;
using Platform.Storage.Messages;

namespace Platform.Storage.Search;

/// <summary>
/// Text as it is indexed and asked for: NFKC (full-width and half-width forms become one), lower case, single spaces.
/// Japanese is written without spaces and many words have two characters, so besides trigrams every pair of
/// neighbouring characters is a term of its own, written as hexadecimal so that no character has a meaning to the tokenizer.
/// </summary>
internal static class SearchText
{
    public static string Normalise(string text)
    {
        var folded = SafeText.Clean(text, text.Length).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var result = new StringBuilder(folded.Length);
        foreach (var rune in folded.EnumerateRunes())
        {
            if (!IsSpace(rune))
                result.Append(rune);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }

        return result.ToString().TrimEnd();
    }

    /// <summary>Every pair of neighbours once, and every last character of a run by itself.</summary>
    public static string Pairs(params ReadOnlySpan<string> normalisedTexts)
    {
        var terms = new HashSet<(Rune First, Rune? Second)>();
        foreach (var text in normalisedTexts)
        {
            Rune? before = null;
            foreach (var rune in text.EnumerateRunes())
            {
                if (before is { } first)
                    terms.Add((first, rune.Value == ' ' ? null : rune));
                before = rune.Value == ' ' ? null : rune;
            }

            if (before is { } last)
                terms.Add((last, null));
        }

        var result = new StringBuilder(terms.Count * 13);
        foreach (var (first, second) in terms)
            result.Append(Code(first)).Append(second is { } rune ? Code(rune) : "").Append(' ');
        return result.ToString();
    }

    /// <summary>The six hexadecimal digits of a character: a pair has twelve, so that six are the prefix of all pairs that begin with it.</summary>
    public static string Code(Rune rune) => rune.Value.ToString("x6", CultureInfo.InvariantCulture);

    private static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.IsControl(rune);
}
