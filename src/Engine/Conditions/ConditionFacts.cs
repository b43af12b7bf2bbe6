using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Conditions;

/// <summary>
/// What a condition may ask of a message: only what is kept with the verdict, so that a condition can be tried on stored mail without
/// opening it. Texts are folded for comparison once, when first asked.
/// </summary>
public sealed class ConditionFacts(Verdict verdict, Envelope envelope, long size)
{
    private const int MaxListed = 100;
    private const int MaxElement = 4_096;
    private const int MaxText = MessageFacts.MaxTextLength;

    private readonly Dictionary<string, ConditionValue> _asked = new(StringComparer.Ordinal);

    public Verdict Verdict => verdict;

    public Envelope Envelope => envelope;

    /// <summary>Octets of the raw message.</summary>
    public long Size => size;

    internal ConditionValue Ask(Fact fact)
    {
        if (!_asked.TryGetValue(fact.Name, out var value))
            _asked[fact.Name] = value = fact.Read(this);
        return value;
    }

    internal static ConditionValue Text(string? text) => new ConditionValue.Text(Folded(text ?? "", MaxText));

    internal static ConditionValue Texts(IEnumerable<string> texts) => new ConditionValue.Texts([.. texts.Take(MaxListed).Select(text => Folded(text, MaxElement))]);

    internal static string Folded(string text, int most) => NormalText.Fold(text.Length <= most ? text : text[..most]);
}
