using Microsoft.EntityFrameworkCore;
using Platform.Engine.Transport;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;
using Platform.Storage.Transport;

namespace Platform.Storage.Tests.Transport;

/// <summary>One report for each tenant, destination and day, whoever works on it.</summary>
public abstract class TlsReportsContract(IStorageBackend backend) : StorageContract(backend)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private ITlsReports Reports => Storage.Get<ITlsReports>();

    [Fact]
    public async Task A_day_is_planned_once_after_it_has_ended()
    {
        await SessionAsync("acme", "b.test");
        Assert.Equal(0, await Reports.PlanAsync(Ct));
        Storage.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal((1, 0), (await Reports.PlanAsync(Ct), await Reports.PlanAsync(Ct)));
    }

    [Fact]
    public async Task A_report_is_worked_on_by_one_and_ended_by_who_holds_it()
    {
        await SessionAsync("acme", "b.test");
        Storage.Time.Advance(TimeSpan.FromDays(1));
        await Reports.PlanAsync(Ct);
        Storage.Time.Advance(TimeSpan.FromHours(4));
        var first = await Reports.ClaimAsync(Lease, Ct);
        Assert.NotNull(first);
        Assert.Null(await Reports.ClaimAsync(Lease, Ct));
        Storage.Time.Advance(Lease);
        var second = await Reports.ClaimAsync(Lease, Ct);

        Assert.Equal((first.Id, 2), (second!.Id, second.Attempts));
        Assert.False(await Reports.EndAsync(first, true, "x", [], Ct));
        Assert.True(await Reports.EndAsync(second, true, "x", [], Ct));
        Storage.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await Reports.PlanAsync(Ct));
        Assert.Null(await Reports.ClaimAsync(Lease, Ct));
    }

    [Fact]
    public async Task What_goes_by_the_operators_smart_host_or_to_a_bare_address_is_told_to_nobody()
    {
        var tenant = await SessionAsync("acme", "[192.0.2.1]");
        await AddAsync(tenant, "b.test", TransportSource.Operator);
        Storage.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await Reports.PlanAsync(Ct));
    }

    [Fact]
    public async Task Old_days_are_forgotten()
    {
        var tenant = await SessionAsync("acme", "b.test");
        Storage.Time.Advance(TimeSpan.FromDays(1));
        await Reports.PlanAsync(Ct);

        Assert.Equal(2, await Reports.TrimAsync(TransportDay.Of(Storage.Time.GetUtcNow()), Ct));
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        Assert.Equal((0, 0), (await db.TransportSessions.CountAsync(Ct), await db.TlsReports.CountAsync(Ct)));
    }

    private async Task<Guid> SessionAsync(string slug, string domain)
    {
        var tenant = await Storage.AddTenantAsync(slug, Ct);
        await AddAsync(tenant, domain, TransportSource.Standard);
        return tenant;
    }

    private async Task AddAsync(Guid tenant, string domain, TransportSource source)
    {
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        db.Add(new TransportSessionRow
        {
            TenantId = tenant,
            Day = TransportDay.Of(Storage.Time.GetUtcNow()),
            Domain = domain,
            Policy = TransportPolicyKind.May,
            Source = source,
            MxHost = "mx.b.test",
            Address = "192.0.2.1",
            Result = TlsResult.Success,
            PolicyText = "",
            Sessions = 3,
        });
        await db.SaveChangesAsync(Ct);
    }
}

public sealed class TlsReportsOnSqlite() : TlsReportsContract(new SqliteBackend());

public sealed class TlsReportsOnPostgres(PostgresServer server) : TlsReportsContract(new PostgresBackend(server));
