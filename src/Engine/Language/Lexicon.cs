using System.Collections.Frozen;

namespace Platform.Engine.Language;

/// <summary>A phrase of the lexicon seen in a text.</summary>
/// <param name="Phrase">The words that matched, with <c>~</c> for what stands between.</param>
/// <param name="Seen">The text around it, for the evidence.</param>
/// <param name="Where"><c>text</c>, or the path of the file that holds it.</param>
internal sealed record PhraseHit(string Phrase, string Seen, int Position, string Where = PhraseHit.InText)
{
    public const string InText = "text";
}

/// <summary>
/// Phrases by what they are about, from the embedded lists of all languages (<c>Language/Data/lexicon-*.txt</c>).
/// A file holds <c>[group]</c> lines and one phrase a line; <c>~</c> stands for at most forty characters between two
/// parts, <c>(a|b)</c> for one of several words or, when one of them is empty, for none, a closing <c>*</c> lets a Latin
/// word go on. Latin phrases match whole words; the others match anywhere. All phrases are looked for in one pass.
/// Phrases carry no weight: that is the business of <c>Verdicts/</c>.
/// </summary>
internal sealed class Lexicon
{
    private const int LongestGap = 40;

    // A sentence of Chinese, Japanese or Korean is as long as a few Latin words.
    private const int LongestDenseGap = 18;
    private const int EvidenceMargin = 40;
    private const int MostPlaces = 64;

    private static readonly string[] Languages = ["en", "ja", "ko", "zh", "de", "es", "pt", "fr", "nl", "it"];
    private static readonly Lazy<Lexicon> FromResource = new(() => new Lexicon(Languages.SelectMany(language => Links.EmbeddedText.Lines($"Language/lexicon-{language}.txt"))));

    private readonly FrozenSet<string> _groups;
    private readonly Phrase[] _phrases;
    private readonly string[] _parts;

    // Where a part of the automaton may stand: number of the phrase and of its place between gaps.
    private readonly (int Phrase, int Place)[][] _uses;
    private readonly PhraseAutomaton _automaton;

    public Lexicon(IEnumerable<string> lines)
    {
        HashSet<string> groups = new(StringComparer.Ordinal);
        List<Phrase> phrases = [];
        HashSet<(string, string)> known = [];
        Dictionary<string, List<(int, int)>> parts = new(StringComparer.Ordinal);
        string? group = null;
        foreach (var line in lines)
        {
            if (line[0] == '[')
            {
                groups.Add(group = line.Trim('[', ']'));
                continue;
            }

            if (!known.Add((group ?? throw new FormatException("A lexicon opens with a [group] line."), line)))
                continue;
            var places = LexiconLine.Places(line);
            for (var place = 0; place < places.Count; place++)
                foreach (var part in places[place])
                {
                    if (!parts.TryGetValue(part, out var uses))
                        parts[part] = uses = [];
                    uses.Add((phrases.Count, place));
                }

            phrases.Add(new Phrase(group, places.Count, line.EndsWith('*')));
        }

        _groups = groups.ToFrozenSet(StringComparer.Ordinal);
        _phrases = [.. phrases];
        _parts = [.. parts.Keys];
        _uses = [.. parts.Values.Select(uses => uses.ToArray())];
        _automaton = new PhraseAutomaton(_parts);
    }

    public static Lexicon Embedded => FromResource.Value;

    public IEnumerable<string> Groups => _groups;

    /// <summary>Distinct phrases of a group in a text made by <see cref="NormalText.Fold"/>, at most <paramref name="most"/>, in the order of the text.</summary>
    public IReadOnlyList<PhraseHit> Find(string group, string foldedText, int most = LexiconFindings.MostHits) => Search(foldedText).Of(group, most);

