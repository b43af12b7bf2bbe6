using Platform.Engine.Feeds;
using Platform.Storage.Lists;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Lists;

/// <summary>Lists as people read them and as the scan asks them.</summary>
public abstract class ListReadingContract(IStorageBackend backend) : StorageContract(backend)
{
    private IListCommands Commands => Storage.Get<IListCommands>();

    private IListReading Reading => Storage.Get<IListReading>();

    [Fact]
    public async Task A_tenant_sees_its_own_entries_and_those_it_inherits_and_whose_they_are()
    {
        var world = await WorldAsync();

        Assert.Equal(
            [("own.example", ListOrigin.Tenant, true), ("msp.example", ListOrigin.Msp, false)],
            (await PageAsync(world.Acme)).Select(entry => (entry.Row.Value, entry.Origin, entry.ByWhom)));
    }

    [Fact]
    public async Task An_MSP_sees_the_lists_of_its_tenants_and_its_own_and_no_others()
    {
        var world = await WorldAsync();

        Assert.Equal(
            [("other.example", ListOrigin.Tenant, true), ("own.example", ListOrigin.Tenant, true), ("msp.example", ListOrigin.Msp, true)],
            (await PageAsync(world.Msp)).Select(entry => (entry.Row.Value, entry.Origin, entry.ByWhom)));
    }

    [Fact]
    public async Task An_entry_out_of_reach_is_not_found()
    {
        var world = await WorldAsync();
        var mine = (await PageAsync(world.Acme))[0].Row.Id;

        Assert.NotNull(await Reading.FindAsync(world.Acme, mine, Ct));
        Assert.Null(await Reading.FindAsync(world.Globex, mine, Ct));
        Assert.Null(await Reading.FindAsync(world.Stranger, (await PageAsync(world.Acme))[1].Row.Id, Ct));
    }

    [Fact]
    public async Task A_list_is_not_read_without_permission()
    {
        var world = await WorldAsync();

        await Assert.ThrowsAsync<PermissionDeniedException>(() => PageAsync(world.Acme with { Permissions = new HashSet<string> { Permissions.MessagesRead } }));
    }

