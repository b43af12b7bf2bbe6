using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Platform.Api.Identity.Credentials;

/// <summary>
/// Passwords by NIST SP 800-63B-4, section 3.1.1: at least 12 characters of any kind, none that is known or guessable, no rules of
/// composition, no expiry. Unicode is brought to one form (NFKC) first, so that the same keys give the same password everywhere.
/// Kept as PBKDF2-HMAC-SHA512 by ASP.NET Core Identity, and hashed anew at a sign-in when the cost has been raised since.
/// </summary>
internal sealed class Passwords(IdentityDb db, IPasswordHasher<Credential> hasher, PasswordRules rules, UnknownPassword unknown)
{
    public const int MinLength = 12;

    /// <summary>Far above any passphrase; beyond it a form is used to make us work.</summary>
    public const int MaxLength = 1_000;

    /// <summary>True when the password is the account's. Takes the time of one hash whether or not there is an account or a password.</summary>
    public async Task<bool> CheckAsync(Guid? accountId, string password, CancellationToken cancellationToken)
    {
        var credential = await db.Users.FirstOrDefaultAsync(user => user.Id == (accountId ?? Guid.Empty), cancellationToken);
        var given = Normalize(password);
        var result = hasher.VerifyHashedPassword(credential ?? unknown.Credential, credential?.PasswordHash ?? unknown.Hash, given);
        if (credential?.PasswordHash is null || result == PasswordVerificationResult.Failed)
            return false;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            credential.PasswordHash = hasher.HashPassword(credential, given);
            await db.SaveChangesAsync(cancellationToken);
        }

        return true;
    }

    public Task<bool> HasPasswordAsync(Guid accountId, CancellationToken cancellationToken) =>
        db.Users.AnyAsync(user => user.Id == accountId && user.PasswordHash != null, cancellationToken);

    /// <summary>What tells one password of an account from the next, and nothing of either.</summary>
    public async Task<string> MarkAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var hash = await db.Users.Where(user => user.Id == accountId).Select(user => user.PasswordHash).FirstOrDefaultAsync(cancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hash ?? "")));
    }

    /// <summary>Sets the password, or says by which rule it will not do.</summary>
    public async Task<PasswordFlaw?> SetAsync(Guid accountId, string password, IEnumerable<string> personal, CancellationToken cancellationToken)
    {
        var given = Normalize(password);
        if (await rules.FlawOfAsync(given, personal, cancellationToken) is { } flaw)
            return flaw;
        var credential = await db.Users.FirstOrDefaultAsync(user => user.Id == accountId, cancellationToken);
        if (credential is null)
        {
            credential = Credential.Of(accountId);
            credential.NormalizedUserName = credential.UserName!.ToUpperInvariant();
            credential.SecurityStamp = Guid.CreateVersion7().ToString("N");
            db.Users.Add(credential);
        }

        credential.PasswordHash = hasher.HashPassword(credential, given);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    public static string Normalize(string password)
    {
        var bounded = password.Length <= MaxLength ? password : password[..MaxLength];
        try
        {
            return bounded.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Not well-formed UTF-16, which no keyboard gives: taken as it is.
            return bounded;
        }
    }
}

/// <summary>What stands in for an account that does not exist, so that refusing it costs the same.</summary>
internal sealed class UnknownPassword
{
    public UnknownPassword(IPasswordHasher<Credential> hasher)
    {
        Credential = Credential.Of(Guid.Empty);
        Hash = hasher.HashPassword(Credential, Guid.NewGuid().ToString("N"));
    }

    public Credential Credential { get; }

    public string Hash { get; }
}
