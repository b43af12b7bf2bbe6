using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Directory;

public abstract class RecipientDirectoryContract(IStorageBackend backend) : StorageContract(backend)
{
    [Theory]
    [InlineData("info", "acme.test")]
    [InlineData("INFO", "ACME.Test")]
    [InlineData("info", "acme.test.")]
    [InlineData("info+news", "acme.test")]
    [InlineData("Info+a+b", "acme.test")]
    public async Task A_mailbox_is_found_whatever_the_case_and_tag(string localPart, string domain)
    {
        await Storage.AddTenantAsync("acme", Ct);
        var found = await Storage.Directory.FindAsync(localPart, domain, Ct);
        Assert.Equal("info@acme.test", found.Mailbox?.Address);
    }

    [Theory]
    [InlineData("info@acme.test", true)]
    [InlineData("INFO@Acme.Test", true)]
    [InlineData("info+news@acme.test", false)]
    [InlineData("abuse@acme.test", false)]
    [InlineData("nobody@acme.test", false)]
    [InlineData("info@other.test", false)]
    [InlineData("info", false)]
    [InlineData("info@", false)]
    [InlineData("@acme.test", false)]
    public async Task An_own_address_has_neither_tag_nor_role(string address, bool isOwn)
    {
        await Storage.AddTenantAsync("acme", Ct);
        var found = await Storage.Directory.FindOwnAsync(address, Ct);
        Assert.Equal((isOwn, isOwn), (found.Tenant is not null, found.Mailbox is not null));
    }

    [Theory]
    [InlineData("nobody", "acme.test")]
    [InlineData("+info", "acme.test")]
    [InlineData("", "acme.test")]
    public async Task An_unknown_recipient_has_a_tenant_but_no_mailbox(string localPart, string domain)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var found = await Storage.Directory.FindAsync(localPart, domain, Ct);
        Assert.Equal((tenant, null), (found.Tenant?.Id, found.Mailbox));
    }

    [Theory]
    [InlineData("info", "other.test")]
    [InlineData("info", "sub.acme.test")]
    [InlineData("info", "[127.0.0.1]")]
    [InlineData("info", "acme..test")]
    [InlineData("info", "")]
    public async Task A_domain_of_nobody_has_no_tenant(string localPart, string domain)
    {
        await Storage.AddTenantAsync("acme", Ct);
        Assert.Null((await Storage.Directory.FindAsync(localPart, domain, Ct)).Tenant);
    }

    [Theory]
    [InlineData("postmaster")]
    [InlineData("Abuse")]
    public async Task Role_addresses_reach_the_first_mailbox_of_the_tenant(string role)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        Storage.Time.Advance(TimeSpan.FromSeconds(5));
        await Storage.Commands.AddMailboxAsync(Scope.System(tenant, "test"), tenant, "a@acme.test", null, Ct);
        Assert.Equal("info@acme.test", (await Storage.Directory.FindAsync(role, "acme.test", Ct)).Mailbox?.Address);
    }

    [Fact]
    public async Task An_internationalised_domain_is_found_in_both_forms()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await Storage.Commands.AddDomainAsync(Scope.System(tenant, "test"), tenant, "例え.テスト", Ct);
        Assert.Equal(tenant, (await Storage.Directory.FindAsync("x", "xn--r8jz45g.xn--zckzah", Ct)).Tenant?.Id);
        Assert.Equal(tenant, (await Storage.Directory.FindAsync("x", "例え.テスト", Ct)).Tenant?.Id);
    }

    [Fact]
    public async Task A_change_is_seen_by_the_next_question()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        Assert.Null((await Storage.Directory.FindAsync("new", "acme.test", Ct)).Mailbox);
        await Storage.Commands.AddMailboxAsync(Scope.System(tenant, "test"), tenant, "new@acme.test", null, Ct);
        Assert.NotNull((await Storage.Directory.FindAsync("new", "acme.test", Ct)).Mailbox);
    }

    [Fact]
    public async Task A_change_by_another_process_is_seen_within_two_seconds()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        Assert.Null((await Storage.Directory.FindAsync("new", "acme.test", Ct)).Mailbox);
        await using (var other = await Storage.OpenAgainAsync(Ct))
            await other.Commands.AddMailboxAsync(Scope.System(tenant, "test"), tenant, "new@acme.test", null, Ct);
        Storage.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull((await Storage.Directory.FindAsync("new", "acme.test", Ct)).Mailbox);
    }

    [Fact]
    public async Task The_journal_address_names_its_tenant_also_outside_its_domains()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await Storage.Commands.UpdateTenantAsync(Scope.System(tenant, "test"), tenant, new TenantChange(JournalAddress: "Acme@journal.test"), Ct);
        Assert.Equal(tenant, (await Storage.Directory.FindAsync("acme", "journal.test", Ct)).Tenant?.Id);
    }

    [Fact]
    public async Task Settings_hold_what_was_set()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        var limits = new TenantLimits(7, 1_000_000, 200);
        await Storage.Commands.UpdateTenantAsync(scope, tenant, new TenantChange("Acme KK", "ja", "smtp://127.0.0.1:2599", ["192.0.2.0/24"], null, limits), Ct);
        await Storage.Get<IPolicyCommands>().SetAsync(scope, PolicyTarget.Tenant(tenant), [new PolicyChange("action.malware", "reject")], Ct);
        var settings = await Storage.Directory.FindTenantAsync(tenant, Ct);
        Assert.NotNull(settings);
        Assert.Equivalent(
            new { Name = "Acme KK", Language = "ja", Route = "smtp://127.0.0.1:2599", TrustedHops = new[] { "192.0.2.0/24" }, Limits = limits, Domains = new[] { "acme.test" } },
            settings);
        Assert.Equal(PolicyAction.Reject, settings.Policy.For(VerdictKind.Malware));
    }

    [Fact]
    public async Task All_tenants_are_listed_by_short_name()
    {
        await Storage.AddTenantAsync("globex", Ct);
        await Storage.AddTenantAsync("acme", Ct);
        Assert.Equal(["acme", "globex"], (await Storage.Directory.AllTenantsAsync(Ct)).Select(t => t.Slug));
    }
}

public sealed class RecipientDirectoryOnSqlite() : RecipientDirectoryContract(new SqliteBackend());

public sealed class RecipientDirectoryOnPostgres(PostgresServer server) : RecipientDirectoryContract(new PostgresBackend(server));
