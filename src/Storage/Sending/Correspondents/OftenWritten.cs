using System.Collections.Concurrent;
using Platform.Engine.Misdirection;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending.Correspondents;

/// <summary>
/// The domains that each tenant writes to often. The question goes over all that the tenant ever sent, so that an answer is kept for a
/// hundred times as long as it took: a small tenant is always answered anew, and a large one costs a hundredth of the database's time.
/// </summary>
internal sealed class OftenWritten(TimeProvider time)
{
    /// <summary>Mails that were delivered there.</summary>
    public const int Often = 3;

    private const int MaxDomains = 2_000;
    private const int MaxTenants = 10_000;
    private const int Share = 100;

    private readonly ConcurrentDictionary<Guid, Reading> _readings = new();

    public async ValueTask<CorrespondentDomains> OfAsync(SqlSession sql, Guid tenantId, CancellationToken cancellationToken)
    {
        if (_readings.TryGetValue(tenantId, out var kept) && time.GetElapsedTime(kept.At) < kept.Took * Share)
            return kept.Domains;
        if (_readings.Count >= MaxTenants)
            _readings.Clear();
        var began = time.GetTimestamp();
        var domains = await sql.QueryAsync(
            "SELECT domain FROM sent_recipients WHERE tenant_id = @tenant GROUP BY domain HAVING SUM(delivered) >= @often ORDER BY SUM(delivered) DESC, domain LIMIT @max",
            row => row.GetString(0),
            cancellationToken,
            ("@tenant", tenantId),
            ("@often", (long)Often),
            ("@max", (long)MaxDomains));
        var reading = new Reading(new CorrespondentDomains(domains), began, time.GetElapsedTime(began));
        _readings[tenantId] = reading;
        return reading.Domains;
    }

    private sealed record Reading(CorrespondentDomains Domains, long At, TimeSpan Took);
}
