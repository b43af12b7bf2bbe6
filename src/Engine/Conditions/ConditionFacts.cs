using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Conditions;

/// <summary>
/// What a condition may ask of a message: only what is kept with the verdict, so that a condition can be tried on stored mail without
/// opening it. Texts are folded for comparison once, when first asked. All conditions asked of one message share one stock of steps:
/// once it is used up nothing holds any more and <see cref="IsExhausted"/> says so.
/// </summary>
public sealed class ConditionFacts
{
    /// <summary>A few hundred thousand are many for a real mail. Counted, not timed: the same on any machine.</summary>
    public const int MaxSteps = 50_000_000;

    private const int MaxListed = 100;
    private const int MaxElement = 4_096;
    private const int MaxText = MessageFacts.MaxTextLength;

    /// <summary>What was asked so far, but for what differs between recipients.</summary>
    private readonly Dictionary<string, ConditionValue> _asked;
    private readonly StepStock _steps;
    private readonly Dictionary<string, ConditionValue> _ofRecipient = new(StringComparer.Ordinal);

    public ConditionFacts(Verdict verdict, Envelope envelope, long size)
        : this(verdict, envelope, size, new Dictionary<string, ConditionValue>(StringComparer.Ordinal), new StepStock(MaxSteps))
    {
        ArgumentNullException.ThrowIfNull(envelope);
        RecipientCount = envelope.Recipients.Count;
    }

    private ConditionFacts(Verdict verdict, Envelope envelope, long size, Dictionary<string, ConditionValue> asked, StepStock steps)
    {
        Verdict = verdict;
        Envelope = envelope;
        Size = size;
        _asked = asked;
        _steps = steps;
    }

    public Verdict Verdict { get; }

    public Envelope Envelope { get; }

    /// <summary>Octets of the raw message.</summary>
    public long Size { get; }

    /// <summary>Of the whole message.</summary>
    public int RecipientCount { get; private init; }

    /// <summary>What is known of outgoing mail alone; nothing of mail that comes in.</summary>
    public SendingFacts Sending { get; init; } = SendingFacts.None;

    /// <summary>What was answered since is not to be relied on.</summary>
    public bool IsExhausted => _steps.Left < 0;

    /// <summary>The same message as one of its recipients gets it; what was read already is not read again.</summary>
    public ConditionFacts For(string recipient) =>
        new(Verdict, Envelope with { Recipients = [recipient] }, Size, _asked, _steps) { RecipientCount = RecipientCount, Sending = Sending };

    internal ConditionValue Ask(Fact fact)
    {
        var asked = FactTable.OfRecipient.Contains(fact.Name) ? _ofRecipient : _asked;
        if (!asked.TryGetValue(fact.Name, out var value))
            asked[fact.Name] = value = fact.Read(this);
        return value;
    }

    /// <summary>Whether more of it may be in the mail than was seen.</summary>
    internal bool IsOpen(Fact fact) => FactTable.IsOpen(fact, Verdict);

    internal bool Spend(int steps)
    {
        if (_steps.Left >= 0)
            _steps.Left -= steps;
        return _steps.Left >= 0;
    }

    internal static ConditionValue Text(string? text) => new ConditionValue.Text(Folded(text ?? "", MaxText));

    internal static ConditionValue LongText(string text) => new ConditionValue.Text(Folded(text, MessageFacts.MaxFilesTextLength));

    /// <summary>However many there are: their number is bounded where they were read.</summary>
    internal static ConditionValue AllTexts(IEnumerable<string> texts) => new ConditionValue.Texts([.. texts.Select(text => Folded(text, MaxElement))]);

    internal static ConditionValue Texts(IEnumerable<string> texts) => new ConditionValue.Texts([.. texts.Take(MaxListed).Select(text => Folded(text, MaxElement))]);

    internal static string Folded(string text, int most) => NormalText.Fold(text.Length <= most ? text : text[..most]);

    private sealed class StepStock(int left)
    {
        public int Left { get; set; } = left;
    }
}
