using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Quarantine;

/// <summary>People ask for mail that they may not release themselves; whoever may act on mail decides (QUA2).</summary>
public interface IReleaseRequests
{
    /// <returns>The id of the request. Codes: <c>NOT_FOUND</c>, <c>RIGHT_MISSING</c>, <c>INVALID_NOTE</c>, <c>MOVE_NOT_ALLOWED</c>, <c>ALREADY_REQUESTED</c>.</returns>
    Task<CommandResult<Guid>> RequestAsync(Scope scope, Guid deliveryId, string note, CancellationToken cancellationToken);

    /// <summary>Approved, the mail goes to the one mailbox that it was asked for.</summary>
    /// <returns>The id of the request. Codes: <c>NOT_FOUND</c>, <c>INVALID_NOTE</c>, <c>ALREADY_DECIDED</c>, <c>MOVE_NOT_ALLOWED</c>.</returns>
    Task<CommandResult<Guid>> DecideAsync(Scope scope, Guid requestId, bool approve, string note, CancellationToken cancellationToken);
}

internal sealed class ReleaseRequests(IMoveRunner moves, IMailboxRights rights, IWorkSignal signal) : IReleaseRequests
{
    private const int MaxNote = 500;

    public async Task<CommandResult<Guid>> RequestAsync(Scope scope, Guid deliveryId, string note, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.MessagesRead);
        if (!IsNote(note))
            return QuarantineRefusals.InvalidNote.As<Guid>();
        if (!await rights.AllowDeliveryAsync(scope, deliveryId, QuarantineRights.Request, cancellationToken))
            return QuarantineRefusals.RightMissing.As<Guid>();
        return await moves.CommandAsync((session, ct) => RequestMoves.AskAsync(session, scope, deliveryId, note.Trim(), ct), cancellationToken);
    }

    public async Task<CommandResult<Guid>> DecideAsync(Scope scope, Guid requestId, bool approve, string note, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.MessagesAct);
        if (!IsNote(note))
            return QuarantineRefusals.InvalidNote.As<Guid>();
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var (tenant, delivery, state) = await session.Sql.FirstAsync(
                    $"SELECT tenant_id, delivery_id, state FROM release_requests WHERE id = @id{session.Dialect.ForUpdate}",
                    row => (row.GetGuid(0), row.GetGuid(1), row.Name<RequestState>(2)),
                    ct,
                    ("@id", requestId));
                // An owner of a mailbox never decides, not even over the own request.
                if (tenant == default || !scope.IsWhole || !scope.Tenants.Contains(tenant))
                    throw new RefusedException(QuarantineRefusals.UnknownRequest);
                if (state != RequestState.Waiting)
                    throw new RefusedException(QuarantineRefusals.Decided);
                if (!approve)
                    await RequestMoves.SettleAsync(session, scope, delivery, approved: false, note.Trim(), ct);
                else if ((await PersonMoves.MoveAsync(session, scope, delivery, DeliveryState.Released, ct, note.Trim())).Status is var moved and not (MoveStatus.Moved or MoveStatus.AlreadyThere))
                    throw new RefusedException(moved == MoveStatus.OwnMail ? QuarantineRefusals.RightMissing : QuarantineRefusals.NotHeld);
                session.AfterCommit(signal.RelaysReady);
                return requestId;
            },
            cancellationToken);
    }

    private static bool IsNote(string note) => note.Trim().Length <= MaxNote && !note.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
}

