using Platform.Engine.Transport;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Transport;

/// <summary>
/// Reports on a day's TLS, one for each tenant, destination and day. A row is made once, is worked on under a lease, and is done in the
/// transaction that queues its mails: two silos or a crash make no second one.
/// </summary>
public interface ITlsReports
{
    /// <summary>Makes the rows of days that have ended and have none, each due some while after midnight (RFC 8460, 4.1).</summary>
    /// <returns>How many were made.</returns>
    Task<int> PlanAsync(CancellationToken cancellationToken);

    Task<DueTlsReport?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken);

    Task<IReadOnlyList<CountedSessions>> SessionsAsync(DueTlsReport report, CancellationToken cancellationToken);

    /// <summary>In whose name the tenant's report goes: its domains, those that sign mail first.</summary>
    Task<IReadOnlyList<ReportingDomain>> DomainsAsync(Guid tenantId, CancellationToken cancellationToken);

    /// <param name="outcome">Whereto it went, or why to nobody; bounded.</param>
    /// <param name="mails">Queued in the same transaction.</param>
    /// <returns>False: the lease was lost and nothing was written.</returns>
    Task<bool> EndAsync(DueTlsReport report, bool isSent, string outcome, IReadOnlyList<NewMessage> mails, CancellationToken cancellationToken);

    Task<bool> ReturnAsync(DueTlsReport report, DateTimeOffset due, CancellationToken cancellationToken);

    /// <summary>Forgets counts and reports of days before.</summary>
    Task<int> TrimAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <param name="Attempts">1 for the first.</param>
public sealed record DueTlsReport(Guid Id, Guid TenantId, string TenantName, string Domain, DateTimeOffset Day, Guid Token, int Attempts);

public sealed record CountedSessions(TransportPolicyKind Policy, string MxHost, string Address, TlsResult Result, string PolicyText, long Sessions);

/// <param name="Signs">It has a key whose record was seen in DNS.</param>
public sealed record ReportingDomain(string Name, bool Signs);

internal sealed class TlsReports(IMoveRunner moves, IReadConnections reads, IWorkSignal signal) : ITlsReports
{
    private const int MaxPlanned = 500;
    private const int MaxSessions = 2_000;
    private const int MaxOutcome = 500;

    /// <summary>Reports of all senders must not arrive in one minute (RFC 8460, 4.1).</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromHours(4);

