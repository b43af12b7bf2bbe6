using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Api.Edge;
using Platform.Api.Identity;
using Platform.Api.Identity.Connect;
using Platform.Api.Identity.Sessions;
using Platform.Engine.Authentication.Dns;
using Platform.Grains;
using Platform.Grains.Egress;
using Platform.Grains.Imports;
using Platform.Grains.Onboarding;
using Platform.Grains.Sending;
using Platform.Scanning;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;

namespace Platform.Api.Tests.Hosting;

/// <summary>The API over real SQLite storage in a folder of its own, on a port of its own on loopback, with two tenants of one MSP.</summary>
public sealed class TestPlatform : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("api-tests-").FullName;
    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<string, long> _fetched = [];
    private WebApplication? _app;

    /// <summary>Set before the platform starts.</summary>
    internal Func<ApiSettings, ApiSettings> Change { get; init; } = settings => settings;

    internal Action<IServiceCollection> Services { get; init; } = _ => { };

    internal Action<WebApplication> Routes { get; init; } = _ => { };

    internal LoggedErrors Log { get; } = new();

    internal ScriptedScanners Scanners { get; } = new();

    /// <summary>Where proofs of domains are looked for.</summary>
    internal ScriptedDns Dns { get; } = new();

    internal Seed Seed { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    internal IServiceProvider Provider => _app!.Services;

    internal string Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        Seed = await SeededFolder.CopyToAsync(_folder);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Information);
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlatformStorage(new StorageSettings { DataDirectory = _folder, MayCreateKey = true });
        builder.Services.AddSingleton<IScannerPool>(Scanners);
        builder.Services.AddSingleton<IImports, RecordedImports>();
        builder.Services.AddRuleReplays(new FlowSettings { DataDirectory = _folder }).AddRuleReplayWorker().AddTenantExports().AddRetentionWorkers().AddDomainProofs().AddSendUses();
        builder.Services.AddKeyedSingleton<IDnsResolver>(OnboardingServices.ProofResolver, Dns);
        builder.Services.AddEgress(new EgressSettings { AllowPlainHttp = true, Networks = [IPNetwork.Parse("127.0.0.0/8")] });
        builder.Services.AddPlatformApi(Change(new ApiSettings
        {
            DataDirectory = _folder,
            AllowPlainHttp = true,
            CreateMissingKeys = true,
            RateLimits = new RateLimitSettings(1_000_000, 1_000_000),
        }));
        builder.Services.AddSingleton(SharedSchema.Get());
        Services(builder.Services);
        _app = builder.Build();
        _app.MapPlatformApi();
        Routes(_app);
        await Provider.GetRequiredService<IStorageSetup>().PrepareAsync(CancellationToken.None);
        await Provider.GetRequiredService<IIdentitySetup>().PrepareAsync(CancellationToken.None);
        if (Provider.GetRequiredService<ApiSettings>().Provider == "postgres")
            await Seed.PlantClientsAsync(Provider);
        await _app.StartAsync();
        Address = new Uri(Provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (_app is not null)
        {
            // Stopped first, or work in the background would still write into the folder.
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public async Task<string> TokenAsync(string clientId)
    {
        // A client's token ends after some minutes, and a run on a busy machine is longer than that.
        if (_tokens.TryGetValue(clientId, out var known) && !(_fetched.TryGetValue(clientId, out var at) && Stopwatch.GetElapsedTime(at) > TimeSpan.FromMinutes(3)))
            return known;
        using var response = await RequestTokenAsync(clientId, clientId + "-secret");
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        _fetched[clientId] = Stopwatch.GetTimestamp();
        return _tokens[clientId] = body.GetProperty("access_token").GetString()!;
    }

    public async Task<HttpResponseMessage> RequestTokenAsync(string clientId, string secret, string? scope = null)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = secret };
        if (scope is not null)
            form["scope"] = scope;
        using var content = new FormUrlEncodedContent(form);
        return await Http.PostAsync(new Uri("/connect/token", UriKind.Relative), content);
    }

    /// <summary>From then on the account's address stands for a caller: a token as sign-in issues it, for these permissions or all there are.</summary>
    internal async Task SignInAsync(SignInAccount account, params IEnumerable<string> permissions)
    {
        string[] granted = permissions.Any() ? [.. permissions] : [.. Permissions.All];
        var subject = AccountScopes.SubjectPrefix + account.Id;
        await using var scope = Provider.CreateAsyncScope();
        var session = await scope.ServiceProvider.GetRequiredService<SessionStore>().StartAsync(account.Id, "pwd", TimeProvider.System.GetUtcNow(), "127.0.0.1", "test", CancellationToken.None);
        var tokens = scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
        var token = await tokens.CreateAsync(
            new OpenIddictTokenDescriptor { Subject = subject, Status = OpenIddictConstants.Statuses.Valid, Type = OpenIddictConstants.TokenTypeIdentifiers.AccessToken }, CancellationToken.None);
        var keys = Provider.GetRequiredService<IOptions<OpenIddictServerOptions>>().Value.SigningCredentials;
        _tokens[account.Address] = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address.ToString(),
            TokenType = "at+jwt",
            Audience = UserTokens.Audience,
            Expires = DateTime.UtcNow.AddMinutes(30),
            SigningCredentials = keys.First(key => key.Key is ECDsaSecurityKey),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = subject,
                ["client_id"] = "portal",
                ["scope"] = string.Join(' ', granted),
                [OpenIddictConstants.Claims.Private.TokenId] = (await tokens.GetIdAsync(token))!,
                [Visitors.SessionClaim] = session.Id.ToString(),
            },
        });
    }

    /// <summary>Makes an account of a tenant and signs it in.</summary>
    internal async Task<SignInAccount> SignInAsync(SeededTenant tenant, string address, params IEnumerable<Role> roles)
    {
        var made = await Provider.GetRequiredService<IAccountCommands>().CreateAsync(
            Scope.System(tenant.Id, "test"), AccountOwner.Tenant(tenant.Id), new NewAccount(address, address, [.. roles.Select(role => role.Id)]), CancellationToken.None);
        Assert.Null(made.Code);
        var account = await Provider.GetRequiredService<IAccountDirectory>().FindAsync(made.Value, CancellationToken.None);
        await SignInAsync(account!);
        return account!;
    }

    /// <summary>Sends a request with the client's token; null sends none.</summary>
    public async Task<HttpResponseMessage> SendAsync(string? clientId, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (clientId is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(clientId));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request);
    }

    public async Task<JsonElement> GetJsonAsync(string clientId, string path)
    {
        using var response = await SendAsync(clientId, HttpMethod.Get, path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The whole result of a GraphQL document.</summary>
    public async Task<JsonElement> ResultAsync(string? clientId, string query, object? variables = null, params (string Name, string Value)[] headers)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { query, variables }), Encoding.UTF8, "application/json");
        using var response = await SendAsync(clientId, HttpMethod.Post, "/graphql", content, headers);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
    }

    /// <summary>The data of a GraphQL document that must succeed.</summary>
    public async Task<JsonElement> DataAsync(string clientId, string query, object? variables = null, params (string Name, string Value)[] headers)
    {
        var result = await ResultAsync(clientId, query, variables, headers);
        Assert.False(result.TryGetProperty("errors", out var errors), errors.ToString());
        return result.GetProperty("data");
    }
}
