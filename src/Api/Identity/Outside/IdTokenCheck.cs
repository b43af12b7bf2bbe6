using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.Identity.Outside;

/// <summary>
/// Checks an ID token by OpenID Connect Core 1.0, 3.1.3.7: signature by a key of the provider, <c>iss</c>, <c>aud</c>, <c>azp</c>, <c>exp</c>,
/// <c>iat</c>, <c>nonce</c>, and <c>at_hash</c> (3.1.3.8). Only signatures by a private key are taken: neither <c>none</c> nor one by the client's secret.
/// </summary>
internal sealed class IdTokenCheck(ProviderDirectory directory, TimeProvider time)
{
    private const int MaxSubject = 255;

    /// <summary>By so much two clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _tokens = new();
    private readonly OpenIdConnectProtocolValidator _protocol = new() { RequireNonce = true, RequireTimeStampInNonce = false, RequireState = false };

    /// <exception cref="OutsideSignInException">It proves nothing.</exception>
    public async Task<JsonWebToken> CheckAsync(SignInProvider provider, ProviderMetadata metadata, ProviderTokens tokens, string nonce, CancellationToken cancellationToken)
    {
        var result = await _tokens.ValidateTokenAsync(tokens.IdToken, Parameters(provider, metadata.Keys));
        // The provider may have changed its keys since they were fetched.
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException && await directory.FindNewerAsync(provider.Issuer, cancellationToken) is { } newer)
            result = await _tokens.ValidateTokenAsync(tokens.IdToken, Parameters(provider, newer.Keys));
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
            throw Untrusted(result.Exception);
        try
        {
            _protocol.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
            {
                ClientId = provider.ClientId,
                Nonce = nonce,
                ProtocolMessage = new OpenIdConnectMessage { IdToken = tokens.IdToken, AccessToken = tokens.AccessToken },
                ValidatedIdToken = new JwtSecurityToken(tokens.IdToken),
            });
        }
        catch (Exception exception) when (exception is OpenIdConnectProtocolException or SecurityTokenException or ArgumentException)
        {
            throw Untrusted(exception);
        }

        if (token.IssuedAt > time.GetUtcNow().UtcDateTime + Skew)
            throw new OutsideSignInException(OutsideProblem.Untrusted, "The ID token was issued in the future: one of the clocks is wrong.");
        // The library only warns of several audiences without a party that is meant.
        if (token.Audiences.Count() > 1 && token.Azp != provider.ClientId)
            throw new OutsideSignInException(OutsideProblem.Untrusted, "The ID token is for several audiences and does not say which of them it was issued to.");
        if (token.Subject.Length is 0 or > MaxSubject)
            throw new OutsideSignInException(OutsideProblem.Untrusted, "The ID token names no subject.");
        return token;
    }

    private TokenValidationParameters Parameters(SignInProvider provider, IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = provider.ClientId,
        IssuerSigningKeys = keys,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (from, until, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return until is { } end && now < end + Skew && (from is not { } begin || now > begin - Skew);
        },
    };

    // The library's sentences name what was wrong and hold no secret.
    private static OutsideSignInException Untrusted(Exception? exception) =>
        new(OutsideProblem.Untrusted, $"The ID token is not taken: {exception?.GetType().Name ?? "it is no token"}.", exception);
}
