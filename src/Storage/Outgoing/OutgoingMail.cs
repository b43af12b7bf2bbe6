using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing;

internal sealed partial class OutgoingMail(IMoveRunner moves, IReadConnections reads, IWorkSignal signal, ILogger<OutgoingMail> logger) : IOutgoingMail
{
    private const int MaxTold = 1_000;

    private static readonly Refusal Unknown = new("NOT_FOUND", "There is no such outgoing mail.");

    private static readonly Refusal Sent = new("ALREADY_SENT", "The mail is on its way or was stopped; there is nothing left to cancel.");

    private static readonly Refusal NotAwaited = new("NOT_AWAITED", "The mail does not wait for a confirmation.");

    /// <summary>Deliveries that were told of because they cannot be read; bounded, since it is for the log alone.</summary>
    private readonly ConcurrentDictionary<Guid, bool> _told = new();

    public Task<CommandResult<int>> CancelAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, CancellationToken cancellationToken) => ActAsync(
        scope,
        messageId,
        deliveryIds,
        DeliveryState.Cancelled,
        delivery => DeliveryMoves.IsAllowed(delivery.State, DeliveryState.Cancelled),
        (session, delivery, _, ct) => StageMoves.EndAsync(session, delivery, new StageEnd(DeliveryState.Cancelled, Actor: scope.Actor), ct),
        Sent,
        cancellationToken);

    public Task<CommandResult<int>> ConfirmAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, CancellationToken cancellationToken) => ActAsync(
        scope,
        messageId,
        deliveryIds,
        null,
        delivery => delivery.State == DeliveryState.AwaitingConfirmation,
        (session, delivery, begun, ct) => StageMoves.NextAsync(session, delivery, scope.Actor, begun, ct),
        NotAwaited,
        cancellationToken);

    public async Task<int> EndDueAsync(int max, CancellationToken cancellationToken)
    {
        List<Guid> unread = [];
        var ended = await moves.RunAsync(
            (session, ct) =>
            {
                // A transaction that is run again finds them again.
                unread.Clear();
                session.AfterCommit(signal.RelaysReady);
                return StageMoves.EndDueAsync(session, max, unread, ct);
            },
            cancellationToken);
        foreach (var delivery in unread)
        {
            if (_told.Count < MaxTold && _told.TryAdd(delivery, true))
                LogUnread(delivery);
        }

        return ended;
    }

    public Task<int> RemindAsync(int max, CancellationToken cancellationToken) => moves.RunAsync((session, ct) => ApprovalMoves.RemindAsync(session, max, ct), cancellationToken);

    public async Task<IReadOnlyList<WaitingMail>> WaitingAsync(Guid tenantId, Guid mailboxId, int max, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var next = await sql.QueryAsync(
            $"""
            SELECT message_id FROM deliveries WHERE tenant_id = @tenant AND sender_mailbox_id = @mailbox AND state IN ({DeliverySql.Staged})
            GROUP BY message_id ORDER BY MIN(due_at), message_id LIMIT @max
            """,
            row => row.GetGuid(0),
            cancellationToken,
            ("@tenant", tenantId),
            ("@mailbox", mailboxId),
            ("@max", (long)max));
        List<WaitingMail> found = [];
        foreach (var message in next)
        {
            if (await FindAsync(sql, tenantId, mailboxId, message, cancellationToken) is { } mail)
                found.Add(mail);
        }

        return found;
    }

    public async Task<WaitingMail?> FindAsync(Guid tenantId, Guid mailboxId, Guid messageId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await FindAsync(sql, tenantId, mailboxId, messageId, cancellationToken);
    }

    private static async ValueTask<WaitingMail?> FindAsync(SqlSession sql, Guid tenantId, Guid mailboxId, Guid messageId, CancellationToken cancellationToken)
    {
        var mail = await sql.FirstAsync(
            "SELECT subject, received_at FROM messages WHERE id = @id AND tenant_id = @tenant AND COALESCE(sender_mailbox_id, author_mailbox_id) = @mailbox",
            row => new WaitingMail(messageId, row.Text(0), row.Time(1), []),
            cancellationToken,
            ("@id", messageId),
            ("@tenant", tenantId),
            ("@mailbox", mailboxId));
        return mail is null
            ? null
            : mail with
            {
                Deliveries = await sql.QueryAsync(
                    "SELECT id, recipient, state, plan_json, due_at FROM deliveries WHERE message_id = @message AND is_copy = FALSE ORDER BY id",
                    row => Delivery(row.GetGuid(0), row.GetString(1), row.Name<DeliveryState>(2), SendJson.FindPlan(row.Text(3)) ?? SendPlan.AtOnce, row.IsDBNull(4) ? null : row.Time(4)),
                    cancellationToken,
                    ("@message", messageId)),
            };
    }

    private static WaitingDelivery Delivery(Guid id, string recipient, DeliveryState state, SendPlan plan, DateTimeOffset? due) =>
        new(id, recipient, state, DeliveryMoves.IsStage(state) ? plan : SendPlan.AtOnce, DeliveryMoves.IsStage(state) ? due : null);

    private async Task<CommandResult<int>> ActAsync(
        Scope scope,
        Guid messageId,
        IReadOnlyList<Guid>? deliveryIds,
        DeliveryState? to,
        Func<StagedDelivery, bool> may,
        Func<MoveSession, StagedDelivery, ICollection<StoredApproval>, CancellationToken, ValueTask<bool>> act,
        Refusal otherwise,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.MessagesAct);
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var (tenant, sender) = await session.Sql.FirstAsync(
                    "SELECT tenant_id, sender_mailbox_id, author_mailbox_id FROM messages WHERE id = @id", row => (row.GetGuid(0), row.Id(1) ?? row.Id(2)), ct, ("@id", messageId));
                if (sender is null || !scope.Tenants.Contains(tenant) || !scope.Reaches(sender))
                    throw new RefusedException(Unknown);
                var all = await StageMoves.OfMessageAsync(session, messageId, ct);
                var named = deliveryIds is null ? all : all.FindAll(delivery => deliveryIds.Contains(delivery.Id));
                if (named.Count < (deliveryIds?.Distinct().Count() ?? 1))
                    throw new RefusedException(Unknown);
                List<StoredApproval> begun = [];
                var done = 0;
                foreach (var delivery in named.Where(may))
                {
                    if (!await act(session, delivery, begun, ct))
                        continue;
                    session.Record(new PendingAudit(tenant, scope.Actor, to == DeliveryState.Cancelled ? "delivery.cancel" : "delivery.confirm", delivery.Id.ToString(), $$"""{"from":"{{DeliverySql.WireName(delivery.State)}}"}""") { MessageId = messageId });
                    done++;
                }

                await ApprovalMoves.AskAsync(session, begun, MailOrderKinds.ApprovalRequested, ct);
                session.AfterCommit(signal.RelaysReady);
                // Asked again, it is where the caller wanted it.
                return done > 0 || (to == DeliveryState.Cancelled && named.TrueForAll(delivery => delivery.State == to)) ? done : throw new RefusedException(otherwise);
            },
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What delivery {DeliveryId} waits for cannot be read by this version; it stays as it is.")]
    private partial void LogUnread(Guid deliveryId);
}
