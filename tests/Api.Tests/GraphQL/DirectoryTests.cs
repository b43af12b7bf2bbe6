using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class DirectoryTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_mailbox_is_made_once_for_one_key_and_removed()
    {
        const string Create = "mutation { createMailbox(input: { address: \"New@acme.test\", displayName: \"New\", idempotencyKey: \"k\" }) { mailbox { id address tenant { slug } } errors { code } } }";
        var first = (await _platform.DataAsync("acme-api", Create)).GetProperty("createMailbox").GetProperty("mailbox");
        var again = (await _platform.DataAsync("acme-api", Create)).GetProperty("createMailbox").GetProperty("mailbox");
        var removed = (await _platform.DataAsync("acme-api", "mutation($id: ID!) { removeMailbox(input: { mailboxId: $id }) { removedMailboxId errors { code } } }", new { id = first.GetProperty("id").GetString() })).GetProperty("removeMailbox");

        Assert.Equal(("new@acme.test", "acme"), (first.GetProperty("address").GetString(), first.GetProperty("tenant").GetProperty("slug").GetString()));
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(first.GetProperty("id").GetString(), removed.GetProperty("removedMailboxId").GetString());
    }

    [Theory]
    [InlineData("mutation { createMailbox(input: { address: \"x@globex.test\" }) { errors { code message } } }")]
    [InlineData("mutation { createMailbox(input: { address: \"no address\" }) { errors { code message } } }")]
    [InlineData("mutation { addDomain(input: { name: \"globex.test\" }) { errors { code message } } }")]
    [InlineData("mutation { updateTenant(input: { route: \"ftp://x\" }) { errors { code message } } }")]
    [InlineData("mutation { setPolicy(input: { rules: [] }) { errors { code message } } }")]
    [InlineData("mutation { setPolicy(input: { rules: [{ verdict: SPAM, action: REJECT }, { verdict: SPAM, action: TAG }] }) { errors { code message } } }")]
    [InlineData("mutation { createTenant(input: { slug: \"x\", name: \"x\", language: \"en\", route: \"maildir:x\" }) { errors { code message } } }")]
    [InlineData("mutation { removeMailbox(input: { mailboxId: \"x\" }) { errors { code message } } }")]
    [InlineData("mutation { createMailbox(input: { address: \"y@acme.test\", tenant: \"x\" }) { errors { code message } } }")]
    public async Task What_cannot_be_done_is_a_typed_error(string mutation)
    {
        var error = Assert.Single((await _platform.DataAsync("acme-api", mutation)).EnumerateObject().Single().Value.GetProperty("errors").EnumerateArray());

        Assert.Matches("^[A-Z_]+$", error.GetProperty("code").GetString()!);
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task A_policy_changes_only_the_verdicts_named()
    {
        var rules = (await _platform.DataAsync("acme-api", "mutation { setPolicy(input: { rules: [{ verdict: SPAM, action: QUARANTINE }] }) { policy { rules { verdict action } } errors { code } } }"))
            .GetProperty("setPolicy").GetProperty("policy").GetProperty("rules").EnumerateArray().ToDictionary(rule => rule.GetProperty("verdict").GetString()!, rule => rule.GetProperty("action").GetString());

        Assert.Equal(("QUARANTINE", "DELIVER", "QUARANTINE"), (rules["SPAM"], rules["CLEAN"], rules["MALWARE"]));
    }

    [Fact]
    public async Task A_tenant_is_changed_where_it_is_named()
    {
        var tenant = (await _platform.DataAsync(
            "demo-msp-api",
            "mutation($tenant: ID) { updateTenant(input: { tenant: $tenant, name: \"Globex 2\", trustedHops: [\"198.51.100.0/24\"] }) { tenant { slug name route trustedHops } errors { code } } }",
            new { tenant = _platform.Seed.Globex.GlobalTenant })).GetProperty("updateTenant").GetProperty("tenant");

        Assert.Equal(
            ("globex", "Globex 2", "maildir:zqglobexcanary", "198.51.100.0/24"),
            (tenant.GetProperty("slug").GetString(), tenant.GetProperty("name").GetString(), tenant.GetProperty("route").GetString(), tenant.GetProperty("trustedHops")[0].GetString()));
    }

    [Fact]
    public async Task An_msp_makes_a_tenant_and_reaches_it_at_once()
    {
        var made = (await _platform.DataAsync("demo-msp-api", "mutation { createTenant(input: { slug: \"initech\", name: \"Initech\", language: \"ja\", route: \"maildir:x\", idempotencyKey: \"k\" }) { tenant { id slug } errors { code message } } }"))
            .GetProperty("createTenant");
        var id = made.GetProperty("tenant").GetProperty("id").GetString();
        var data = await _platform.DataAsync("demo-msp-api", "query($id: ID) { tenant(id: $id) { slug } tenants { nodes { slug } totalCount } viewer { isMsp } }", new { id });

        Assert.Equal("initech", data.GetProperty("tenant").GetProperty("slug").GetString());
        Assert.Equal(["acme", "globex", "initech"], data.GetProperty("tenants").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("slug").GetString()));
        Assert.True(data.GetProperty("viewer").GetProperty("isMsp").GetBoolean());
    }

    [Fact]
    public async Task Mailboxes_are_paged_by_address_and_found_by_name()
    {
        var first = (await _platform.DataAsync("demo-msp-api", "{ mailboxes(first: 3) { nodes { address } pageInfo { endCursor hasNextPage } totalCount } }")).GetProperty("mailboxes");
        var second = (await _platform.DataAsync("demo-msp-api", "query($after: String) { mailboxes(first: 3, after: $after) { nodes { address } pageInfo { hasNextPage } } }", new { after = first.GetProperty("pageInfo").GetProperty("endCursor").GetString() })).GetProperty("mailboxes");
        var found = (await _platform.DataAsync("demo-msp-api", "{ mailboxes(search: \"ZQGLOBEX\") { totalCount } }")).GetProperty("mailboxes");

        Assert.Equal((4, true, false), (first.GetProperty("totalCount").GetInt32(), first.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean(), second.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()));
        Assert.Equal("sales.zqglobexcanary@globex.test", second.GetProperty("nodes")[0].GetProperty("address").GetString());
        Assert.Equal(2, found.GetProperty("totalCount").GetInt32());
    }
}
