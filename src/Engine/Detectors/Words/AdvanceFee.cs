using Platform.Engine.Detectors.Headers;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Words;

/// <summary>Great sums from strangers: inheritance, lottery, compensation, a dying widow. Only many traits together say it.</summary>
internal sealed class AdvanceFee : IDetector
{
    private const int Few = 2;
    private const int Some = 3;
    private const int Many = 5;
    private const int LongestLetter = 10_000;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("advance-fee", "Five or more traits of the advance-fee story (sum, dead owner, trust, fee, private contact).", "X.1236 7.2.4", "words"),
        new("advance-fee-traits", "Three or four traits of the advance-fee story; two from a free mailbox that names no recipient or answers elsewhere.", "X.1236 7.2.4", "words"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Text.Body.Length > LongestLetter)
            yield break;
        var hits = input.Text.FindAnywhere("advance-fee");
        if (hits.Count >= (IsFromNobody(input) ? Few : Some))
            yield return new Sign(hits.Count >= Many ? "advance-fee" : "advance-fee-traits", Seen.Words(hits), ("words", Seen.List(hits)));
    }

    // A free mailbox that writes to nobody by name, or whose answers go to another one.
    private static bool IsFromNobody(DetectionInput input) =>
        input.Message.InReplyTo.Count == 0
        && !BulkMarks.IsDiscussionList(input.Message)
        && (input.Message.ReplyTo is [var reply, ..] && KnownDomains.Embedded.IsFreeMail(input.Domains.Of(reply.Domain)) && !reply.Address.Equals(input.Sender.Address?.Address, StringComparison.OrdinalIgnoreCase)
            || input.Sender.IsFreeMail && (input.Message.To.Count == 0 || input.Survey.Actions.Count == 0));
}
