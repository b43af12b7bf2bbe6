using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Push.Webhooks;

/// <summary>The statements on endpoints and their deliveries that commands and the queue share.</summary>
internal static class WebhookSql
{
    public const int MaxError = 300;
    public const int MaxExcerpt = 500;

    public static async ValueTask InsertAsync(MoveSession session, StoredWebhook webhook, byte[]? publicKey, string actor, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        """
        INSERT INTO webhook_endpoints (id, owner_id, of_msp, url, description, kinds, state, secret, signing_seed, public_key, position, failures, created_at, created_by, changed_at, changed_by)
        VALUES (@id, @owner, @msp, @url, @description, @kinds, @state, @secret, @seed, @public, @position, 0, @now, @actor, @changed, @changer)
        """,
        cancellationToken,
        ("@id", webhook.Id),
        ("@owner", webhook.Owner.Id),
        ("@msp", webhook.Owner.IsMsp),
        ("@url", webhook.Url),
        ("@description", SafeText.Clean(webhook.Description, int.MaxValue)),
        ("@kinds", webhook.Kinds),
        ("@state", webhook.State.ToString()),
        ("@secret", webhook.Secret),
        ("@seed", webhook.Seed),
        ("@public", publicKey),
        ("@position", webhook.Position),
        ("@now", session.NowMilliseconds),
        ("@actor", actor),
        ("@changed", session.NowMilliseconds),
        ("@changer", actor));

    public static async ValueTask UpdateAsync(MoveSession session, StoredWebhook webhook, string actor, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        "UPDATE webhook_endpoints SET url = @url, description = @description, kinds = @kinds, changed_at = @now, changed_by = @actor WHERE id = @id",
        cancellationToken,
        ("@url", webhook.Url),
        ("@description", SafeText.Clean(webhook.Description, int.MaxValue)),
        ("@kinds", webhook.Kinds),
        ("@now", session.NowMilliseconds),
        ("@actor", actor),
        ("@id", webhook.Id));

    /// <summary>What hangs on it goes with it.</summary>
    public static async ValueTask DeleteAsync(MoveSession session, Guid id, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("DELETE FROM webhook_attempts WHERE delivery_id IN (SELECT id FROM webhook_deliveries WHERE endpoint_id = @id)", cancellationToken, ("@id", id));
        await session.Sql.ExecuteAsync("DELETE FROM webhook_deliveries WHERE endpoint_id = @id", cancellationToken, ("@id", id));
        await session.Sql.ExecuteAsync("DELETE FROM webhook_endpoints WHERE id = @id", cancellationToken, ("@id", id));
    }

    /// <summary>It begins with a clean slate: old failures do not disable it again at once.</summary>
    public static async ValueTask EnableAsync(MoveSession session, Guid id, string actor, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        "UPDATE webhook_endpoints SET state = 'Enabled', disabled_reason = NULL, failures = 0, failing_since = NULL, changed_at = @now, changed_by = @actor WHERE id = @id",
        cancellationToken,
        ("@now", session.NowMilliseconds),
        ("@actor", actor),
        ("@id", id));

    /// <returns>False: it was not enabled.</returns>
    public static async ValueTask<bool> DisableAsync(MoveSession session, Guid id, WebhookDisabledReason reason, string actor, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        "UPDATE webhook_endpoints SET state = 'Disabled', disabled_reason = @reason, changed_at = @now, changed_by = @actor WHERE id = @id AND state = 'Enabled'",
        cancellationToken,
        ("@reason", reason.ToString()),
        ("@now", session.NowMilliseconds),
        ("@actor", actor),
        ("@id", id)) == 1;

    public static async ValueTask RotateAsync(MoveSession session, Guid id, byte[] secret, byte[]? seed, byte[]? publicKey, DateTimeOffset previousUntil, string actor, CancellationToken cancellationToken) =>
        await session.Sql.ExecuteAsync(
            """
            UPDATE webhook_endpoints SET previous_secret = secret, previous_signing_seed = signing_seed, previous_until = @until,
                secret = @secret, signing_seed = @seed, public_key = @public, changed_at = @now, changed_by = @actor
            WHERE id = @id
            """,
            cancellationToken,
            ("@until", previousUntil.ToUnixTimeMilliseconds()),
            ("@secret", secret),
            ("@seed", seed),
            ("@public", publicKey),
            ("@now", session.NowMilliseconds),
            ("@actor", actor),
            ("@id", id));

    /// <summary>Back to a place of the feed. What still waits behind it would come twice, and goes.</summary>
    public static async ValueTask RewindAsync(MoveSession session, Guid id, long position, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("UPDATE webhook_endpoints SET position = @position WHERE id = @id", cancellationToken, ("@position", position), ("@id", id));
        await session.Sql.ExecuteAsync(
            "DELETE FROM webhook_deliveries WHERE endpoint_id = @id AND state = 'Pending' AND attempts = 0 AND lease_token IS NULL AND sequence > @position",
            cancellationToken,
            ("@id", id),
            ("@position", position));
    }

    public static async ValueTask<Guid> QueueAsync(MoveSession session, StoredWebhook endpoint, Guid? eventId, long sequence, string kind, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(session.Now);
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO webhook_deliveries (id, owner_id, endpoint_id, event_id, sequence, kind, state, attempts, due_at, created_at, changed_at)
            VALUES (@id, @owner, @endpoint, @event, @sequence, @kind, 'Pending', 0, @due, @now, @changed)
            """,
            cancellationToken,
            ("@id", id),
            ("@owner", endpoint.Owner.Id),
            ("@endpoint", endpoint.Id),
            ("@event", eventId),
            ("@sequence", sequence),
            ("@kind", kind),
            ("@due", session.NowMilliseconds),
            ("@now", session.NowMilliseconds),
            ("@changed", session.NowMilliseconds));
        return id;
    }

    public static async ValueTask<(Guid? EndpointId, WebhookDeliveryState State)> FindDeliveryAsync(MoveSession session, Guid id, CancellationToken cancellationToken) => await session.Sql.FirstAsync(
        "SELECT endpoint_id, state FROM webhook_deliveries WHERE id = @id",
        row => ((Guid?)row.GetGuid(0), row.Name<WebhookDeliveryState>(1)),
        cancellationToken,
        ("@id", id));

    public static async ValueTask RequeueAsync(MoveSession session, Guid id, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        "UPDATE webhook_deliveries SET state = 'Pending', attempts = 0, lease_token = NULL, due_at = @now, changed_at = @changed WHERE id = @id",
        cancellationToken,
        ("@now", session.NowMilliseconds),
        ("@changed", session.NowMilliseconds),
        ("@id", id));
}
