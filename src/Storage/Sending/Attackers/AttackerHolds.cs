using System.Data.Common;
using System.Globalization;
using Platform.Engine.Misdirection;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Rules;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending.Attackers;

/// <summary>
/// Holds what would go to an attacker: what waits when the verdict is written, and what was on its way then and comes back. Of its plan the
/// approvals are kept, for its release asks for them. What a person released goes.
/// </summary>
internal static class AttackerHolds
{
    private const string Columns = "id, message_id, recipient, action, decision_json, plan_json";

    /// <summary>What waits in a stage or for the relay, and is not on its way this moment, a lease that has run out being none.</summary>
    public static async ValueTask WaitingAsync(MoveSession session, Guid tenantId, Dictionary<string, AttackFrom> attackers, CancellationToken cancellationToken)
    {
        List<(string, object?)> values = [];
        List<string> matches = [];
        foreach (var (i, name) in attackers.Keys.Index())
        {
            var value = string.Create(CultureInfo.InvariantCulture, $"@n{i}");
            // An address is the whole of it; a domain the end, with the @ before it.
            var isAddress = name.Contains('@', StringComparison.Ordinal);
            values.Add((value, isAddress ? name : "@" + name));
            matches.Add(isAddress ? $"LOWER(recipient) = {value}" : string.Create(CultureInfo.InvariantCulture, $"SUBSTR(LOWER(recipient), LENGTH(recipient) - {name.Length}) = {value}"));
        }

        var waiting = await session.Sql.QueryAsync(
            $"""
            SELECT {Columns} FROM deliveries
            WHERE tenant_id = @tenant AND state IN ({DeliverySql.Staged}, '{nameof(DeliveryState.Queued)}') AND (lease_token IS NULL OR due_at <= @now) AND mailbox_id IS NULL AND released_by IS NULL
              AND ({string.Join(" OR ", matches.Select(match => $"({match})"))})
              AND EXISTS (SELECT 1 FROM messages m WHERE m.id = deliveries.message_id AND m.mode = '{nameof(IntakeMode.Submission)}')
            ORDER BY id{session.Dialect.ForUpdate}
            """,
            Read,
            cancellationToken,
            [("@now", session.NowMilliseconds), ("@tenant", tenantId), .. values]);
        await HoldAsync(session, waiting, attackers, cancellationToken);
    }

    /// <summary>Of what the relay takes, that which goes to somebody who became an attacker since it was queued is held instead.</summary>
    /// <returns>The others.</returns>
    public static async ValueTask<IReadOnlyList<RelayLease>> ClaimedAsync(MoveSession session, IReadOnlyList<RelayLease> leases, CancellationToken cancellationToken)
    {
        HashSet<Guid> stopped = [];
        foreach (var tenant in leases.Where(IsBound).GroupBy(lease => lease.TenantId))
        {
            var attackers = await AttackerMoves.OfAsync(
                session.Sql, tenant.Key, tenant.Select(lease => lease.Recipient), tenant.Min(lease => lease.QueuedAt) - AttackerMoves.ClockSkew, cancellationToken);
            foreach (var lease in tenant)
            {
                if (await HoldAsync(session, lease, attackers, status: null, cancellationToken))
                    stopped.Add(lease.DeliveryId);
            }
        }

        return stopped.Count == 0 ? leases : [.. leases.Where(lease => !stopped.Contains(lease.DeliveryId))];
    }

    /// <summary>A delivery that came back from the relay: held if its recipient became an attacker since it was queued.</summary>
    /// <param name="status">With what it came back from the next hop; null: it does not.</param>
    /// <returns>Whether it is held.</returns>
    public static async ValueTask<bool> ReturnedAsync(MoveSession session, RelayLease lease, string? status, CancellationToken cancellationToken) =>
        IsBound(lease)
        && await HoldAsync(
            session,
            lease,
            await AttackerMoves.OfAsync(session.Sql, lease.TenantId, [lease.Recipient], lease.QueuedAt - AttackerMoves.ClockSkew, cancellationToken),
            status,
            cancellationToken);

