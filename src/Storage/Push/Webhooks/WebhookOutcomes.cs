using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Push.Webhooks;

/// <summary>Writing how a try ended: the delivery, the log of tries, and what it says of the endpoint.</summary>
internal static class WebhookOutcomes
{
    private const string Actor = "system:push";

    /// <summary>Success is noted this seldom where nothing failed before, so that an endpoint's row is not written for each delivery.</summary>
    private static readonly TimeSpan SuccessNotedEvery = TimeSpan.FromSeconds(10);

    /// <returns>False: the lease was lost.</returns>
    public static async ValueTask<bool> WriteAsync(MoveSession session, WebhookLease lease, WebhookResult result, CancellationToken cancellationToken)
    {
        var (state, due) = result switch
        {
            WebhookResult.Delivered => (WebhookDeliveryState.Delivered, (DateTimeOffset?)null),
            WebhookResult.Deferred deferred => (WebhookDeliveryState.Pending, deferred.DueAt),
            _ => (WebhookDeliveryState.Dead, null),
        };
        var error = result.Answer.Error is { } text ? SafeText.Clean(text, WebhookSql.MaxError) : null;
        var written = await session.Sql.ExecuteAsync(
            """
            UPDATE webhook_deliveries SET state = @state, due_at = @due, lease_token = NULL, last_status = @status, last_error = @error, changed_at = @now
            WHERE id = @id AND lease_token = @token
            """,
            cancellationToken,
            ("@state", state.ToString()),
            ("@due", due?.ToUnixTimeMilliseconds()),
            ("@status", result.Answer.Status),
            ("@error", error),
            ("@now", session.NowMilliseconds),
            ("@id", lease.DeliveryId),
            ("@token", lease.Token));
        if (written == 0)
            return false;
        await LogAsync(session, lease, result, error, cancellationToken);
        if (result is WebhookResult.Delivered)
            await SucceededAsync(session, lease.EndpointId, cancellationToken);
        else
            await FailedAsync(session, lease.EndpointId, result, error, cancellationToken);
        return true;
    }

    private static async ValueTask LogAsync(MoveSession session, WebhookLease lease, WebhookResult result, string? error, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        """
        INSERT INTO webhook_attempts (id, owner_id, delivery_id, number, at, succeeded, status, latency_ms, error, excerpt)
        VALUES (@id, @owner, @delivery, @number, @at, @succeeded, @status, @latency, @error, @excerpt)
        """,
        cancellationToken,
        ("@id", Guid.CreateVersion7(session.Now)),
        ("@owner", lease.Owner.Id),
        ("@delivery", lease.DeliveryId),
        ("@number", lease.Attempt),
        ("@at", session.NowMilliseconds),
        ("@succeeded", result is WebhookResult.Delivered),
        ("@status", result.Answer.Status),
        ("@latency", (int)Math.Min(result.Answer.Latency.TotalMilliseconds, int.MaxValue)),
        ("@error", error),
        ("@excerpt", result.Answer.Excerpt is { } excerpt ? Shown(excerpt) : null));

    private static async ValueTask SucceededAsync(MoveSession session, Guid endpointId, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        """
        UPDATE webhook_endpoints SET failures = 0, failing_since = NULL, last_success_at = @now
        WHERE id = @id AND (failing_since IS NOT NULL OR last_success_at IS NULL OR last_success_at < @noted)
        """,
        cancellationToken,
        ("@now", session.NowMilliseconds),
        ("@id", endpointId),
        ("@noted", (session.Now - SuccessNotedEvery).ToUnixTimeMilliseconds()));

    private static async ValueTask FailedAsync(MoveSession session, Guid endpointId, WebhookResult result, string? error, CancellationToken cancellationToken)
    {
        var since = await session.Sql.FirstAsync(
            """
            UPDATE webhook_endpoints SET failures = failures + 1, failing_since = COALESCE(failing_since, @now), last_error = @error
            WHERE id = @id RETURNING failing_since
            """,
            row => (DateTimeOffset?)row.Time(0),
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@error", error),
            ("@id", endpointId));
        WebhookDisabledReason? reason = result is WebhookResult.Dead { Gone: true } ? WebhookDisabledReason.Gone
            : since <= result.DisableIfFailingSince ? WebhookDisabledReason.Failing
            : null;
        if (reason is { } why && await WebhookSql.DisableAsync(session, endpointId, why, Actor, cancellationToken))
            await TellAsync(session, endpointId, why, cancellationToken);
    }

    private static async ValueTask TellAsync(MoveSession session, Guid endpointId, WebhookDisabledReason reason, CancellationToken cancellationToken)
    {
        if (await StoredWebhook.LockAsync(session, endpointId, cancellationToken) is not { } webhook)
            return;
        var data = WebhookJson.Write(Actor, "disable", webhook.Owner.IsMsp, webhook.Url, webhook.Told, reason.ToString().ToLowerInvariant());
        foreach (var tenant in await PushReach.TenantsAsync(session, webhook.Owner, cancellationToken))
        {
            session.Record(new PendingEvent(tenant, EventKinds.WebhookDisabled, session.Now, null, null, data));
            session.Record(new PendingAudit(tenant, Actor, "webhook.disable", endpointId.ToString(), data));
        }

        // An MSP's own endpoint is none of its tenants' business, and mail goes out in a tenant's name alone.
        if (!webhook.Owner.IsMsp)
        {
            var facts = new Dictionary<string, string> { ["url"] = webhook.Url, ["reason"] = reason.ToString().ToLowerInvariant() };
            await MailOrders.AddForAdministratorsAsync(session, webhook.Owner.Id, null, Permissions.PushWrite, MailOrderKinds.WebhookDisabled, facts, cancellationToken);
        }
    }

    /// <summary>Hostile text for a log that people read: no control characters, bounded.</summary>
    private static string Shown(string excerpt) =>
        SafeText.Clean(string.Concat(excerpt.Take(WebhookSql.MaxExcerpt).Select(c => char.IsControl(c) ? ' ' : c)), WebhookSql.MaxExcerpt);
}
