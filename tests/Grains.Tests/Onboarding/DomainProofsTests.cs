using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Grains.Onboarding.Domains;
using Platform.Grains.Tests.Support;
using Platform.Storage.Model;
using Platform.Storage.Onboarding;
using Platform.Storage.Scopes;

namespace Platform.Grains.Tests.Onboarding;

public sealed class DomainProofsTests : IAsyncLifetime
{
    private const string Domain = "initech.test";
    private const string Record = "_mail-inspection-challenge." + Domain;

    private readonly ScriptedDns _dns = new();
    private FlowHost? _host;

    private FlowHost Host => _host!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await FlowHost.StartAsync(services: services => services.AddKeyedSingleton<Engine.Authentication.Dns.IDnsResolver>(Grains.Onboarding.OnboardingServices.ProofResolver, _dns));

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task The_right_record_among_others_proves_it()
    {
        var claim = await ClaimAsync();
        _dns.Text(Record, "v=spf1 -all", DomainProof.RecordValue(claim.Token));
        await CheckAsync(claim.Id);

        Assert.Equal(DomainClaimState.Proven, (await RowAsync(claim.Id)).State);
    }

    [Fact]
    public async Task Each_thing_that_is_wrong_has_its_name()
    {
        var claim = await ClaimAsync();
        async Task<DomainProblem?> LookAsync()
        {
            Host.Time.Advance(TimeSpan.FromSeconds(5));
            await CheckAsync(claim.Id);
            return (await RowAsync(claim.Id)).Problem;
        }

        Assert.Equal(DomainProblem.NoRecord, await LookAsync());
        _dns.Text(Record, DomainProof.RecordValue("other"));
        Assert.Equal(DomainProblem.OtherValue, await LookAsync());
        _dns.IsSilent = true;
        Assert.Equal(DomainProblem.NoAnswer, await LookAsync());
    }

    [Fact]
    public async Task It_is_not_looked_for_twice_within_two_seconds()
    {
        var claim = await ClaimAsync();
        await CheckAsync(claim.Id);
        await CheckAsync(claim.Id);

        Assert.Equal(1, (await RowAsync(claim.Id)).Checks);
    }

    [Fact]
    public async Task It_is_looked_for_by_itself_when_it_is_due()
    {
        var claim = await ClaimAsync();
        var worker = Host.Get<DomainProofWorker>();
        Assert.False(await worker.RunOnceAsync(Stop));
        _dns.Text(Record, DomainProof.RecordValue(claim.Token));
        Host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await worker.RunOnceAsync(Stop));
        Assert.False(await worker.RunOnceAsync(Stop));
        Assert.Equal(DomainClaimState.Proven, (await RowAsync(claim.Id)).State);
    }

    [Fact]
    public async Task A_claim_out_of_reach_is_not_there()
    {
        var claim = await ClaimAsync();

        Assert.Equal("NOT_FOUND", (await Host.Get<IDomainProofs>().CheckAsync(Scope.System(Guid.NewGuid(), "test"), claim.Id, Stop)).Code);
    }

    private async Task<DomainClaimRow> ClaimAsync()
    {
        var made = await Host.Get<IDomainClaims>().ClaimAsync(Host.Scope, Host.Tenant, Domain, Stop);
        Assert.Null(made.Code);
        return await RowAsync(made.Value);
    }

    private async Task CheckAsync(Guid claim) => Assert.Null((await Host.Get<IDomainProofs>().CheckAsync(Host.Scope, claim, Stop)).Code);

    private async Task<DomainClaimRow> RowAsync(Guid claim)
    {
        await using var database = Host.Get<IPlatformDbFactory>().Open(Host.Scope);
        return await database.DomainClaims.AsNoTracking().SingleAsync(row => row.Id == claim, Stop);
    }
}
