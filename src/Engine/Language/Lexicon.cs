using System.Collections.Frozen;

namespace Platform.Engine.Language;

/// <summary>A phrase of the lexicon seen in a text.</summary>
/// <param name="Phrase">The phrase as the lexicon writes it.</param>
/// <param name="Seen">The text around it, for the evidence.</param>
internal sealed record PhraseHit(string Phrase, string Seen, int Position);

/// <summary>
/// Phrases by what they are about, from the embedded lists of all languages (<c>Language/Data/lexicon-*.txt</c>).
/// A file holds <c>[group]</c> lines and one phrase a line; <c>~</c> stands for at most forty characters between two
/// parts, a closing <c>*</c> lets a Latin word go on. Latin phrases match whole words; the others match anywhere.
/// Phrases carry no weight: that is the business of <c>Verdicts/</c>.
/// </summary>
internal sealed class Lexicon
{
    private const int LongestGap = 40;
    private const int EvidenceMargin = 40;

    private static readonly string[] Languages = ["en", "ja", "ko", "zh", "de", "es", "pt", "fr", "nl"];
    private static readonly Lazy<Lexicon> FromResource = new(() => new Lexicon(Languages.SelectMany(language => Links.EmbeddedText.Lines($"Language/lexicon-{language}.txt"))));

    private readonly FrozenDictionary<string, Phrase[]> _groups;

    public Lexicon(IEnumerable<string> lines)
    {
        var groups = new Dictionary<string, List<Phrase>>(StringComparer.Ordinal);
        List<Phrase>? current = null;
        foreach (var line in lines)
        {
            if (line[0] == '[')
            {
                var name = line.Trim('[', ']');
                if (!groups.TryGetValue(name, out current))
                    groups[name] = current = [];
            }
            else
            {
                (current ?? throw new FormatException("A lexicon opens with a [group] line.")).Add(Phrase.Parse(line));
            }
        }

        _groups = groups.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.DistinctBy(phrase => string.Join('~', phrase.Parts)).ToArray(), StringComparer.Ordinal);
    }

    public static Lexicon Embedded => FromResource.Value;

    public IEnumerable<string> Groups => _groups.Keys;

    /// <summary>Distinct phrases of a group in a text made by <see cref="NormalText.Fold"/>, at most <paramref name="most"/>, in the order of the text.</summary>
    public IReadOnlyList<PhraseHit> Find(string group, string foldedText, int most = 8)
    {
        List<PhraseHit> hits = [];
        foreach (var phrase in _groups[group])
        {
            if (phrase.Find(foldedText) is not (var start and >= 0, var end))
                continue;
            var from = Math.Max(0, start - EvidenceMargin);
            hits.Add(new PhraseHit(phrase.Written, foldedText[from..Math.Min(foldedText.Length, end + EvidenceMargin)].Replace(PlainText.SubjectEnd, '/').Trim(), start));
            if (hits.Count == most)
                break;
        }

        hits.Sort((left, right) => left.Position.CompareTo(right.Position));
        return hits;
    }

    private sealed record Phrase(string Written, string[] Parts, bool OpenEnd)
    {
        public static Phrase Parse(string line)
        {
            var open = line.EndsWith('*');
            string[] parts = [.. line.TrimEnd('*').Split('~').Select(NormalText.Fold).Where(part => part.Length > 0)];
            return parts.Length > 0 ? new Phrase(line, parts, open) : throw new FormatException($"'{line}' is no phrase.");
        }

        public (int Start, int End) Find(string text)
        {
            for (var from = 0; from < text.Length;)
            {
                var start = IndexOfWhole(text, Parts[0], from, text.Length, Parts.Length == 1 && OpenEnd);
                if (start < 0)
                    return (-1, -1);
                if (EndAfter(text, start) is { } end)
                    return (start, end);
                from = start + 1;
            }

            return (-1, -1);
        }

        private int? EndAfter(string text, int start)
        {
            var end = start + Parts[0].Length;
            for (var index = 1; index < Parts.Length; index++)
            {
                var limit = Math.Min(text.Length, end + LongestGap + Parts[index].Length);
                var next = IndexOfWhole(text, Parts[index], end, limit, OpenEnd && index == Parts.Length - 1);
                if (next < 0)
                    return null;
                end = next + Parts[index].Length;
            }

            return end;
        }

        private static int IndexOfWhole(string text, string part, int from, int limit, bool openEnd)
        {
            while (from < limit)
            {
                var at = text.AsSpan(from, limit - from).IndexOf(part, StringComparison.Ordinal);
                if (at < 0)
                    return -1;
                at += from;
                if (IsEdge(text, at - 1, part[0]) && (openEnd || IsEdge(text, at + part.Length, part[^1])))
                    return at;
                from = at + 1;
            }

            return -1;
        }

        private static bool IsEdge(string text, int outside, char inside) =>
            !char.IsAsciiLetterOrDigit(inside) || outside < 0 || outside >= text.Length || !char.IsAsciiLetterOrDigit(text[outside]);
    }
}