    public Task<int> PlanAsync(CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            var missing = await session.Sql.QueryAsync(
                $"""
                SELECT DISTINCT s.tenant_id, s.domain, s.day FROM transport_sessions s
                WHERE s.day < @today AND s.source <> '{nameof(TransportSource.Operator)}' AND s.domain NOT LIKE '[%'
                    AND NOT EXISTS (SELECT 1 FROM tls_reports r WHERE r.tenant_id = s.tenant_id AND r.domain = s.domain AND r.day = s.day)
                LIMIT {MaxPlanned}
                """,
                row => (Tenant: row.GetGuid(0), Domain: row.GetString(1), Day: row.Time(2)),
                ct,
                ("@today", TransportDay.Of(session.Now).ToUnixTimeMilliseconds()));
            foreach (var (tenant, domain, day) in missing.OrderBy(one => one.Tenant).ThenBy(one => one.Domain, StringComparer.Ordinal).ThenBy(one => one.Day))
            {
                var id = Guid.CreateVersion7(session.Now);
                await session.Sql.ExecuteAsync(
                    "INSERT INTO tls_reports (id, tenant_id, domain, day, due_at, attempts) VALUES (@id, @tenant, @domain, @day, @due, 0) ON CONFLICT (tenant_id, domain, day) DO NOTHING",
                    ct,
                    ("@id", id),
                    ("@tenant", tenant),
                    ("@domain", domain),
                    ("@day", day.ToUnixTimeMilliseconds()),
                    ("@due", (day.AddDays(1) + (Spread * (id.GetHashCode() & 0xFFFF) / 0x10000)).ToUnixTimeMilliseconds()));
            }

            return missing.Count;
        },
        cancellationToken);

    public Task<DueTlsReport?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            var token = Guid.NewGuid();
            var due = await session.Sql.FirstAsync(
                $"""
                UPDATE tls_reports SET due_at = @until, lease_token = @token, attempts = attempts + 1
                WHERE id = (SELECT id FROM tls_reports WHERE due_at <= @now ORDER BY due_at LIMIT 1{session.Dialect.SkipLocked})
                RETURNING id, tenant_id, domain, day, attempts
                """,
                row => new DueTlsReport(row.GetGuid(0), row.GetGuid(1), "", row.GetString(2), row.Time(3), token, row.GetInt32(4)),
                ct,
                ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
                ("@token", token),
                ("@now", session.NowMilliseconds));
            return due is null
                ? null
                : due with { TenantName = await session.Sql.FirstAsync("SELECT name FROM tenants WHERE id = @id", row => row.GetString(0), ct, ("@id", due.TenantId)) ?? "" };
        },
        cancellationToken);

    public async Task<IReadOnlyList<CountedSessions>> SessionsAsync(DueTlsReport report, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            $"""
            SELECT policy, mx_host, address, result, policy_text, sessions FROM transport_sessions
            WHERE tenant_id = @tenant AND day = @day AND domain = @domain AND source <> '{nameof(TransportSource.Operator)}'
            ORDER BY sessions DESC, policy, mx_host, address, result LIMIT {MaxSessions}
            """,
            row => new CountedSessions(row.Name<TransportPolicyKind>(0), row.GetString(1), row.GetString(2), row.Name<TlsResult>(3), row.GetString(4), row.GetInt64(5)),
            cancellationToken,
            ("@tenant", report.TenantId),
            ("@day", report.Day.ToUnixTimeMilliseconds()),
            ("@domain", report.Domain));
    }

    public async Task<IReadOnlyList<ReportingDomain>> DomainsAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var domains = await sql.QueryAsync(
            $"""
            SELECT d.name, EXISTS (SELECT 1 FROM dkim_keys k WHERE k.tenant_id = d.tenant_id AND k.domain = d.name AND k.state = '{nameof(DkimKeyState.Active)}')
            FROM domains d WHERE d.tenant_id = @tenant ORDER BY d.name
            """,
            row => new ReportingDomain(row.GetString(0), row.GetBoolean(1)),
            cancellationToken,
            ("@tenant", tenantId));
        return [.. domains.OrderByDescending(domain => domain.Signs)];
    }

    public Task<bool> EndAsync(DueTlsReport report, bool isSent, string outcome, IReadOnlyList<NewMessage> mails, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            var isMine = await session.Sql.ExecuteAsync(
                "UPDATE tls_reports SET due_at = NULL, lease_token = NULL, sent_at = @sent, outcome = @outcome WHERE id = @id AND lease_token = @token",
                ct,
                ("@sent", isSent ? session.NowMilliseconds : null),
                ("@outcome", SafeText.Clean(outcome, MaxOutcome)),
                ("@id", report.Id),
                ("@token", report.Token)) == 1;
            if (!isMine)
                return false;
            foreach (var mail in mails)
                await AcceptMove.InsertAsync(session, mail, ct);
            if (mails.Count > 0)
                session.AfterCommit(signal.RelaysReady);
            return true;
        },
        cancellationToken);

    public Task<bool> ReturnAsync(DueTlsReport report, DateTimeOffset due, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            "UPDATE tls_reports SET due_at = @due, lease_token = NULL WHERE id = @id AND lease_token = @token", ct, ("@due", due.ToUnixTimeMilliseconds()), ("@id", report.Id), ("@token", report.Token)) == 1,
        cancellationToken);

    public Task<int> TrimAsync(DateTimeOffset before, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
            await session.Sql.ExecuteAsync("DELETE FROM transport_sessions WHERE day < @before", ct, ("@before", before.ToUnixTimeMilliseconds()))
            + await session.Sql.ExecuteAsync("DELETE FROM tls_reports WHERE day < @before", ct, ("@before", before.ToUnixTimeMilliseconds())),
        cancellationToken);
}
