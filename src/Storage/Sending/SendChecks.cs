using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending;

/// <summary>What must hold of the sender within the very transaction that takes or moves its mail.</summary>
internal static class SendChecks
{
    /// <summary>Why a delivery of a blocked mailbox is held.</summary>
    public const string AccountBlocked = "account-blocked";

    /// <summary>The decision on a delivery that is held for it: whoever gets it does not release what a stolen account sent.</summary>
    public static DecisionRecord? Held(DecisionRecord? decision) =>
        decision is null ? null : decision with { Action = decision.Action > PolicyAction.Quarantine ? decision.Action : PolicyAction.Quarantine, Basis = DecisionBasis.SenderBlocked, Origin = null, Rule = null };

    /// <summary>Keeps that decision with a delivery that waited already.</summary>
    public static async ValueTask KeepHeldAsync(MoveSession session, Guid deliveryId, DecisionRecord? decision, CancellationToken cancellationToken)
    {
        if (Held(decision) is { } held)
            await session.Sql.ExecuteAsync("UPDATE deliveries SET decision_json = @why WHERE id = @id", cancellationToken, ("@why", RuleJson.Write(held)), ("@id", deliveryId));
    }

    /// <exception cref="SendBlockedException">The mailbox sends nothing now.</exception>
    /// <exception cref="SendPermitException">A count that let the message through was begun anew since.</exception>
    public static async ValueTask RequireAsync(MoveSession session, NewMessage message, CancellationToken cancellationToken)
    {
        if (message.SenderId is null)
            return;
        if (message.SenderMailboxId is { } mailbox && await BlockedUntilAsync(session, message.TenantId, mailbox, cancellationToken) is { } until)
            throw new SendBlockedException(until);
        foreach (var permit in message.Permits.OrderBy(permit => permit.SubjectId))
        {
            var epoch = await session.Sql.FirstAsync(
                "SELECT epoch FROM send_accounts WHERE id = @id" + session.Dialect.ForShare, row => (long?)row.GetInt64(0), cancellationToken, ("@id", permit.SubjectId));
            if (epoch != permit.Epoch)
                throw new SendPermitException(permit.SubjectId);
        }
    }

    /// <summary>Until when a mailbox is blocked. One that is not is not blocked before the transaction ends either.</summary>
    public static async ValueTask<DateTimeOffset?> BlockedUntilAsync(MoveSession session, Guid tenantId, Guid mailboxId, CancellationToken cancellationToken)
    {
        var (found, until) = await LockedAsync();
        // A row that is not there is not locked: who has never sent gets one.
        if (!found)
        {
            await session.Sql.ExecuteAsync(
                "INSERT INTO send_accounts (id, tenant_id, epoch, blocked_at, ends_sessions) VALUES (@id, @tenant, 1, 0, FALSE) ON CONFLICT (id) DO NOTHING",
                cancellationToken,
                ("@id", mailboxId),
                ("@tenant", tenantId));
            (_, until) = await LockedAsync();
        }

        return until > session.Now ? until : null;

        // Read whatever it holds: a row that is not read is not locked.
        ValueTask<(bool Found, DateTimeOffset? Until)> LockedAsync() => session.Sql.FirstAsync(
            "SELECT blocked_until FROM send_accounts WHERE id = @id" + session.Dialect.ForShare,
            row => (true, row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0)),
            cancellationToken,
            ("@id", mailboxId));
    }
}
