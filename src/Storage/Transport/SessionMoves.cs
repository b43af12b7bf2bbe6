using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Transport;

/// <summary>Writes what became of tries at mail hosts, in the move that writes what became of the delivery.</summary>
internal static class SessionMoves
{
    private const int MaxName = 255;
    private const int MaxText = 500;
    private const int MaxPolicy = 4_000;

    /// <param name="sessions">In the order of the tries.</param>
    public static async ValueTask RecordAsync(MoveSession session, Guid tenantId, IReadOnlyList<TransportSession> sessions, CancellationToken cancellationToken)
    {
        // In one order of rows, so that moves that run at once do not wait for each other in a circle.
        foreach (var one in sessions.Where(one => one.Result is not null).OrderBy(one => one.MxHost, StringComparer.Ordinal).ThenBy(one => one.Address, StringComparer.Ordinal).ThenBy(one => one.Result))
            await CountAsync(session, tenantId, one, cancellationToken);
        foreach (var one in sessions)
            await RememberAsync(session, tenantId, one, cancellationToken);
    }

    private static ValueTask<int> CountAsync(MoveSession session, Guid tenantId, TransportSession one, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO transport_sessions (tenant_id, day, domain, policy, source, mx_host, address, result, policy_text, sessions)
        VALUES (@tenant, @day, @domain, @policy, @source, @host, @address, @result, @text, 1)
        ON CONFLICT (tenant_id, day, domain, policy, source, mx_host, address, result)
        DO UPDATE SET sessions = transport_sessions.sessions + 1, policy_text = excluded.policy_text
        """,
        cancellationToken,
        ("@tenant", tenantId),
        ("@day", TransportDay.Of(session.Now).ToUnixTimeMilliseconds()),
        ("@domain", SafeText.Clean(one.Domain, MaxName)),
        ("@policy", one.Policy.ToString()),
        ("@source", one.Source.ToString()),
        ("@host", SafeText.Clean(one.MxHost, MaxName)),
        ("@address", SafeText.Clean(one.Address, MaxName)),
        ("@result", one.Result!.Value.ToString()),
        ("@text", SafeText.Clean(one.PolicyText, MaxPolicy)));

    private static ValueTask<int> RememberAsync(MoveSession session, Guid tenantId, TransportSession one, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        $"""
        INSERT INTO transport_destinations (id, tenant_id, domain, policy, source, {Columns(one)}, created_at)
        VALUES (@id, @tenant, @domain, @policy, @source, @first, @second, @third, @fourth, @now)
        ON CONFLICT (tenant_id, domain) DO UPDATE SET policy = excluded.policy, source = excluded.source, {string.Join(", ", Columns(one).Split(", ").Select(column => $"{column} = excluded.{column}"))}
        """,
        cancellationToken,
        [
            ("@id", Guid.CreateVersion7(session.Now)),
            ("@tenant", tenantId),
            ("@domain", SafeText.Clean(one.Domain, MaxName)),
            ("@policy", one.Policy.ToString()),
            ("@source", one.Source.ToString()),
            ("@first", session.NowMilliseconds),
            ("@second", one.IsDelivered ? SafeText.Clean(one.MxHost, MaxName) : one.Result?.ToString()),
            ("@third", one.IsDelivered ? one.TlsVersion : SafeText.Clean(one.Reason ?? "", MaxText)),
            ("@fourth", one.IsDelivered ? one.Cipher : SafeText.Clean(one.MxHost, MaxName)),
            ("@now", session.NowMilliseconds),
        ]);

    private static string Columns(TransportSession one) => one.IsDelivered
        ? "last_success_at, last_success_host, last_tls_version, last_cipher"
        : "last_failure_at, last_failure_result, last_failure_reason, last_failure_host";
}

/// <summary>Days of counts and reports: UTC (RFC 8460, 4.1).</summary>
public static class TransportDay
{
    public static DateTimeOffset Of(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);
}