    /// <summary>What a block of its mailbox still holds and goes to one of the attackers: it is held for that from now on.</summary>
    public static async ValueTask BlockedAsync(MoveSession session, Guid mailboxId, Dictionary<string, AttackFrom> attackers, CancellationToken cancellationToken)
    {
        if (attackers.Count == 0)
            return;
        var held = await session.Sql.QueryAsync(
            $"""
            SELECT {Columns} FROM deliveries
            WHERE sender_mailbox_id = @mailbox AND state = '{nameof(DeliveryState.Held)}' AND last_status = '{SendChecks.AccountBlocked}' ORDER BY id{session.Dialect.ForUpdate}
            """,
            Read,
            cancellationToken,
            ("@mailbox", mailboxId));
        await HoldAsync(session, [.. held.Where(delivery => AttackerMoves.FindingOf(attackers, delivery.Recipient) is not null)], attackers, cancellationToken);
    }

    private static async ValueTask<bool> HoldAsync(MoveSession session, RelayLease lease, Dictionary<string, AttackFrom> attackers, string? status, CancellationToken cancellationToken)
    {
        if (AttackerMoves.FindingOf(attackers, lease.Recipient, lease.QueuedAt) is null)
            return false;
        var delivery = await session.Sql.FirstAsync(
            $"SELECT {Columns} FROM deliveries WHERE id = @id AND mailbox_id IS NULL AND released_by IS NULL", Read, cancellationToken, ("@id", lease.DeliveryId));
        if (delivery is null)
            return false;
        await HoldAsync(session, [delivery with { Status = status }], attackers, cancellationToken);
        return true;
    }

    /// <param name="deliveries">Locked by the caller.</param>
    private static async ValueTask HoldAsync(MoveSession session, IReadOnlyCollection<HeldDelivery> deliveries, Dictionary<string, AttackFrom> attackers, CancellationToken cancellationToken)
    {
        foreach (var mail in deliveries.GroupBy(delivery => delivery.MessageId))
        {
            var summary = await session.Sql.FirstAsync($"SELECT {MessageSummary.Columns} FROM messages WHERE id = @id", MessageSummary.Read, cancellationToken, ("@id", mail.Key));
            List<DecisionRecord> decisions = [];
            foreach (var delivery in mail)
            {
                var why = AttackerMoves.Held(delivery.Why, AttackerMoves.FindingOf(attackers, delivery.Recipient));
                if (why is not null)
                    decisions.Add(why);
                // A worker that still has it finds its lease gone.
                await session.Sql.ExecuteAsync(
                    $"""
                    UPDATE deliveries SET state = '{nameof(DeliveryState.Held)}', last_status = '{AttackerMoves.KnownAttacker}', decision_json = @why, plan_json = @plan, lease_token = NULL, due_at = NULL, changed_at = @now
                    WHERE id = @id
                    """,
                    cancellationToken,
                    ("@why", why is null ? null : RuleJson.Write(why)),
                    ("@plan", ApprovalsOf(delivery.Plan)),
                    ("@now", session.NowMilliseconds),
                    ("@id", delivery.Id));
                await ApprovalMoves.CancelAsync(session, delivery.Id, cancellationToken);
                session.Record(DeliveryEvents.Of(
                    summary!, new DeliveryMoved(delivery.Id, delivery.Recipient, DeliveryState.Held) { Action = delivery.Action, Reason = AttackerMoves.KnownAttacker, Status = delivery.Status }, session.Now));
            }

            var told = decisions.Count == 0 ? null : decisions[0] with { Findings = [.. decisions.SelectMany(decision => decision.Findings)] };
            await SendNotices.OrderHeldAsync(session, summary!, [.. mail.Select(delivery => delivery.Recipient)], told, cancellationToken);
        }
    }

    /// <summary>What a newer version wrote stays as it is.</summary>
    private static string? ApprovalsOf(string? plan) => SendJson.FindPlan(plan) is { } read ? SendJson.Write(read.Approvals) : plan;

    private static bool IsBound(RelayLease lease) => lease is { State: DeliveryState.Queued, Mode: IntakeMode.Submission };

    private static HeldDelivery Read(DbDataReader row) => new(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.Text(3), RuleJson.FindDecision(row.Text(4))) { Plan = row.Text(5) };
}
