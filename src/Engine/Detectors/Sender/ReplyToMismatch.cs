using Platform.Engine.Detectors.Headers;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>Answers go elsewhere than the mail claims to come from.</summary>
internal sealed class ReplyToMismatch : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("reply-to-mismatch", "Reply-To leads to another organisation than From.", "RFC 5322 3.6.2; X.1236 7.2.1", "reply", "from"),
        new("reply-to-free-mail", "From claims an organisation, answers go to a free mailbox.", "RFC 5322 3.6.2; X.1236 7.2.1", "reply", "from"),
        new("reply-to-other-free-mail", "From and Reply-To are two different free mailboxes.", "RFC 5322 3.6.2", "reply", "from"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var sender = input.Sender;
        if (sender.OrganisationalDomain.Length == 0 || input.Message.ReplyTo.Count == 0 || BulkMarks.IsDiscussionList(input.Message))
            yield break;
        var reply = input.Message.ReplyTo[0];
        var replyDomain = input.Domains.Of(reply.Domain);
        if (replyDomain.Length == 0 || input.Message.ReplyTo.Any(other => input.Domains.Of(other.Domain) == sender.OrganisationalDomain))
        {
            if (sender.IsFreeMail && replyDomain == sender.OrganisationalDomain && !reply.Address.Equals(sender.Address!.Address, StringComparison.OrdinalIgnoreCase))
                yield return Of("reply-to-other-free-mail", input, reply.Address);
            yield break;
        }

        var id = (KnownDomains.Embedded.IsFreeMail(replyDomain), sender.IsFreeMail) switch
        {
            (true, true) => "reply-to-other-free-mail",
            (true, false) => "reply-to-free-mail",
            _ => "reply-to-mismatch",
        };
        // Companies let a service answer for them; that alone is daily life in bulk mail.
        if (id != "reply-to-mismatch" || !BulkMarks.IsBulk(input.Message))
            yield return Of(id, input, reply.Address);
    }

    private static Sign Of(string id, DetectionInput input, string reply) =>
        new(id, Seen.Header("Reply-To", $"{reply} (From: {input.Sender.Address!.Address})"), ("reply", reply), ("from", input.Sender.Address!.Address));
}
