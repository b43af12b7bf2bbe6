using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Platform.Api.Edge;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.Credentials;

/// <summary>
/// Passkeys (WebAuthn Level 3) by ASP.NET Core Identity. The key stays in the person's device, which checks finger, face or PIN
/// itself: one is a sign-in of two factors and cannot be phished, since the browser binds it to this site.
/// </summary>
internal sealed class Passkeys(UserManager<Credential> users, IPasskeyHandler<Credential> handler, IDataProtectionProvider protection, ApiSettings settings)
{
    private const int MaxNameLength = 60;
    private const int MaxEach = 20;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("passkeys").ToTimeLimitedDataProtector();
    private readonly string _cookie = SessionCookie.NameOf("passkey", settings);

    /// <summary>Options for <c>navigator.credentials.get</c>, in JSON.</summary>
    public async Task<string> RequestAsync(HttpContext context)
    {
        var made = await handler.MakeRequestOptionsAsync(null, context);
        Keep(context, made.AssertionState);
        return made.RequestOptionsJson;
    }

    /// <summary>The account whose passkey answered; null when it is none of ours, or the answer is wrong or late.</summary>
    public async Task<Guid?> CheckAsync(HttpContext context, string credential)
    {
        if (Take(context) is not { } state)
            return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded)
            return null;
        // The counter in it tells copies of a key apart (Web Authentication, section 6.1.1).
        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User.Id;
    }

    /// <summary>Options for <c>navigator.credentials.create</c>, in JSON.</summary>
    public async Task<string> CreateAsync(HttpContext context, SignInAccount account)
    {
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Address, DisplayName = account.Name }, context);
        Keep(context, made.AttestationState);
        return made.CreationOptionsJson;
    }

    public async Task<bool> AddAsync(HttpContext context, SignInAccount account, string credential, string name)
    {
        if (Take(context) is not { } state)
            return false;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != account.Id.ToString() || (await ListAsync(account.Id)).Count >= MaxEach)
            return false;
        result.Passkey.Name = name.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, MaxNameLength)] : "Passkey";
        return (await users.AddOrUpdatePasskeyAsync(await EnsureAsync(account.Id), result.Passkey)).Succeeded;
    }

    public async Task<IReadOnlyList<UserPasskeyInfo>> ListAsync(Guid account) =>
        await users.FindByIdAsync(account.ToString()) is { } credential ? [.. await users.GetPasskeysAsync(credential)] : [];

    public async Task RemoveAsync(Guid account, string id)
    {
        if (await users.FindByIdAsync(account.ToString()) is { } credential
            && (await users.GetPasskeysAsync(credential)).FirstOrDefault(key => Convert.ToHexStringLower(key.CredentialId) == id) is { } passkey)
            await users.RemovePasskeyAsync(credential, passkey.CredentialId);
    }

    public async Task RemoveAllAsync(Guid account)
    {
        if (await users.FindByIdAsync(account.ToString()) is not { } credential)
            return;
        foreach (var passkey in await users.GetPasskeysAsync(credential))
            await users.RemovePasskeyAsync(credential, passkey.CredentialId);
    }

    // Who came by an outside provider has no row yet.
    private async Task<Credential> EnsureAsync(Guid account)
    {
        if (await users.FindByIdAsync(account.ToString()) is { } known)
            return known;
        var made = Credential.Of(account);
        await users.CreateAsync(made);
        return made;
    }

    private void Keep(HttpContext context, string? state)
    {
        var options = SessionCookie.Options(context, settings, AnswerWithin);
        options.SameSite = SameSiteMode.Strict;
        context.Response.Cookies.Append(_cookie, _seal.Protect(state ?? "", AnswerWithin), options);
    }

    private string? Take(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(_cookie, out var value))
            return null;
        context.Response.Cookies.Delete(_cookie, SessionCookie.Options(context, settings));
        try
        {
            return _seal.Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
