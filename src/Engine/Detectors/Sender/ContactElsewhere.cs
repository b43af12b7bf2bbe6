using System.Text.RegularExpressions;
using Platform.Engine.Detectors.Headers;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>A letter that wants its answer at a free mailbox which is neither its sender's nor anybody's to whom it went.</summary>
internal sealed partial class ContactElsewhere : IDetector
{
    private const int LongestLetter = 8_000;
    private const int MostActions = 2;

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("contact-free-mail", "The text wants the answer at a free mailbox that is not the sender's.", "FBI IC3; X.1236 7.2.1", "contact", "address")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var message = input.Message;
        if (input.Sender.Address is not { } author || message.InReplyTo.Count > 0 || BulkMarks.IsDiscussionList(message) || BulkMarks.IsBulk(message) || input.Text.Body.Length > LongestLetter || input.Survey.Actions.Count > MostActions)
            yield break;
        HashSet<string> known = new(message.To.Concat(message.Cc).Append(author).Select(address => address.Address), StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Address().Matches(input.Text.Body))
        {
            if (known.Contains(match.Value) || !KnownDomains.Embedded.IsFreeMail(match.Groups["domain"].Value))
                continue;
            yield return new Sign("contact-free-mail", Seen.Of(Verdicts.EvidenceKind.Text, "text", match.Value), ("contact", Seen.Cut(match.Value, 80)), ("address", author.Address));
            yield break;
        }
    }

    [GeneratedRegex(@"[a-z0-9._%+\-]{2,64}@(?<domain>[a-z0-9\-]{1,63}(\.[a-z0-9\-]{1,63}){1,4})", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
