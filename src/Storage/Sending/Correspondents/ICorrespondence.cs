using Platform.Engine.Misdirection;

namespace Platform.Storage.Sending.Correspondents;

/// <summary>What a tenant knows of people outside to whom one of its mailboxes writes (OUT6, OUT10). Every question is bounded, and answered within the tenant.</summary>
public interface ICorrespondence
{
    /// <summary>All but <see cref="CorrespondenceFacts.Blocked"/>, which the lists know.</summary>
    Task<CorrespondenceFacts> OfAsync(CorrespondenceQuery query, CancellationToken cancellationToken);
}

/// <param name="MailboxId">That writes; null: none of the tenant's.</param>
/// <param name="Outside">Recipients that are none of the tenant's mailboxes; the first <see cref="OutgoingRecipients.MaxExamined"/> are looked at.</param>
/// <param name="AttackersSince">Attacks before count no more; null: none counts.</param>
public sealed record CorrespondenceQuery(Guid TenantId, Guid? MailboxId, IReadOnlyList<string> Outside, DateTimeOffset? AttackersSince)
{
    /// <summary>Ids of the messages that the mail answers.</summary>
    public IReadOnlyList<string> InReplyTo { get; init; } = [];

    /// <summary>Names of organisations that it names (<see cref="OrganisationNames"/>).</summary>
    public IReadOnlyList<string> Organisations { get; init; } = [];
}
