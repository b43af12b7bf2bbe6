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

    /// <summary>It falls within a block that is there: what ends with that stays ended.</summary>
    public bool IsWithin { get; init; }

    /// <summary>The block that is there lasts as long or longer: it keeps its reason.</summary>
    public bool IsShorter { get; init; }

    /// <summary>How far back what it sent to colleagues is marked (OUT13).</summary>
    public TimeSpan Risk { get; init; }
}

/// <summary>The statements of blocks within one move. The row of the sender is locked first, deliveries after it.</summary>
internal static class SendBlockMoves
{
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
            """
            UPDATE send_accounts SET blocked_at = @now, blocked_until = @until, ends_sessions = (@within AND ends_sessions) OR @sessions,
                block_reason = CASE WHEN @shorter THEN block_reason ELSE @reason END, blocked_by = CASE WHEN @shorter THEN blocked_by ELSE @actor END
            WHERE id = @id
            """,
            cancellationToken,
            ("@within", block.IsWithin),
            ("@shorter", block.IsShorter),
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
    public static ValueTask<List<(Guid Id, string Recipient)>> HeldAsync(MoveSession session, Guid mailboxId, CancellationToken cancellationToken) => session.Sql.QueryAsync(
        $"""
        SELECT id, recipient FROM deliveries WHERE sender_mailbox_id = @mailbox AND state = '{nameof(DeliveryState.Held)}' AND last_status = '{SendChecks.AccountBlocked}' ORDER BY id
        """,
        row => (row.GetGuid(0), row.GetString(1)),
        cancellationToken,
        ("@mailbox", mailboxId));

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
        var group = place.Kind == SendSubjectKind.Group ? await NameAsync("tenant_groups") : null;
        var server = place.Kind == SendSubjectKind.Connector ? await NameAsync("connectors") : null;
        var data = JsonSerializer.Serialize(new ToldSending("system:send-guard", null) { Group = group, Server = server, Limit = limit }, SendingJsonContext.Default.ToldSending);
        session.Record(new PendingEvent(place.TenantId, EventKinds.SendingLimited, session.Now, null, null, data));
        await MailOrders.AddForAdministratorsAsync(
            session, place.TenantId, null, Permissions.SendingRead, MailOrderKinds.SendingLimited, Facts(("group", group ?? ""), ("server", server ?? ""), ("limit", limit)), cancellationToken, mspToo: true);
        return true;

        ValueTask<string?> NameAsync(string table) => session.Sql.FirstAsync($"SELECT name FROM {table} WHERE id = @id", row => row.Text(0), cancellationToken, ("@id", place.Id));
    }

    /// <summary>What waits for the relay and is not on its way this moment, a lease that has run out being none. What a person released goes.</summary>
    private static async ValueTask<int> HoldAsync(MoveSession session, Guid mailboxId, CancellationToken cancellationToken)
    {
        var held = await session.Sql.QueryAsync(
            $"""
            SELECT id, message_id, recipient, action, decision_json FROM deliveries
            WHERE sender_mailbox_id = @mailbox AND state = '{nameof(DeliveryState.Queued)}' AND (lease_token IS NULL OR due_at <= @now) ORDER BY id{session.Dialect.ForUpdate}
            """,
            row => new HeldDelivery(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.Text(3), RuleJson.FindDecision(row.Text(4))),
            cancellationToken,
            ("@mailbox", mailboxId),
            ("@now", session.NowMilliseconds));
        await SendHolds.HoldAsync(session, held, cancellationToken);
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

    /// <summary>Name of the server of the tenant's own; null: it is about none.</summary>
    public string? Server { get; init; }

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
