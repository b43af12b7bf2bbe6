using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Sending.Correspondents;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending;

internal sealed class SendBlocks(IMoveRunner moves, IReadConnections reads, IWorkSignal signal, IRecipientDirectory directory, IPolicyBook policies, TimeProvider time) : ISendBlocks
{
    private const string Guard = "system:send-guard";
    private const int MaxReason = 200;
    private const int Page = 100;

    private static Refusal Unknown { get; } = new("NOT_FOUND", "No such mailbox is in reach of this client.");

    private static Refusal NotBlocked { get; } = new("NOT_BLOCKED", "This mailbox is not blocked.");

    private static Refusal Duration { get; } = new("INVALID_DURATION", $"A block lasts 1 to {ISendBlocks.MaxMinutes} minutes.");

    private static Refusal Reason { get; } = new("INVALID_REASON", $"Say why, in one line of at most {MaxReason} characters.");

    public async Task<SendBlock?> FindAsync(Guid mailboxId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync(
            "SELECT blocked_until, block_reason, ends_sessions, blocked_at FROM send_accounts WHERE id = @id AND blocked_until > @now",
            row => new SendBlock(row.Time(0), row.Text(1) ?? "", row.GetBoolean(2)) { Since = row.Time(3) },
            cancellationToken,
            ("@id", mailboxId),
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    public async Task<DateTimeOffset?> FindLatestAsync(Guid mailboxId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync("SELECT blocked_at FROM send_accounts WHERE id = @id AND blocked_at > 0", row => (DateTimeOffset?)row.Time(0), cancellationToken, ("@id", mailboxId));
    }

    public async Task<DateTimeOffset> ExceededAsync(Guid tenantId, Guid mailboxId, string limit, TimeSpan time, SendBlockEnds ends, CancellationToken cancellationToken)
    {
        var risk = await RiskOfAsync(tenantId, mailboxId, cancellationToken);
        return await moves.RunAsync(
            async (session, ct) =>
            {
                if (await SendBlockMoves.LockAsync(session, tenantId, mailboxId, ct) is { } already)
                    return already;
                var until = session.Now + time;
                await SendBlockMoves.BlockAsync(session, new NewSendBlock(tenantId, mailboxId, until, limit, Guard, ends) { Limit = limit, Risk = risk }, ct);
                return until;
            },
            cancellationToken);
    }

    public Task TotalReachedAsync(SendSubject place, string limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        return moves.RunAsync((session, ct) => SendBlockMoves.TotalReachedAsync(session, place, limit, ct), cancellationToken);
    }

    public async Task<CommandResult<Guid>> BlockAsync(Scope scope, Guid mailboxId, int minutes, string reason, SendBlockEnds ends, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.SendingWrite);
        var words = reason.Trim();
        if (minutes is < 1 or > ISendBlocks.MaxMinutes)
            return Duration.As<Guid>();
        if (words.Length is 0 or > MaxReason || SafeText.Clean(words, MaxReason) != words || words.Any(char.IsControl))
            return Reason.As<Guid>();
        var risk = await RiskOfAsync(await FindTenantAsync(mailboxId, cancellationToken), mailboxId, cancellationToken);
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var tenant = await TenantOfAsync(session, scope, mailboxId, ct);
                var until = session.Now.AddMinutes(minutes);
                // Of two blocks the stricter holds.
                var already = await SendBlockMoves.LockAsync(session, tenant, mailboxId, ct);
                var block = new NewSendBlock(tenant, mailboxId, already > until ? already.Value : until, words, scope.Actor, ends) { IsWithin = already is not null, IsShorter = already >= until, Risk = risk };
                await SendBlockMoves.BlockAsync(session, block, ct);
                return mailboxId;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> UnblockAsync(Scope scope, Guid mailboxId, bool release, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.SendingWrite);
        if (release)
            scope.Require(Permissions.MessagesAct);
        var since = release ? await AttackersSinceAsync(mailboxId, cancellationToken) : null;
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var tenant = await TenantOfAsync(session, scope, mailboxId, ct);
                if (!await SendBlockMoves.UnblockAsync(session, mailboxId, countAnew: true, ct))
                    throw new RefusedException(NotBlocked);
                await SendBlockMoves.TellUnblockedAsync(session, tenant, mailboxId, scope.Actor, ct);
                if (release)
                {
                    session.AfterCommit(signal.RelaysReady);
                    var held = await SendBlockMoves.HeldAsync(session, mailboxId, ct);
                    // Who says that the sender is right has said nothing of the attackers to whom it goes.
                    var attackers = since is { } first ? await AttackerMoves.OfAsync(session.Sql, tenant, held.Select(delivery => delivery.Recipient), first, ct) : [];
                    foreach (var (id, _) in held.Where(delivery => AttackerMoves.FindingOf(attackers, delivery.Recipient) is null))
                        await PersonMoves.MoveAsync(session, scope, id, DeliveryState.Released, ct);
                    await AttackerHolds.BlockedAsync(session, mailboxId, attackers, ct);
                }

                return mailboxId;
            },
            cancellationToken);
    }

    public Task<int> ExpireAsync(CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            var ended = await session.Sql.QueryAsync(
                $"""
                UPDATE send_accounts SET blocked_until = NULL, block_reason = NULL, ends_sessions = FALSE WHERE id IN (
                    SELECT id FROM send_accounts WHERE blocked_until <= @now ORDER BY blocked_until LIMIT {Page}{session.Dialect.SkipLocked})
                RETURNING tenant_id, id
                """,
                row => (Tenant: row.GetGuid(0), Mailbox: row.GetGuid(1)),
                ct,
                ("@now", session.NowMilliseconds));
            foreach (var (tenant, mailbox) in ended.OrderBy(one => one.Mailbox))
                await SendBlockMoves.TellUnblockedAsync(session, tenant, mailbox, Guard, ct);
            await SentRecipients.ForgetAsync(session, ct);
            await OrganisationNameMoves.ForgetAsync(session, ct);
            await AttackerMoves.ForgetAsync(session, ct);
            return ended.Count;
        },
        cancellationToken);

    private async ValueTask<Guid> FindTenantAsync(Guid mailboxId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync("SELECT tenant_id FROM mailboxes WHERE id = @id", row => row.GetGuid(0), cancellationToken, ("@id", mailboxId));
    }

    /// <summary>How far back the policy of the mailbox marks what it sent.</summary>
    private async ValueTask<TimeSpan> RiskOfAsync(Guid tenantId, Guid mailboxId, CancellationToken cancellationToken) =>
        await PolicyOfAsync(tenantId, mailboxId, cancellationToken) is { } policy ? policy.RiskOf() : TimeSpan.Zero;

    /// <summary>Since when attacks keep the mailbox from answering; null: none does.</summary>
    private async ValueTask<DateTimeOffset?> AttackersSinceAsync(Guid mailboxId, CancellationToken cancellationToken) =>
        await PolicyOfAsync(await FindTenantAsync(mailboxId, cancellationToken), mailboxId, cancellationToken) is { } policy && policy.AttackersFor() is var days && days > TimeSpan.Zero
            ? time.GetUtcNow() - days
            : null;

    private async ValueTask<EffectivePolicy?> PolicyOfAsync(Guid tenantId, Guid mailboxId, CancellationToken cancellationToken) =>
        await directory.FindTenantAsync(tenantId, cancellationToken) is { } tenant ? (await policies.OfAsync(tenant, cancellationToken)).OfMailbox(mailboxId) : null;

    /// <exception cref="RefusedException">There is none in reach.</exception>
    private static async ValueTask<Guid> TenantOfAsync(MoveSession session, Scope scope, Guid mailboxId, CancellationToken cancellationToken)
    {
        var tenant = await session.Sql.FirstAsync("SELECT tenant_id FROM mailboxes WHERE id = @id", row => (Guid?)row.GetGuid(0), cancellationToken, ("@id", mailboxId));
        return tenant is { } found && scope.Tenants.Contains(found) && scope.AllowsFor(found, Permissions.SendingWrite) && scope.Reaches(mailboxId) ? found : throw new RefusedException(Unknown);
    }
}
