using Microsoft.EntityFrameworkCore;
using Platform.Engine.Feeds;
using Platform.Storage.Audit;
using Platform.Storage.Directory;
using Platform.Storage.Lists;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Lists;

public abstract class ListCommandsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IListCommands Commands => Storage.Get<IListCommands>();

    [Fact]
    public async Task A_value_is_kept_as_mail_is_compared_with_it()
    {
        var scope = await TenantAsync("acme");

        Assert.Null((await AddAsync(scope, Block("Who@Bücher.example"))).Code);

        await using var db = Storage.Open(scope);
        Assert.Equal("who@xn--bcher-kva.example", await db.ListEntries.Select(row => row.Value).SingleAsync(Ct));
    }

    [Theory]
    [InlineData("acme.test", "INVALID_LIST_NETWORKS")]
    [InlineData("no value", "INVALID_LIST_VALUE")]
    public async Task An_entry_keeps_the_rules(string value, string code)
    {
        Assert.Equal(code, (await AddAsync(await TenantAsync("acme"), Allow(value))).Code);
    }

    [Fact]
    public async Task The_domains_of_an_MSP_are_those_of_its_tenants()
    {
        var (msp, scope) = await MspAsync("acme");

        Assert.Equal("INVALID_LIST_NETWORKS", (await Commands.AddAsync(scope, ListOwner.Msp(msp), Allow("acme.test"), Ct)).Code);
    }

    [Fact]
    public async Task An_end_lies_in_the_future()
    {
        Assert.Equal("INVALID_LIST_EXPIRY", (await AddAsync(await TenantAsync("acme"), Block("a.example") with { ExpiresAt = Storage.Time.GetUtcNow() })).Code);
    }

    [Theory]
    [InlineData(ListAction.Block, false, "LIST_ENTRY_EXISTS")]
    [InlineData(ListAction.Allow, false, "LIST_ENTRY_CONFLICT")]
    [InlineData(ListAction.Block, true, null)]
    public async Task A_value_stands_once_in_the_lists_of_an_owner(ListAction action, bool exact, string? code)
    {
        var scope = await TenantAsync("acme");
        await AddAsync(scope, Block("Partner.example"));

        Assert.Equal(code, (await AddAsync(scope, Block("partner.example") with { Action = action, IsExact = exact })).Code);
    }

    [Fact]
    public async Task Two_owners_list_the_same_value()
    {
        var (msp, scope) = await MspAsync("acme");
        await AddAsync(scope, Block("partner.example"));

        Assert.Null((await Commands.AddAsync(scope, ListOwner.Msp(msp), Allow("partner.example"), Ct)).Code);
    }

    [Fact]
    public async Task A_change_names_what_changes()
    {
        var scope = await TenantAsync("acme");
        var id = (await AddAsync(scope, Allow("partner.example") with { Note = "old", ExpiresAt = Storage.Time.GetUtcNow().AddDays(1) })).Value;

        Assert.Null((await Commands.UpdateAsync(scope, id, new ListEntryChange(Networks: ["192.0.2.0/24"], NeverExpires: true), Ct)).Code);

        await using var db = Storage.Open(scope);
        var row = await db.ListEntries.SingleAsync(Ct);
        Assert.Equal((ListAction.Allow, "old", "[\"192.0.2.0/24\"]", null), (row.Action, row.Note, row.Networks, row.ExpiresAt));
    }

    [Fact]
    public async Task A_change_keeps_the_rules()
    {
        var scope = await TenantAsync("acme");
        var id = (await AddAsync(scope, Block("co.jp"))).Value;
        var exact = (await AddAsync(scope, Block("co.jp") with { IsExact = true })).Value;

        Assert.Equal("INVALID_LIST_VALUE", (await Commands.UpdateAsync(scope, id, new ListEntryChange(Action: ListAction.Allow), Ct)).Code);
        Assert.Equal("LIST_ENTRY_EXISTS", (await Commands.UpdateAsync(scope, exact, new ListEntryChange(IsExact: false), Ct)).Code);
    }

    [Fact]
    public async Task A_removed_entry_is_gone_once()
    {
        var scope = await TenantAsync("acme");
        var id = (await AddAsync(scope, Block("a.example"))).Value;

        Assert.Null((await Commands.RemoveAsync(scope, id, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.RemoveAsync(scope, id, Ct)).Code);
    }

    [Fact]
    public async Task An_inherited_entry_is_the_MSPs_to_change()
    {
        var (msp, scope) = await MspAsync("acme");
        var id = (await Commands.AddAsync(scope, ListOwner.Msp(msp), Block("a.example"), Ct)).Value;
        var tenant = scope with { MspId = null };

        Assert.Equal("LIST_ENTRY_INHERITED", (await Commands.RemoveAsync(tenant, id, Ct)).Code);
        Assert.Equal("LIST_ENTRY_INHERITED", (await Commands.UpdateAsync(tenant, id, new ListEntryChange(Note: "x"), Ct)).Code);
        Assert.Equal("FORBIDDEN", (await Commands.AddAsync(tenant, ListOwner.Msp(msp), Block("b.example"), Ct)).Code);
        Assert.Null((await Commands.RemoveAsync(scope, id, Ct)).Code);
    }

    [Fact]
    public async Task Another_owners_entries_do_not_exist_for_the_caller()
    {
        var mine = await TenantAsync("acme");
        var (msp, other) = await MspAsync("globex");
        var ofTenant = (await AddAsync(other, Block("a.example"))).Value;
        var ofMsp = (await Commands.AddAsync(other, ListOwner.Msp(msp), Block("a.example"), Ct)).Value;

        Assert.Equal("NOT_FOUND", (await Commands.AddAsync(mine, ListOwner.Tenant(other.Tenants.Single()), Block("b.example"), Ct)).Code);
        foreach (var id in new[] { ofTenant, ofMsp })
        {
            Assert.Equal("NOT_FOUND", (await Commands.RemoveAsync(mine, id, Ct)).Code);
            Assert.Equal("NOT_FOUND", (await Commands.UpdateAsync(mine, id, new ListEntryChange(Note: "x"), Ct)).Code);
        }
    }

    [Fact]
    public async Task Who_may_only_read_changes_nothing()
    {
        var scope = await TenantAsync("acme") with { Permissions = Permissions.ReadOnly };

        await Assert.ThrowsAsync<PermissionDeniedException>(() => AddAsync(scope, Block("a.example")));
    }

    [Fact]
    public async Task Each_change_is_one_event_and_one_link_of_the_audit_chain()
    {
        var scope = await TenantAsync("acme");
        var id = (await AddAsync(scope, Block("a.example"))).Value;
        await Commands.UpdateAsync(scope, id, new ListEntryChange(Note: "x"), Ct);
        await Commands.RemoveAsync(scope, id, Ct);
        await Commands.ImportAsync(scope, ListOwner.Tenant(scope.Tenants.Single()), ListAction.Block, "b.example\nc.example", Ct);
        await AddAsync(scope, Block("no value"));

        await using var db = Storage.Open(scope);
        Assert.Equal(4, await db.Events.CountAsync(e => e.Kind == "list.changed", Ct));
        Assert.Equal(
            [("list.add", "block domain a.example"), ("list.update", "block domain a.example"), ("list.remove", "block domain a.example"), ("list.import", "2 entries")],
            (await db.Audit.Where(a => a.Action.StartsWith("list.")).OrderBy(a => a.Sequence).ToListAsync(Ct)).Select(a => (a.Action, a.Target)));
        Assert.Null(await Storage.Get<IAuditLog>().FindBreakAsync(scope, scope.Tenants.Single(), Ct));
    }

    [Fact]
    public async Task A_change_of_the_MSPs_list_is_told_to_each_of_its_tenants_and_no_other()
    {
        var (msp, scope) = await MspAsync("acme");
        var second = await Storage.AddTenantAsync("initech", Ct, msp);
        var stranger = await Storage.AddTenantAsync("globex", Ct);

        await Commands.AddAsync(scope, ListOwner.Msp(msp), Block("a.example"), Ct);

        foreach (var (tenant, told) in new[] { (scope.Tenants.Single(), 1), (second, 1), (stranger, 0) })
        {
            await using var db = Storage.Open(Scope.System(tenant, "test"));
            Assert.Equal(told, await db.Events.CountAsync(e => e.Kind == "list.changed" && e.Data.Contains("\"origin\":\"msp\""), Ct));
            Assert.Equal(told, await db.Audit.CountAsync(a => a.Action == "list.add", Ct));
        }
    }

    [Fact]
    public async Task Of_an_import_each_line_is_added_or_there_already_or_refused()
    {
        var scope = await TenantAsync("acme");
        await AddAsync(scope, Allow("there.example"));

        var result = (await Commands.ImportAsync(scope, ListOwner.Tenant(scope.Tenants.Single()), ListAction.Allow, "# partners\r\nnew.example\r\nTHERE.example # known\r\nno value\r\n\r\nnew.example\r\nacme.test\r\n192.0.2.0/24", Ct)).Value!;

        Assert.Equal((2, 2), (result.Added, result.Unchanged));
        Assert.Equal([(4, "INVALID_LIST_VALUE", "no value"), (7, "INVALID_LIST_NETWORKS", "acme.test")], result.Refused.Select(line => (line.Line, line.Code, line.Text)));
    }

    [Fact]
    public async Task A_line_that_contradicts_the_opposite_list_is_refused()
    {
        var scope = await TenantAsync("acme");
        await AddAsync(scope, Allow("there.example"));

        var result = (await Commands.ImportAsync(scope, ListOwner.Tenant(scope.Tenants.Single()), ListAction.Block, "there.example", Ct)).Value!;

        Assert.Equal("LIST_ENTRY_CONFLICT", Assert.Single(result.Refused).Code);
    }

    [Fact]
    public async Task Adds_at_the_same_time_leave_one_entry()
    {
        var scope = await TenantAsync("acme");

        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AddAsync(scope, Block("a.example"))));

        Assert.Equal(1, codes.Count(result => result.Succeeded));
        Assert.Equal(7, codes.Count(result => result.Code == "LIST_ENTRY_EXISTS"));
    }

    private static NewListEntry Block(string value) => new(ListAction.Block, null, value, IsExact: false, [], "", null);

    private static NewListEntry Allow(string value) => Block(value) with { Action = ListAction.Allow };

    private Task<CommandResult<Guid>> AddAsync(Scope scope, NewListEntry entry) => Commands.AddAsync(scope, ListOwner.Tenant(scope.Tenants.Single()), entry, Ct);

    private async Task<Scope> TenantAsync(string slug) => Scope.System(await Storage.AddTenantAsync(slug, Ct), "test");

    private async Task<(Guid Msp, Scope Scope)> MspAsync(string slug)
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp-of-" + slug, "MSP", Ct)).Value;
        return (msp, new Scope(new HashSet<Guid> { await Storage.AddTenantAsync(slug, Ct, msp) }, Permissions.All, "client:msp", msp));
    }
}

public sealed class ListCommandsOnSqlite() : ListCommandsContract(new SqliteBackend());

public sealed class ListCommandsOnPostgres(PostgresServer server) : ListCommandsContract(new PostgresBackend(server));
