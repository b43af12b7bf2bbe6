using Platform.Storage.Directory;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Rules;

public abstract class RuleBookContract(IStorageBackend backend) : StorageContract(backend)
{
    [Fact]
    public async Task Rules_of_the_msp_come_before_those_of_the_tenant_and_those_switched_off_not_at_all()
    {
        var (tenant, msp) = await TenantOfMspAsync();
        await MakeAsync(tenant, "own 1");
        await MakeAsync(tenant, "own off", enabled: false);
        await MakeAsync(msp, "msp 1");
        await MakeAsync(tenant, "own 2");

        Assert.Equal([("msp 1", true), ("own 1", false), ("own 2", false)], (await RulesAsync(tenant.Id)).Rules.Select(rule => (rule.Name, rule.FromMsp)));
    }

    [Fact]
    public async Task A_change_is_seen_at_once_and_moves_the_revision()
    {
        var (tenant, msp) = await TenantOfMspAsync();
        var none = await RulesAsync(tenant.Id);
        var id = await MakeAsync(tenant, "first");
        var one = await RulesAsync(tenant.Id);
        await MakeAsync(msp, "second");
        var two = await RulesAsync(tenant.Id);
        await Storage.Get<IRuleCommands>().UpdateAsync(ScopeOf(tenant), id, new RuleChange(Name: "renamed"), Ct);
        var three = await RulesAsync(tenant.Id);

        Assert.Equal(
            [(new(0, 0), 0, ""), (new(1, 0), 1, "first"), (new(1, 1), 2, "first"), (new RuleRevisions(2, 1), 2, "renamed")],
            new[] { none, one, two, three }.Select(set => (set.Revisions, set.Rules.Count, set.Rules.Count == 0 ? "" : set.Rules[^1].Name)));
    }

    [Fact]
    public async Task Another_process_sees_a_change_after_a_moment()
    {
        var (tenant, _) = await TenantOfMspAsync();
        await using var other = await Storage.OpenAgainAsync(Ct);
        Assert.Empty((await other.Get<IRuleBook>().OfAsync((await other.Directory.FindTenantAsync(tenant.Id, Ct))!, Ct)).Rules);
        await MakeAsync(tenant, "rule");
        other.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Single((await other.Get<IRuleBook>().OfAsync((await other.Directory.FindTenantAsync(tenant.Id, Ct))!, Ct)).Rules);
    }

    [Theory]
    [InlineData(PolicyAction.Reject, true, true)]
    [InlineData(PolicyAction.Reject, false, false)]
    [InlineData(PolicyAction.Quarantine, true, false)]
    public async Task A_rule_that_rejects_makes_the_scan_inside_the_session_worth_its_wait(PolicyAction action, bool enabled, bool worth)
    {
        var (tenant, msp) = await TenantOfMspAsync();
        await MakeAsync(msp, "rule", action, enabled);

        Assert.Equal(worth, (await Storage.Directory.FindTenantAsync(tenant.Id, Ct))!.RejectsAnything);
    }

    private async Task<(RuleOwner Tenant, RuleOwner Msp)> TenantOfMspAsync()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "Msp", Ct)).Value;
        return (new RuleOwner(await Storage.AddTenantAsync("acme", Ct, msp), IsMsp: false), new RuleOwner(msp, IsMsp: true));
    }

    private static Scope ScopeOf(RuleOwner owner) =>
        owner.IsMsp ? new Scope(new HashSet<Guid>(), Permissions.All, "test", owner.Id) : Scope.System(owner.Id, "test");

    private async Task<Guid> MakeAsync(RuleOwner owner, string name, PolicyAction action = PolicyAction.Tag, bool enabled = true)
    {
        var made = await Storage.Get<IRuleCommands>().CreateAsync(ScopeOf(owner), owner, new NewRule(name, "attack", action, enabled), Ct);
        Assert.Null(made.Code);
        return made.Id!.Value;
    }

    private async Task<RuleSet> RulesAsync(Guid tenant) => await Storage.Get<IRuleBook>().OfAsync((await Storage.Directory.FindTenantAsync(tenant, Ct))!, Ct);
}

public sealed class RuleBookOnSqlite() : RuleBookContract(new SqliteBackend());

public sealed class RuleBookOnPostgres(PostgresServer server) : RuleBookContract(new PostgresBackend(server));
