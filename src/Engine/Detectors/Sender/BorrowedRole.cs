using Platform.Engine.Detectors.Headers;
using Platform.Engine.Language;

namespace Platform.Engine.Detectors.Sender;

/// <summary>The opening of business mail compromise: the superior or colleague who happens to write from a free mailbox, and wants something.</summary>
internal sealed class BorrowedRole : IDetector
{
    private const int LongestLetter = 1_500;
    private static readonly string[] Wishes = ["secrecy", "payment", "bank-change", "gift-card"];

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("role-from-free-mail", "A free mailbox speaks as a superior or colleague of the reader and wants a payment, an account changed, or silence.", "ATT&CK T1656; FBI IC3 BEC; X.1236 7.2.1", "address", "words")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Sender is not { IsFreeMail: true, Address: { } address } sender || input.Text.Body.Length > LongestLetter || BulkMarks.IsBulk(input.Message) || BulkMarks.IsDiscussionList(input.Message))
            yield break;
        var wishes = Wishes.SelectMany(input.Text.Find).Take(3).ToList();
        if (wishes.Count == 0)
            yield break;
        // 社長 in the name, "ceo" or "exec.desk" in the mailbox, the greeting that only colleagues use.
        var box = string.Concat(address.LocalPart.ToLowerInvariant().Select(character => char.IsAsciiLetter(character) ? character : ' '));
        if (Lexicon.Embedded.Find("role", $"{sender.Name} {box}", 1).Count > 0 || input.Text.Find("colleague").Count > 0)
            yield return new Sign("role-from-free-mail", Seen.Header(input, "From"), ("address", address.Address), ("words", Seen.List(wishes)));
    }
}
