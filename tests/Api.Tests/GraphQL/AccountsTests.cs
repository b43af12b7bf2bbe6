using System.Text.Json;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.GraphQL;

public sealed class AccountsTests : IAsyncLifetime
{
    private const string Invite = "mutation($address: String!, $roles: [ID!]!) { inviteAccount(input: { address: $address, name: \"New\", roles: $roles, idempotencyKey: $address }) { account { id address state roles { key name isBuiltIn } invitation { isExpired createdBy } tenant { slug } } errors { code field } } }";

    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_account_is_invited_once_for_one_key_and_waits()
    {
        var first = (await _platform.DataAsync("acme-api", Invite, new { address = "New@x.test", roles = new[] { "analyst" } })).GetProperty("inviteAccount").GetProperty("account");
        var again = (await _platform.DataAsync("acme-api", Invite, new { address = "New@x.test", roles = new[] { "analyst" } })).GetProperty("inviteAccount").GetProperty("account");

        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(
            ("new@x.test", "INVITED", "analyst", true, false, "client:acme-api", "acme"),
            (first.GetProperty("address").GetString(), first.GetProperty("state").GetString(), first.GetProperty("roles")[0].GetProperty("key").GetString(), first.GetProperty("roles")[0].GetProperty("isBuiltIn").GetBoolean(),
                first.GetProperty("invitation").GetProperty("isExpired").GetBoolean(), first.GetProperty("invitation").GetProperty("createdBy").GetString(), first.GetProperty("tenant").GetProperty("slug").GetString()));
    }

    [Fact]
    public async Task An_account_is_changed_disabled_enabled_and_removed()
    {
        await _platform.SignInAsync(_platform.Seed.Acme, "admin@x.test", BuiltInRoles.Administrator);
        var person = await _platform.SignInAsync(_platform.Seed.Acme, "person@x.test", BuiltInRoles.Analyst);
        var id = GlobalId.Of(NodeKind.Account, person.Id);
        const string Do = "mutation($id: ID!) { updateAccount(input: { accountId: $id, name: \"Renamed\", language: \"ja\" }) { account { name language } } disableAccount(input: { accountId: $id }) { account { state } } enableAccount(input: { accountId: $id }) { account { state } } removeAccount(input: { accountId: $id }) { removedAccountId } }";
        var roles = await _platform.DataAsync("admin@x.test", "mutation($id: ID!) { setAccountRoles(input: { accountId: $id, roles: [\"auditor\"] }) { account { roles { key } } } }", new { id });
        var data = await _platform.DataAsync("admin@x.test", Do, new { id });

        Assert.Equal("Renamed", data.GetProperty("updateAccount").GetProperty("account").GetProperty("name").GetString());
        Assert.Equal("auditor", roles.GetProperty("setAccountRoles").GetProperty("account").GetProperty("roles")[0].GetProperty("key").GetString());
        Assert.Equal("DISABLED", data.GetProperty("disableAccount").GetProperty("account").GetProperty("state").GetString());
        Assert.Equal("ACTIVE", data.GetProperty("enableAccount").GetProperty("account").GetProperty("state").GetString());
        Assert.Equal(id, data.GetProperty("removeAccount").GetProperty("removedAccountId").GetString());
        Assert.Equal(JsonValueKind.Null, (await _platform.DataAsync("admin@x.test", "query($id: ID!) { account(id: $id) { id } }", new { id })).GetProperty("account").ValueKind);
    }

