using Platform.Storage.Transactions;

namespace Platform.Storage.Push.Webhooks;

/// <summary>An endpoint as a claim finds it, its keys still sealed.</summary>
internal sealed record ClaimedWebhook(Guid Id, PushOwner Owner, string Url, IReadOnlyList<byte[]> Secrets, IReadOnlyList<byte[]> Seeds);

internal sealed record ClaimedWebhookDelivery(Guid Id, Guid? EventId, long Sequence, string Kind, int Attempt, DateTimeOffset CreatedAt);

/// <summary>Claiming deliveries of one endpoint.</summary>
internal static class WebhookClaims
{
    public static async ValueTask<(ClaimedWebhook? Endpoint, List<ClaimedWebhookDelivery> Deliveries)> TakeAsync(
        MoveSession session, Guid endpointId, Guid token, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        // Read anew: it may have been disabled, or its address or keys changed, since it was found to have work.
        var endpoint = await session.Sql.FirstAsync(
            """
            SELECT id, owner_id, of_msp, url, secret, previous_secret, signing_seed, previous_signing_seed, previous_until
            FROM webhook_endpoints WHERE id = @id AND state = 'Enabled'
            """,
            row =>
            {
                var overlaps = !row.IsDBNull(8) && row.Time(8) > session.Now;
                return new ClaimedWebhook(
                    row.GetGuid(0),
                    new PushOwner(row.GetGuid(1), row.GetBoolean(2)),
                    row.GetString(3),
                    Present(row.Bytes(4), overlaps ? row.Bytes(5) : null),
                    Present(row.Bytes(6), overlaps ? row.Bytes(7) : null));
            },
            cancellationToken,
            ("@id", endpointId));
        if (endpoint is null)
            return (null, []);
        var claimed = await session.Sql.QueryAsync(
            $"""
            UPDATE webhook_deliveries SET attempts = attempts + 1, lease_token = @token, due_at = @until
            WHERE id IN (
                SELECT id FROM webhook_deliveries WHERE endpoint_id = @endpoint AND due_at <= @now AND state = 'Pending'
                ORDER BY due_at, sequence LIMIT @max{session.Dialect.SkipLocked})
            RETURNING id, event_id, sequence, kind, attempts, created_at
            """,
            row => new ClaimedWebhookDelivery(row.GetGuid(0), row.Id(1), row.GetInt64(2), row.GetString(3), row.GetInt32(4), row.Time(5)),
            cancellationToken,
            ("@token", token),
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@endpoint", endpointId),
            ("@now", session.NowMilliseconds),
            ("@max", (long)max));
        return (endpoint, claimed);
    }

    private static byte[][] Present(params ReadOnlySpan<byte[]?> keys)
    {
        var present = new List<byte[]>(keys.Length);
        foreach (var key in keys)
        {
            if (key is not null)
                present.Add(key);
        }

        return [.. present];
    }
}
