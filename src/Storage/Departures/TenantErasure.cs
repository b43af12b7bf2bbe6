using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Keys;
using Platform.Storage.Purging;
using Platform.Storage.Transactions;

namespace Platform.Storage.Departures;

/// <summary>
/// Takes everything of a tenant out of the platform, in steps that may be repeated: its addresses first, so that nothing more comes
/// in; then what others remember; bodies and rows in batches; last, in one transaction, all that is left, its key among it. Index,
/// free space and receipt follow as for any purge.
/// </summary>
internal sealed class TenantErasure(
    IMoveRunner moves, IReadConnections reads, IBodyStore bodies, ErasureTables tables, ISenderMemory senders, IEnumerable<ITenantFarewell> farewells, TenantKeys keys, RecipientDirectory directory, PurgeSignal signal)
{
    private const int Batch = 200;

    /// <param name="extend">Called between batches.</param>
    public async Task RunAsync(DueDeletion deletion, Func<Task> extend, CancellationToken cancellationToken)
    {
        var mailboxes = await CloseAsync(deletion, cancellationToken);
        await senders.EraseAsync(mailboxes, cancellationToken);
        foreach (var farewell in farewells)
            await farewell.LeaveAsync(deletion.TenantId, cancellationToken);
        var counts = PurgeCounts.None;
        while (await BatchAsync(deletion.TenantId, cancellationToken) is { Messages: > 0 } taken)
        {
            counts += taken;
            await extend();
        }

        await DeleteBodiesAsync(deletion.TenantId, "SELECT body_name FROM imports WHERE tenant_id = @tenant UNION ALL SELECT body_name FROM tenant_exports WHERE tenant_id = @tenant AND body_name IS NOT NULL", cancellationToken);
        await moves.RunAsync((session, ct) => LeaveAsync(session, deletion, counts, ct), cancellationToken);
        keys.Forget(deletion.TenantId);
    }

    /// <summary>No address of the tenant is known any more, and the receipt to be has its row.</summary>
    private Task<List<Guid>> CloseAsync(DueDeletion deletion, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            var mailboxes = await session.Sql.QueryAsync("SELECT id FROM mailboxes WHERE tenant_id = @tenant", row => row.GetGuid(0), ct, ("@tenant", deletion.TenantId));
            await session.Sql.ExecuteAsync("DELETE FROM domain_claims WHERE tenant_id = @tenant", ct, ("@tenant", deletion.TenantId));
            await session.Sql.ExecuteAsync("DELETE FROM domains WHERE tenant_id = @tenant", ct, ("@tenant", deletion.TenantId));
            await session.Sql.ExecuteAsync("UPDATE tenants SET journal_address = NULL WHERE id = @tenant", ct, ("@tenant", deletion.TenantId));
            await directory.ChangedAsync(session, ct);
            await session.Sql.ExecuteAsync(
                """
                INSERT INTO purges (id, owner_id, subject_id, kind, state, items, counts, reason, requested_by, requested_at)
                VALUES (@id, @owner, @tenant, @kind, @state, @items, @counts, @reason, @actor, @at) ON CONFLICT (id) DO NOTHING
                """,
                ct,
                ("@id", deletion.PurgeId),
                ("@owner", deletion.MspId ?? PurgeOwners.Platform),
                ("@tenant", deletion.TenantId),
                ("@kind", PurgeKinds.Tenant),
                ("@state", PurgeStates.Running),
                ("@items", PurgeJson.Write([PurgeCommands.HashOf(deletion.TenantId)])),
                ("@counts", PurgeJson.Write(PurgeCounts.None)),
                ("@reason", deletion.Reason),
                ("@actor", deletion.RequestedBy),
                ("@at", deletion.RequestedAt.ToUnixTimeMilliseconds()));
            return mailboxes;
        },
        cancellationToken);

    private async Task<PurgeCounts> BatchAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var messages = await sql.QueryAsync(
            "SELECT id, body_name, body_key FROM messages WHERE tenant_id = @tenant ORDER BY id LIMIT @max",
            row => (Id: row.GetGuid(0), Body: row.GetString(1), HasKey: !row.IsDBNull(2)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@max", (long)Batch));
        foreach (var message in messages)
            await DeleteBodyAsync(message.Body, cancellationToken);
        return await moves.RunAsync(
            async (session, ct) =>
            {
                var counts = new PurgeCounts { Bodies = messages.Count(m => m.HasKey) };
                foreach (var (id, _, _) in messages)
                    counts += await DeleteAsync(session, id, ct);
                return counts;
            },
            cancellationToken);
    }

    private async ValueTask<PurgeCounts> DeleteAsync(MoveSession session, Guid messageId, CancellationToken cancellationToken)
    {
        var others = 0;
        foreach (var table in tables.OfDelivery)
            others += await session.Sql.ExecuteAsync($"DELETE FROM {table.Name} WHERE {table.Column} IN (SELECT id FROM deliveries WHERE message_id = @id)", cancellationToken, ("@id", messageId));
        foreach (var table in tables.OfMessage)
            others += await session.Sql.ExecuteAsync($"DELETE FROM {table.Name} WHERE {table.Column} = @id", cancellationToken, ("@id", messageId));
        var deliveries = await session.Sql.ExecuteAsync("DELETE FROM deliveries WHERE message_id = @id", cancellationToken, ("@id", messageId));
        return new PurgeCounts { Deliveries = deliveries, OtherRows = others, Messages = await session.Sql.ExecuteAsync("DELETE FROM messages WHERE id = @id", cancellationToken, ("@id", messageId)) };
    }

    /// <summary>
    /// Whatever is left, a message that came in at the last moment among it: without the tenant's counter none can be accepted any
    /// more, and the sweep of bodies takes its file.
    /// </summary>
    private async ValueTask<bool> LeaveAsync(MoveSession session, DueDeletion deletion, PurgeCounts counts, CancellationToken cancellationToken)
    {
        var others = await EmptyEventsAsync(session, deletion.TenantId, cancellationToken);
        foreach (var table in tables.OfOwner.Where(table => table.Name != "events"))
            others += await session.Sql.ExecuteAsync($"DELETE FROM {table.Name} WHERE {table.Column} = @tenant", cancellationToken, ("@tenant", deletion.TenantId));
        await session.Sql.ExecuteAsync("DELETE FROM tenants WHERE id = @tenant", cancellationToken, ("@tenant", deletion.TenantId));
        await session.Sql.ExecuteAsync(
            "UPDATE purges SET counts = @counts WHERE id = @id", cancellationToken, ("@counts", PurgeJson.Write(counts with { OtherRows = counts.OtherRows + others })), ("@id", deletion.PurgeId));
        await directory.ChangedAsync(session, cancellationToken);
        session.AfterCommit(signal.PurgeReady);
        return true;
    }

    /// <summary>Events that stand in the feed of an MSP keep their places there, and nothing else.</summary>
    private static async ValueTask<int> EmptyEventsAsync(MoveSession session, Guid tenantId, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            $$"""
            UPDATE events SET data = '{"{{EventRedaction.Mark}}":true}', message_id = NULL, delivery_id = NULL, verdict = NULL, direction = NULL
            WHERE tenant_id = @tenant AND msp_id IS NOT NULL
            """,
            cancellationToken,
            ("@tenant", tenantId));
        return await session.Sql.ExecuteAsync("DELETE FROM events WHERE tenant_id = @tenant AND msp_id IS NULL", cancellationToken, ("@tenant", tenantId));
    }

    private async Task DeleteBodiesAsync(Guid tenantId, string query, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        foreach (var name in await sql.QueryAsync(query, row => row.GetString(0), cancellationToken, ("@tenant", tenantId)))
            await DeleteBodyAsync(name, cancellationToken);
    }

    private async Task DeleteBodyAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await bodies.DeleteAsync(new BodyReference(name, []), cancellationToken);
        }
        catch (BodyMissingException)
        {
            // A name that is no file of ours.
        }
    }
}
