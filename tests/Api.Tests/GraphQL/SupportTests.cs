using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.GraphQL;

/// <summary>The platform's staff at the door of a tenant.</summary>
public sealed class SupportTests : IAsyncLifetime
{
    private const string Staff = "staff@operator.test";
    private const string Ask = "mutation($level: SupportLevel!, $content: Boolean) { requestSupportAccess(input: { tenant: \"acme\", reason: \"Ticket 4711: a mail is missing\", level: $level, includesContent: $content, hours: 8 }) { request { id state } errors { code } } }";

    private readonly TestPlatform _platform = new();
    private SignInAccount _staff = null!;

    public async ValueTask InitializeAsync()
    {
        await _platform.InitializeAsync();
        string[] all = [.. Permissions.All, .. Permissions.OfPlatform];
        var made = await _platform.Provider.GetRequiredService<IAccountCommands>().CreateAsync(
            new Scope(new HashSet<Guid> { AccountOwner.Platform.Id }, all.ToHashSet(), "system:operator"), AccountOwner.Platform, new NewAccount(Staff, "Staff", [BuiltInRoles.Support.Id]), CancellationToken.None);
        _staff = (await _platform.Provider.GetRequiredService<IAccountDirectory>().FindAsync(made.Value, CancellationToken.None))!;
        await _platform.SignInAsync(_staff, all);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Without_a_grant_the_staff_sees_nothing_and_knows_no_tenant()
    {
        var viewer = (await _platform.DataAsync(Staff, "{ viewer { actor permissions } mySupportRequests { id } }")).GetProperty("viewer");

        Assert.Equal(["support.request"], viewer.GetProperty("permissions").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal("support:" + _staff.Id, viewer.GetProperty("actor").GetString());
        Assert.Equal("FORBIDDEN", await ErrorAsync("{ messages { totalCount } }"));
    }

    [Fact]
    public async Task Let_in_to_read_the_staff_reads_and_everything_it_tries_beyond_is_refused()
    {
        await LetInAsync("READ");
        var data = await _platform.DataAsync(Staff, "{ tenants { nodes { slug } } messages { totalCount } }");

        Assert.Equal(["acme"], data.GetProperty("tenants").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("slug").GetString()));
        Assert.Equal(Seed.MessagesEach, data.GetProperty("messages").GetProperty("totalCount").GetInt32());
        Assert.Equal("FORBIDDEN", await ErrorAsync($"mutation {{ releaseDelivery(input: {{ deliveryId: \"{_platform.Seed.Acme.GlobalDelivery(0)}\" }}) {{ errors {{ code }} }} }}"));
        Assert.Equal("FORBIDDEN", await ErrorAsync("mutation { inviteAccount(input: { address: \"x@x.test\", name: \"X\", roles: [\"administrator\"] }) { errors { code } } }"));
        Assert.Equal("FORBIDDEN", await ErrorAsync("mutation { setMspContentAccess(input: { mspMayOpenMessages: true }) { errors { code } } }"));
        using var raw = await _platform.SendAsync(Staff, HttpMethod.Get, $"/v1/messages/{_platform.Seed.Acme.GlobalMessage(0)}/raw");
        Assert.Equal(HttpStatusCode.Forbidden, raw.StatusCode);
    }

    [Fact]
    public async Task What_the_staff_does_is_on_the_audit_log_of_the_tenant_under_its_name()
    {
        await LetInAsync("ACT", content: true);
        var released = await _platform.DataAsync(Staff, "mutation($id: ID!) { releaseDelivery(input: { deliveryId: $id }) { delivery { state } errors { code } } }", new { id = _platform.Seed.Acme.GlobalDelivery(0) });
        using var raw = await _platform.SendAsync(Staff, HttpMethod.Get, $"/v1/messages/{_platform.Seed.Acme.GlobalMessage(0)}/raw?reason=Ticket%204711");
        var audit = (await _platform.DataAsync("acme-api", "{ auditLog(first: 20) { nodes { actor action } } }")).GetProperty("auditLog").GetProperty("nodes").EnumerateArray()
            .Where(node => node.GetProperty("actor").GetString() == "support:" + _staff.Id).Select(node => node.GetProperty("action").GetString()).ToList();

        Assert.Equal("RELEASED", released.GetProperty("releaseDelivery").GetProperty("delivery").GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, raw.StatusCode);
        Assert.Contains("delivery.release", audit);
        Assert.Contains("message.content.download", audit);
        Assert.Contains("support.requested", audit);
    }

    [Fact]
    public async Task Ended_by_the_tenant_the_staff_is_out()
    {
        var grant = await LetInAsync("READ");
        var ended = (await _platform.DataAsync("acme-api", "mutation($id: ID!) { endSupportAccess(input: { supportGrantId: $id }) { supportGrant { state endedBy until } errors { code } } }", new { id = grant })).GetProperty("endSupportAccess").GetProperty("supportGrant");

        Assert.Equal(("ENDED", "client:acme-api", JsonValueKind.Null), (ended.GetProperty("state").GetString(), ended.GetProperty("endedBy").GetString(), ended.GetProperty("until").ValueKind));
        Assert.Equal("FORBIDDEN", await ErrorAsync("{ messages { totalCount } }"));
    }

    [Fact]
    public async Task Another_tenant_neither_sees_nor_answers_a_request()
    {
        var request = (await _platform.DataAsync(Staff, Ask, new { level = "READ" })).GetProperty("requestSupportAccess").GetProperty("request").GetProperty("id").GetString();
        var answer = (await _platform.DataAsync("globex-api", "mutation($id: ID!) { grantSupportAccess(input: { supportGrantId: $id }) { supportGrant { id } errors { code } } }", new { id = request })).GetProperty("grantSupportAccess");
        var seen = await _platform.DataAsync("globex-api", "query($id: ID!) { node(id: $id) { id } supportGrants(states: [REQUESTED]) { totalCount } }", new { id = request });
        var ofMsp = (await _platform.DataAsync("demo-msp-api", "mutation($id: ID!) { grantSupportAccess(input: { supportGrantId: $id }) { errors { code } } }", new { id = request })).GetProperty("grantSupportAccess");

        Assert.Equal("NOT_FOUND", answer.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal((JsonValueKind.Null, 0), (seen.GetProperty("node").ValueKind, seen.GetProperty("supportGrants").GetProperty("totalCount").GetInt32()));
        Assert.Equal("FORBIDDEN", ofMsp.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_tenant_keeps_its_MSP_from_its_messages_alone()
    {
        var path = $"/v1/messages/{_platform.Seed.Acme.GlobalMessage(0)}/raw";
        using var before = await _platform.SendAsync("demo-msp-api", HttpMethod.Get, path);
        await _platform.DataAsync("acme-api", "mutation { setMspContentAccess(input: { mspMayOpenMessages: false }) { mspMayOpenMessages errors { code } } }");
        using var after = await _platform.SendAsync("demo-msp-api", HttpMethod.Get, path);
        using var other = await _platform.SendAsync("demo-msp-api", HttpMethod.Get, $"/v1/messages/{_platform.Seed.Globex.GlobalMessage(0)}/raw");
        using var own = await _platform.SendAsync("acme-api", HttpMethod.Get, path);
        var list = await _platform.DataAsync("demo-msp-api", "query($tenant: ID!) { messages(tenant: $tenant) { totalCount } }", new { tenant = _platform.Seed.Acme.GlobalTenant });
        var undo = (await _platform.DataAsync("demo-msp-api", "mutation($tenant: ID!) { setMspContentAccess(input: { tenant: $tenant, mspMayOpenMessages: true }) { errors { code } } }", new { tenant = _platform.Seed.Acme.GlobalTenant })).GetProperty("setMspContentAccess");
        var around = (await _platform.DataAsync("demo-msp-api", "mutation($tenant: ID!) { createApiClient(input: { tenant: $tenant, displayName: \"x\", permissions: [\"messages.content\"] }) { client { id } errors { code } } }", new { tenant = _platform.Seed.Acme.GlobalTenant })).GetProperty("createApiClient");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK), (before.StatusCode, after.StatusCode, other.StatusCode, own.StatusCode));
        Assert.Contains("CONTENT_CLOSED", await after.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(Seed.MessagesEach, list.GetProperty("messages").GetProperty("totalCount").GetInt32());
        Assert.Equal("FORBIDDEN", undo.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal("BAD_USER_INPUT", around.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("createApiClient", "tenant: $tenant, displayName: \"x\", permissions: [\"access.grant\"]", "BAD_USER_INPUT")]
    [InlineData("rotateApiClientSecret", "clientId: \"acme-api\"", "FORBIDDEN")]
    [InlineData("setContentAccess", "tenant: $tenant, reasonOfClients: false, fourEyes: false", "FORBIDDEN")]
    [InlineData("exportTenant", "tenant: $tenant, withBodies: true, reason: \"taken along\"", "CONTENT_CLOSED")]
    [InlineData("replayRule", "tenant: $tenant, condition: \"text contains \\\"salary\\\"\", action: TAG", "CONTENT_CLOSED")]
    public async Task An_MSP_that_is_kept_from_messages_finds_no_way_around(string mutation, string input, string code)
    {
        await _platform.DataAsync("acme-api", "mutation { setMspContentAccess(input: { mspMayOpenMessages: false }) { errors { code } } }");
        var variables = input.Contains("$tenant", StringComparison.Ordinal) ? "($tenant: ID!)" : "";
        var payload = (await _platform.DataAsync("demo-msp-api", $"mutation{variables} {{ {mutation}(input: {{ {input} }}) {{ errors {{ code }} }} }}", new { tenant = _platform.Seed.Acme.GlobalTenant })).GetProperty(mutation);

        Assert.Equal(code, payload.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Staff_that_was_let_in_to_act_leaves_no_client_behind()
    {
        await LetInAsync("ACT");

        Assert.Equal("FORBIDDEN", await ErrorAsync("mutation { createApiClient(input: { displayName: \"x\", permissions: [\"messages.read\"] }) { client { id } } }"));
    }

    private async Task<string> LetInAsync(string level, bool content = false)
    {
        var asked = (await _platform.DataAsync(Staff, Ask, new { level, content })).GetProperty("requestSupportAccess");
        Assert.Empty(asked.GetProperty("errors").EnumerateArray());
        var id = asked.GetProperty("request").GetProperty("id").GetString()!;
        var granted = (await _platform.DataAsync("acme-api", "mutation($id: ID!) { grantSupportAccess(input: { supportGrantId: $id }) { supportGrant { state until decidedBy } errors { code } } }", new { id })).GetProperty("grantSupportAccess").GetProperty("supportGrant");
        Assert.Equal(("GRANTED", "client:acme-api"), (granted.GetProperty("state").GetString(), granted.GetProperty("decidedBy").GetString()));
        return id;
    }

    /// <summary>The code of the error that the staff gets.</summary>
    private async Task<string?> ErrorAsync(string document) =>
        (await _platform.ResultAsync(Staff, document)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
}
