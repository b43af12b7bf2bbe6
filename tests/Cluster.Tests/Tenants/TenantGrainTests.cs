using Platform.Cluster.Tests.Support;
using Platform.Engine.Verdicts;
using Platform.Grains.Tenants;
using Platform.Storage.Directory;

namespace Platform.Cluster.Tests.Tenants;

public sealed class TenantGrainTests(PostgresServer postgres)
{
    private static readonly TenantSettings s_acme = new(
        Guid.NewGuid(), Guid.NewGuid(), "acme", "Acme", "ja", ["acme.test"], "smtp://mail.acme.test:25", ["10.0.0.0/8"], null,
        new VerdictPolicy(new Dictionary<VerdictKind, PolicyAction> { [VerdictKind.Spam] = PolicyAction.Reject }), new TenantLimits(3, 4, 5));

    [Fact]
    public async Task Settings_come_over_whole_and_are_read_once_for_both_silos()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        cluster.Directory.Tenant = s_acme;

        foreach (var silo in cluster.Silos)
        {
            var grains = (IGrainFactory)silo.ServiceProvider.GetService(typeof(IGrainFactory))!;
            Assert.Equivalent(s_acme, await grains.GetGrain<ITenantGrain>(s_acme.Id).SettingsAsync(), strict: true);
        }

        Assert.Equal(1, cluster.Directory.Asked);
    }

    [Fact]
    public async Task After_an_invalidation_no_answer_is_old()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        cluster.Directory.Tenant = s_acme;
        var tenant = cluster.Grains.GetGrain<ITenantGrain>(s_acme.Id);
        await tenant.SettingsAsync();

        cluster.Directory.Tenant = s_acme with { Name = "Acme Holdings" };
        await tenant.InvalidateAsync();

        Assert.Equal("Acme Holdings", (await tenant.SettingsAsync())?.Name);
    }

    [Fact]
    public async Task What_a_directory_still_says_just_after_an_invalidation_is_not_kept()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        cluster.Directory.Tenant = s_acme;
        var tenant = cluster.Grains.GetGrain<ITenantGrain>(s_acme.Id);

        // Another process changed the tenant; the directory of this one has not noticed yet.
        await tenant.InvalidateAsync();
        await tenant.SettingsAsync();
        cluster.Directory.Tenant = s_acme with { Name = "Acme Holdings" };
        cluster.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("Acme Holdings", (await tenant.SettingsAsync())?.Name);
    }

    [Fact]
    public async Task A_lost_invalidation_costs_half_a_minute()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        cluster.Directory.Tenant = s_acme;
        var tenant = cluster.Grains.GetGrain<ITenantGrain>(s_acme.Id);
        await tenant.SettingsAsync();

        cluster.Directory.Tenant = s_acme with { Name = "Acme Holdings" };
        cluster.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("Acme Holdings", (await tenant.SettingsAsync())?.Name);
    }

    [Fact]
    public async Task A_tenant_that_is_not_there_has_no_settings()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);

        Assert.Null(await cluster.Grains.GetGrain<ITenantGrain>(Guid.NewGuid()).SettingsAsync());
    }
}
