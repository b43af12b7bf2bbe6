using Platform.Engine;
using Platform.Storage.Bodies;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Outgoing.Copies;
using Platform.Storage.Protection;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Sending;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Sending.Correspondents;
using Platform.Storage.Transactions;

namespace Platform.Storage.Messages;

/// <summary>Claiming messages to scan and writing what came of it. The message row is locked first, its deliveries after it, the tenant's counter last.</summary>
internal static class ScanMoves
{
    public const string CouldNotInspect = "could-not-inspect";

    private const int MaxText = 1_000;

    public static async ValueTask<IReadOnlyList<ScanLease>> ClaimAsync(MoveSession session, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid();
        var claimed = await session.Sql.QueryAsync(
            $"""
            UPDATE messages SET scan_attempts = scan_attempts + 1, scan_token = @token, scan_due_at = @until
            WHERE id IN (
                SELECT id FROM messages WHERE scan_state = '{nameof(ScanState.Pending)}' AND scan_due_at <= @now
                ORDER BY scan_due_at LIMIT @max{session.Dialect.SkipLocked})
            RETURNING {MessageSummary.Columns}, client_name, helo, body_name, body_key, received_at, scan_attempts, sender_mailbox_id, connector_id
            """,
            row => new Claimed(
                MessageSummary.Read(row),
                row.Text(MessageSummary.ColumnCount),
                row.Text(MessageSummary.ColumnCount + 1),
                new BodyReference(row.GetString(MessageSummary.ColumnCount + 2), row.Bytes(MessageSummary.ColumnCount + 3) ?? []),
                row.Time(MessageSummary.ColumnCount + 4),
                row.GetInt32(MessageSummary.ColumnCount + 5),
                row.Id(MessageSummary.ColumnCount + 6),
                row.Id(MessageSummary.ColumnCount + 7)),
            cancellationToken,
            ("@token", token),
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@now", session.NowMilliseconds),
            ("@max", (long)max));

        var leases = new List<ScanLease>(claimed.Count);
        foreach (var message in claimed.OrderBy(m => m.ReceivedAt))
        {
            // Hosts that crashed over it never reported: nobody has seen the inside of this message, and nobody else shall try.
            if (message.Attempt > ScanLease.MaxAttempts)
            {
                await HoldAsync(session, message.Summary, "no scanner that tried came back", cancellationToken);
                continue;
            }

            var deliveries = await session.Sql.QueryAsync(
                $"SELECT id, recipient, mailbox_id FROM deliveries WHERE message_id = @message AND state = {DeliverySql.Received} ORDER BY id",
                row => new DeliveryRef(row.GetGuid(0), row.GetString(1), row.Id(2)),
                cancellationToken,
                ("@message", message.Summary.Id));
            leases.Add(message.Lease(token, deliveries));
        }

        return leases;
    }