    public static TheoryData<string, ListQuery> Queries() => new()
    {
        { "own.example,msp.example", new ListQuery(Action: ListAction.Block) },
        { "", new ListQuery(Action: ListAction.Allow) },
        { "", new ListQuery(Kinds: [ListEntryKind.Address]) },
        { "own.example,msp.example", new ListQuery(Kinds: [ListEntryKind.Address, ListEntryKind.Domain]) },
        { "own.example", new ListQuery(Origin: ListOrigin.Tenant) },
        { "msp.example", new ListQuery(Origin: ListOrigin.Msp) },
        { "msp.example", new ListQuery(Search: "MSP") },
        { "own.example", new ListQuery(Search: "a note") },
        { "own.example,msp.example", new ListQuery(IsExpired: false) },
        { "", new ListQuery(IsExpired: true) },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_query_finds_what_it_asks_for(string found, ListQuery query)
    {
        var world = await WorldAsync();
        var entries = await Reading.PageAsync(world.Acme, query, null, 10, Ct);

        Assert.Equal(found, string.Join(',', entries.Select(entry => entry.Row.Value)));
        Assert.Equal(entries.Count, await Reading.CountAsync(world.Acme, query, Ct));
    }

    [Fact]
    public async Task An_ended_entry_is_shown_as_ended()
    {
        var world = await WorldAsync();
        await AddAsync(world.Acme, "short.example", Storage.Time.GetUtcNow().AddHours(1));
        Storage.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("short.example", Assert.Single(await Reading.PageAsync(world.Acme, new ListQuery(IsExpired: true), null, 10, Ct)).Row.Value);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap()
    {
        var world = await WorldAsync();
        await Commands.ImportAsync(world.Acme, ListOwner.Tenant(world.Acme.Tenants.Single()), ListAction.Block, string.Join('\n', Enumerable.Range(0, 7).Select(i => $"n{i}.example")), Ct);
        List<Guid> seen = [];
        (DateTimeOffset, Guid)? after = null;
        while (await Reading.PageAsync(world.Acme, new ListQuery(), after, 2, Ct) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(entry => entry.Row.Id));
            after = (page[^1].Row.CreatedAt, page[^1].Row.Id);
        }

        Assert.Equal((9, 9), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task An_export_reads_back_as_it_was()
    {
        var world = await WorldAsync();
        var acme = ListOwner.Tenant(world.Acme.Tenants.Single());
        var export = await Reading.ExportAsync(world.Acme, acme, Ct);
        await Commands.RemoveAsync(world.Acme, (await PageAsync(world.Acme))[0].Row.Id, Ct);

        Assert.Equal(1, (await Commands.ImportAsync(world.Acme, acme, ListAction.Allow, export.Text, Ct)).Value!.Added);
        Assert.Equal(export.Text, (await Reading.ExportAsync(world.Acme, acme, Ct)).Text);
    }

    [Fact]
    public async Task An_export_of_a_list_out_of_reach_is_empty()
    {
        var world = await WorldAsync();

        Assert.Equal((0, 0), await CountAsync(world.Globex, ListOwner.Tenant(world.Acme.Tenants.Single())));

        async Task<(int, long)> CountAsync(Scope scope, ListOwner owner) => await Reading.ExportAsync(scope, owner, Ct) is var export ? (export.Count, export.Revision) : default;
    }

    [Fact]
    public async Task Mail_of_a_tenant_meets_its_own_list_and_that_of_its_MSP()
    {
        var world = await WorldAsync();

        Assert.Equal([(ListEntry.OfTenant, "own.example"), (ListEntry.OfMsp, "msp.example")], await MetAsync(world.Acme, "own.example", "msp.example", "other.example"));
        Assert.Equal([], await MetAsync(world.Stranger, "own.example", "msp.example", "other.example"));
    }

    [Fact]
    public async Task A_change_holds_for_the_next_mail()
    {
        var world = await WorldAsync();
        await MetAsync(world.Acme, "own.example");

        await Commands.RemoveAsync(world.Acme, (await PageAsync(world.Acme))[0].Row.Id, Ct);
        Assert.Equal([], await MetAsync(world.Acme, "own.example"));

        await AddAsync(world.Acme, "own.example");
        Assert.Single(await MetAsync(world.Acme, "own.example"));
    }

    [Fact]
    public async Task A_change_by_another_process_holds_within_two_seconds()
    {
        var world = await WorldAsync();
        await MetAsync(world.Acme, "new.example", "by-msp.example");
        await using var other = await Storage.OpenAgainAsync(Ct);
        await other.Get<IListCommands>().AddAsync(world.Acme, ListOwner.Tenant(world.Acme.Tenants.Single()), Block("new.example", null), Ct);
        await other.Get<IListCommands>().AddAsync(world.Msp, ListOwner.Msp(world.Msp.MspId!.Value), Block("by-msp.example", null), Ct);

        Storage.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["new.example", "by-msp.example"], (await MetAsync(world.Acme, "new.example", "by-msp.example")).Select(entry => entry.Value));
    }

    [Fact]
    public async Task Without_any_entry_there_is_nothing_to_ask()
    {
        var world = await WorldAsync();
        var tenant = await Storage.Directory.FindTenantAsync(world.Stranger.Tenants.Single(), Ct);

        Assert.Null(await Storage.Get<ITenantLists>().OfAsync(tenant!, Ct));
    }

    private static NewListEntry Block(string value, DateTimeOffset? end, string note = "") => new(ListAction.Block, null, value, IsExact: false, [], note, end);

    private async Task<IReadOnlyList<ListedEntry>> PageAsync(Scope scope) => await Reading.PageAsync(scope, new ListQuery(), null, 10, Ct);

    private async Task AddAsync(Scope scope, string value, DateTimeOffset? end = null, string note = "")
    {
        Storage.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null((await Commands.AddAsync(scope, ListOwner.Tenant(scope.Tenants.Single()), Block(value, end, note), Ct)).Code);
    }

    private async Task<IReadOnlyList<(string Owner, string Value)>> MetAsync(Scope scope, params string[] domains)
    {
        var tenant = await Storage.Directory.FindTenantAsync(scope.Tenants.Single(), Ct);
        var entries = await Storage.Get<ITenantLists>().OfAsync(tenant!, Ct);
        return [.. (entries?.Match(new FeedQuestions([], [], [], [.. domains.Select(domain => "x@" + domain)], null), Storage.Time.GetUtcNow()) ?? []).Select(entry => (entry.Owner, entry.Value))];
    }

    /// <summary>An MSP with two tenants, and a tenant of no MSP; each tenant of the MSP with an entry, and the MSP with one, made first.</summary>
    private async Task<World> WorldAsync()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "MSP", Ct)).Value;
        var acme = await Storage.AddTenantAsync("acme", Ct, msp);
        var globex = await Storage.AddTenantAsync("globex", Ct, msp);
        var world = new World(
            new Scope(new HashSet<Guid> { acme, globex }, Permissions.All, "client:msp", msp),
            Scope.System(acme, "test"),
            Scope.System(globex, "test"),
            Scope.System(await Storage.AddTenantAsync("stranger", Ct), "test"));
        Assert.Null((await Commands.AddAsync(world.Msp, ListOwner.Msp(msp), Block("msp.example", null), Ct)).Code);
        await AddAsync(world.Acme, "own.example", note: "=A note, with \"signs\"");
        await AddAsync(world.Globex, "other.example");
        return world;
    }

    private sealed record World(Scope Msp, Scope Acme, Scope Globex, Scope Stranger);
}

public sealed class ListReadingOnSqlite() : ListReadingContract(new SqliteBackend());

public sealed class ListReadingOnPostgres(PostgresServer server) : ListReadingContract(new PostgresBackend(server));
