using System.Net;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class ClientsTests : IAsyncLifetime
{
    private const string Create = "mutation($permissions: [String!]!, $expiresAt: DateTime) { createApiClient(input: { displayName: \"Test\", permissions: $permissions, expiresAt: $expiresAt, idempotencyKey: \"k\" }) { client { id permissions } secret errors { code field } } }";

    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_client_made_can_sign_in_and_its_secret_is_shown_once()
    {
        var made = await CreateAsync(["messages.read"]);
        var again = await CreateAsync(["messages.read"]);
        using var token = await _platform.RequestTokenAsync(made.GetProperty("client").GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);

        Assert.Equal(HttpStatusCode.OK, token.StatusCode);
        Assert.Equal(made.GetProperty("client").GetProperty("id").GetString(), again.GetProperty("client").GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, again.GetProperty("secret").ValueKind);
    }

    [Fact]
    public async Task The_secret_stands_nowhere_on_disk_in_plain_text()
    {
        var secret = (await CreateAsync(["messages.read"])).GetProperty("secret").GetString()!;

        foreach (var file in Directory.GetFiles(_platform.Folder, "*.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(secret, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_removed_gets_no_token()
    {
        var made = await CreateAsync(["messages.read"]);
        var id = made.GetProperty("client").GetProperty("id").GetString()!;
        await _platform.DataAsync("acme-api", "mutation($id: ID!) { removeApiClient(input: { clientId: $id }) { removedClientId errors { code } } }", new { id });
        using var token = await _platform.RequestTokenAsync(id, made.GetProperty("secret").GetString()!);

        Assert.Equal(HttpStatusCode.Unauthorized, token.StatusCode);
    }

    [Theory]
    [InlineData("nonsense", null, "permissions")]
    [InlineData(null, null, "permissions")]
    [InlineData("messages.read", "2020-01-01T00:00:00Z", "expiresAt")]
    public async Task What_cannot_be_granted_is_refused(string? permission, string? expiresAt, string field)
    {
        var payload = await CreateAsync(permission is null ? [] : [permission], expiresAt);

        Assert.Equal(field, payload.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_client_cannot_grant_what_it_does_not_hold()
    {
        using var response = await _platform.RequestTokenAsync("acme-api", "acme-api-secret", "clients.write directory.read");
        var token = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString();
        using var content = new StringContent(JsonSerializer.Serialize(new { query = Create, variables = new { permissions = new[] { "messages.act" } } }), System.Text.Encoding.UTF8, "application/json");
        using var answer = await _platform.SendAsync(null, HttpMethod.Post, "/graphql", content, ("Authorization", "Bearer " + token));

        Assert.Contains("\"field\":\"permissions\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_another_tenant_is_neither_listed_nor_removed()
    {
        var data = await _platform.DataAsync("acme-api", "{ apiClients { id } }");
        var removal = await _platform.DataAsync("acme-api", "mutation { removeApiClient(input: { clientId: \"globex-api\" }) { errors { code } } }");

        Assert.Equal(["acme-api", "acme-siem"], data.GetProperty("apiClients").EnumerateArray().Select(client => client.GetProperty("id").GetString()));
        Assert.Equal("NOT_FOUND", removal.GetProperty("removeApiClient").GetProperty("errors")[0].GetProperty("code").GetString());
    }

    private async Task<JsonElement> CreateAsync(string[] permissions, string? expiresAt = null) =>
        (await _platform.DataAsync("acme-api", Create, new { permissions, expiresAt })).GetProperty("createApiClient");
}
