using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Edge;

/// <summary>Who a person's token makes of a request.</summary>
public sealed class AccountCallerTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_person_acts_under_its_account_with_the_permissions_of_its_roles()
    {
        var account = await _platform.SignInAsync(_platform.Seed.Acme, "auditor@x.test", BuiltInRoles.Auditor);
        var viewer = (await _platform.DataAsync("auditor@x.test", "{ viewer { id actor permissions isMsp tenants { slug } } }")).GetProperty("viewer");

        Assert.Equal(
            ("user:" + account.Id, "user:" + account.Id, false, "acme"),
            (viewer.GetProperty("id").GetString(), viewer.GetProperty("actor").GetString(), viewer.GetProperty("isMsp").GetBoolean(), viewer.GetProperty("tenants")[0].GetProperty("slug").GetString()));
        Assert.Equal(BuiltInRoles.Auditor.Permissions.Order(StringComparer.Ordinal), viewer.GetProperty("permissions").EnumerateArray().Select(item => item.GetString()));
    }

    [Fact]
    public async Task A_token_narrows_what_the_account_may()
    {
        var account = await _platform.SignInAsync(_platform.Seed.Acme, "narrow@x.test", BuiltInRoles.Auditor);
        await _platform.SignInAsync(account, Permissions.EventsRead, Permissions.MessagesAct);

        var permissions = (await _platform.DataAsync("narrow@x.test", "{ viewer { permissions } }")).GetProperty("viewer").GetProperty("permissions");

        Assert.Equal([Permissions.EventsRead], permissions.EnumerateArray().Select(item => item.GetString()));
    }

    [Fact]
    public async Task A_disabled_or_removed_account_is_nobody()
    {
        var account = await _platform.SignInAsync(_platform.Seed.Acme, "gone@x.test", BuiltInRoles.Auditor);
        var scope = Scope.System(_platform.Seed.Acme.Id, "test");
        var commands = _platform.Provider.GetRequiredService<IAccountCommands>();
        var before = await StatusAsync("gone@x.test");
        await commands.DisableAsync(scope, account.Id, TestContext.Current.CancellationToken);
        var disabled = await StatusAsync("gone@x.test");
        await commands.RemoveAsync(scope, account.Id, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (before, disabled, await StatusAsync("gone@x.test")));
    }

    [Fact]
    public async Task An_account_that_has_not_accepted_its_invitation_is_nobody()
    {
        var invited = await _platform.Provider.GetRequiredService<IAccountCommands>().InviteAsync(
            Scope.System(_platform.Seed.Acme.Id, "test"), AccountOwner.Tenant(_platform.Seed.Acme.Id), new NewAccount("soon@x.test", "Soon", [BuiltInRoles.Administrator.Id]), TestContext.Current.CancellationToken);
        await _platform.SignInAsync((await _platform.Provider.GetRequiredService<IAccountDirectory>().FindAsync(invited.Value, TestContext.Current.CancellationToken))!);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("soon@x.test"));
    }

    [Fact]
    public async Task An_account_of_an_msp_reaches_the_tenants_of_its_msp()
    {
        var msp = _platform.Seed.Msp;
        var made = await _platform.Provider.GetRequiredService<IAccountCommands>().CreateAsync(
            Scope.System(msp, "test") with { MspId = msp }, AccountOwner.Msp(msp), new NewAccount("op@msp.test", "Op", [BuiltInRoles.MspOperator.Id]), TestContext.Current.CancellationToken);
        await _platform.SignInAsync((await _platform.Provider.GetRequiredService<IAccountDirectory>().FindAsync(made.Value, TestContext.Current.CancellationToken))!);

        var data = await _platform.DataAsync("op@msp.test", "{ viewer { isMsp } tenants { nodes { slug } } }");

        Assert.True(data.GetProperty("viewer").GetProperty("isMsp").GetBoolean());
        Assert.Equal(["acme", "globex"], data.GetProperty("tenants").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("slug").GetString()));
    }

    [Fact]
    public async Task An_employee_sees_its_own_deliveries_and_no_others()
    {
        var tenant = _platform.Seed.Acme;
        await _platform.SignInAsync(tenant, $"info.{tenant.Canary}@acme.test", BuiltInRoles.Employee);
        await _platform.SignInAsync(tenant, $"sales.{tenant.Canary}@acme.test", BuiltInRoles.Employee);
        const string Query = "{ messages(first: 200) { totalCount nodes { deliveries { recipient } } } }";

        var mine = (await _platform.DataAsync($"info.{tenant.Canary}@acme.test", Query)).GetProperty("messages");
        var theirs = (await _platform.DataAsync($"sales.{tenant.Canary}@acme.test", Query)).GetProperty("messages");

        // The seed puts every delivery into the mailbox of info.
        Assert.Equal((Seed.MessagesEach, 0), (mine.GetProperty("totalCount").GetInt32(), theirs.GetProperty("totalCount").GetInt32()));
    }

    [Theory]
    [InlineData("user:")]
    [InlineData("user:x")]
    [InlineData("user:00000000000000000000000000000001")]
    [InlineData("acme-api")]
    public void A_subject_is_an_account_only_in_one_form(string subject) => Assert.False(AccountScopes.IsOfAccount(subject, out _));

    private async Task<HttpStatusCode> StatusAsync(string caller)
    {
        using var response = await _platform.SendAsync(caller, HttpMethod.Post, "/graphql", new StringContent("{\"query\":\"{ viewer { id } }\"}", System.Text.Encoding.UTF8, "application/json"));
        return response.StatusCode;
    }
}