    /// <param name="outcome">As it may be kept: of a mail of which all is protected, without what it says.</param>
    /// <param name="text">Sealed; null: there is none.</param>
    /// <param name="protection">The key of a mail that is protected from now on; null: it is not, or has one.</param>
    public static async ValueTask<bool> CompleteAsync(
        MoveSession session, ScanLease lease, ScanOutcome outcome, byte[]? text, NewProtection? protection, CancellationToken cancellationToken)
    {
        var message = await WriteVerdictAsync(session, lease, outcome, cancellationToken);
        if (message is null)
            return false;
        if (protection is not null)
            await ProtectionMoves.KeepKeyAsync(session, lease.TenantId, lease.MessageId, protection, cancellationToken);
        if (text is not null)
        {
            await session.Sql.ExecuteAsync(
                "INSERT INTO message_texts (message_id, tenant_id, sealed) VALUES (@message, @tenant, @text) ON CONFLICT (message_id) DO UPDATE SET sealed = excluded.sealed",
                cancellationToken,
                ("@message", lease.MessageId),
                ("@tenant", lease.TenantId),
                ("@text", text));
        }

        // Before the deliveries: a block takes its row first, and then what waits for the relay.
        var sender = lease.Mode == IntakeMode.Submission ? lease.SenderMailboxId ?? outcome.AuthorMailboxId : null;
        var isBlocked = sender is { } blocked && await SendChecks.BlockedUntilAsync(session, lease.TenantId, blocked, cancellationToken) is not null;
        List<StartedStage> asked = [];
        var attackers = await ScanStops.AttackersAsync(session, lease, outcome, cancellationToken);
        var decisions = outcome.Decisions.ToDictionary(d => d.DeliveryId);
        foreach (var delivery in await ReceivedAsync(session, lease.MessageId, cancellationToken))
        {
            var decision = decisions.GetValueOrDefault(delivery.Id) ?? throw new ArgumentException("The outcome decides nothing for a delivery.", nameof(outcome));
            if (!DeliveryMoves.IsAllowed(DeliveryState.Received, decision.To) || !decision.IsSound)
                throw new ArgumentException($"A received delivery cannot become {decision.To}.", nameof(outcome));
            var (moved, status) = ScanStops.Of(decision, delivery.Recipient, isBlocked, attackers);
            if (status == AttackerMoves.KnownAttacker)
                decisions[delivery.Id] = moved;
            await MoveAsync(session, delivery.Id, sender, moved, status, cancellationToken);
            if (decision.Form.Protect is { } form)
                await ProtectionMoves.StartAsync(session, lease, delivery.Id, delivery.Recipient, form, cancellationToken);
            else if (ProtectionKeys.IsOver(lease.Body))
                await ProtectionMoves.EndAsync(session, delivery.Id, cancellationToken);
            if (moved.To == DeliveryState.AwaitingApproval && moved.Plan.Current is SendStage.Approve approval)
                asked.Add(new StartedStage(delivery.Id, approval));
            session.Record(DeliveryEvents.Of(
                message, new DeliveryMoved(delivery.Id, delivery.Recipient, moved.To) { Action = moved.Action, Reason = status, Rule = moved.Why?.Rule, Verdict = outcome.Verdict }, session.Now));
        }

        await ApprovalMoves.AskAsync(session, await ApprovalMoves.StartAsync(session, message, asked, cancellationToken), MailOrderKinds.ApprovalRequested, cancellationToken);
        if (lease.Mode == IntakeMode.Submission)
        {
            await CopyMoves.AddAsync(session, message, outcome.Copies, cancellationToken);
            if (outcome.Greeted is { } greeted)
                await OrganisationNameMoves.NoteAsync(session, lease.TenantId, greeted, cancellationToken);
        }
        else
        {
            await AttackerMoves.NoteAsync(session, message, outcome, cancellationToken);
        }

        await ScanStops.TellAsync(session, lease, message, outcome, decisions, sender, cancellationToken);
        return true;
    }

    public static async ValueTask<bool> FailAsync(MoveSession session, ScanLease lease, string detail, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var (message, attempts) = await session.Sql.FirstAsync(
            $"UPDATE messages SET scan_token = NULL, scan_due_at = @due WHERE id = @id AND scan_token = @token RETURNING {MessageSummary.Columns}, scan_attempts",
            row => (MessageSummary.Read(row), row.GetInt32(MessageSummary.ColumnCount)),
            cancellationToken,
            ("@due", dueAt.ToUnixTimeMilliseconds()),
            ("@id", lease.MessageId),
            ("@token", lease.Token));
        if (message is null)
            return false;
        if (attempts >= ScanLease.MaxAttempts)
            await HoldAsync(session, message, detail, cancellationToken);
        return true;
    }

