using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;
using Platform.Api.Edge;
using Platform.Api.Identity.Sessions;

namespace Platform.Api.Identity.Outside;

/// <summary>A sign-in by an outside provider that was begun in this browser.</summary>
/// <param name="State">Ties the answer to the browser that asked (RFC 6749, 10.12).</param>
/// <param name="Nonce">Ties the ID token to this question (OpenID Connect Core 1.0, 15.5.2).</param>
/// <param name="Verifier">Of PKCE (RFC 7636).</param>
/// <param name="AgainSince">The person must prove who they are after this; null: to have done so at any time will do.</param>
internal sealed record OutsideTransaction(string State, string Nonce, string Verifier, Guid Provider, string ReturnUrl, DateTimeOffset? AgainSince)
{
    public static OutsideTransaction Begin(Guid provider, string returnUrl, DateTimeOffset? againSince) => new(Random(), Random(), Random(), provider, returnUrl, againSince);

    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}

/// <summary>Keeps it in the browser, sealed, for as long as a sign-in may take; each in a cookie of its own, so that two windows do not meet.</summary>
internal sealed class OutsideTransactions(IDataProtectionProvider protection, ApiSettings settings)
{
    private const int MaxState = 100;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("outside-sign-in").ToTimeLimitedDataProtector();

    public void Keep(HttpContext context, OutsideTransaction transaction) =>
        context.Response.Cookies.Append(NameOf(transaction.State), _seal.Protect(JsonSerializer.Serialize(transaction), Within), SessionCookie.Options(context, settings, Within));

    /// <summary>Good once: the cookie goes with it.</summary>
    /// <returns>Null: this browser began no such sign-in, or too long ago.</returns>
    public OutsideTransaction? Take(HttpContext context, string? state)
    {
        if (state is not { Length: > 0 and <= MaxState } || !context.Request.Cookies.TryGetValue(NameOf(state), out var value))
            return null;
        context.Response.Cookies.Delete(NameOf(state), SessionCookie.Options(context, settings));
        try
        {
            return JsonSerializer.Deserialize<OutsideTransaction>(_seal.Unprotect(value)) is { } transaction
                && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(transaction.State), System.Text.Encoding.UTF8.GetBytes(state))
                    ? transaction
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private string NameOf(string state) =>
        SessionCookie.NameOf("outside-" + Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(state)))[..12], settings);
}
