using Microsoft.EntityFrameworkCore;
using Platform.Storage.Events;
using Platform.Storage.Model;
using Platform.Storage.Onboarding;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Onboarding;

public abstract class DomainClaimsContract(IStorageBackend backend) : StorageContract(backend)
{
    private const string Domain = "initech.test";

    private IDomainClaims Claims => Storage.Get<IDomainClaims>();

    [Theory]
    [InlineData("no dots", "INVALID_DOMAIN")]
    [InlineData("192.0.2.1", "INVALID_DOMAIN")]
    [InlineData("acme.test", "DOMAIN_TAKEN")]
    [InlineData("ACME.test", "DOMAIN_TAKEN")]
    [InlineData("INITECH.test", null)]
    public async Task What_is_claimed_is_a_domain_that_nobody_has_proven(string domain, string? code)
    {
        await Storage.AddTenantAsync("acme", Ct);
        var tenant = await Storage.AddTenantAsync("globex", Ct);

        Assert.Equal(code, (await Claims.ClaimAsync(Scope.System(tenant, "test"), tenant, domain, Ct)).Code);
    }

    [Fact]
    public async Task A_claim_takes_no_mail_and_keeps_nobody_from_claiming_the_same()
    {
        var (first, second) = (await Storage.AddTenantAsync("acme", Ct), await Storage.AddTenantAsync("globex", Ct));
        await ClaimAsync(first);
        var claim = await ClaimAsync(second);

        Assert.Null((await Storage.Directory.FindAsync("info", Domain, Ct)).Tenant);
        Assert.Equal("DOMAIN_UNKNOWN", (await Storage.Commands.AddMailboxAsync(Scope.System(first, "test"), first, "x@" + Domain, null, Ct)).Code);
        await Claims.SettleAsync(Scope.System(second, "test"), claim, null, Ct);
        Assert.Equal(second, (await Storage.Directory.FindAsync("info", Domain, Ct)).Tenant?.Id);
    }

    [Fact]
    public async Task Of_two_that_prove_it_the_second_is_told_that_it_is_taken()
    {
        var (first, second) = (await Storage.AddTenantAsync("acme", Ct), await Storage.AddTenantAsync("globex", Ct));
        var (one, other) = (await ClaimAsync(first), await ClaimAsync(second));
        await Claims.SettleAsync(Scope.System(first, "test"), one, null, Ct);
        await Claims.SettleAsync(Scope.System(second, "test"), other, null, Ct);

        var row = await RowAsync(second, other);
        Assert.Equal((DomainClaimState.Failed, DomainProblem.Taken, (DateTimeOffset?)null), (row.State, row.Problem, row.DueAt));
        Assert.Equal(first, (await Storage.Directory.FindAsync("info", Domain, Ct)).Tenant?.Id);
        Assert.Equal([EventKinds.DomainFailed], await KindsAsync(second));
    }

    [Fact]
    public async Task A_proven_claim_is_one_event_and_the_domain_has_its_id()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var claim = await ClaimAsync(tenant);
        await Claims.SettleAsync(Scope.System(tenant, "test"), claim, null, Ct);
        await Claims.SettleAsync(Scope.System(tenant, "test"), claim, DomainProblem.NoRecord, Ct);

        await using var db = Storage.Open(Scope.System(tenant, "test"));
        Assert.Equal(claim, (await db.Domains.SingleAsync(row => row.Name == Domain, Ct)).Id);
        Assert.Equal(DomainClaimState.Proven, (await RowAsync(tenant, claim)).State);
        Assert.Equal([EventKinds.DomainProven], await KindsAsync(tenant));
        Assert.Equal(["domain.claim", "domain.prove"], (await db.Audit.OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(Ct)).TakeLast(2));
        Assert.Equal("CLAIM_PROVEN", (await Claims.WithdrawAsync(Scope.System(tenant, "test"), claim, Ct)).Code);
    }

    [Fact]
    public async Task It_is_looked_for_ever_more_seldom_and_after_a_week_no_more_until_somebody_asks()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        var claim = await ClaimAsync(tenant);
        Assert.Null(await Claims.TakeDueAsync(TimeSpan.FromMinutes(1), Ct));
        var looks = 0;
        var waits = new List<TimeSpan>();
        while ((await RowAsync(tenant, claim)) is { DueAt: { } due })
        {
            waits.Add(due - Storage.Time.GetUtcNow());
            Storage.Time.Advance(waits[^1]);
            Assert.Equal(Domain, (await Claims.TakeDueAsync(TimeSpan.FromMinutes(1), Ct))?.Name);
            Assert.Null(await Claims.TakeDueAsync(TimeSpan.FromMinutes(1), Ct));
            await Claims.SettleAsync(scope, claim, DomainProblem.NoRecord, Ct);
            looks++;
        }

        Assert.Equal(waits.Order(), waits);
        Assert.InRange(looks, 50, 80);
        Assert.Equal((DomainClaimState.Failed, DomainProblem.Expired), ((await RowAsync(tenant, claim)).State, (await RowAsync(tenant, claim)).Problem));
        Assert.Equal([EventKinds.DomainFailed], await KindsAsync(tenant));

        Assert.Equal(claim, await ClaimAsync(tenant));
        Assert.Equal(DomainClaimState.Pending, (await RowAsync(tenant, claim)).State);
    }

    [Fact]
    public async Task Another_tenants_claim_does_not_exist()
    {
        var (mine, other) = (await Storage.AddTenantAsync("acme", Ct), await Storage.AddTenantAsync("globex", Ct));
        var claim = await ClaimAsync(other);
        await Claims.SettleAsync(Scope.System(mine, "test"), claim, null, Ct);

        Assert.Equal("NOT_FOUND", (await Claims.WithdrawAsync(Scope.System(mine, "test"), claim, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Claims.ClaimAsync(Scope.System(mine, "test"), other, Domain, Ct)).Code);
        Assert.Equal(DomainClaimState.Pending, (await RowAsync(other, claim)).State);
        Assert.Null((await Claims.WithdrawAsync(Scope.System(other, "test"), claim, Ct)).Code);
    }

    [Fact]
    public async Task A_plan_counts_domains_and_open_claims()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await Storage.Get<ITenantPlans>().SetAsync(Scope.System(tenant, "test"), tenant, new TenantPlan("Small", Domains: 2), Ct);
        await ClaimAsync(tenant);

        Assert.Equal("PLAN_LIMIT", (await Claims.ClaimAsync(Scope.System(tenant, "test"), tenant, "third.test", Ct)).Code);
        Assert.Null((await Claims.ClaimAsync(Scope.System(tenant, "test"), tenant, Domain, Ct)).Code);
    }

    private async Task<Guid> ClaimAsync(Guid tenant)
    {
        var made = await Claims.ClaimAsync(Scope.System(tenant, "test"), tenant, Domain, Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    private async Task<DomainClaimRow> RowAsync(Guid tenant, Guid claim)
    {
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        return await db.DomainClaims.AsNoTracking().SingleAsync(row => row.Id == claim, Ct);
    }

    private async Task<List<string>> KindsAsync(Guid tenant)
    {
        await using PlatformDb db = Storage.Open(Scope.System(tenant, "test"));
        return await db.Events.Where(row => row.Kind.StartsWith("domain.")).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync(Ct);
    }
}

public sealed class DomainClaimsOnSqlite() : DomainClaimsContract(new SqliteBackend());

public sealed class DomainClaimsOnPostgres(PostgresServer server) : DomainClaimsContract(new PostgresBackend(server));