    public static async ValueTask<bool> ReturnAsync(MoveSession session, ScanLease lease, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        await session.Sql.ExecuteAsync(
            "UPDATE messages SET scan_token = NULL, scan_attempts = scan_attempts - 1, scan_due_at = @due WHERE id = @id AND scan_token = @token",
            cancellationToken,
            ("@due", dueAt.ToUnixTimeMilliseconds()),
            ("@id", lease.MessageId),
            ("@token", lease.Token)) == 1;

    private static ValueTask<MessageSummary?> WriteVerdictAsync(MoveSession session, ScanLease lease, ScanOutcome outcome, CancellationToken cancellationToken)
    {
        var verdict = outcome.Verdict;
        return session.Sql.FirstAsync(
            $"""
            UPDATE messages SET scan_state = '{nameof(ScanState.Done)}', scan_token = NULL, verdict = @verdict, attack_type = @type, score = @score,
                message_id_header = @messageId, subject = @subject, from_address = @from, from_name = @fromName,
                origin_address = @origin, origin_country = @country, author_mailbox_id = @author, verdict_json = @verdictJson, context_json = @contextJson
            WHERE id = @id AND scan_token = @token AND scan_state = '{nameof(ScanState.Pending)}'
            RETURNING {MessageSummary.Columns}
            """,
            MessageSummary.Read,
            cancellationToken,
            ("@verdict", verdict.Kind.ToString()),
            ("@type", verdict.Type?.ToString()),
            ("@score", verdict.Score),
            ("@messageId", SafeText.Clean(verdict.Facts.MessageIdHeader, MaxText)),
            ("@subject", SafeText.Clean(verdict.Facts.Subject, MaxText)),
            ("@from", SafeText.Clean(verdict.Facts.FromAddress, MaxText)),
            ("@fromName", SafeText.Clean(verdict.Facts.FromName, MaxText)),
            ("@origin", verdict.Origin.Address is { } origin ? SafeText.Clean(origin, MaxText) : null),
            ("@country", verdict.Origin.Country is { } country ? SafeText.Clean(country, MaxText) : null),
            ("@author", outcome.AuthorMailboxId),
            ("@verdictJson", StoredJson.Write(verdict)),
            ("@contextJson", StoredJson.Write(outcome.Context)),
            ("@id", lease.MessageId),
            ("@token", lease.Token));
    }

    private static async ValueTask MoveAsync(MoveSession session, Guid deliveryId, Guid? sender, DeliveryDecision decision, string? status, CancellationToken cancellationToken)
    {
        long? queued = decision.To == DeliveryState.Queued ? session.NowMilliseconds : null;
        var due = DeliveryMoves.IsStage(decision.To) && decision.Plan.Current is { } stage ? (session.Now + stage.Lasts).ToUnixTimeMilliseconds() : queued;
        await session.Sql.ExecuteAsync(
            $"""
            UPDATE deliveries SET state = @to, sender_mailbox_id = COALESCE(sender_mailbox_id, @sender), action = @action, tag = @tag, decision_json = @why, plan_json = @plan, form_json = @form, attempts = 0, lease_token = NULL, due_at = @due, queued_at = @queued, changed_at = @now, last_status = @status
            WHERE id = @id AND state = {DeliverySql.Received}
            """,
            cancellationToken,
            ("@to", decision.To.ToString()),
            ("@action", decision.Action),
            ("@sender", sender),
            ("@tag", decision.Tag is { } tag ? SafeText.Clean(tag, MaxText) : null),
            ("@why", decision.Why is { } why ? RuleJson.Write(why) : null),
            ("@plan", SendJson.Write(decision.Plan)),
            ("@form", SendJson.Write(decision.Form)),
            ("@due", due),
            ("@queued", queued),
            ("@status", status),
            ("@now", session.NowMilliseconds),
            ("@id", deliveryId));
    }

    /// <summary>The message is given up: a person decides over what waited for its scan.</summary>
    private static async ValueTask HoldAsync(MoveSession session, MessageSummary message, string detail, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            $"UPDATE messages SET scan_state = '{nameof(ScanState.Abandoned)}', scan_token = NULL WHERE id = @id",
            cancellationToken,
            ("@id", message.Id));
        var status = SafeText.Clean($"{CouldNotInspect}: {detail}", MaxText);
        var waiting = await ReceivedAsync(session, message.Id, cancellationToken);
        if (message.Mode == IntakeMode.Submission)
            await SendNotices.OrderHeldAsync(session, message, [.. waiting.Select(delivery => delivery.Recipient)], why: null, cancellationToken);
        foreach (var delivery in waiting)
        {
            await session.Sql.ExecuteAsync(
                $"UPDATE deliveries SET state = '{nameof(DeliveryState.Held)}', last_status = @status, due_at = NULL, changed_at = @now WHERE id = @id AND state = {DeliverySql.Received}",
                cancellationToken,
                ("@status", status),
                ("@now", session.NowMilliseconds),
                ("@id", delivery.Id));
            session.Record(DeliveryEvents.Of(message, new DeliveryMoved(delivery.Id, delivery.Recipient, DeliveryState.Held) { Reason = CouldNotInspect, Status = detail }, session.Now));
        }
    }

    private static ValueTask<List<(Guid Id, string Recipient)>> ReceivedAsync(MoveSession session, Guid messageId, CancellationToken cancellationToken) => session.Sql.QueryAsync(
        $"SELECT id, recipient FROM deliveries WHERE message_id = @message AND state = {DeliverySql.Received} ORDER BY id{session.Dialect.ForUpdate}",
        row => (row.GetGuid(0), row.GetString(1)),
        cancellationToken,
        ("@message", messageId));

    private sealed record Claimed(MessageSummary Summary, string? ClientName, string? Helo, BodyReference Body, DateTimeOffset ReceivedAt, int Attempt, Guid? SenderMailboxId, Guid? ConnectorId)
    {
        public ScanLease Lease(Guid token, IReadOnlyList<DeliveryRef> deliveries)
        {
            // An imported file has no envelope; a null reverse-path is an empty one.
            var sender = Summary is { Mode: IntakeMode.Import, Sender: "" } ? null : Summary.Sender;
            var envelope = new Envelope(Summary.ClientAddress, ClientName, Helo, sender, [.. deliveries.Select(d => d.Recipient)], Summary.Direction);
            return new ScanLease(Summary.Id, Summary.TenantId, token, Attempt, Summary.Mode, envelope, Body, ReceivedAt, deliveries) { SenderMailboxId = SenderMailboxId, ConnectorId = ConnectorId };
        }
    }
}
