using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Rules;

/// <summary>The groups of a mailbox that sends, for rules that ask.</summary>
public interface ISenderGroups
{
    /// <returns>Names, in the tenant's order.</returns>
    ValueTask<IReadOnlyList<string>> OfMailboxAsync(Guid tenantId, Guid mailboxId, CancellationToken cancellationToken);
}

internal sealed class SenderGroups(IReadConnections reads) : ISenderGroups
{
    public async ValueTask<IReadOnlyList<string>> OfMailboxAsync(Guid tenantId, Guid mailboxId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            """
            SELECT g.name FROM tenant_groups g WHERE g.tenant_id = @tenant AND g.id IN (
                SELECT p.group_id FROM group_members p LEFT JOIN accounts a ON a.id = p.member_id WHERE COALESCE(a.mailbox_id, p.member_id) = @mailbox)
            ORDER BY g.position, g.id
            """,
            row => row.GetString(0),
            cancellationToken,
            ("@tenant", tenantId),
            ("@mailbox", mailboxId));
    }
}
