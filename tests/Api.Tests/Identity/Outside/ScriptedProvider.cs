using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Api.Tests.Identity.Outside;

/// <summary>An OpenID provider on loopback that says what a test has it say, right by default.</summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    public const string ClientId = "mail";
    public const string Secret = "s3cret:with/signs";

    private readonly WebApplication _app;
    private RSA _rsa = RSA.Create(2048);
    private string _keyId = "one";
    private bool _isGone;

    private ScriptedProvider(WebApplication app) => _app = app;

    public string Issuer { get; private set; } = "";

    /// <summary>Changes the claims before they are signed.</summary>
    public Action<Dictionary<string, object>> Claims { get; set; } = _ => { };

    /// <summary>Makes the token otherwise.</summary>
    public Func<ScriptedProvider, Dictionary<string, object>, string> Sign { get; set; } = (provider, claims) => provider.Signed(claims, SecurityAlgorithms.RsaSha256);

    /// <summary>Changes what it says of itself.</summary>
    public Action<Dictionary<string, object>> Metadata { get; set; } = _ => { };

    public string Address { get; set; } = "taro@acme.test";

    public string Subject { get; set; } = "subject-1";

    /// <summary>What the token endpoint was asked last.</summary>
    public IReadOnlyDictionary<string, string> Asked { get; private set; } = new Dictionary<string, string>();

    public string? Authorization { get; private set; }

    public int KeysFetched { get; private set; }

    public static async Task<ScriptedProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new ScriptedProvider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Describe);
        app.MapGet("/keys", provider.Keys);
        app.MapPost("/token", (Delegate)provider.TokenAsync);
        await app.StartAsync();
        provider.Issuer = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return provider;
    }

    public void RotateKeys() => (_rsa, _keyId) = (RSA.Create(2048), Guid.NewGuid().ToString("N"));

    public string Signed(Dictionary<string, object> claims, string algorithm) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Claims = claims,
        SigningCredentials = algorithm == SecurityAlgorithms.HmacSha256
            ? new SigningCredentials(new SymmetricSecurityKey(Encoding.ASCII.GetBytes(Secret.PadRight(32, 'x'))), algorithm)
            : new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = _keyId }, algorithm),
    });

    /// <summary>By <c>alg: none</c> (RFC 7519, 6).</summary>
    public static string Unsigned(Dictionary<string, object> claims) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor { Claims = claims });

    public async ValueTask DisposeAsync()
    {
        if (_isGone)
            return;
        _isGone = true;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private IResult Describe()
    {
        Dictionary<string, object> said = new()
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = Issuer + "/authorize",
            ["token_endpoint"] = Issuer + "/token",
            ["jwks_uri"] = Issuer + "/keys",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        };
        Metadata(said);
        return Results.Json(said);
    }

    private IResult Keys()
    {
        KeysFetched++;
        var parameters = _rsa.ExportParameters(false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = _keyId, n = Base64UrlEncoder.Encode(parameters.Modulus!), e = Base64UrlEncoder.Encode(parameters.Exponent!) } } });
    }

    /// <summary>The code is the nonce that was asked with, so that nothing must be kept.</summary>
    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        Asked = form.ToDictionary(field => field.Key, field => field.Value.ToString());
        Authorization = context.Request.Headers.Authorization;
        const string access = "access-token";
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Dictionary<string, object> claims = new()
        {
            ["iss"] = Issuer,
            ["sub"] = Subject,
            ["aud"] = ClientId,
            ["exp"] = now + 300,
            ["iat"] = now,
            ["nonce"] = form["code"].ToString(),
            ["at_hash"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(access))[..16]),
            ["email"] = Address,
            ["name"] = "山田 太郎",
        };
        Claims(claims);
        return Results.Json(new { access_token = access, token_type = "Bearer", id_token = Sign(this, claims) });
    }
}
