using Microsoft.EntityFrameworkCore;
using Platform.Storage.Audit;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Directory;

public abstract class DirectoryCommandsContract(IStorageBackend backend) : StorageContract(backend)
{
    [Theory]
    [InlineData("Acme", "INVALID_SLUG")]
    [InlineData("", "INVALID_SLUG")]
    [InlineData("-acme", "INVALID_SLUG")]
    [InlineData("taken", "SLUG_TAKEN")]
    public async Task A_tenant_needs_a_good_and_free_short_name(string slug, string code)
    {
        await Storage.AddTenantAsync("taken", Ct);
        Assert.Equal(code, (await CreateAsync(slug)).Code);
    }

    [Theory]
    [InlineData("ftp://host", "INVALID_ROUTE")]
    [InlineData("smtp://", "INVALID_ROUTE")]
    [InlineData("smtp://host", "INVALID_ROUTE")]
    [InlineData("maildir:", "INVALID_ROUTE")]
    [InlineData("smtp://host:25", null)]
    [InlineData("smtp://[::1]:25", null)]
    [InlineData("maildir:data/delivered", null)]
    public async Task A_route_is_a_next_hop_or_a_maildir(string route, string? code) => Assert.Equal(code, (await CreateAsync("acme", route)).Code);

    [Fact]
    public async Task A_tenant_of_an_unknown_msp_is_refused() =>
        Assert.Equal("NOT_FOUND", (await Storage.Commands.CreateTenantAsync(new NewTenant("acme", "Acme", "en", Guid.NewGuid(), "maildir:x", [], null), "test", Ct)).Code);

    [Theory]
    [InlineData("acme.test", "DOMAIN_TAKEN")]
    [InlineData("ACME.test", "DOMAIN_TAKEN")]
    [InlineData("no dots", "INVALID_DOMAIN")]
    [InlineData("192.0.2.1", "INVALID_DOMAIN")]
    [InlineData("second.test", null)]
    public async Task A_domain_belongs_to_one_tenant(string domain, string? code)
    {
        await Storage.AddTenantAsync("acme", Ct);
        var other = await Storage.AddTenantAsync("globex", Ct);
        Assert.Equal(code, (await Storage.Commands.AddDomainAsync(Scope.System(other, "test"), other, domain, Ct)).Code);
    }

