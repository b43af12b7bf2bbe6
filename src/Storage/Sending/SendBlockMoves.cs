using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Sending.Risks;
using Platform.Storage.Submission;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending;

/// <param name="Reason">The limit, or a person's words.</param>
internal sealed record NewSendBlock(Guid TenantId, Guid MailboxId, DateTimeOffset Until, string Reason, string Actor, SendBlockEnds Ends)
{
    /// <summary>The limit that was exceeded; null: a person blocks.</summary>
    public string? Limit { get; init; }

    /// <summary>How far back what it sent to colleagues is marked (OUT13).</summary>
    public TimeSpan Risk { get; init; }
}

/// <summary>The statements of blocks within one move. The row of the sender is locked first, deliveries after it.</summary>
internal static class SendBlockMoves
{
    /// <summary>Mail of the past that may still wait for the relay.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromDays(14);

    private static readonly TimeSpan ToldEvery = TimeSpan.FromHours(1);

    /// <returns>Until when the mailbox is blocked already; null: it is not.</returns>
    public static async ValueTask<DateTimeOffset?> LockAsync(MoveSession session, Guid tenantId, Guid mailboxId, CancellationToken cancellationToken)
    {
        var until = await session.Sql.FirstAsync(
            """
            INSERT INTO send_accounts (id, tenant_id, epoch, blocked_at, ends_sessions) VALUES (@id, @tenant, 1, 0, FALSE)
            ON CONFLICT (id) DO UPDATE SET epoch = send_accounts.epoch RETURNING blocked_until
            """,
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0),
            cancellationToken,
            ("@id", mailboxId),
            ("@tenant", tenantId));
        return until > session.Now ? until : null;
    }

    public static async ValueTask BlockAsync(MoveSession session, NewSendBlock block, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            "UPDATE send_accounts SET blocked_at = @now, blocked_until = @until, block_reason = @reason, blocked_by = @actor, ends_sessions = @sessions WHERE id = @id",
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@until", block.Until.ToUnixTimeMilliseconds()),
            ("@reason", block.Reason),
            ("@actor", block.Actor),
            ("@sessions", block.Ends != SendBlockEnds.Nothing),
            ("@id", block.MailboxId));
        if (block.Ends == SendBlockEnds.AppPasswords)
            await AppPasswordMoves.RemoveAllAsync(session, block.MailboxId, block.Actor, cancellationToken);
        var held = await HoldAsync(session, block.MailboxId, cancellationToken);
        var raised = await RiskMoves.RaiseAsync(session, block.MailboxId, block.Risk, cancellationToken);
        var address = await AddressAsync(session, block.MailboxId, cancellationToken);
        Tell(session, block.TenantId, block.MailboxId, EventKinds.SendingBlocked, "sending.block", new ToldSending(block.Actor, address)
        {
            Limit = block.Limit,
            Reason = block.Limit is null ? block.Reason : null,
            Until = block.Until,
            Ends = block.Ends switch { SendBlockEnds.Nothing => "none", SendBlockEnds.Sessions => "sessions", _ => "app-passwords" },
            Held = held,
            Raised = raised,
        });
        if (block.Limit is { } limit)
        {
            await MailOrders.AddForAdministratorsAsync(
                session,
                block.TenantId,
                null,
                Permissions.SendingRead,
                MailOrderKinds.SendingBlocked,
                Facts(
                    ("mailbox", address),
                    ("limit", limit),
                    ("until", block.Until.ToString("O")),
                    ("held", held.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                    ("raised", raised.ToString(System.Globalization.CultureInfo.InvariantCulture))),
                cancellationToken,
                mspToo: true);
        }
    }

    /// <param name="countAnew">What was sent before counts no more.</param>
    /// <returns>False: it is not blocked.</returns>
    public static async ValueTask<bool> UnblockAsync(MoveSession session, Guid mailboxId, bool countAnew, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        """
        UPDATE send_accounts SET blocked_until = NULL, block_reason = NULL, ends_sessions = FALSE, epoch = epoch + @step, counted_from = CASE WHEN @step = 1 THEN @now ELSE counted_from END
        WHERE id = @id AND blocked_until > @now
        """,
        cancellationToken,
        ("@step", countAnew ? 1L : 0L),
        ("@now", session.NowMilliseconds),
        ("@id", mailboxId)) == 1;

    public static async ValueTask TellUnblockedAsync(MoveSession session, Guid tenantId, Guid mailboxId, string actor, CancellationToken cancellationToken) => Tell(
        session, tenantId, mailboxId, EventKinds.SendingUnblocked, "sending.unblock", new ToldSending(actor, await AddressAsync(session, mailboxId, cancellationToken)));

    /// <summary>Deliveries that are held because their mailbox was blocked, oldest first.</summary>
    public static ValueTask<List<Guid>> HeldAsync(MoveSession session, Guid mailboxId, CancellationToken cancellationToken) => session.Sql.QueryAsync(
        $"""
        SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
        WHERE m.sender_mailbox_id = @mailbox AND m.received_at > @since AND d.state = '{nameof(DeliveryState.Held)}' AND d.last_status = '{SendChecks.AccountBlocked}'
        ORDER BY d.id
        """,
        row => row.GetGuid(0),
        cancellationToken,
        ("@mailbox", mailboxId),
        ("@since", (session.Now - InFlight).ToUnixTimeMilliseconds()));

    public static async ValueTask<bool> TotalReachedAsync(MoveSession session, SendSubject place, string limit, CancellationToken cancellationToken)
    {
        var first = await session.Sql.ExecuteAsync(
            "UPDATE send_accounts SET told_at = @now WHERE id = @id AND (told_at IS NULL OR told_at <= @before)",
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@before", (session.Now - ToldEvery).ToUnixTimeMilliseconds()),
            ("@id", place.Id)) == 1;
        if (!first)
            return false;
        var name = place.Kind == SendSubjectKind.Group
            ? await session.Sql.FirstAsync("SELECT name FROM tenant_groups WHERE id = @id", row => row.GetString(0), cancellationToken, ("@id", place.Id))
            : null;
        var data = JsonSerializer.Serialize(new ToldSending("system:send-guard", null) { Group = name, Limit = limit }, SendingJsonContext.Default.ToldSending);
        session.Record(new PendingEvent(place.TenantId, EventKinds.SendingLimited, session.Now, null, null, data));
        await MailOrders.AddForAdministratorsAsync(
            session, place.TenantId, null, Permissions.SendingRead, MailOrderKinds.SendingLimited, Facts(("group", name ?? ""), ("limit", limit)), cancellationToken, mspToo: true);
        return true;
    }

    /// <summary>What waits for the relay and is not on its way this moment. What a person released goes.</summary>
    private static async ValueTask<int> HoldAsync(MoveSession session, Guid mailboxId, CancellationToken cancellationToken)
    {
        var held = await session.Sql.QueryAsync(
            $"""
            UPDATE deliveries SET state = '{nameof(DeliveryState.Held)}', last_status = '{SendChecks.AccountBlocked}', due_at = NULL, changed_at = @now
            WHERE state = '{nameof(DeliveryState.Queued)}' AND lease_token IS NULL AND message_id IN (
                SELECT id FROM messages WHERE sender_mailbox_id = @mailbox AND received_at > @since)
            RETURNING id, message_id, recipient, action, decision_json
            """,
            row => (Id: row.GetGuid(0), Message: row.GetGuid(1), Recipient: row.GetString(2), Action: row.Text(3), Why: RuleJson.FindDecision(row.Text(4))),
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@mailbox", mailboxId),
            ("@since", (session.Now - InFlight).ToUnixTimeMilliseconds()));
        foreach (var message in held.GroupBy(delivery => delivery.Message))
        {
            var summary = await session.Sql.FirstAsync($"SELECT {MessageSummary.Columns} FROM messages WHERE id = @id", MessageSummary.Read, cancellationToken, ("@id", message.Key));
            foreach (var delivery in message)
            {
                await SendChecks.KeepHeldAsync(session, delivery.Id, delivery.Why, cancellationToken);
                session.Record(DeliveryEvents.Of(
                    summary!, new DeliveryMoved(delivery.Id, delivery.Recipient, DeliveryState.Held) { Action = delivery.Action, Reason = SendChecks.AccountBlocked }, session.Now));
            }
        }

        return held.Count;
    }

    private static async ValueTask<string> AddressAsync(MoveSession session, Guid mailboxId, CancellationToken cancellationToken) =>
        await session.Sql.FirstAsync("SELECT address FROM mailboxes WHERE id = @id", row => row.GetString(0), cancellationToken, ("@id", mailboxId)) ?? "";

    private static void Tell(MoveSession session, Guid tenantId, Guid mailboxId, string kind, string action, ToldSending told)
    {
        var data = JsonSerializer.Serialize(told, SendingJsonContext.Default.ToldSending);
        session.Record(new PendingEvent(tenantId, kind, session.Now, null, null, data));
        session.Record(new PendingAudit(tenantId, told.Actor, action, mailboxId.ToString(), data));
    }

    private static Dictionary<string, string> Facts(params (string Name, string Value)[] facts) => facts.ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal);
}

/// <param name="Mailbox">Its address; null: it is about a group or the tenant.</param>
internal sealed record ToldSending(string Actor, string? Mailbox)
{
    /// <summary>Its name; null: the tenant.</summary>
    public string? Group { get; init; }

    /// <summary>The limit that was exceeded: <c>hour.messages</c>.</summary>
    public string? Limit { get; init; }

    /// <summary>A person's words.</summary>
    public string? Reason { get; init; }
    public DateTimeOffset? Until { get; init; }
    public string? Ends { get; init; }

    /// <summary>How many deliveries were held.</summary>
    public int? Held { get; init; }

    /// <summary>To how many colleagues mail of it had arrived whose risk was raised.</summary>
    public int? Raised { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldSending))]
internal sealed partial class SendingJsonContext : JsonSerializerContext;
