using Platform.Engine.Language;

namespace Platform.Engine.PersonalData.Reading;

/// <summary>The words of all classes, those of numbers that are of none, and those of banks; found in one pass.</summary>
internal sealed class LabelWords
{
    private readonly PhraseAutomaton _automaton;
    private readonly List<(int Length, PersonalDataClass? Class, bool IsBank)> _words = [];

    public LabelWords(IReadOnlyList<IDataClass> classes)
    {
        List<string> phrases = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var (word, dataClass, isBank) in classes.SelectMany(of => of.Words.Select(word => (word, (PersonalDataClass?)of.Class, false)))
            .Concat(OtherNumbers.Words.Select(word => (word, (PersonalDataClass?)null, false)))
            .Concat(Classes.BankAccountJp.BankWords.Select(word => (word, (PersonalDataClass?)null, true))))
        {
            if (!known.Add(word))
                throw new InvalidOperationException($"'{word}' names two things.");
            phrases.Add(word);
            _words.Add((word.Length, dataClass, isBank));
        }

        _automaton = new PhraseAutomaton(phrases);
    }

    /// <summary>Of words one inside of the other the longer counts.</summary>
    public (IReadOnlyList<LabelHit> Labels, IReadOnlyList<int> BankWords) Find(string lower)
    {
        List<LabelHit> labels = [];
        List<int> banks = [];
        _automaton.Search(lower, (part, end) =>
        {
            var (length, dataClass, isBank) = _words[part];
            if (!BeginsWord(lower, end - length) || !EndsWord(lower, end))
                return;
            if (isBank)
            {
                banks.Add(end - length);
                return;
            }

            while (labels.Count > 0 && labels[^1].Start >= end - length)
                labels.RemoveAt(labels.Count - 1);
            if (labels.Count == 0 || labels[^1].End < end)
                labels.Add(new LabelHit(end - length, end, dataClass));
        });
        banks.Sort();
        return (labels, banks);
    }

    // "pan" is no word of "japan".
    private static bool BeginsWord(string lower, int start) => start == 0 || !char.IsAsciiLetterOrDigit(lower[start]) || !char.IsAsciiLetterOrDigit(lower[start - 1]);

    // "card" is no word of "cardinal", but of "cards".
    private static bool EndsWord(string lower, int end)
    {
        if (!char.IsAsciiLetter(lower[end - 1]) || end >= lower.Length || !char.IsAsciiLetter(lower[end]))
            return true;
        return lower[end] == 's' && (end + 1 >= lower.Length || !char.IsAsciiLetter(lower[end + 1]));
    }
}
