using System.Globalization;
using Platform.Engine.Feeds;
using Platform.Engine.Learning;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Transactions;

namespace Platform.Storage.Reports;

/// <summary>
/// What a decision over a report does, in one transaction: on the same mail to others, on the tenant's lists, on what the learned model is
/// told, and to everybody who reported that mail. What was delivered already is out of reach; what waits for the relay is stopped.
/// </summary>
internal sealed class ReportDecision(TenantLists lists, SameMail mails)
{
    public async ValueTask DecideAsync(MoveSession session, Scope scope, Guid reportId, bool confirm, bool list, string note, CancellationToken cancellationToken)
    {
        var report = await session.Sql.FirstAsync(
            $"SELECT tenant_id, message_id, carrier_id, kind, state FROM reports WHERE id = @id{session.Dialect.ForUpdate}",
            row => new Asked(row.GetGuid(0), row.GetGuid(1), row.Id(2), row.Name<ReportKind>(3), row.Name<ReportState>(4)),
            cancellationToken,
            ("@id", reportId));
        if (report is null || !scope.IsWhole || !scope.Tenants.Contains(report.TenantId))
            throw new RefusedException(ReportRefusals.UnknownReport);
        if (report.State != ReportState.Waiting)
            throw new RefusedException(ReportRefusals.Decided);
        var effect = new Effect(0, 0, false);
        IReadOnlyList<Guid> same = [report.MessageId];
        if (confirm)
        {
            same = report.Kind == ReportKind.Missed
                ? await SameMail.ToHoldAsync(session.Sql, report.TenantId, report.MessageId, session.Now, cancellationToken)
                : await mails.ToReleaseAsync(session.Sql, report.TenantId, report.MessageId, session.Now, cancellationToken);
            effect = report.Kind == ReportKind.Missed
                ? effect with { Held = await HoldAsync(session, scope, same, cancellationToken) }
                : effect with { Released = await ReleaseAsync(session, scope, same, note, cancellationToken) };
            effect = effect with { Listed = list && await ListAsync(session, scope, report, cancellationToken) };
            await LabelAsync(session, report, cancellationToken);
        }

        foreach (var message in same)
            await SettleAsync(session, scope, report, message, reportId, confirm, effect, note, cancellationToken);
    }

    /// <summary>
    /// Stops what waits for the relay, and writes the reason to what is held already, so that its owner cannot release it for its harmless
    /// verdict. A transmission under way is past stopping.
    /// </summary>
    private static async ValueTask<int> HoldAsync(MoveSession session, Scope scope, IReadOnlyList<Guid> messages, CancellationToken cancellationToken)
    {
        var held = 0;
        foreach (var id in messages)
        {
            var (message, verdict) = await session.Sql.FirstAsync(
                $"SELECT {MessageSummary.Columns}, verdict_json FROM messages WHERE id = @id{session.Dialect.ForUpdate}",
                row => (MessageSummary.Read(row), row.Text(MessageSummary.ColumnCount)),
                cancellationToken,
                ("@id", id));
            if (message is null)
                continue;
            if (StoredJson.FindVerdict(verdict) is { } found)
                await AttackerMoves.ReportedAsync(session, message, found, cancellationToken);
            var reached = await session.Sql.QueryAsync(
                $"""
                SELECT id, recipient, state, decision_json FROM deliveries WHERE message_id = @id AND (state = '{nameof(DeliveryState.Quarantined)}'
                    OR (state = '{nameof(DeliveryState.Queued)}' AND (lease_token IS NULL OR due_at <= @at))) ORDER BY id{session.Dialect.ForUpdate}
                """,
                row => (Id: row.GetGuid(0), Recipient: row.GetString(1), State: row.Name<DeliveryState>(2), Decision: RuleJson.FindDecision(row.Text(3))),
                cancellationToken,
                ("@id", id),
                ("@at", session.NowMilliseconds));
            foreach (var delivery in reached)
            {
                var decided = delivery.Decision ?? new DecisionRecord(message.Verdict ?? VerdictKind.Clean, PolicyAction.Deliver, PolicyAction.Deliver, RuleRevisions.None);
                await WriteReasonAsync(session, delivery.Id, decided, cancellationToken);
                if (delivery.State == DeliveryState.Quarantined)
                    continue;
                await StopAsync(session, delivery.Id, cancellationToken);
                var moved = new DeliveryMoved(delivery.Id, delivery.Recipient, DeliveryState.Quarantined) { Actor = scope.Actor, Action = "quarantine", Reason = "reported", Verdict = StoredJson.FindVerdict(verdict) };
                session.Record(DeliveryEvents.Of(message, moved, session.Now));
                held++;
            }
        }

        return held;
    }