    [Theory]
    [InlineData("INFO@acme.test", "ADDRESS_TAKEN")]
    [InlineData("x@globex.test", "DOMAIN_UNKNOWN")]
    [InlineData("x@nowhere.test", "DOMAIN_UNKNOWN")]
    [InlineData("no-at.acme.test", "INVALID_ADDRESS")]
    [InlineData("\"a b\"@acme.test", "INVALID_ADDRESS")]
    [InlineData("a..b\r\n@acme.test", "INVALID_ADDRESS")]
    [InlineData("keiri@acme.test", null)]
    public async Task A_mailbox_needs_a_free_address_in_a_domain_of_its_tenant(string address, string? code)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await Storage.AddTenantAsync("globex", Ct);
        Assert.Equal(code, (await Storage.Commands.AddMailboxAsync(Scope.System(tenant, "test"), tenant, address, null, Ct)).Code);
    }

    [Theory]
    [InlineData("Info@acme.test", "ADDRESS_TAKEN")]
    [InlineData("info+report@acme.test", "ADDRESS_TAKEN")]
    [InlineData("alias@acme.test", "ADDRESS_TAKEN")]
    [InlineData("journal@acme.test", "ADDRESS_TAKEN")]
    [InlineData("postmaster@acme.test", "ADDRESS_TAKEN")]
    [InlineData("report@globex.test", "DOMAIN_UNKNOWN")]
    [InlineData("report@acme.test", null)]
    [InlineData("", null)]
    public async Task A_report_address_is_nobodys_and_in_a_domain_of_its_tenant(string address, string? code)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await Storage.AddTenantAsync("globex", Ct);
        var scope = Scope.System(tenant, "test");
        await Storage.Get<IMailboxImport>().RunAsync(scope, tenant, [new(1, "info@acme.test", null, ["alias@acme.test"])], MailboxImportMode.All, Ct);
        await Storage.Commands.UpdateTenantAsync(scope, tenant, new TenantChange(JournalAddress: "journal@acme.test"), Ct);

        Assert.Equal(code, (await Storage.Commands.UpdateTenantAsync(scope, tenant, new TenantChange(ReportAddress: address), Ct)).Code);
    }

    [Theory]
    [InlineData("report@acme.test")]
    [InlineData("journal@acme.test")]
    public async Task A_mailbox_is_not_made_where_its_mail_would_never_come(string address)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        await Storage.Commands.UpdateTenantAsync(scope, tenant, new TenantChange(JournalAddress: "journal@acme.test", ReportAddress: "report@acme.test"), Ct);

        Assert.Equal("ADDRESS_TAKEN", (await Storage.Commands.AddMailboxAsync(scope, tenant, address, null, Ct)).Code);
        var imported = await Storage.Get<IMailboxImport>().RunAsync(scope, tenant, [new(1, address), new(2, "x@acme.test", null, [address])], MailboxImportMode.Valid, Ct);
        Assert.Equal([(1, "address"), (2, "aliases")], imported.Value!.Errors.Select(error => (error.Line, error.Field)));
    }

    [Fact]
    public async Task A_removed_mailbox_is_gone_once()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        var mailbox = (await Storage.Directory.FindAsync("info", "acme.test", Ct)).Mailbox!.Id;
        Assert.Null((await Storage.Commands.RemoveMailboxAsync(scope, tenant, mailbox, Ct)).Code);
        Assert.Null((await Storage.Directory.FindAsync("info", "acme.test", Ct)).Mailbox);
        Assert.Equal("NOT_FOUND", (await Storage.Commands.RemoveMailboxAsync(scope, tenant, mailbox, Ct)).Code);
    }

    [Fact]
    public async Task Another_tenant_does_not_exist_for_the_caller()
    {
        var mine = await Storage.AddTenantAsync("acme", Ct);
        var other = await Storage.AddTenantAsync("globex", Ct);
        var scope = Scope.System(mine, "test");
        Assert.Equal("NOT_FOUND", (await Storage.Commands.AddDomainAsync(scope, other, "x.test", Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Storage.Commands.AddMailboxAsync(scope, other, "x@globex.test", null, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Storage.Commands.UpdateTenantAsync(scope, other, new TenantChange("x"), Ct)).Code);
        var mailbox = (await Storage.Directory.FindAsync("info", "globex.test", Ct)).Mailbox!.Id;
        Assert.Equal("NOT_FOUND", (await Storage.Commands.RemoveMailboxAsync(scope, other, mailbox, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Storage.Commands.RemoveMailboxAsync(scope, mine, mailbox, Ct)).Code);
    }

    [Fact]
    public async Task A_caller_without_permission_is_refused()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = new Scope(new HashSet<Guid> { tenant }, Permissions.ReadOnly, "client:siem");
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Storage.Commands.AddDomainAsync(scope, tenant, "x.test", Ct));
    }

    [Fact]
    public async Task Each_change_is_one_event_and_one_link_of_the_audit_chain()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        await Storage.Commands.UpdateTenantAsync(scope, tenant, new TenantChange("Acme KK"), Ct);
        await using var db = Storage.Open(scope);
        var events = await db.Events.OrderBy(e => e.Sequence).Select(e => new { e.Sequence, e.Kind }).ToListAsync(Ct);
        Assert.Equal(
            [(1, EventKinds.DirectoryChanged), (2, EventKinds.DirectoryChanged), (3, EventKinds.DirectoryChanged), (4, EventKinds.DirectoryChanged)],
            events.Select(e => (e.Sequence, e.Kind)));
        Assert.Equal(["tenant.create", "domain.add", "mailbox.add", "tenant.update"], await db.Audit.OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync(Ct));
        Assert.Null(await Storage.Get<IAuditLog>().FindBreakAsync(scope, tenant, Ct));
    }

    [Fact]
    public async Task A_refused_change_leaves_no_trace()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        await Storage.Commands.AddMailboxAsync(scope, tenant, "info@acme.test", null, Ct);
        await using var db = Storage.Open(scope);
        Assert.Equal(3, await db.Events.CountAsync(Ct));
    }

    private Task<CommandResult<Guid>> CreateAsync(string slug, string route = "maildir:out") =>
        Storage.Commands.CreateTenantAsync(new NewTenant(slug, "Acme", "en", null, route, [], null), "test", Ct);
}

public sealed class DirectoryCommandsOnSqlite() : DirectoryCommandsContract(new SqliteBackend());

public sealed class DirectoryCommandsOnPostgres(PostgresServer server) : DirectoryCommandsContract(new PostgresBackend(server));