    [Fact]
    public async Task The_last_administrator_is_told_so()
    {
        var admin = await _platform.SignInAsync(_platform.Seed.Acme, "admin@x.test", BuiltInRoles.Administrator);
        var error = (await _platform.DataAsync("admin@x.test", "mutation($id: ID!) { removeAccount(input: { accountId: $id }) { errors { code } } }", new { id = GlobalId.Of(NodeKind.Account, admin.Id) }))
            .GetProperty("removeAccount").GetProperty("errors")[0];

        Assert.Equal("LAST_ADMINISTRATOR", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Accounts_are_paged_by_address_and_found_by_name_and_state()
    {
        foreach (var address in new[] { "a@x.test", "b@x.test", "c@x.test" })
            await _platform.SignInAsync(_platform.Seed.Globex, address, BuiltInRoles.Analyst);
        var first = (await _platform.DataAsync("globex-api", "{ accounts(first: 2) { nodes { address roles { name } mailbox { address } } pageInfo { endCursor hasNextPage } totalCount } }")).GetProperty("accounts");
        var second = (await _platform.DataAsync("globex-api", "query($after: String) { accounts(first: 2, after: $after) { nodes { address } } }", new { after = first.GetProperty("pageInfo").GetProperty("endCursor").GetString() })).GetProperty("accounts");
        var found = (await _platform.DataAsync("globex-api", "{ accounts(filter: { states: [INVITED], search: \"ZQGLOBEX\" }) { totalCount } }")).GetProperty("accounts");

        Assert.Equal((4, true), (first.GetProperty("totalCount").GetInt32(), first.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()));
        Assert.Equal("c@x.test", second.GetProperty("nodes")[0].GetProperty("address").GetString());
        Assert.Equal(1, found.GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task A_role_is_made_given_changed_and_replaced()
    {
        var made = (await _platform.DataAsync("acme-api", "mutation { createRole(input: { name: \"Night watch\", permissions: [\"messages.read\", \"messages.act\"] }) { role { id key permissions isBuiltIn } errors { code } } }")).GetProperty("createRole").GetProperty("role");
        var key = made.GetProperty("key").GetString();
        await _platform.DataAsync("acme-api", Invite, new { address = "watch@x.test", roles = new[] { key } });
        var inUse = (await _platform.DataAsync("acme-api", "mutation($id: ID!) { removeRole(input: { roleId: $id }) { errors { code } } }", new { id = key })).GetProperty("removeRole").GetProperty("errors")[0];
        var data = await _platform.DataAsync(
            "acme-api",
            "mutation($id: ID!) { updateRole(input: { roleId: $id, permissions: [\"messages.read\"] }) { role { permissions } } removeRole(input: { roleId: $id, replacement: \"helpdesk\" }) { removedRoleId errors { code } } }",
            new { id = key });

        Assert.Equal(made.GetProperty("id").GetString(), key);
        Assert.Equal("ROLE_IN_USE", inUse.GetProperty("code").GetString());
        Assert.Equal(1, data.GetProperty("updateRole").GetProperty("role").GetProperty("permissions").GetArrayLength());
        Assert.Equal(key, data.GetProperty("removeRole").GetProperty("removedRoleId").GetString());
    }

    [Fact]
    public async Task Roles_are_those_of_the_platform_and_the_tenants_own()
    {
        var names = (await _platform.DataAsync("acme-api", "{ roles { name } }")).GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("name").GetString());
        var ofMsp = (await _platform.DataAsync("demo-msp-api", "{ roles(ofMsp: true) { name isOfMsp } }")).GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("name").GetString());

        Assert.Equal(["administrator", "analyst", "auditor", "helpdesk", "employee", _platform.Seed.Acme.Canary], names);
        Assert.Equal(["msp-administrator", "msp-operator"], ofMsp);
    }

    [Fact]
    public async Task An_MSP_keeps_its_own_accounts_which_no_tenant_sees()
    {
        var made = await _platform.DataAsync("demo-msp-api", "mutation { inviteAccount(input: { ofMsp: true, address: \"op@msp.test\", name: \"Op\", roles: [\"msp-operator\"] }) { account { id tenant { id } } errors { code } } }");
        var id = made.GetProperty("inviteAccount").GetProperty("account").GetProperty("id").GetString();

        Assert.Equal(JsonValueKind.Null, made.GetProperty("inviteAccount").GetProperty("account").GetProperty("tenant").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await _platform.DataAsync("acme-api", "query($id: ID!) { node(id: $id) { id } }", new { id })).GetProperty("node").ValueKind);
        Assert.Equal("FORBIDDEN", (await _platform.DataAsync("acme-api", "mutation { inviteAccount(input: { ofMsp: true, address: \"x@msp.test\", name: \"X\", roles: [\"msp-operator\"] }) { errors { code } } }"))
            .GetProperty("inviteAccount").GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_person_changes_its_own_name_and_language_whatever_it_may_do()
    {
        await _platform.SignInAsync(_platform.Seed.Acme, "own@x.test", BuiltInRoles.Employee);
        var account = (await _platform.DataAsync("own@x.test", "mutation { updateMyAccount(input: { name: \"Me\", language: \"ja\" }) { account { name language ownMailboxOnly } errors { code } } }")).GetProperty("updateMyAccount").GetProperty("account");
        var viewer = (await _platform.DataAsync("own@x.test", "{ viewer { language account { name permissions } } }")).GetProperty("viewer");
        var program = (await _platform.DataAsync("acme-api", "mutation { updateMyAccount(input: { name: \"Me\" }) { errors { code } } }")).GetProperty("updateMyAccount");

        Assert.Equal(("Me", "ja", true), (account.GetProperty("name").GetString(), account.GetProperty("language").GetString(), account.GetProperty("ownMailboxOnly").GetBoolean()));
        Assert.Equal(("JA", "Me"), (viewer.GetProperty("language").GetString(), viewer.GetProperty("account").GetProperty("name").GetString()));
        Assert.Equal(Permissions.OfMailbox.Order(), viewer.GetProperty("account").GetProperty("permissions").EnumerateArray().Select(item => item.GetString()!).Order());
        Assert.Equal("FORBIDDEN", program.GetProperty("errors")[0].GetProperty("code").GetString());
    }
}
