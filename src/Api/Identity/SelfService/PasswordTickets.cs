using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Identity.Credentials;

namespace Platform.Api.Identity.SelfService;

/// <summary>Rights to set a new password, made for a mail and used once.</summary>
internal sealed class PasswordTickets(IdentityDb db, TimeProvider time)
{
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(60);
    private const int MaxTokenLength = 100;

    /// <returns>The token for the link; only its hash is kept. Those made before count no more.</returns>
    public async Task<string> MakeAsync(Guid account, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await db.PasswordTickets.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancellationToken);
        db.PasswordTickets.Add(new PasswordTicketRow { Hash = HashOf(token), AccountId = account, ExpiresAt = time.GetUtcNow() + Validity });
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }

    /// <summary>Whose it is; null when it is unknown, used or has expired.</summary>
    public async Task<Guid?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (HashOf(token), time.GetUtcNow());
        return await db.PasswordTickets.Where(row => row.Hash == hash && row.UsedAt == null && row.ExpiresAt > now).Select(row => (Guid?)row.AccountId).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>True for the one who uses it first.</summary>
    public async Task<bool> UseAsync(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (HashOf(token), time.GetUtcNow());
        return await db.PasswordTickets.Where(row => row.Hash == hash && row.UsedAt == null && row.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken) == 1;
    }

    private static string HashOf(string token) =>
        token.Length is 0 or > MaxTokenLength ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
