using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Audit;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Rules;

public abstract class RuleCommandsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IRuleCommands Rules => Storage.Get<IRuleCommands>();

    [Fact]
    public async Task A_rule_is_kept_as_it_was_given()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner, " Images ", "attachment.type == \"image/png\"", PolicyAction.Tag, enabled: false);

        var row = await RowAsync(scope, id);
        Assert.Equal(
            ("Images", "attachment.type == \"image/png\"", PolicyAction.Tag, false, 1, 1, scope.Actor),
            (row.Name, row.Condition, row.Action, row.Enabled, row.Position, row.Revision, row.ChangedBy));
    }

    [Theory]
    [InlineData("", "attack", "INVALID_NAME", null)]
    [InlineData("a\nb", "attack", "INVALID_NAME", null)]
    [InlineData("x", "", "CONDITION_UNFINISHED", 0)]
    [InlineData("x", "subject contains \"a\0b\"", "CONDITION_BAD_TEXT", 19)]
    [InlineData("x", "colour == \"red\"", "CONDITION_UNKNOWN_FACT", 0)]
    [InlineData("x", "attack and size > \"x\"", "CONDITION_NUMBER_EXPECTED", 18)]
    public async Task A_broken_rule_is_refused_with_its_place(string name, string condition, string code, int? position)
    {
        var (scope, owner) = await TenantAsync("acme");
        var result = await Rules.CreateAsync(scope, owner, new NewRule(name, condition, PolicyAction.Tag, true), Ct);

        Assert.Equal((code, position, 0), (result.Code, result.Error?.Position, (await OrderAsync(scope)).Count));
    }

    [Fact]
    public async Task A_name_that_no_database_takes_is_refused()
    {
        var (scope, owner) = await TenantAsync("acme");
        Assert.Equal("INVALID_NAME", (await Rules.CreateAsync(scope, owner, new NewRule("a\ud83db", "attack", PolicyAction.Tag, true), Ct)).Code);
        Assert.Null((await Rules.CreateAsync(scope, owner, new NewRule("a\ud83d\ude00b", "attack", PolicyAction.Tag, true), Ct)).Code);
    }

    [Fact]
    public async Task A_change_makes_a_new_revision_and_nothing_changed_makes_none()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner);
        await Rules.UpdateAsync(scope, id, new RuleChange(Name: "New", Enabled: false), Ct);
        await Rules.UpdateAsync(scope, id, new RuleChange(Name: "New"), Ct);

        var row = await RowAsync(scope, id);
        Assert.Equal(("New", "attack", false, 2), (row.Name, row.Condition, row.Enabled, row.Revision));
    }

    [Fact]
    public async Task A_change_made_meanwhile_is_not_overwritten()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner);
        await Rules.UpdateAsync(scope, id, new RuleChange(Name: "Theirs", Expected: 1), Ct);
        var late = await Rules.UpdateAsync(scope, id, new RuleChange(Name: "Mine", Expected: 1), Ct);

        Assert.Equal(("RULE_CHANGED", "Theirs"), (late.Code, (await RowAsync(scope, id)).Name));
    }

    [Fact]
    public async Task A_changed_condition_must_be_good_too()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner);
        Assert.Equal(("CONDITION_UNEXPECTED", "attack"), ((await Rules.UpdateAsync(scope, id, new RuleChange(Condition: "attack attack"), Ct)).Code, (await RowAsync(scope, id)).Condition));
    }

    [Fact]
    public async Task A_deleted_rule_is_gone_once()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner);
        Assert.Null((await Rules.DeleteAsync(scope, id, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Rules.DeleteAsync(scope, id, Ct)).Code);
        Assert.Empty(await OrderAsync(scope));
    }

    [Fact]
    public async Task An_order_names_every_rule_once()
    {
        var (scope, owner) = await TenantAsync("acme");
        var a = await MadeAsync(scope, owner);
        var b = await MadeAsync(scope, owner);
        Guid[][] wrong = [[a], [a, a], [a, b, Guid.NewGuid()], []];
        foreach (var order in wrong)
            Assert.Equal("RULE_ORDER_INCOMPLETE", (await Rules.ReorderAsync(scope, owner, order, Ct)).Code);

        Assert.Null((await Rules.ReorderAsync(scope, owner, [b, a], Ct)).Code);
        Assert.Equal([b, a], await OrderAsync(scope));
    }

    [Fact]
    public async Task The_number_of_rules_is_bounded()
    {
        var (scope, owner) = await TenantAsync("acme");
        for (var i = 0; i < RuleLimits.MaxRules; i++)
            await MadeAsync(scope, owner);
        Assert.Equal("TOO_MANY_RULES", (await Rules.CreateAsync(scope, owner, new NewRule("x", "attack", PolicyAction.Tag, true), Ct)).Code);
    }

    [Fact]
    public async Task The_length_of_all_conditions_is_bounded()
    {
        var (scope, owner) = await TenantAsync("acme");
        var dear = "attack" + new string(' ', 7_900);
        var small = await MadeAsync(scope, owner);
        for (var i = 0; i < RuleLimits.MaxConditions / dear.Length; i++)
            await MadeAsync(scope, owner, condition: dear);
        Assert.Equal("RULES_TOO_LONG", (await Rules.CreateAsync(scope, owner, new NewRule("x", dear, PolicyAction.Tag, true), Ct)).Code);
        Assert.Equal("RULES_TOO_LONG", (await Rules.UpdateAsync(scope, small, new RuleChange(Condition: dear), Ct)).Code);
    }

    [Fact]
    public async Task Rules_made_at_once_get_places_of_their_own()
    {
        var (scope, owner) = await TenantAsync("acme");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MadeAsync(scope, owner)));

        await using var db = Storage.Open(scope);
        Assert.Equal(Enumerable.Range(1, 8), await db.Rules.OrderBy(r => r.Position).Select(r => r.Position).ToListAsync(Ct));
    }

    [Fact]
    public async Task Another_tenants_rule_does_not_exist_for_the_caller()
    {
        var (scope, owner) = await TenantAsync("acme");
        var (other, _) = await TenantAsync("globex");
        var id = await MadeAsync(scope, owner);

        string?[] codes =
        [
            (await Rules.CreateAsync(other, owner, new NewRule("x", "attack", PolicyAction.Tag, true), Ct)).Code,
            (await Rules.UpdateAsync(other, id, new RuleChange("x"), Ct)).Code,
            (await Rules.DeleteAsync(other, id, Ct)).Code,
            (await Rules.ReorderAsync(other, owner, [id], Ct)).Code,
        ];
        Assert.All(codes, code => Assert.Equal("NOT_FOUND", code));
        Assert.Empty(await OrderAsync(other));
    }

    [Fact]
    public async Task A_rule_of_the_msp_is_seen_by_its_tenants_and_changed_by_itself_alone()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "Msp", Ct)).Value;
        var (tenant, _) = await TenantAsync("acme", msp);
        var (stranger, _) = await TenantAsync("globex");
        var ofMsp = new Scope(tenant.Tenants, Permissions.All, "client:msp", msp);
        var owner = new RuleOwner(msp, IsMsp: true);
        var id = await MadeAsync(ofMsp, owner);

        Assert.Equal([id], await OrderAsync(tenant));
        Assert.Empty(await OrderAsync(stranger));
        Assert.Equal("RULE_INHERITED", (await Rules.UpdateAsync(tenant, id, new RuleChange("x"), Ct)).Code);
        Assert.Equal("RULE_INHERITED", (await Rules.CreateAsync(tenant, owner, new NewRule("x", "attack", PolicyAction.Tag, true), Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Rules.DeleteAsync(stranger, id, Ct)).Code);
        Assert.Null((await Rules.DeleteAsync(ofMsp, id, Ct)).Code);
    }

    [Fact]
    public async Task A_caller_without_permission_is_refused()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner);
        var reader = scope with { Permissions = Permissions.ReadOnly };
        await Assert.ThrowsAsync<PermissionDeniedException>(() => MadeAsync(reader, owner));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Rules.UpdateAsync(reader, id, new RuleChange("x"), Ct));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Rules.DeleteAsync(reader, id, Ct));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Rules.ReorderAsync(reader, owner, [id], Ct));
    }

    [Fact]
    public async Task Each_change_is_one_event_and_one_link_of_the_audit_chain()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner);
        await Rules.UpdateAsync(scope, id, new RuleChange(Enabled: false), Ct);
        await Rules.ReorderAsync(scope, owner, [id], Ct);
        await Rules.DeleteAsync(scope, id, Ct);

        await using var db = Storage.Open(scope);
        var told = await db.Events.Where(e => e.Kind == EventKinds.RuleChanged).OrderBy(e => e.Sequence).Select(e => e.Data).ToListAsync(Ct);
        Assert.Equal(["create", "update", "reorder", "delete"], told.Select(data => JsonDocument.Parse(data).RootElement.GetProperty("action").GetString()));
        Assert.Equal(2, JsonDocument.Parse(told[1]).RootElement.GetProperty("rule").GetProperty("revision").GetInt32());
        Assert.Equal(
            ["rule.create", "rule.update", "rule.reorder", "rule.delete"],
            await db.Audit.Where(a => a.Action.StartsWith("rule.")).OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync(Ct));
        Assert.Null(await Storage.Get<IAuditLog>().FindBreakAsync(scope, owner.Id, Ct));
    }

    [Fact]
    public async Task Every_tenant_of_the_msp_is_told_of_a_change()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "Msp", Ct)).Value;
        var (acme, _) = await TenantAsync("acme", msp);
        var (globex, _) = await TenantAsync("globex", msp);
        var (stranger, _) = await TenantAsync("initech");
        await MadeAsync(new Scope(acme.Tenants, Permissions.All, "client:msp", msp), new RuleOwner(msp, IsMsp: true));

        Assert.Equal((1, 1, 0), (await ToldAsync(acme), await ToldAsync(globex), await ToldAsync(stranger)));
    }

    [Fact]
    public async Task A_refused_change_leaves_no_trace()
    {
        var (scope, owner) = await TenantAsync("acme");
        var before = (await Storage.Directory.FindTenantAsync(owner.Id, Ct))!.Rules;
        await Rules.ReorderAsync(scope, owner, [Guid.NewGuid()], Ct);

        Assert.Equal((before, 0), ((await Storage.Directory.FindTenantAsync(owner.Id, Ct))!.Rules, await ToldAsync(scope)));
    }

    private async Task<int> ToldAsync(Scope scope)
    {
        await using var db = Storage.Open(scope);
        return await db.Events.CountAsync(e => e.Kind == EventKinds.RuleChanged, Ct);
    }

    private async Task<(Scope Scope, RuleOwner Owner)> TenantAsync(string slug, Guid? msp = null)
    {
        var tenant = await Storage.AddTenantAsync(slug, Ct, msp);
        return (new Scope(new HashSet<Guid> { tenant }, Permissions.All, $"client:{slug}"), new RuleOwner(tenant, IsMsp: false));
    }

    private async Task<Guid> MadeAsync(Scope scope, RuleOwner owner, string name = "Rule", string condition = "attack", PolicyAction action = PolicyAction.Reject, bool enabled = true)
    {
        var result = await Rules.CreateAsync(scope, owner, new NewRule(name, condition, action, enabled), Ct);
        Assert.Null(result.Code);
        return result.Id!.Value;
    }

    private async Task<RuleRow> RowAsync(Scope scope, Guid id)
    {
        await using var db = Storage.Open(scope);
        return await db.Rules.AsNoTracking().SingleAsync(r => r.Id == id, Ct);
    }

    private async Task<List<Guid>> OrderAsync(Scope scope)
    {
        await using var db = Storage.Open(scope);
        return await db.Rules.OrderBy(r => r.Position).Select(r => r.Id).ToListAsync(Ct);
    }
}

public sealed class RuleCommandsOnSqlite() : RuleCommandsContract(new SqliteBackend());

public sealed class RuleCommandsOnPostgres(PostgresServer server) : RuleCommandsContract(new PostgresBackend(server));