    private static ValueTask<int> StopAsync(MoveSession session, Guid deliveryId, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        $"UPDATE deliveries SET state = '{nameof(DeliveryState.Quarantined)}', lease_token = NULL, due_at = NULL, changed_at = @now WHERE id = @id",
        cancellationToken,
        ("@now", session.NowMilliseconds),
        ("@id", deliveryId));

    private static ValueTask<int> WriteReasonAsync(MoveSession session, Guid deliveryId, DecisionRecord decided, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "UPDATE deliveries SET decision_json = @why WHERE id = @id",
        cancellationToken,
        ("@why", RuleJson.Write(decided with { Action = PolicyAction.Quarantine, Basis = DecisionBasis.Reported, Origin = null, Rule = null, Unfinished = false })),
        ("@id", deliveryId));

    /// <summary>To those who asked for it: by a report, or by a request.</summary>
    private static async ValueTask<int> ReleaseAsync(MoveSession session, Scope scope, IReadOnlyList<Guid> messages, string note, CancellationToken cancellationToken)
    {
        var released = 0;
        foreach (var id in messages)
        {
            var asked = await session.Sql.QueryAsync(
                $"""
                SELECT d.id FROM deliveries d WHERE d.message_id = @id AND d.state IN ('{nameof(DeliveryState.Quarantined)}', '{nameof(DeliveryState.Held)}') AND (
                    EXISTS (SELECT 1 FROM reports r WHERE r.delivery_id = d.id AND r.state = '{nameof(ReportState.Waiting)}' AND r.kind = '{nameof(ReportKind.FalsePositive)}')
                    OR EXISTS (SELECT 1 FROM release_requests q WHERE q.delivery_id = d.id AND q.state = '{nameof(RequestState.Waiting)}'))
                ORDER BY d.id
                """,
                row => row.GetGuid(0),
                cancellationToken,
                ("@id", id));
            foreach (var delivery in asked)
                released += (await PersonMoves.MoveAsync(session, scope, delivery, DeliveryState.Released, cancellationToken, note)).Status == MoveStatus.Moved ? 1 : 0;
        }

        return released;
    }

