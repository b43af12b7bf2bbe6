using Platform.Engine.Tracking;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Tracking;

internal sealed class ReadStore(IMoveRunner moves, IReadConnections reads) : IReadStore
{
    private const int MaxAround = 1_000;
    private const int MaxPlace = 100;
    private const int ForgottenAtATime = 1_000;

    public async Task<TrackableDelivery?> FindAsync(Guid tenantId, Guid deliveryId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync(
            "SELECT message_id, recipient, mailbox_id, sender_mailbox_id FROM deliveries WHERE id = @id AND tenant_id = @tenant",
            row => new TrackableDelivery(row.GetGuid(0), row.GetString(1), row.Id(2), row.Id(3)),
            cancellationToken,
            ("@id", deliveryId),
            ("@tenant", tenantId));
    }

    public Task TrackedAsync(NewTracked tracked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tracked);
        return moves.RunAsync(
            async (session, ct) => await session.Sql.ExecuteAsync(
                $"""
                INSERT INTO tracked_deliveries (delivery_id, tenant_id, message_id, sender_mailbox_id, place, tracked_at, people, machines, unknowns, beyond)
                SELECT id, tenant_id, message_id, sender_mailbox_id, @place, @now, 0, 0, 0, 0 FROM deliveries WHERE id = @id AND tenant_id = @tenant
                ON CONFLICT (delivery_id) {(tracked.IsReading ? "DO NOTHING" : "DO UPDATE SET tracked_at = excluded.tracked_at")}
                """,
                ct,
                ("@id", tracked.DeliveryId),
                ("@tenant", tracked.TenantId),
                ("@place", tracked.Place.ToString()),
                ("@now", session.NowMilliseconds)),
            cancellationToken);
    }

    public Task NoteAsync(IReadOnlyList<NewOpen> opens, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            // In one order, so that two processes that note opens of the same mails never wait for each other.
            foreach (var delivery in opens.GroupBy(open => open.DeliveryId).OrderBy(group => group.Key))
                await NoteAsync(session, delivery.Key, [.. delivery], ct);
            return opens.Count;
        },
        cancellationToken);

    public Task<IReadOnlyList<DueOpen>> ClaimAsync(int max, TimeSpan lease, CancellationToken cancellationToken) => moves.RunAsync<IReadOnlyList<DueOpen>>(
        async (session, ct) =>
        {
            var claimed = await session.Sql.QueryAsync(
                $"""
                UPDATE opens SET due_at = @until WHERE id IN (SELECT id FROM opens WHERE due_at <= @now ORDER BY due_at LIMIT @max{session.Dialect.SkipLocked})
                RETURNING id, tenant_id, message_id, delivery_id, at, target, part, facts, network_key, agent_key
                """,
                row => new DueOpen(
                    row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetGuid(3), row.Time(4), row.Name<OpenTarget>(5), row.GetString(6), TrackingJson.Read(row.Text(7)), row.Text(8) ?? "", row.Text(9) ?? "", default, default),
                ct,
                ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
                ("@now", session.NowMilliseconds),
                ("@max", (long)max));
            var due = new List<DueOpen>(claimed.Count);
            foreach (var open in claimed.OrderBy(open => open.At))
            {
                var (at, place) = await session.Sql.FirstAsync(
                    "SELECT tracked_at, place FROM tracked_deliveries WHERE delivery_id = @id", row => (row.Time(0), row.Name<TrackedPlace>(1)), ct, ("@id", open.DeliveryId));
                due.Add(open with { TrackedAt = at, Place = place });
            }

            return due;
        },
        cancellationToken);

    public async Task<IReadOnlyList<SeenOpen>> AroundAsync(DueOpen open, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(open);
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            "SELECT delivery_id, at, part, is_head, agent_key, grade, reason FROM opens WHERE network_key = @network AND at >= @from AND at <= @to AND id <> @id ORDER BY at DESC LIMIT @max",
            row => new SeenOpen(
                row.GetGuid(0), row.Time(1), row.GetString(2), row.GetBoolean(3), row.Text(4) ?? "", row.Text(5) == nameof(OpenGrade.Machine) && OpenReasons.Stays(row.GetString(6))),
            cancellationToken,
            ("@network", open.NetworkKey),
            ("@from", (open.At - OpenCompany.Memory).ToUnixTimeMilliseconds()),
            ("@to", (open.At + OpenCompany.Moment).ToUnixTimeMilliseconds()),
            ("@id", open.Id),
            ("@max", (long)MaxAround));
    }

    public Task<int> ForgetAsync(CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => session.Sql.ExecuteAsync(
            "UPDATE opens SET network_key = NULL, agent_key = NULL WHERE id IN (SELECT id FROM opens WHERE network_key IS NOT NULL AND due_at IS NULL AND at < @before LIMIT @max)",
            ct,
            ("@before", (session.Now - OpenCompany.Memory).ToUnixTimeMilliseconds()),
            ("@max", (long)ForgottenAtATime)),
        cancellationToken);

    private static async ValueTask NoteAsync(MoveSession session, Guid deliveryId, List<NewOpen> opens, CancellationToken cancellationToken)
    {
        // Locked, so that two processes together keep no more than there is room for.
        var tracked = await session.Sql.FirstAsync(
            $"SELECT tenant_id, message_id, sender_mailbox_id FROM tracked_deliveries WHERE delivery_id = @id{session.Dialect.ForUpdate}",
            row => new Tracked(deliveryId, row.GetGuid(0), row.GetGuid(1), row.Id(2)),
            cancellationToken,
            ("@id", deliveryId));
        if (tracked is null)
            return;
        var kept = await session.Sql.FirstAsync("SELECT COUNT(*) FROM opens WHERE delivery_id = @id", row => (int)row.GetInt64(0), cancellationToken, ("@id", deliveryId));
        var room = Math.Max(0, IReadStore.MaxKept - kept);
        foreach (var open in opens.Take(room))
            await InsertAsync(session, tracked, open, cancellationToken);
        foreach (var hour in opens.Skip(room).GroupBy(open => open.At.ToUnixTimeSeconds() / 3_600).OrderBy(group => group.Key))
            await CountAsync(session, tracked, hour.Key, hour.Count(), cancellationToken);
    }

    private static ValueTask<int> InsertAsync(MoveSession session, Tracked tracked, NewOpen open, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO opens (id, tenant_id, message_id, delivery_id, sender_mailbox_id, at, target, part, is_head, due_at, facts, network_key, agent_key)
        VALUES (@id, @tenant, @message, @delivery, @sender, @at, @target, @part, @head, @due, @facts, @network, @agent)
        """,
        cancellationToken,
        ("@id", Guid.CreateVersion7(open.At)),
        ("@tenant", tracked.TenantId),
        ("@message", tracked.MessageId),
        ("@delivery", tracked.DeliveryId),
        ("@sender", tracked.SenderMailboxId),
        ("@at", open.At.ToUnixTimeMilliseconds()),
        ("@target", open.Target.ToString()),
        ("@part", open.Part),
        ("@head", open.Facts.Request.IsHead),
        ("@due", (open.At + open.GradedAfter).ToUnixTimeMilliseconds()),
        ("@facts", SafeText.Clean(TrackingJson.Write(open.Facts with { Region = Cut(open.Facts.Region), Network = Cut(open.Facts.Network) }), int.MaxValue)),
        ("@network", open.NetworkKey),
        ("@agent", open.AgentKey));

    private static async ValueTask CountAsync(MoveSession session, Tracked tracked, long hour, int count, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO open_hours (delivery_id, hour, tenant_id, message_id, count) VALUES (@delivery, @hour, @tenant, @message, @count)
            ON CONFLICT (delivery_id, hour) DO UPDATE SET count = open_hours.count + excluded.count
            """,
            cancellationToken,
            ("@delivery", tracked.DeliveryId),
            ("@hour", hour),
            ("@tenant", tracked.TenantId),
            ("@message", tracked.MessageId),
            ("@count", (long)count));
        await session.Sql.ExecuteAsync(
            "UPDATE tracked_deliveries SET beyond = beyond + @count WHERE delivery_id = @delivery", cancellationToken, ("@count", (long)count), ("@delivery", tracked.DeliveryId));
    }

    private static string? Cut(string? name) => name is null ? null : SafeText.Clean(name, MaxPlace);

    private sealed record Tracked(Guid DeliveryId, Guid TenantId, Guid MessageId, Guid? SenderMailboxId);
}
