using Platform.Engine;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing.Copies;

namespace Platform.Grains.Inspection;

/// <summary>What was decided over one message, to be written with its verdict.</summary>
/// <param name="Author">The mailbox of the author of what a server of the tenant's own submitted; null: none.</param>
internal sealed record Decided(List<DeliveryDecision> Deliveries, bool TellsSender, Guid? Author)
{
    public IReadOnlyList<NewCopy> Copies { get; init; } = [];
    public OrganisationName? Greeted { get; init; }
    public DateTimeOffset? RecipientsAskedAt { get; init; }

    public ScanOutcome Outcome(Verdict verdict, ScanContext context) => new(verdict, context, Deliveries)
    {
        TellsSender = TellsSender,
        AuthorMailboxId = Author,
        Copies = Copies,
        Greeted = Greeted,
        RecipientsAskedAt = RecipientsAskedAt,
    };
}
