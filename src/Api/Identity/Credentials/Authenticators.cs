using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Platform.Api.Identity.Credentials;

/// <summary>Authenticator apps of accounts, and the recovery codes that stand in for a lost one.</summary>
internal sealed class Authenticators(IdentityDb db, IDataProtectionProvider protection, TimeProvider time)
{
    private const int RecoveryCodes = 10;
    private const int RecoveryCodeBytes = 10;

    private readonly IDataProtector _seal = protection.CreateProtector("totp");

    /// <summary>True: a sign-in by password needs a code too.</summary>
    public Task<bool> IsSetUpAsync(Guid account, CancellationToken cancellationToken) =>
        db.Totps.AnyAsync(row => row.AccountId == account && row.ConfirmedAt != null, cancellationToken);

    /// <summary>The secret to put into an app: the one that waits to be confirmed, or a new one. Null when there is a confirmed one.</summary>
    public async Task<byte[]?> BeginAsync(Guid account, CancellationToken cancellationToken)
    {
        if (await db.Totps.AsNoTracking().FirstOrDefaultAsync(row => row.AccountId == account, cancellationToken) is { } known)
            return known.ConfirmedAt is null ? _seal.Unprotect(Convert.FromBase64String(known.Secret)) : null;
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretLength);
        db.Totps.Add(new TotpRow { AccountId = account, Secret = Convert.ToBase64String(_seal.Protect(secret)) });
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }

    /// <summary>Confirms the app by its first code.</summary>
    /// <returns>The recovery codes, shown this once; null: the code is not right.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(Guid account, string code, CancellationToken cancellationToken)
    {
        if (await TakeStepAsync(account, code, confirmed: false, cancellationToken) is null)
            return null;
        var now = time.GetUtcNow();
        var confirmed = await db.Totps.Where(row => row.AccountId == account && row.ConfirmedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmedAt, now), cancellationToken);
        return confirmed == 0 ? null : await RenewCodesAsync(account, cancellationToken);
    }

    /// <summary>True for a code of the app that was not taken before.</summary>
    public async Task<bool> CheckAsync(Guid account, string code, CancellationToken cancellationToken) =>
        await TakeStepAsync(account, code, confirmed: true, cancellationToken) is not null;

    /// <summary>Uses up a recovery code.</summary>
    public async Task<bool> RecoverAsync(Guid account, string code, CancellationToken cancellationToken)
    {
        var (hash, now) = (HashOf(account, code), time.GetUtcNow());
        return await db.RecoveryCodes.Where(row => row.Hash == hash && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken) == 1;
    }

    public Task<int> CountCodesAsync(Guid account, CancellationToken cancellationToken) =>
        db.RecoveryCodes.CountAsync(row => row.AccountId == account && row.UsedAt == null, cancellationToken);

    /// <summary>Makes new recovery codes; those before count no more.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Guid account, CancellationToken cancellationToken)
    {
        await db.RecoveryCodes.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancellationToken);
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => Grouped(Totp.Base32(RandomNumberGenerator.GetBytes(RecoveryCodeBytes)))).ToList();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCodeRow { Hash = HashOf(account, code), AccountId = account }));
        await db.SaveChangesAsync(cancellationToken);
        return codes;
    }

    public async Task RemoveAsync(Guid account, CancellationToken cancellationToken)
    {
        await db.Totps.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancellationToken);
        await db.RecoveryCodes.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<long?> TakeStepAsync(Guid account, string code, bool confirmed, CancellationToken cancellationToken)
    {
        var digits = new string([.. code.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiDigit)]);
        if (digits.Length != Totp.Digits || await db.Totps.AsNoTracking().FirstOrDefaultAsync(row => row.AccountId == account, cancellationToken) is not { } totp || totp.ConfirmedAt is null == confirmed)
            return null;
        if (Totp.FindStep(_seal.Unprotect(Convert.FromBase64String(totp.Secret)), digits, time.GetUtcNow(), totp.LastStep) is not { } step)
            return null;
        // Of two who show the same code at the same moment one comes first.
        var taken = await db.Totps.Where(row => row.AccountId == account && row.LastStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastStep, step), cancellationToken);
        return taken == 1 ? step : null;
    }

    private static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));

    private static string HashOf(Guid account, string code)
    {
        var plain = new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Take(100)]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{account:N}:{plain}")));
    }
}