    /// <summary>
    /// False where the author is not proven, so that a forged mail lists nobody whose name it bears, and where the lists refuse it: listed
    /// already, or anybody can have an address there.
    /// </summary>
    private async ValueTask<bool> ListAsync(MoveSession session, Scope scope, Asked report, CancellationToken cancellationToken)
    {
        var (from, verdict) = await session.Sql.FirstAsync(
            "SELECT from_address, verdict_json FROM messages WHERE id = @id", row => (row.Text(0), row.Text(1)), cancellationToken, ("@id", report.MessageId));
        var action = report.Kind == ReportKind.Missed ? ListAction.Block : ListAction.Allow;
        // Of a forwarded mail the author is whoever forwarded it.
        if (report.CarrierId == report.MessageId || from is not { Length: > 0 } || !StoredJson.IsProven(verdict))
            return false;
        var list = await LockedList.OpenAsync(session, ListOwner.Tenant(report.TenantId), cancellationToken);
        var domains = await list.DomainsAsync(cancellationToken);
        if (domains.Any(domain => from.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase)))
            return false;
        var (good, _) = ListRules.Check(new NewListEntry(action, ListEntryKind.Address, from, IsExact: false, [], "report", null), domains);
        if (good is null || await list.FindAsync(good, cancellationToken) is not null || await list.CountAsync(cancellationToken) >= ListRules.MaxEntries)
            return false;
        await list.InsertAsync(good, scope.Actor, cancellationToken);
        await list.RecordAsync(scope.Actor, "add", [good], cancellationToken);
        session.AfterCommit(() => lists.Invalidate(report.TenantId));
        return true;
    }

    private static ValueTask<int> LabelAsync(MoveSession session, Asked report, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO learning_labels (message_id, tenant_id, label, is_carrier, labelled_at) VALUES (@message, @tenant, @label, @carrier, @now)
        ON CONFLICT (message_id) DO UPDATE SET label = excluded.label, labelled_at = excluded.labelled_at
        """,
        cancellationToken,
        ("@message", report.MessageId),
        ("@tenant", report.TenantId),
        ("@label", (report.Kind == ReportKind.Missed ? MailLabel.Phishing : MailLabel.Honest).ToString()),
        ("@carrier", report.CarrierId == report.MessageId),
        ("@now", session.NowMilliseconds));

    /// <summary>Ends all reports of one message that say the same, and answers those who made them.</summary>
    private static async ValueTask SettleAsync(
        MoveSession session, Scope scope, Asked report, Guid messageId, Guid reportId, bool confirm, Effect effect, string note, CancellationToken cancellationToken)
    {
        var state = confirm ? ReportState.Confirmed : ReportState.Refused;
        var settled = await session.Sql.QueryAsync(
            $"""
            UPDATE reports SET state = @state, decided_by = @actor, decided_at = @now, decision_note = @note, held = @held, released = @released, listed = @listed
            WHERE message_id = @message AND state = '{nameof(ReportState.Waiting)}' AND kind = @kind AND (id = @id OR @all) RETURNING id, mailbox_id
            """,
            row => (Id: row.GetGuid(0), Mailbox: row.Id(1)),
            cancellationToken,
            ("@state", state.ToString()),
            ("@actor", scope.Actor),
            ("@now", session.NowMilliseconds),
            ("@note", note),
            ("@held", effect.Held),
            ("@released", effect.Released),
            ("@listed", effect.Listed),
            ("@message", messageId),
            ("@kind", report.Kind.ToString()),
            ("@id", reportId),
            ("@all", confirm));
        if (settled.Count == 0)
            return;
        var subject = await session.Sql.FirstAsync("SELECT subject FROM messages WHERE id = @id", row => row.Text(0), cancellationToken, ("@id", messageId));
        foreach (var (id, mailbox) in settled)
        {
            var told = ReportJson.Write(new ToldReport(scope.Actor, id.ToString(), ReportMoves.NameOf(report.Kind), state.ToString().ToLowerInvariant())
            {
                Note = note,
                Held = effect.Held,
                Released = effect.Released,
                Listed = effect.Listed,
            });
            session.Record(new PendingEvent(report.TenantId, confirm ? EventKinds.ReportConfirmed : EventKinds.ReportRefused, session.Now, messageId, null, told));
            session.Record(new PendingAudit(report.TenantId, scope.Actor, confirm ? "report.confirm" : "report.refuse", "message:" + messageId, told) { MessageId = messageId });
            if (mailbox is { } owner)
                await MailOrders.AddForMailboxAsync(session, report.TenantId, messageId, owner, MailOrderKinds.ReportDecided, Facts(report.Kind, confirm, effect, subject, note), cancellationToken);
        }
    }

    private static Dictionary<string, string> Facts(ReportKind kind, bool confirm, Effect effect, string? subject, string note) => new()
    {
        ["kind"] = ReportMoves.NameOf(kind),
        ["state"] = confirm ? "confirmed" : "refused",
        ["subject"] = subject ?? "",
        ["held"] = effect.Held.ToString(CultureInfo.InvariantCulture),
        ["released"] = effect.Released.ToString(CultureInfo.InvariantCulture),
        ["listed"] = effect.Listed ? "yes" : "no",
        ["note"] = note,
    };

    private sealed record Asked(Guid TenantId, Guid MessageId, Guid? CarrierId, ReportKind Kind, ReportState State);

    private sealed record Effect(int Held, int Released, bool Listed);
}