/// <summary>Requests within a transaction: asked for, and settled by whatever becomes of the delivery.</summary>
internal static class RequestMoves
{
    /// <exception cref="RefusedException">There is no such delivery, it is no longer held, or was asked for before.</exception>
    public static async ValueTask<Guid> AskAsync(MoveSession session, Scope scope, Guid deliveryId, string note, CancellationToken cancellationToken)
    {
        var asked = await session.Sql.FirstAsync(
            "SELECT d.tenant_id, d.message_id, d.mailbox_id, d.recipient, d.state, m.subject, m.from_address, m.mode FROM deliveries d JOIN messages m ON m.id = d.message_id WHERE d.id = @id",
            row => new Asked(
                row.GetGuid(0), row.GetGuid(1), row.Id(2), row.GetString(3), row.Name<DeliveryState>(4), row.Text(5) ?? "", row.Text(6) ?? "", row.Name<IntakeMode>(7)),
            cancellationToken,
            ("@id", deliveryId));
        if (asked is not { MailboxId: { } mailbox } || !scope.Tenants.Contains(asked.TenantId) || !scope.Reaches(mailbox))
            throw new RefusedException(QuarantineRefusals.UnknownDelivery);
        if (!asked.Mode.IsToPeople() || asked.State is not (DeliveryState.Quarantined or DeliveryState.Held))
            throw new RefusedException(QuarantineRefusals.NotHeld);
        var id = Guid.CreateVersion7(session.Now);
        var added = await session.Sql.ExecuteAsync(
            """
            INSERT INTO release_requests (id, tenant_id, delivery_id, message_id, mailbox_id, note, requested_by, requested_at, state)
            VALUES (@id, @tenant, @delivery, @message, @mailbox, @note, @actor, @now, @state) ON CONFLICT (delivery_id) DO NOTHING
            """,
            cancellationToken,
            ("@id", id),
            ("@tenant", asked.TenantId),
            ("@delivery", deliveryId),
            ("@message", asked.MessageId),
            ("@mailbox", mailbox),
            ("@note", note),
            ("@actor", scope.Actor),
            ("@now", session.NowMilliseconds),
            ("@state", nameof(RequestState.Waiting)));
        if (added == 0)
            throw new RefusedException(QuarantineRefusals.AskedBefore);
        Tell(session, scope, asked, deliveryId, RequestState.Waiting, id, note);
        await MailOrders.AddForAdministratorsAsync(
            session, asked.TenantId, asked.MessageId, Permissions.MessagesAct, MailOrderKinds.ReleaseRequested, Facts(asked, "waiting", note), cancellationToken);
        return id;
    }

    /// <summary>Answers the waiting request of a delivery, if there is one.</summary>
    public static async ValueTask SettleAsync(MoveSession session, Scope scope, Guid deliveryId, bool approved, string note, CancellationToken cancellationToken)
    {
        var state = approved ? RequestState.Approved : RequestState.Refused;
        var id = await session.Sql.FirstAsync(
            $"UPDATE release_requests SET state = @state, decided_by = @actor, decided_at = @now, decision_note = @note WHERE delivery_id = @delivery AND state = '{nameof(RequestState.Waiting)}' RETURNING id",
            row => (Guid?)row.GetGuid(0),
            cancellationToken,
            ("@state", state.ToString()),
            ("@actor", scope.Actor),
            ("@now", session.NowMilliseconds),
            ("@note", note),
            ("@delivery", deliveryId));
        if (id is not { } request)
            return;
        var asked = await session.Sql.FirstAsync(
            "SELECT d.tenant_id, d.message_id, d.mailbox_id, d.recipient, d.state, m.subject, m.from_address, m.mode FROM deliveries d JOIN messages m ON m.id = d.message_id WHERE d.id = @id",
            row => new Asked(
                row.GetGuid(0), row.GetGuid(1), row.Id(2), row.GetString(3), row.Name<DeliveryState>(4), row.Text(5) ?? "", row.Text(6) ?? "", row.Name<IntakeMode>(7)),
            cancellationToken,
            ("@id", deliveryId));
        Tell(session, scope, asked!, deliveryId, state, request, note);
        // Who does it for the own mailbox needs no answer.
        if (scope.IsWhole && asked!.MailboxId is { } mailbox)
            await MailOrders.AddForMailboxAsync(session, asked.TenantId, asked.MessageId, mailbox, MailOrderKinds.ReleaseDecided, Facts(asked, Name(state), note), cancellationToken);
    }

    private static void Tell(MoveSession session, Scope scope, Asked asked, Guid deliveryId, RequestState state, Guid request, string note)
    {
        var told = QuarantineJson.Write(new ToldRequest(scope.Actor, Name(state), asked.Recipient, request.ToString(), note));
        var (kind, action) = state switch
        {
            RequestState.Waiting => (EventKinds.ReleaseRequested, "release.request"),
            RequestState.Approved => (EventKinds.ReleaseApproved, "release.approve"),
            _ => (EventKinds.ReleaseRefused, "release.refuse"),
        };
        session.Record(new PendingEvent(asked.TenantId, kind, session.Now, asked.MessageId, deliveryId, told));
        session.Record(new PendingAudit(asked.TenantId, scope.Actor, action, deliveryId.ToString(), told) { MessageId = asked.MessageId });
    }

    private static Dictionary<string, string> Facts(Asked asked, string state, string note) => new()
    {
        ["recipient"] = asked.Recipient,
        ["from"] = asked.From,
        ["subject"] = asked.Subject,
        ["state"] = state,
        ["note"] = note,
    };

    private static string Name(RequestState state) => state.ToString().ToLowerInvariant();

    private sealed record Asked(Guid TenantId, Guid MessageId, Guid? MailboxId, string Recipient, DeliveryState State, string Subject, string From, IntakeMode Mode);
}
