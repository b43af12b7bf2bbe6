using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Quarantine;

/// <summary>
/// What the owner of a mailbox may do with its mail, beyond what the permissions of the account say: the one place that is asked, by
/// GraphQL, REST and links alike. A scope that reaches more than mailboxes is no owner's, and is not held to it.
/// </summary>
public interface IMailboxRights
{
    /// <param name="verdict">Null: the mail could not be inspected.</param>
    /// <param name="decision">Why the delivery is where it is; null where that is not kept.</param>
    ValueTask<QuarantineRights> OfAsync(Guid tenantId, Guid? mailboxId, VerdictKind? verdict, DecisionRecord? decision, CancellationToken cancellationToken);

    /// <summary>False: the policy keeps the owner from it. True also when there is no such delivery, which is for the command to say.</summary>
    ValueTask<bool> AllowDeliveryAsync(Scope scope, Guid deliveryId, QuarantineRights right, CancellationToken cancellationToken);

    /// <summary>Whether one of the scope's mailboxes has the message with that right.</summary>
    ValueTask<bool> AllowMessageAsync(Scope scope, Guid messageId, QuarantineRights right, CancellationToken cancellationToken);
}

internal sealed class MailboxRights(IReadConnections reads, IRecipientDirectory directory, IPolicyBook book) : IMailboxRights
{
    private const string Select = "SELECT d.tenant_id, d.mailbox_id, m.verdict, d.decision_json FROM deliveries d JOIN messages m ON m.id = d.message_id WHERE ";

    public async ValueTask<QuarantineRights> OfAsync(Guid tenantId, Guid? mailboxId, VerdictKind? verdict, DecisionRecord? decision, CancellationToken cancellationToken) =>
        await directory.FindTenantAsync(tenantId, cancellationToken) is { } tenant
            ? (await book.OfAsync(tenant, cancellationToken)).OfMailbox(mailboxId).RightsOf(verdict, decision)
            : QuarantineRights.None;

    public async ValueTask<bool> AllowDeliveryAsync(Scope scope, Guid deliveryId, QuarantineRights right, CancellationToken cancellationToken)
    {
        if (scope.IsWhole)
            return true;
        var found = (await ReadAsync("d.id = @id", deliveryId, cancellationToken)).Find(held => scope.Reaches(held.MailboxId));
        return found is null || (await OfAsync(found.TenantId, found.MailboxId, found.Verdict, found.Decision, cancellationToken)).HasFlag(right);
    }

    public async ValueTask<bool> AllowMessageAsync(Scope scope, Guid messageId, QuarantineRights right, CancellationToken cancellationToken)
    {
        if (scope.IsWhole)
            return true;
        foreach (var held in (await ReadAsync("d.message_id = @id", messageId, cancellationToken)).Where(held => scope.Reaches(held.MailboxId)))
        {
            if ((await OfAsync(held.TenantId, held.MailboxId, held.Verdict, held.Decision, cancellationToken)).HasFlag(right))
                return true;
        }

        return false;
    }

    private async ValueTask<List<OwnedMail>> ReadAsync(string which, Guid id, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            Select + which,
            row => new OwnedMail(row.GetGuid(0), row.Id(1), row.IsDBNull(2) ? null : row.Name<VerdictKind>(2), RuleJson.FindDecision(row.Text(3))),
            cancellationToken,
            ("@id", id));
    }

    private sealed record OwnedMail(Guid TenantId, Guid? MailboxId, VerdictKind? Verdict, DecisionRecord? Decision);
}
