using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Identity.Sessions;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Model;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Provisioning;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Scim;

/// <summary>What a tenant's directory may do here and what not (TEN3). How the programs of directories write is tests/peers/scim.mjs.</summary>
public sealed class ScimTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();
    private string _key = "";

    public async ValueTask InitializeAsync()
    {
        await _platform.InitializeAsync();
        _key = await KeyAsync(_platform.Seed.Acme);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_user_that_is_made_is_an_account_told_in_event_and_audit_by_the_key()
    {
        var made = await CreateAsync("taro@acme.test");
        var account = await _platform.Provider.GetRequiredService<IAccountDirectory>().FindByAddressAsync("taro@acme.test", TestContext.Current.CancellationToken);

        Assert.Equal((AccountState.Active, (Guid?)_platform.Seed.Acme.Id), (account!.State, account.TenantId));
        await using var db = Open();
        var told = db.Events.Where(row => row.Kind == "account.changed").OrderByDescending(row => row.Sequence).First();
        Assert.StartsWith("scim:", JsonSerializer.Deserialize<JsonElement>(told.Data).GetProperty("actor").GetString(), StringComparison.Ordinal);
        Assert.Contains(db.Audit, row => row.Action == "account.create" && row.Actor.StartsWith("scim:", StringComparison.Ordinal));
        Assert.Equal(GlobalId.Of(NodeKind.Account, account.Id), made.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_user_that_is_made_inactive_ends_its_sessions()
    {
        var id = (await CreateAsync("taro@acme.test")).GetProperty("id").GetString()!;
        var account = GlobalId.Find(id, NodeKind.Account)!.Value;
        await using var scope = _platform.Provider.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<SessionStore>();
        var session = await sessions.StartAsync(account, "pwd", TimeProvider.System.GetUtcNow(), "192.0.2.0", "test", TestContext.Current.CancellationToken);

        var (status, _) = await SendAsync(HttpMethod.Patch, "/Users/" + id, new { Operations = new[] { new { op = "replace", path = "active", value = false } } });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(await sessions.FindLiveAsync(session.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Users_and_groups_of_another_tenant_are_not_there()
    {
        var foreign = await KeyAsync(_platform.Seed.Globex);
        var id = (await CreateAsync("taro@acme.test")).GetProperty("id").GetString()!;
        var group = (await SendAsync(HttpMethod.Post, "/Groups", new { displayName = "Team" })).Body.GetProperty("id").GetString()!;

        foreach (var path in new[] { "/Users/" + id, "/Groups/" + group })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, path, key: foreign)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, path, key: foreign)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Patch, path, new { Operations = new[] { new { op = "replace", path = "displayName", value = "x" } } }, foreign)).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Post, "/Groups", new { displayName = "Mine", members = new[] { new { value = id } } }, foreign)).Status);
        Assert.Equal(0, (await SendAsync(HttpMethod.Get, "/Users?filter=" + Uri.EscapeDataString("userName eq \"taro@acme.test\""), key: foreign)).Body.GetProperty("totalResults").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Post, "/Users", new { userName = "taro@acme.test" }, foreign)).Status);
    }

    [Fact]
    public async Task An_account_that_holds_more_than_is_mapped_is_not_touched_and_the_last_administrator_stays()
    {
        var commands = _platform.Provider.GetRequiredService<IAccountCommands>();
        var scope = Scope.System(_platform.Seed.Acme.Id, "tests");
        var admin = (await commands.CreateAsync(scope, AccountOwner.Tenant(_platform.Seed.Acme.Id), new NewAccount("boss@acme.test", "Boss", [BuiltInRoles.Administrator.Id]), TestContext.Current.CancellationToken)).Value;
        var path = "/Users/" + GlobalId.Of(NodeKind.Account, admin);
        var off = new { Operations = new[] { new { op = "replace", value = new { active = false } } } };
        var unmapped = await SendAsync(HttpMethod.Patch, path, off);
        await MapAsync([new RoleMapping("Admins", [BuiltInRoles.Administrator.Id])]);
        var last = await SendAsync(HttpMethod.Patch, path, off);
        await commands.CreateAsync(scope, AccountOwner.Tenant(_platform.Seed.Acme.Id), new NewAccount("other@acme.test", "Other", [BuiltInRoles.Administrator.Id]), TestContext.Current.CancellationToken);
        var mapped = await SendAsync(HttpMethod.Patch, path, off);

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK], [unmapped.Status, last.Status, mapped.Status]);
    }

    [Fact]
    public async Task Mailboxes_in_a_group_are_not_the_directorys_business()
    {
        await using var db = Open();
        var group = db.Groups.Single();
        var path = "/Groups/" + GlobalId.Of(NodeKind.Group, group.Id);

        var (_, shown) = await SendAsync(HttpMethod.Put, path, new { displayName = "Renamed", members = Array.Empty<object>() });

        Assert.Empty(shown.GetProperty("members").EnumerateArray());
        Assert.Single(db.GroupMembers.Where(row => row.GroupId == group.Id));
    }

    [Fact]
    public async Task Replacing_one_member_leaves_the_others()
    {
        var ids = new List<string>();
        foreach (var name in new[] { "a", "b", "c" })
            ids.Add((await CreateAsync(name + "@acme.test")).GetProperty("id").GetString()!);
        var group = (await SendAsync(HttpMethod.Post, "/Groups", new { displayName = "Team", members = new[] { new { value = ids[0] }, new { value = ids[1] } } })).Body.GetProperty("id").GetString()!;
        var (_, changed) = await SendAsync(HttpMethod.Patch, "/Groups/" + group, Replace(ids[0]));
        var (status, _) = await SendAsync(HttpMethod.Patch, "/Groups/" + group, Replace(ids[0]));

        Assert.Equal(new[] { ids[1], ids[2] }.Order(), changed.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("value").GetString()!).Order());
        Assert.Equal(HttpStatusCode.BadRequest, status);

        object Replace(string id) => new { Operations = new[] { new { op = "replace", path = $"members[value eq \"{id}\"]", value = new { value = ids[2] } } } };
    }

    [Fact]
    public async Task An_MSP_that_is_kept_from_messages_is_not_the_directory_either()
    {
        await _platform.DataAsync("acme-api", "mutation { setMspContentAccess(input: { mspMayOpenMessages: false }) { errors { code } } }");
        var made = (await _platform.DataAsync(
            "demo-msp-api", "mutation($tenant: ID!) { createApiClient(input: { tenant: $tenant, displayName: \"x\", permissions: [\"accounts.provision\"] }) { errors { code } } }", new { tenant = _platform.Seed.Acme.GlobalTenant }))
            .GetProperty("createApiClient");

        Assert.Equal("BAD_USER_INPUT", made.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_map_of_roles_is_told_with_its_roles_on_the_audit_log()
    {
        await MapAsync([new RoleMapping("Admins", [BuiltInRoles.Administrator.Id])]);

        await using var db = Open();
        var entry = db.Audit.Where(row => row.Action == "provisioning.set").OrderByDescending(row => row.Sequence).First();
        Assert.Contains("{\"value\":\"Admins\",\"roles\":[\"administrator\"]}", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_ends_is_counted_as_hash_and_opens_nothing_else()
    {
        await using var db = Open();
        Assert.DoesNotContain(db.ProvisioningKeys.AsEnumerable(), row => row.Hash.Contains(_key, StringComparison.Ordinal));
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/accounts", UriKind.Relative));
        elsewhere.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        using var answer = await _platform.Http.SendAsync(elsewhere, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "/Users", key: _key + "x")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Get, "/Users", key: await _platform.TokenAsync("acme-siem"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Get, "/Users", key: await _platform.TokenAsync("demo-msp-api"))).Status);
    }

    [Theory]
    [InlineData("text/plain", "{}", 415)]
    [InlineData("application/scim+json", "[]", 400)]
    [InlineData("application/scim+json", "{", 400)]
    [InlineData("application/scim+json", "{\"userName\":\"a@acme.test\",\"username\":\"b@acme.test\"}", 400)]
    [InlineData("application/scim+json", "{\"userName\":1}", 400)]
    [InlineData("application/scim+json", "{\"userName\":\"\\ud800@acme.test\"}", 400)]
    [InlineData("application/scim+json", "{\"userName\":\"a@acme.test\",\"\\ud800\":1}", 400)]
    [InlineData("application/scim+json", "{\"userName\":\"a@acme.test\",\"displayName\":\"a\\u0000b\"}", 400)]
    [InlineData("application/scim+json", "{\"userName\":\"a@acme.test\",\"active\":\"perhaps\"}", 400)]
    public async Task Bodies_that_are_none_are_refused(string type, string body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/scim/v2/Users", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        using var answer = await _platform.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/scim+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Whoever_maps_roles_must_hold_all_that_an_administrator_holds()
    {
        const string mutation = "mutation { setProvisioning(input: { roleMap: [], defaultRoles: [\"employee\"] }) { errors { code } } }";
        await _platform.SignInAsync(_platform.Seed.Acme, "auditor@acme.test", BuiltInRoles.Auditor);
        var refused = await _platform.ResultAsync("auditor@acme.test", mutation);
        var own = await _platform.DataAsync("acme-api", "mutation { setProvisioning(input: { roleMap: [], defaultRoles: [] }) { errors { code } } }");

        Assert.True(refused.TryGetProperty("errors", out _), refused.ToString());
        Assert.Equal("INVALID_ROLES", own.GetProperty("setProvisioning").GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_programs_of_entra_and_okta_get_what_they_expect()
    {
        await NodePeers.InstalledAsync("oidc-provider", TestContext.Current.CancellationToken);
        await MapAsync([]);
        var (exit, output) = await NodePeers.RunAsync(
            "node",
            [RepositoryFile.Path("tests/peers/scim.mjs"), _platform.Address.ToString(), "acme-api", "acme-api-secret", "acme.test"],
            RepositoryFile.Path("tests/peers"),
            TestContext.Current.CancellationToken);

        Assert.True(exit == 0 && output.Contains("\"ok\":true", StringComparison.Ordinal), output);
    }

    private PlatformDb Open() => _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(_platform.Seed.Acme.Id, "tests"));

    private async Task MapAsync(IReadOnlyList<RoleMapping> map)
    {
        var set = await _platform.Provider.GetRequiredService<IProvisioningCommands>().SetAsync(
            Scope.System(_platform.Seed.Acme.Id, "tests"), _platform.Seed.Acme.Id, new RoleMap(map, [BuiltInRoles.Employee.Id]), TestContext.Current.CancellationToken);
        Assert.Null(set.Code);
    }

    private async Task<string> KeyAsync(SeededTenant tenant)
    {
        var made = await _platform.Provider.GetRequiredService<IProvisioningCommands>().CreateKeyAsync(
            Scope.System(tenant.Id, "tests"), tenant.Id, "test", 1, TestContext.Current.CancellationToken);
        return made.Value!.Key;
    }

    private async Task<JsonElement> CreateAsync(string address)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, "/Users", new { userName = address, displayName = "Taro" });
        Assert.Equal(HttpStatusCode.Created, status);
        return body;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri("/scim/v2" + path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? _key);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/scim+json");
        using var answer = await _platform.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
