using Platform.Storage.Accounts;
using Platform.Storage.Groups;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>Somebody of a step.</summary>
internal sealed record Approver(Guid Id, string Address, string? Language);

/// <summary>Whose mail waits.</summary>
/// <param name="MailboxId">That sends it; null: none.</param>
/// <param name="AuthorId">The mailbox of its author, of what a server of the tenant's own submitted; null: none.</param>
/// <param name="Kept">Accounts that counted as its sender when it was submitted or the approval began, as <see cref="AccountIds"/>: they do so also when they no longer can send as it.</param>
internal sealed record MailSender(Guid TenantId, Guid? MailboxId, Guid? AuthorId, string? Kept);

/// <summary>
/// Who decides over a step: its accounts and those of its group that are active now and hold <c>approvals.decide</c>, but for the people of the
/// mailbox that sends. Those are who has it for the own, who made a password by which programs send as it, and who submitted the mail. What
/// was asked once is remembered, so that one serves one transaction.
/// </summary>
internal sealed class Approvers(SqlSession sql)
{
    private readonly Dictionary<MailSender, IReadOnlySet<Guid>> _senders = [];
    private readonly Dictionary<(MailSender, string), IReadOnlyList<Approver>> _steps = [];
    private readonly Dictionary<Guid, IReadOnlyDictionary<Guid, Role>> _roles = [];

    public async ValueTask<IReadOnlyList<Approver>> OfStepAsync(MailSender sender, ApprovalStep step, CancellationToken cancellationToken)
    {
        var key = (sender, ApprovalJson.Write([step]));
        if (_steps.TryGetValue(key, out var known))
            return known;
        List<Approver> found = [];
        foreach (var account in step.Accounts)
            found.AddRange(await DecidersAsync(sender.TenantId, "", "a.id = @id", cancellationToken, ("@id", account)));
        if (step.GroupId is { } group)
        {
            found.AddRange(await DecidersAsync(
                sender.TenantId,
                $"JOIN group_members g ON (g.kind = '{nameof(GroupMemberKind.Account)}' AND g.member_id = a.id) OR (g.kind = '{nameof(GroupMemberKind.Mailbox)}' AND g.member_id = a.mailbox_id)",
                "g.group_id = @group AND g.tenant_id = @tenant",
                cancellationToken,
                ("@group", group)));
        }

        var senders = await SendersAsync(sender, cancellationToken);
        return _steps[key] = [.. found.DistinctBy(approver => approver.Id).Where(approver => !senders.Contains(approver.Id))];
    }

    /// <summary>Those who decide in the place of the approvers now, beside them; nobody of the sender's.</summary>
    public async ValueTask<IReadOnlyList<Approver>> DeputiesAsync(MailSender sender, IEnumerable<Approver> approvers, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Approver> found = [];
        foreach (var approver in approvers)
        {
            found.AddRange(await DecidersAsync(
                sender.TenantId,
                "JOIN approval_deputies d ON d.deputy_id = a.id",
                "d.account_id = @account AND d.tenant_id = @tenant AND d.since <= @now AND d.until > @now",
                cancellationToken,
                ("@account", approver.Id),
                ("@now", now.ToUnixTimeMilliseconds())));
        }

        var senders = await SendersAsync(sender, cancellationToken);
        return [.. found.DistinctBy(deputy => deputy.Id).Where(deputy => !senders.Contains(deputy.Id))];
    }

    /// <summary>Those in whose place the account decides now, itself among them.</summary>
    public async ValueTask<IReadOnlySet<Guid>> DeputisedAsync(Guid tenantId, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken) => new HashSet<Guid>(await sql.QueryAsync(
        "SELECT account_id FROM approval_deputies WHERE deputy_id = @account AND tenant_id = @tenant AND since <= @now AND until > @now",
        row => row.GetGuid(0),
        cancellationToken,
        ("@account", accountId),
        ("@tenant", tenantId),
        ("@now", now.ToUnixTimeMilliseconds()))) { accountId };

    /// <summary>Everybody who counts as the sender: who did when it was submitted, and who does now.</summary>
    public async ValueTask<IReadOnlySet<Guid>> SendersAsync(MailSender sender, CancellationToken cancellationToken)
    {
        if (_senders.TryGetValue(sender, out var known))
            return known;
        HashSet<Guid> found = [.. AccountIds.Read(sender.Kept)];
        foreach (var mailbox in new[] { sender.MailboxId, sender.AuthorId }.OfType<Guid>().Distinct())
        {
            found.UnionWith(await sql.QueryAsync(
                $"SELECT a.id FROM mailboxes m JOIN accounts a ON {OwnMailbox.OfAccount} WHERE m.id = @mailbox", row => row.GetGuid(0), cancellationToken, ("@mailbox", mailbox)));
            foreach (var makers in await sql.QueryAsync(
                "SELECT makers, created_by FROM app_passwords WHERE mailbox_id = @mailbox", row => AppPasswordMoves.MakersOf(row.Text(0), row.GetString(1)), cancellationToken, ("@mailbox", mailbox)))
                found.UnionWith(makers);
        }

        return _senders[sender] = found;
    }

    private async ValueTask<IEnumerable<Approver>> DecidersAsync(Guid tenantId, string join, string which, CancellationToken cancellationToken, params (string, object?)[] parameters)
    {
        if (!_roles.TryGetValue(tenantId, out var roles))
            _roles[tenantId] = roles = await StoredRoles.OfOwnerAsync(sql, AccountOwner.Tenant(tenantId), cancellationToken);
        var held = await sql.QueryAsync(
            $"""
            SELECT a.id, a.address, a.language, r.role_id FROM accounts a JOIN account_roles r ON r.account_id = a.id {join}
            WHERE {which} AND a.owner_id = @tenant AND a.state = '{nameof(AccountState.Active)}' ORDER BY a.id
            """,
            row => (Who: new Approver(row.GetGuid(0), row.GetString(1), row.Text(2)), Role: row.GetGuid(3)),
            cancellationToken,
            [("@tenant", tenantId), .. parameters]);
        return held.GroupBy(one => one.Who)
            .Where(account => AccountReach.Of([.. account.Select(one => roles.GetValueOrDefault(one.Role)).OfType<Role>()]).Permissions.Contains(Permissions.ApprovalsDecide))
            .Select(account => account.Key);
    }
}
