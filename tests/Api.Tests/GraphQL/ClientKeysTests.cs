using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Api.Identity;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.GraphQL;

public sealed class ClientKeysTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly TestPlatform _platform;

    public ClientKeysTests() => _platform = new TestPlatform
    {
        Services = services => services.AddSingleton<TimeProvider>(_time),
        Change = settings => settings with { AccessTokenLifetime = TimeSpan.FromDays(30) },
    };

    public async ValueTask InitializeAsync()
    {
        await _platform.InitializeAsync();
        await Clients.EnsureAsync("kept", "old-secret", "Kept", [_platform.Seed.Acme.Id], null, Permissions.ReadOnly, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    private IClientRegistry Clients => _platform.Provider.GetRequiredService<IClientRegistry>();

    [Fact]
    public async Task After_a_rotation_both_secrets_hold_for_the_overlap_and_the_new_one_after()
    {
        var secret = (await MutateAsync("rotateApiClientSecret", new { clientId = "kept", overlapHours = 2 })).GetProperty("secret").GetString()!;

        Assert.Equal([true, true, false], await HoldAsync("old-secret", secret, "another"));
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal([false, true], await HoldAsync("old-secret", secret));
    }

    [Fact]
    public async Task A_second_rotation_ends_the_first_secret()
    {
        var first = (await MutateAsync("rotateApiClientSecret", new { clientId = "kept" })).GetProperty("secret").GetString()!;
        var second = (await MutateAsync("rotateApiClientSecret", new { clientId = "kept" })).GetProperty("secret").GetString()!;

        Assert.Equal([false, true, true], await HoldAsync("old-secret", first, second));
    }

    /// <summary>Who can be a client must not approve what it lets be sent.</summary>
    [Fact]
    public async Task Who_makes_a_client_or_sets_its_secret_is_behind_it()
    {
        var (maker, other) = (Guid.NewGuid(), Guid.NewGuid());
        await Clients.EnsureAsync(
            new ApiClient("own", "Own", [_platform.Seed.Acme.Id], null, Permissions.All, null) { Makers = [maker] }, "own-secret", TestContext.Current.CancellationToken);
        await Clients.ChangeAsync("kept", client => client with { Makers = [other] }, TestContext.Current.CancellationToken);
        await MutateAsync("rotateApiClientSecret", new { clientId = "kept" }, "own");

        Assert.Equal([other, maker], (await Clients.FindAsync("kept", TestContext.Current.CancellationToken))!.Makers);
    }

    [Fact]
    public async Task A_secret_is_shown_once_also_when_the_request_is_repeated()
    {
        var first = await MutateAsync("rotateApiClientSecret", new { clientId = "kept", idempotencyKey = "r1" });
        var again = await MutateAsync("rotateApiClientSecret", new { clientId = "kept", idempotencyKey = "r1" });

        Assert.Equal(JsonValueKind.Null, again.GetProperty("secret").ValueKind);
        Assert.True(await HoldsAsync(first.GetProperty("secret").GetString()!));
    }

    [Theory]
    [InlineData("globex-api", "kept", "NOT_FOUND")]
    [InlineData("acme-api", "globex-siem", "NOT_FOUND")]
    [InlineData("acme-api", "demo-msp-api", "NOT_FOUND")]
    public async Task A_client_out_of_reach_is_not_found(string by, string client, string code)
    {
        var payload = await MutateAsync("rotateApiClientSecret", new { clientId = client }, by);

        Assert.Equal(code, payload.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Nobody_gets_the_secret_of_a_client_that_may_do_more()
    {
        await Clients.EnsureAsync("lesser", "lesser-secret", "Lesser", [_platform.Seed.Acme.Id], null, new HashSet<string> { Permissions.DirectoryRead, Permissions.ClientsWrite }, TestContext.Current.CancellationToken);

        var payload = await MutateAsync("rotateApiClientSecret", new { clientId = "acme-api" }, "lesser");

        Assert.Equal("FORBIDDEN", payload.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_token_is_taken_from_the_networks_of_its_client_alone()
    {
        await MutateAsync("changeApiClient", new { clientId = "acme-siem", networks = new[] { "192.0.2.0/24", "2001:db8::/32" } });
        using var refused = await _platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/tenants");
        await MutateAsync("changeApiClient", new { clientId = "acme-siem", networks = new[] { "127.0.0.0/8" } });
        using var taken = await _platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/tenants");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("NETWORK_NOT_ALLOWED", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task What_is_left_out_of_a_change_stays()
    {
        await MutateAsync("changeApiClient", new { clientId = "kept", networks = new[] { "127.0.0.0/8" } });
        var client = (await MutateAsync("changeApiClient", new { clientId = "kept", displayName = "Renamed" })).GetProperty("client");

        Assert.Equal("Renamed", client.GetProperty("displayName").GetString());
        Assert.Equal("127.0.0.0/8", client.GetProperty("networks")[0].GetString());
        Assert.True(await HoldsAsync("old-secret"));
    }

    [Fact]
    public async Task Two_weeks_before_its_end_a_client_is_told_of_once()
    {
        await MutateAsync("changeApiClient", new { clientId = "kept", expiresAt = _time.GetUtcNow().AddDays(15) });
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Empty(await ToldAsync());

        _time.Advance(TimeSpan.FromDays(1));
        JsonElement[] told = [];
        for (var looks = 0; told.Length == 0 && looks < 500; looks++)
            told = await ToldAsync();
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal("kept", Assert.Single(told).GetProperty("data").GetProperty("client").GetString());
        Assert.Single(await ToldAsync());
    }

    private async Task<JsonElement[]> ToldAsync() =>
        [.. (await _platform.DataAsync("acme-api", "{ events(filter: { kinds: [\"client.expiring\"] }) { edges { node { data } } } }")).GetProperty("events").GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node"))];

    private async Task<IReadOnlyList<bool>> HoldAsync(params string[] secrets)
    {
        var hold = new List<bool>();
        foreach (var secret in secrets)
            hold.Add(await HoldsAsync(secret));
        return hold;
    }

    private async Task<bool> HoldsAsync(string secret)
    {
        using var response = await _platform.RequestTokenAsync("kept", secret);
        return response.IsSuccessStatusCode;
    }

    private async Task<JsonElement> MutateAsync(string mutation, object input, string by = "acme-api")
    {
        var secret = mutation == "rotateApiClientSecret" ? "secret" : "";
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        return (await _platform.DataAsync(by, $"mutation($input: {type}!) {{ {mutation}(input: $input) {{ {secret} client {{ id displayName networks }} errors {{ code message }} }} }}", new { input })).GetProperty(mutation);
    }
}