    /// <summary>All phrases of all groups in a text made by <see cref="NormalText.Fold"/>.</summary>
    public LexiconFindings Search(string foldedText, string where = PhraseHit.InText)
    {
        Dictionary<(int Phrase, int Place), List<(int Start, int End)>> seen = [];
        HashSet<int> begun = [];
        _automaton.Search(foldedText, (part, end) =>
        {
            var start = end - _parts[part].Length;
            if (!IsEdge(foldedText, start - 1, foldedText[start]))
                return;
            var closed = IsEdge(foldedText, end, foldedText[end - 1]);
            foreach (var use in _uses[part])
            {
                var phrase = _phrases[use.Phrase];
                if (!closed && !(phrase.OpenEnd && use.Place == phrase.Places - 1) || use.Place > 0 && !begun.Contains(use.Phrase))
                    continue;
                if (use.Place == 0)
                    begun.Add(use.Phrase);
                if (!seen.TryGetValue(use, out var spans))
                    seen[use] = spans = [];
                if (spans.Count < MostPlaces)
                    spans.Add((start, end));
            }
        });

        List<(string Group, PhraseHit Hit)> hits = [];
        foreach (var number in begun)
            if (Match(number, foldedText, seen) is var (start, end, phrase))
                hits.Add((_phrases[number].Group, new PhraseHit(phrase, Around(foldedText, start, end), start, where)));
        return new LexiconFindings(hits, _groups);
    }

    private static string Around(string text, int start, int end)
    {
        var from = Math.Max(0, start - EvidenceMargin);
        return text[from..Math.Min(text.Length, end + EvidenceMargin)].Replace(PlainText.SubjectEnd, '/').Trim();
    }

    private (int Start, int End, string Phrase)? Match(int number, string text, Dictionary<(int Phrase, int Place), List<(int Start, int End)>> seen)
    {
        foreach (var first in seen[(number, 0)])
        {
            var end = first.End;
            var phrase = text[first.Start..first.End];
            var place = 1;
            for (; place < _phrases[number].Places && seen.TryGetValue((number, place), out var spans); place++)
            {
                var next = spans.Find(span => span.Start >= end && span.Start <= end + GapBefore(text[span.Start]));
                if (next.End == 0)
                    break;
                phrase = $"{phrase}~{text[next.Start..next.End]}";
                end = next.End;
            }

            if (place == _phrases[number].Places)
                return (first.Start, end, phrase);
        }

        return null;
    }

    private static int GapBefore(char next) => char.IsAscii(next) ? LongestGap : LongestDenseGap;

    private static bool IsEdge(string text, int outside, char inside) =>
        !char.IsAsciiLetterOrDigit(inside) || outside < 0 || outside >= text.Length || !char.IsAsciiLetterOrDigit(text[outside]);

    private sealed record Phrase(string Group, int Places, bool OpenEnd);
}

/// <summary>What one pass over a text found.</summary>
internal sealed class LexiconFindings
{
    public const int MostHits = 8;

    private readonly FrozenSet<string> _groups;
    private readonly Dictionary<string, List<PhraseHit>> _hits = new(StringComparer.Ordinal);

    public LexiconFindings(List<(string Group, PhraseHit Hit)> hits, FrozenSet<string> groups)
    {
        _groups = groups;
        foreach (var (group, hit) in hits)
        {
            if (!_hits.TryGetValue(group, out var list))
                _hits[group] = list = [];
            list.Add(hit);
        }

        foreach (var list in _hits.Values)
            list.Sort((left, right) => left.Position != right.Position ? left.Position.CompareTo(right.Position) : string.CompareOrdinal(left.Phrase, right.Phrase));
    }

    /// <summary>Distinct phrases in the order of the text.</summary>
    /// <exception cref="KeyNotFoundException">There is no such group.</exception>
    public IReadOnlyList<PhraseHit> Of(string group, int most = MostHits)
    {
        if (!_groups.Contains(group))
            throw new KeyNotFoundException($"The lexicon has no group '{group}'.");
        return _hits.TryGetValue(group, out var list) ? list.Count <= most ? list : list[..most] : [];
    }
}
