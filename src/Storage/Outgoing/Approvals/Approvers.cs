using Platform.Storage.Groups;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>Somebody of a step.</summary>
internal sealed record Approver(Guid Id, string Address, string? Language);

/// <summary>
/// Who decides over a step: its accounts and those of its group that are active now, but for the people of the mailbox that sends. Those
/// are who has it for the own, and who made a password by which programs send as it.
/// </summary>
internal static class Approvers
{
    public static async ValueTask<List<Approver>> OfStepAsync(SqlSession sql, Guid tenantId, Guid senderMailbox, ApprovalStep step, CancellationToken cancellationToken)
    {
        List<Approver> found = [];
        foreach (var account in step.Accounts)
        {
            if (await sql.FirstAsync(
                "SELECT id, address, language FROM accounts WHERE id = @id AND owner_id = @tenant AND state = 'Active'",
                row => new Approver(row.GetGuid(0), row.GetString(1), row.Text(2)),
                cancellationToken,
                ("@id", account),
                ("@tenant", tenantId)) is { } approver)
                found.Add(approver);
        }

        if (step.GroupId is { } group)
        {
            found.AddRange(await sql.QueryAsync(
                $"""
                SELECT a.id, a.address, a.language FROM accounts a JOIN group_members g ON (g.kind = '{nameof(GroupMemberKind.Account)}' AND g.member_id = a.id) OR (g.kind = '{nameof(GroupMemberKind.Mailbox)}' AND g.member_id = a.mailbox_id)
                WHERE g.group_id = @group AND g.tenant_id = @tenant AND a.owner_id = @tenant AND a.state = 'Active' ORDER BY a.id
                """,
                row => new Approver(row.GetGuid(0), row.GetString(1), row.Text(2)),
                cancellationToken,
                ("@group", group),
                ("@tenant", tenantId)));
        }

        var senders = await SendersAsync(sql, senderMailbox, cancellationToken);
        return [.. found.DistinctBy(approver => approver.Id).Where(approver => !senders.Contains(approver.Id))];
    }

    /// <summary>Those in whose place the account decides now, itself among them.</summary>
    public static async ValueTask<HashSet<Guid>> DeputisedAsync(SqlSession sql, Guid tenantId, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken) =>
        [accountId, .. await sql.QueryAsync(
            "SELECT account_id FROM approval_deputies WHERE deputy_id = @account AND tenant_id = @tenant AND since <= @now AND until > @now",
            row => row.GetGuid(0),
            cancellationToken,
            ("@account", accountId),
            ("@tenant", tenantId),
            ("@now", now.ToUnixTimeMilliseconds()))];

    /// <summary>Those who decide in the place of the approvers now, beside them.</summary>
    public static async ValueTask<List<Approver>> DeputiesAsync(SqlSession sql, Guid tenantId, IEnumerable<Approver> approvers, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Approver> found = [];
        foreach (var approver in approvers)
        {
            found.AddRange(await sql.QueryAsync(
                """
                SELECT a.id, a.address, a.language FROM approval_deputies d JOIN accounts a ON a.id = d.deputy_id
                WHERE d.account_id = @account AND d.tenant_id = @tenant AND d.since <= @now AND d.until > @now AND a.owner_id = @tenant AND a.state = 'Active'
                """,
                row => new Approver(row.GetGuid(0), row.GetString(1), row.Text(2)),
                cancellationToken,
                ("@account", approver.Id),
                ("@tenant", tenantId),
                ("@now", now.ToUnixTimeMilliseconds())));
        }

        return found;
    }

    public static async ValueTask<HashSet<Guid>> SendersAsync(SqlSession sql, Guid mailboxId, CancellationToken cancellationToken)
    {
        var owners = await sql.QueryAsync("SELECT id FROM accounts WHERE mailbox_id = @mailbox", row => row.GetGuid(0), cancellationToken, ("@mailbox", mailboxId));
        var makers = await sql.QueryAsync("SELECT created_by FROM app_passwords WHERE mailbox_id = @mailbox", row => row.GetString(0), cancellationToken, ("@mailbox", mailboxId));
        return [.. owners, .. makers.Where(maker => maker.StartsWith(Scope.PersonPrefix, StringComparison.Ordinal)).Select(maker => Guid.TryParse(maker[Scope.PersonPrefix.Length..], out var id) ? id : Guid.Empty)];
    }
}
