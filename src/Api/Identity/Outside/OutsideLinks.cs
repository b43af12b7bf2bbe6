using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Identity.Credentials;

namespace Platform.Api.Identity.Outside;

/// <summary>
/// Which account is which person at a provider: by tenant, issuer and subject (OpenID Connect Core 1.0, 5.7), never by address. A link lasts
/// whatever becomes of the provider's settings, and an account has one.
/// </summary>
internal sealed class OutsideLinks(IdentityDb db)
{
    public Task<Guid?> FindAsync(Guid tenantId, string issuer, string subject, CancellationToken cancellationToken)
    {
        var (owner, key) = (Owner(tenantId), Key(issuer, subject));
        return db.UserLogins.AsNoTracking().Where(row => row.LoginProvider == owner && row.ProviderKey == key).Select(row => (Guid?)row.UserId).FirstOrDefaultAsync(cancellationToken);
    }

    public Task<bool> HasAnyAsync(Guid accountId, CancellationToken cancellationToken) => db.UserLogins.AnyAsync(row => row.UserId == accountId, cancellationToken);

    /// <returns>False: the person or the account was linked in the same moment.</returns>
    public async Task<bool> AddAsync(Guid tenantId, string issuer, string subject, Guid accountId, CancellationToken cancellationToken)
    {
        try
        {
            if (!await db.Users.AnyAsync(user => user.Id == accountId, cancellationToken))
            {
                var credential = Credential.Of(accountId);
                credential.NormalizedUserName = credential.UserName!.ToUpperInvariant();
                credential.SecurityStamp = Guid.CreateVersion7().ToString("N");
                db.Users.Add(credential);
            }

            db.UserLogins.Add(new IdentityUserLogin<Guid> { LoginProvider = Owner(tenantId), ProviderKey = Key(issuer, subject), ProviderDisplayName = issuer, UserId = accountId });
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(Guid accountId, CancellationToken cancellationToken) =>
        await db.UserLogins.Where(row => row.UserId == accountId).ExecuteDeleteAsync(cancellationToken) > 0;

    private static string Owner(Guid tenantId) => tenantId.ToString("N");

    /// <summary>An issuer has no line break, so no two pairs read alike.</summary>
    private static string Key(string issuer, string subject) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}")));
}
