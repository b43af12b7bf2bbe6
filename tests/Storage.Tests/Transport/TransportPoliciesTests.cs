using Microsoft.EntityFrameworkCore;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;
using Platform.Storage.Transport;

namespace Platform.Storage.Tests.Transport;

public abstract class TransportPoliciesContract(IStorageBackend backend) : StorageContract(backend)
{
    private ITransportPolicies Policies => Storage.Get<ITransportPolicies>();

    [Fact]
    public async Task The_word_on_a_domain_goes_before_the_word_on_all()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        Assert.Equal(TransportSetting.Standard, await Policies.FindAsync(tenant, "b.test", Ct));
        await Policies.SetAsync(scope, tenant, TransportPolicyRow.AllDomains, TransportTls.Must, Ct);
        await Policies.SetAsync(scope, tenant, " B.Test ", TransportTls.None, Ct);
        await Policies.SetAsync(scope, tenant, "b.test", TransportTls.Dane, Ct);

        Assert.Equal(new TransportSetting(TransportTls.Dane, TransportSource.Domain), await Policies.FindAsync(tenant, "b.test", Ct));
        Assert.Equal(new TransportSetting(TransportTls.Must, TransportSource.Tenant), await Policies.FindAsync(tenant, "c.test", Ct));
        await using var db = Storage.Open(scope);
        Assert.Equal((2, 3), (await db.TransportPolicies.CountAsync(Ct), await db.Events.CountAsync(row => row.Kind == EventKinds.TransportPolicyChanged, Ct)));
    }

    [Fact]
    public async Task What_is_taken_back_holds_no_more()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        var set = await Policies.SetAsync(scope, tenant, "b.test", TransportTls.Verified, Ct);

        Assert.Null((await Policies.RemoveAsync(scope, set.Value, Ct)).Code);

        Assert.Equal(TransportSetting.Standard, await Policies.FindAsync(tenant, "b.test", Ct));
    }

    [Fact]
    public async Task Another_tenants_is_out_of_reach()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var other = Scope.System(await Storage.AddTenantAsync("globex", Ct), "test");
        var set = await Policies.SetAsync(Scope.System(tenant, "test"), tenant, "b.test", TransportTls.Verified, Ct);

        Assert.Equal("NOT_FOUND", (await Policies.RemoveAsync(other, set.Value, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Policies.SetAsync(other, tenant, "b.test", TransportTls.None, Ct)).Code);
        Assert.Equal(TransportSetting.Standard, await Policies.FindAsync(other.Tenants.Single(), "b.test", Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://b.test")]
    [InlineData("a@b.test")]
    public async Task What_is_no_domain_is_refused(string domain)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);

        Assert.Equal("INVALID_DOMAIN", (await Policies.SetAsync(Scope.System(tenant, "test"), tenant, domain, TransportTls.Must, Ct)).Code);
    }
}

public sealed class TransportPoliciesOnSqlite() : TransportPoliciesContract(new SqliteBackend());

public sealed class TransportPoliciesOnPostgres(PostgresServer server) : TransportPoliciesContract(new PostgresBackend(server));
