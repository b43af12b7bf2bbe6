using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;
using Platform.Storage.Transactions;

namespace Platform.Storage.Tests.Onboarding;

public abstract class MailboxImportContract(IStorageBackend backend) : StorageContract(backend)
{
    [Fact]
    public async Task A_list_makes_mailboxes_with_aliases_and_groups_and_changes_nothing_the_second_time()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        MailboxLine[] lines =
        [
            new(2, "Sato@acme.test", "佐藤 健一", ["kenichi@acme.test"], ["Sales", "Tokyo"]),
            new(3, "info@acme.test", "Information desk", [], ["sales"]),
        ];

        var first = await RunAsync(tenant, lines);
        var again = await RunAsync(tenant, lines);

        Assert.Equal((2, 1, 1, 0, 0, true), (first.Lines, first.Created, first.Changed, first.Unchanged, first.Refused, first.Applied));
        Assert.Equal(["Sales", "Tokyo"], first.Groups);
        Assert.Equal((0, 0, 2), (again.Created, again.Changed, again.Unchanged));
        Assert.Equal("sato@acme.test", (await Storage.Directory.FindAsync("kenichi", "acme.test", Ct)).Mailbox?.Address);
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        Assert.Equal(3, await db.GroupMembers.CountAsync(Ct));
    }

    [Fact]
    public async Task A_preview_changes_nothing()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);

        var report = await RunAsync(tenant, [new(2, "x@acme.test")], MailboxImportMode.Preview);

        Assert.Equal((1, false), (report.Created, report.Applied));
        Assert.Null((await Storage.Directory.FindAsync("x", "acme.test", Ct)).Mailbox);
    }

    [Theory]
    [InlineData(MailboxImportMode.All, 0)]
    [InlineData(MailboxImportMode.Valid, 1)]
    public async Task A_refused_line_stops_the_list_or_is_left_out(MailboxImportMode mode, int made)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);

        var report = await RunAsync(tenant, [new(2, "good@acme.test"), new(3, "x@elsewhere.test")], mode);

        Assert.Equal((made == 1, 1), (report.Applied, report.Refused));
        Assert.Equal((3, "DOMAIN_UNKNOWN", "address"), (report.Errors[0].Line, report.Errors[0].Code, report.Errors[0].Field));
        Assert.Equal(made == 1, (await Storage.Directory.FindAsync("good", "acme.test", Ct)).Mailbox is not null);
    }

    [Fact]
    public async Task Each_fault_is_told_with_its_line_and_field()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await RunAsync(tenant, [new(2, "has@acme.test", null, ["taken@acme.test"])]);

        var report = await RunAsync(
            tenant,
            [
                new(2, "no address"), new(3, "a@acme.test"), new(4, "A@acme.test"), new(5, "taken@acme.test"), new(6, "b@acme.test", null, ["info@acme.test"]), new(7, "c@acme.test", "bell\a"),
                new(8, "d@acme.test", null, ["taken@acme.test"]), new(9, "e@acme.test", null, ["a@acme.test"]), new(10, "f@acme.test", null, null, [" "]),
                new(11, "g@acme.test", null, [.. Enumerable.Range(0, 21).Select(i => $"g{i}@acme.test")]),
            ],
            MailboxImportMode.Valid);

        Assert.Equal(
            [
                (2, "INVALID_ADDRESS", "address"), (4, "ADDRESS_REPEATED", "address"), (5, "ADDRESS_TAKEN", "address"), (6, "ADDRESS_TAKEN", "aliases"), (7, "INVALID_NAME", "displayName"),
                (8, "ADDRESS_REPEATED", "aliases"), (9, "ADDRESS_REPEATED", "aliases"), (10, "INVALID_NAME", "groups"), (11, "TOO_MANY_VALUES", "aliases"),
            ],
            report.Errors.Select(error => (error.Line, error.Code, error.Field)));
        Assert.Equal(1, report.Created);
    }

    [Fact]
    public async Task Aliases_of_the_list_replace_those_of_before_where_the_column_is_there()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await RunAsync(tenant, [new(2, "x@acme.test", null, ["old@acme.test", "both@acme.test"])]);
        await RunAsync(tenant, [new(2, "x@acme.test", "X")]);
        Assert.NotNull((await Storage.Directory.FindAsync("old", "acme.test", Ct)).Mailbox);

        await RunAsync(tenant, [new(2, "x@acme.test", null, ["both@acme.test", "new@acme.test"])]);

        Assert.Null((await Storage.Directory.FindAsync("old", "acme.test", Ct)).Mailbox);
        Assert.NotNull((await Storage.Directory.FindAsync("new", "acme.test", Ct)).Mailbox);
        Assert.Equal("ADDRESS_TAKEN", (await Storage.Commands.AddMailboxAsync(Scope.System(tenant, "test"), tenant, "new@acme.test", null, Ct)).Code);
    }

    [Fact]
    public async Task A_group_of_a_directory_that_is_one_too_many_is_refused_and_its_mailbox_is_taken()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await RunAsync(tenant, [.. Enumerable.Range(0, 25).Select(i => new MailboxLine(i, $"m{i}@acme.test", null, null, [.. Enumerable.Range(0, 20).Select(j => $"g{(i * 20) + j}")]))]);

        var result = await Storage.Get<IMailboxImport>().RunAsync(
            Scope.System(tenant, "test"), tenant, [new(1, "x@acme.test", null, null, ["g7", "one more"])], MailboxImportMode.Valid, Ct, source: Guid.NewGuid());

        Assert.Equal((1, 0, "TOO_MANY_GROUPS"), (result.Value!.Created, result.Value.Refused, Assert.Single(result.Value.Errors).Code));
        Assert.NotNull((await Storage.Directory.FindAsync("x", "acme.test", Ct)).Mailbox);
    }

    [Fact]
    public async Task A_name_of_a_group_that_a_list_could_not_hold_is_refused()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);

        var report = await RunAsync(tenant, [new(2, "x@acme.test", null, null, ["Sales; Tokyo"])]);

        Assert.Equal((2, "INVALID_NAME", "groups"), (report.Errors[0].Line, report.Errors[0].Code, report.Errors[0].Field));
    }

    [Fact]
    public async Task An_entry_of_a_directory_names_more_aliases_than_a_line()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);

        var result = await Storage.Get<IMailboxImport>().RunAsync(
            Scope.System(tenant, "test"), tenant, [new(1, "x@acme.test", null, [.. Enumerable.Range(0, 200).Select(i => $"x{i}@acme.test")])], MailboxImportMode.Valid, Ct, source: Guid.NewGuid());

        Assert.Equal((1, 0), (result.Value!.Created, result.Value.Refused));
        Assert.NotNull((await Storage.Directory.FindAsync("x199", "acme.test", Ct)).Mailbox);
    }

    [Fact]
    public async Task A_plan_has_room_for_so_many_and_tells_at_eighty_and_hundred_percent()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await Storage.Get<ITenantPlans>().SetAsync(Scope.System(tenant, "test"), tenant, new TenantPlan("Ten", Mailboxes: 10), Ct);

        var report = await RunAsync(tenant, [.. Enumerable.Range(2, 12).Select(i => new MailboxLine(i, $"m{i}@acme.test"))], MailboxImportMode.Valid);

        Assert.Equal((9, 3, "PLAN_LIMIT"), (report.Created, report.Refused, report.Errors[0].Code));
        Assert.Equal("PLAN_LIMIT", (await Storage.Commands.AddMailboxAsync(Scope.System(tenant, "test"), tenant, "more@acme.test", null, Ct)).Code);
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        var told = await db.Events.Where(row => row.Kind == EventKinds.PlanUsage).OrderBy(row => row.Sequence).Select(row => row.Data).ToListAsync(Ct);
        Assert.Equal(2, told.Count);
        Assert.Contains("\"percent\":80", told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_a_list_and_another_tenants_are_refused()
    {
        var (mine, other) = (await Storage.AddTenantAsync("acme", Ct), await Storage.AddTenantAsync("globex", Ct));
        var import = Storage.Get<IMailboxImport>();

        Assert.Equal("NOT_FOUND", (await import.RunAsync(Scope.System(mine, "test"), other, [], MailboxImportMode.All, Ct)).Code);
        Assert.Equal("MAILBOX_IMPORT_TOO_LARGE", (await import.RunAsync(Scope.System(mine, "test"), mine, [.. Enumerable.Repeat(new MailboxLine(1, "x@acme.test"), 10_001)], MailboxImportMode.Preview, Ct)).Code);
        var noGroups = Scope.System(mine, "test") with { Permissions = new HashSet<string> { Permissions.DirectoryWrite } };
        await Assert.ThrowsAsync<PermissionDeniedException>(() => import.RunAsync(noGroups, mine, [new(2, "x@acme.test", null, null, ["Sales"])], MailboxImportMode.All, Ct));
    }

    [Theory]
    [InlineData("new@acme.test", "other@acme.test")]
    [InlineData("other@acme.test", "new@acme.test")]
    public async Task What_somebody_else_made_meanwhile_is_not_made_twice(string address, string alias)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var meanwhile = new Meanwhile(Storage.Get<IMoveRunner>(), () => RunAsync(tenant, [new(2, "info@acme.test", null, ["other@acme.test"]), new(3, "new@acme.test")]));
        var import = new MailboxImport(meanwhile, Storage.Get<IReadConnections>(), Storage.Get<RecipientDirectory>());

        var result = await import.RunAsync(Scope.System(tenant, "test"), tenant, [new(2, address, null, [alias])], MailboxImportMode.All, Ct);

        Assert.Equal("ADDRESS_TAKEN", result.Code);
        Assert.Equal("info@acme.test", (await Storage.Directory.FindAsync("other", "acme.test", Ct)).Mailbox?.Address);
        Assert.Equal("new@acme.test", (await Storage.Directory.FindAsync("new", "acme.test", Ct)).Mailbox?.Address);
    }

    [Fact]
    public async Task An_address_that_became_the_report_address_meanwhile_is_not_made_an_alias()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var meanwhile = new Meanwhile(Storage.Get<IMoveRunner>(), () => Storage.Commands.UpdateTenantAsync(Scope.System(tenant, "test"), tenant, new TenantChange(ReportAddress: "report@acme.test"), Ct));
        var import = new MailboxImport(meanwhile, Storage.Get<IReadConnections>(), Storage.Get<RecipientDirectory>());

        var result = await import.RunAsync(Scope.System(tenant, "test"), tenant, [new(2, "new@acme.test", null, ["report@acme.test"])], MailboxImportMode.All, Ct);

        Assert.Equal("ADDRESS_TAKEN", result.Code);
    }

    [Fact]
    public async Task Whatever_a_line_says_it_is_counted_once_and_nothing_breaks()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var words = Gen.OneOf(Gen.Elements("a", "b@acme.test", "c@ACME.test", "@", "", " ", "\0", "d+e@acme.test", "x@other.test", "日本@acme.test"), ArbMap.Default.GeneratorFor<string>().Where(word => word is not null));
        var line = from address in words from name in words from aliases in words.ListOf() from groups in words.ListOf() select new MailboxLine(1, address, name, [.. aliases.Take(3)], [.. groups.Take(3)]);
        foreach (var lines in line.ListOf().Sample(60, 20))
        {
            var report = await RunAsync(tenant, [.. lines], MailboxImportMode.Valid);
            Assert.Equal(report.Lines, report.Created + report.Changed + report.Unchanged + report.Refused);
        }
    }

    private async Task<MailboxImportReport> RunAsync(Guid tenant, IReadOnlyList<MailboxLine> lines, MailboxImportMode mode = MailboxImportMode.All)
    {
        var result = await Storage.Get<IMailboxImport>().RunAsync(Scope.System(tenant, "test"), tenant, lines, mode, Ct);
        Assert.Null(result.Code);
        return result.Value!;
    }

    /// <summary>Has something else happen between the judgement of a list and its writing.</summary>
    private sealed class Meanwhile(IMoveRunner moves, Func<Task> before) : IMoveRunner
    {
        public SqlDialect Dialect => moves.Dialect;

        public async Task<T> RunAsync<T>(Func<MoveSession, CancellationToken, ValueTask<T>> move, CancellationToken cancellationToken)
        {
            await before();
            return await moves.RunAsync(move, cancellationToken);
        }
    }
}

public sealed class MailboxImportOnSqlite() : MailboxImportContract(new SqliteBackend());

public sealed class MailboxImportOnPostgres(PostgresServer server) : MailboxImportContract(new PostgresBackend(server));
