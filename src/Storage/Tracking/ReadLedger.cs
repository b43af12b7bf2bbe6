using Platform.Engine.Tracking;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Tracking;

internal sealed class ReadLedger(IMoveRunner moves) : IReadLedger
{
    public Task<ReadHistory?> OpenAsync(Guid tenantId, Guid messageId, DateTimeOffset since, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            await session.Sql.ExecuteAsync(
                """
                INSERT INTO message_reads (message_id, tenant_id, version)
                SELECT @message, @tenant, 1 WHERE EXISTS (SELECT 1 FROM tracked_deliveries WHERE message_id = @message AND tenant_id = @tenant)
                ON CONFLICT (message_id) DO NOTHING
                """,
                ct,
                ("@message", messageId),
                ("@tenant", tenantId));
            // First the version: what is counted after it makes it stale.
            var version = await session.Sql.FirstAsync(
                "SELECT version FROM message_reads WHERE message_id = @message AND tenant_id = @tenant", row => (long?)row.GetInt64(0), ct, ("@message", messageId), ("@tenant", tenantId));
            if (version is not { } known)
                return null;
            var counted = await session.Sql.QueryAsync(
                "SELECT id, delivery_id, at, part, network_key, agent_key FROM opens WHERE message_id = @message AND grade IS NOT NULL AND network_key IS NOT NULL AND at >= @since ORDER BY at",
                row => new CountedOpen(row.GetGuid(0), row.GetGuid(1), row.Time(2), row.GetString(3), row.GetString(4), row.Text(5) ?? ""),
                ct,
                ("@message", messageId),
                ("@since", since.ToUnixTimeMilliseconds()));
            return new ReadHistory(known, counted);
        },
        cancellationToken);

    public Task CountAsync(Guid tenantId, Guid messageId, long version, OpenToCount open, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(open);
        return moves.RunAsync(
            async (session, ct) =>
            {
                await TakeAsync(session, tenantId, messageId, version, ct);
                if (await GradeAsync(session, open, ct))
                    await CountAsync(session, messageId, open, ct);
                return true;
            },
            cancellationToken);
    }

    public Task DropAsync(Guid tenantId, Guid messageId, long version, Guid openId, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            await TakeAsync(session, tenantId, messageId, version, ct);
            return await session.Sql.ExecuteAsync("DELETE FROM opens WHERE id = @id AND grade IS NULL", ct, ("@id", openId));
        },
        cancellationToken);

    private static async ValueTask TakeAsync(MoveSession session, Guid tenantId, Guid messageId, long version, CancellationToken cancellationToken)
    {
        if (await session.Sql.ExecuteAsync(
            "UPDATE message_reads SET version = version + 1 WHERE message_id = @message AND tenant_id = @tenant AND version = @version",
            cancellationToken,
            ("@message", messageId),
            ("@tenant", tenantId),
            ("@version", version)) != 1)
        {
            throw new StaleReadsException();
        }
    }

    /// <returns>False: it was graded before, or is gone.</returns>
    private static async ValueTask<bool> GradeAsync(MoveSession session, OpenToCount open, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        """
        UPDATE opens SET grade = @grade, reason = @reason, country = @country, region = @region, network = @network, family = @family, system = @system, device = @device, due_at = NULL, facts = NULL
        WHERE id = @id AND grade IS NULL
        """,
        cancellationToken,
        ("@grade", open.Grade.ToString()),
        ("@reason", open.Reason),
        ("@country", open.Country),
        ("@region", open.Region),
        ("@network", open.Network),
        ("@family", open.Agent.Family),
        ("@system", open.Agent.System),
        ("@device", open.Agent.Device.ToString()),
        ("@id", open.Open.Id)) == 1;

    private static async ValueTask CountAsync(MoveSession session, Guid messageId, OpenToCount open, CancellationToken cancellationToken)
    {
        if (open.Grade != OpenGrade.Person)
        {
            var of = open.Grade == OpenGrade.Machine ? "machines" : "unknowns";
            await session.Sql.ExecuteAsync($"UPDATE tracked_deliveries SET {of} = {of} + 1 WHERE delivery_id = @delivery", cancellationToken, ("@delivery", open.Open.DeliveryId));
            return;
        }

        var count = await session.Sql.FirstAsync(
            """
            UPDATE tracked_deliveries SET people = people + 1,
                first_at = CASE WHEN first_at < @at THEN first_at ELSE @at END, last_at = CASE WHEN last_at > @at THEN last_at ELSE @at END
            WHERE delivery_id = @delivery RETURNING people
            """,
            row => row.GetInt32(0),
            cancellationToken,
            ("@at", open.Open.At.ToUnixTimeMilliseconds()),
            ("@delivery", open.Open.DeliveryId));
        if (!IsPowerOfTen(count))
            return;
        var message = await session.Sql.FirstAsync($"SELECT {MessageSummary.Columns} FROM messages WHERE id = @id", MessageSummary.Read, cancellationToken, ("@id", messageId));
        var (state, recipient) = await session.Sql.FirstAsync(
            "SELECT state, recipient FROM deliveries WHERE id = @id", row => (row.Name<DeliveryState>(0), row.GetString(1)), cancellationToken, ("@id", open.Open.DeliveryId));
        if (message is not null && recipient is not null)
            session.Record(DeliveryEvents.Of(message, new DeliveryMoved(open.Open.DeliveryId, recipient, state) { Kind = EventKinds.Read, Read = new ToldRead(count, open) }, session.Now));
    }

    private static bool IsPowerOfTen(int count)
    {
        for (var power = 1L; power <= count; power *= 10)
        {
            if (power == count)
                return true;
        }

        return false;
    }
}

/// <param name="Count">Opens by people, with this one.</param>
internal sealed record ToldRead(int Count, OpenToCount Open);
