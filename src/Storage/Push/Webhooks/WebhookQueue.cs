using Platform.Storage.Transactions;

namespace Platform.Storage.Push.Webhooks;

internal sealed class WebhookQueue(IMoveRunner moves, IReadConnections reads, PushFeeds feeds, PushKeys keys, TimeProvider time) : IWebhookQueue
{
    private const int ForgetAtATime = 500;

    public async Task<IReadOnlyList<WebhookBacklog>> BehindAsync(CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            """
            SELECT e.id, e.owner_id, e.of_msp, e.kinds, e.position, c.last_sequence,
                (SELECT COUNT(*) FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.due_at IS NOT NULL)
            FROM webhook_endpoints e JOIN (
                SELECT tenant_id AS owner_id, last_sequence FROM feed_counters UNION ALL SELECT msp_id, last_sequence FROM msp_feed_counters) c ON c.owner_id = e.owner_id
            WHERE e.state = 'Enabled' AND c.last_sequence > e.position
            """,
            row => new WebhookBacklog(row.GetGuid(0), new PushOwner(row.GetGuid(1), row.GetBoolean(2)), row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)),
            cancellationToken);
    }

    public async Task<bool> FollowAsync(WebhookBacklog backlog, int count, CancellationToken cancellationToken)
    {
        var page = await feeds.ReadAsync(backlog.Owner, backlog.Position, count, cancellationToken);
        if (page.Events.Count == 0)
            return false;
        var filter = EventKindFilter.Read(backlog.Kinds);
        return await moves.RunAsync(
            async (session, ct) =>
            {
                // Another process may have taken these events over, or a person may have sent the endpoint back.
                if (await session.Sql.ExecuteAsync(
                    "UPDATE webhook_endpoints SET position = @to WHERE id = @id AND position = @from AND state = 'Enabled' AND kinds = @kinds",
                    ct,
                    ("@to", page.Events[^1].Sequence),
                    ("@id", backlog.EndpointId),
                    ("@from", backlog.Position),
                    ("@kinds", backlog.Kinds)) == 0)
                {
                    return false;
                }

                var endpoint = await StoredWebhook.LockAsync(session, backlog.EndpointId, ct);
                foreach (var entry in page.Events.Where(entry => filter.Takes(entry.Kind)))
                    await WebhookSql.QueueAsync(session, endpoint!, entry.Id, entry.Sequence, entry.Kind, ct);
                return true;
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<WebhookWork>> DueAsync(CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            """
            SELECT e.id, e.owner_id, e.of_msp, e.failures FROM webhook_endpoints e
            WHERE e.state = 'Enabled' AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.due_at <= @now)
            """,
            row => new WebhookWork(row.GetGuid(0), new PushOwner(row.GetGuid(1), row.GetBoolean(2)), row.GetInt32(3)),
            cancellationToken,
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    public async Task<IReadOnlyList<WebhookLease>> ClaimAsync(Guid endpointId, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid();
        var (endpoint, deliveries) = await moves.RunAsync((session, ct) => WebhookClaims.TakeAsync(session, endpointId, token, max, lease, ct), cancellationToken);
        if (endpoint is null || deliveries.Count == 0)
            return [];
        var opened = await OpenAsync(endpoint, cancellationToken);
        var leases = new List<WebhookLease>(deliveries.Count);
        foreach (var delivery in deliveries.OrderBy(delivery => delivery.Sequence))
        {
            var entry = delivery.EventId is null ? null : await feeds.FindAsync(endpoint.Owner, delivery.Sequence, cancellationToken);
            leases.Add(new WebhookLease(
                delivery.Id, endpointId, endpoint.Owner, token, delivery.Attempt, endpoint.Url, delivery.Kind, delivery.EventId, entry?.Id == delivery.EventId ? entry : null, opened, delivery.CreatedAt));
        }

        return leases;
    }

    public Task<bool> CompleteAsync(WebhookLease lease, WebhookResult result, CancellationToken cancellationToken) =>
        moves.RunAsync((session, ct) => WebhookOutcomes.WriteAsync(session, lease, result, ct), cancellationToken);

    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            var old = await session.Sql.QueryAsync(
                "SELECT id FROM webhook_deliveries WHERE due_at IS NULL AND changed_at < @before LIMIT @limit",
                row => row.GetGuid(0),
                ct,
                ("@before", before.ToUnixTimeMilliseconds()),
                ("@limit", (long)ForgetAtATime));
            foreach (var id in old)
            {
                await session.Sql.ExecuteAsync("DELETE FROM webhook_attempts WHERE delivery_id = @id", ct, ("@id", id));
                await session.Sql.ExecuteAsync("DELETE FROM webhook_deliveries WHERE id = @id", ct, ("@id", id));
            }

            return old.Count;
        },
        cancellationToken);

    private async ValueTask<WebhookKeys> OpenAsync(ClaimedWebhook endpoint, CancellationToken cancellationToken)
    {
        var (secretLabel, seedLabel) = (WebhookKeyForm.SecretLabel(endpoint.Id), WebhookKeyForm.SeedLabel(endpoint.Id));
        return new WebhookKeys(await OpenAllAsync(secretLabel, endpoint.Secrets), await OpenAllAsync(seedLabel, endpoint.Seeds));

        async ValueTask<IReadOnlyList<byte[]>> OpenAllAsync(string label, IReadOnlyList<byte[]> stored)
        {
            var opened = new List<byte[]>(stored.Count);
            foreach (var secret in stored)
                opened.Add(await keys.OpenAsync(endpoint.Owner, label, secret, cancellationToken));
            return opened;
        }
    }
}
