using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Platform.Grains.Egress;

namespace Platform.Api.Identity.Outside;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0) and its keys (RFC 7517).</summary>
/// <param name="PostsSecret">It takes a client's secret in the form alone, not by HTTP Basic.</param>
/// <param name="NamesIssuer">Its answers name it (RFC 9207).</param>
internal sealed record ProviderMetadata(
    string Issuer, Uri Authorization, Uri Token, Uri? UserInfo, IReadOnlyList<SecurityKey> Keys, bool PostsSecret, bool NamesIssuer);

/// <summary>Fetches it by the guarded way out, bounded, and keeps it for an hour; keys that are not known are looked for at most once a minute.</summary>
internal sealed class ProviderDirectory(IOutsideHttp http, TimeProvider time)
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxKept = 2_000;
    private const int MaxKeys = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan FailureKeptFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeysLookedForEvery = TimeSpan.FromMinutes(1);

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <exception cref="OutsideSignInException">It cannot be reached, or says what cannot be used.</exception>
    public async Task<ProviderMetadata> FindAsync(string issuer, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(issuer, out var kept) && time.GetElapsedTime(kept.At) < (kept.Metadata is null ? FailureKeptFor : KeptFor))
            return kept.Metadata ?? throw new OutsideSignInException(kept.Failure!.Problem, kept.Failure.Message, kept.Failure);
        return await RenewAsync(issuer, cancellationToken);
    }

    /// <summary>After a token that none of the known keys signed: the provider may have new ones.</summary>
    /// <returns>Null: they were looked for only just now.</returns>
    public async Task<ProviderMetadata?> FindNewerAsync(string issuer, CancellationToken cancellationToken) =>
        _kept.TryGetValue(issuer, out var kept) && time.GetElapsedTime(kept.At) < KeysLookedForEvery ? null : await RenewAsync(issuer, cancellationToken);

    /// <summary>As it is now, whatever is kept.</summary>
    public async Task<ProviderMetadata> RenewAsync(string issuer, CancellationToken cancellationToken)
    {
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        var at = time.GetTimestamp();
        try
        {
            var metadata = await LoadAsync(issuer, cancellationToken);
            _kept[issuer] = new Kept(metadata, null, at);
            return metadata;
        }
        catch (OutsideSignInException failure)
        {
            _kept[issuer] = new Kept(null, failure, at);
            throw;
        }
    }

    private async Task<ProviderMetadata> LoadAsync(string issuer, CancellationToken cancellationToken)
    {
        var address = new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        var text = await GetAsync(address, cancellationToken);
        var said = Read(address, () => OpenIdConnectConfiguration.Create(text));
        if (said.Issuer != issuer)
            throw new OutsideSignInException(OutsideProblem.Misconfigured, $"{address} names another issuer than '{issuer}'; it must be written as the provider writes it.");
        var (authorization, token, jwks) = (Endpoint(said.AuthorizationEndpoint, "authorization_endpoint"), Endpoint(said.TokenEndpoint, "token_endpoint"), Endpoint(said.JwksUri, "jwks_uri"));
        var userInfo = string.IsNullOrEmpty(said.UserInfoEndpoint) ? null : Endpoint(said.UserInfoEndpoint, "userinfo_endpoint");
        var keyText = await GetAsync(jwks, cancellationToken);
        var keys = Read(jwks, () => new JsonWebKeySet(keyText).GetSigningKeys().Where(key => key is not SymmetricSecurityKey).Take(MaxKeys).ToList());
        if (keys.Count == 0)
            throw new OutsideSignInException(OutsideProblem.Misconfigured, $"{jwks} holds no key that signatures can be checked with.");
        var methods = said.TokenEndpointAuthMethodsSupported;
        return new ProviderMetadata(
            issuer, authorization, token, userInfo, keys, methods.Count > 0 && !methods.Contains("client_secret_basic") && methods.Contains("client_secret_post"), NamesIssuer(text));
    }

    private async Task<string> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("application/json");
            var answer = await http.SendAsync(request, MaxBytes, Patience, cancellationToken);
            return answer.IsSuccess ? answer.Content : throw new OutsideSignInException(OutsideProblem.Unreachable, $"{address} answered {answer.Status}.");
        }
        catch (EgressRefusedException refused)
        {
            throw new OutsideSignInException(OutsideProblem.Unreachable, $"{address}: {refused.Message}", refused);
        }
    }

    private Uri Endpoint(string? given, string name)
    {
        if (!Uri.TryCreate(given, UriKind.Absolute, out var address))
            throw new OutsideSignInException(OutsideProblem.Misconfigured, $"The provider names no {name}.");
        return http.Refuse(address) is { } reason ? throw new OutsideSignInException(OutsideProblem.Misconfigured, $"{name}: {reason}") : address;
    }

    // What comes from outside may break a reader in ways of its own; all of them mean that it cannot be read.
    private static T Read<T>(Uri address, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new OutsideSignInException(OutsideProblem.Misconfigured, $"{address} is no document of an OpenID provider.", exception);
        }
    }

    private static bool NamesIssuer(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.TryGetProperty("authorization_response_iss_parameter_supported", out var flag) && flag.ValueKind == JsonValueKind.True;
    }

    private sealed record Kept(ProviderMetadata? Metadata, OutsideSignInException? Failure, long At);
}
