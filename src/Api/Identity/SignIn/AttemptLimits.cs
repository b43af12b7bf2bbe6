using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Access;

namespace Platform.Api.Identity.SignIn;

/// <summary>Whether a secret may be tried now.</summary>
/// <param name="Wait">How long not; zero: it may.</param>
internal readonly record struct Permit(TimeSpan Wait)
{
    public bool IsGiven => Wait <= TimeSpan.Zero;
}

/// <summary>
/// Counts failures so that guessing becomes slow where it comes from, and never for the person (docs/decisions/0087). An attempt is
/// counted before the secret is looked at and taken off again when it was right, so that many at once gain nothing.
/// </summary>
internal sealed class AttemptLimits(IdentityDb db, TimeProvider time)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(15);

    /// <summary>Counts an attempt under the key, if it may be made.</summary>
    public async Task<Permit> TakeAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var at = now.ToUnixTimeMilliseconds();
        var stale = at - (long)Forgotten.TotalMilliseconds;
        var leak = (long)key.ForgetsEvery.TotalMilliseconds;
        if (leak > 0)
            await LeakAsync(key, at, leak, cancellationToken);
        // One statement, so that attempts at the same moment are counted one after the other, on whatever process.
        // The wait after the last free failure is 30 s, then 1 min, 2 min ... an hour.
        var counted = await db.Database.SqlQuery<int>($"""
            INSERT INTO attempts ("Key", "Failures", "LastAt", "BlockedUntil") VALUES ({key.Hash}, 1, {at}, 0)
            ON CONFLICT ("Key") DO UPDATE SET
              "Failures" = CASE WHEN attempts."LastAt" < {stale} THEN 1 ELSE attempts."Failures" + 1 END,
              "LastAt" = CASE WHEN {leak} > 0 AND attempts."LastAt" >= {stale} THEN attempts."LastAt" ELSE {at} END,
              "BlockedUntil" = CASE
                WHEN attempts."LastAt" < {stale} OR attempts."Failures" + 1 < {key.Free} THEN 0
                WHEN attempts."Failures" + 1 >= {key.Free} + 7 THEN {at} + 3600000
                ELSE {at} + (30000 << (attempts."Failures" + 1 - {key.Free})) END
            WHERE attempts."BlockedUntil" <= {at}
            RETURNING "Failures" AS "Value"
            """).ToListAsync(cancellationToken);
        if (counted.Count > 0)
            return default;
        var until = await db.Attempts.AsNoTracking().Where(row => row.Key == key.Hash).Select(row => row.BlockedUntil).FirstOrDefaultAsync(cancellationToken);
        return new Permit(until > now ? until - now : TimeSpan.FromSeconds(1));
    }

    /// <summary>Takes off what was forgotten meanwhile; what is left of the time counts on.</summary>
    private Task<int> LeakAsync(AttemptKey key, long at, long leak, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        UPDATE attempts SET
          "Failures" = CASE WHEN attempts."Failures" > ({at} - attempts."LastAt") / {leak} THEN attempts."Failures" - ({at} - attempts."LastAt") / {leak} ELSE 0 END,
          "LastAt" = attempts."LastAt" + ({at} - attempts."LastAt") / {leak} * {leak}
        WHERE "Key" = {key.Hash} AND attempts."LastAt" <= {at} - {leak}
        """, cancellationToken);

    /// <summary>Failures under the key, and how long nothing is looked at; counts nothing.</summary>
    public async Task<(int Failures, TimeSpan Wait)> LookAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await db.Attempts.AsNoTracking().FirstOrDefaultAsync(row => row.Key == key.Hash && row.LastAt >= now - Forgotten, cancellationToken);
        return found is null ? (0, TimeSpan.Zero) : (found.Failures, found.BlockedUntil > now ? found.BlockedUntil - now : TimeSpan.Zero);
    }

    /// <summary>
    /// Looks at no login from the network for a while: at the sign-in page of those who were never seen from there, of mail programs, and at the
    /// tenant's own servers. What such a server reported holds for that tenant's servers alone: it can name any address.
    /// </summary>
    public async Task HoldNetworkAsync(Guid tenantId, AccessService service, IPAddress address, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        var until = at + (long)Held.TotalMilliseconds;
        var network = RateLimits.Network(address);
        var own = AttemptKey.OfMailServer(tenantId, AccessNetworks.KeyOf(address));
        foreach (var key in service == AccessService.MailServer ? [own] : new[] { AttemptKey.OfNetwork(network), AttemptKey.OfSubmission(network), own })
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO attempts ("Key", "Failures", "LastAt", "BlockedUntil") VALUES ({key.Hash}, 1, {at}, {until})
                ON CONFLICT ("Key") DO UPDATE SET "LastAt" = {at}, "BlockedUntil" = CASE WHEN attempts."BlockedUntil" > {until} THEN attempts."BlockedUntil" ELSE {until} END
                """, cancellationToken);
        }
    }

    /// <summary>Takes off what a right secret had counted.</summary>
    /// <param name="whole">Forget all that failed before too: under this key only the person itself was counted.</param>
    public async Task GiveBackAsync(AttemptKey key, bool whole, CancellationToken cancellationToken)
    {
        if (whole)
            await db.Attempts.Where(row => row.Key == key.Hash).ExecuteDeleteAsync(cancellationToken);
        else
            await db.Attempts.Where(row => row.Key == key.Hash && row.Failures > 0).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Failures, row => row.Failures - 1).SetProperty(row => row.BlockedUntil, DateTimeOffset.UnixEpoch), cancellationToken);
    }

    /// <summary>Drops what is forgotten anyway.</summary>
    public Task CleanAsync(CancellationToken cancellationToken)
    {
        var stale = time.GetUtcNow() - Forgotten;
        return db.Attempts.Where(row => row.LastAt < stale).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <param name="Free">How many failures in a row cost nothing yet.</param>
internal readonly record struct AttemptKey(string Hash, int Free)
{
    /// <summary>One failure is forgotten after so long, also while others come in; zero: all of them a day after the last.</summary>
    public TimeSpan ForgetsEvery { get; init; }

    /// <summary>An account from one network: who forgot the password tries a few.</summary>
    public static AttemptKey OfPlace(string address, string network) => new(Digest("place", address, network), 5);

    /// <summary>An account from one browser that it has signed in from.</summary>
    public static AttemptKey OfDevice(Guid account, string device) => new(Digest("device", account.ToString("N"), device), 10);

    /// <summary>One network over all accounts: one password tried on many. Free enough for an office behind one address.</summary>
    public static AttemptKey OfNetwork(string network) => new(Digest("network", network), 50);

    /// <summary>An account from everywhere it was never seen: many networks that share the guessing.</summary>
    public static AttemptKey OfStrangers(string address) => new(Digest("strangers", address), 100);

    /// <summary>The second factor of an account: six digits are few.</summary>
    public static AttemptKey OfCode(Guid account) => new(Digest("code", account.ToString("N")), 5);

    /// <summary>The second factor on a browser that it was given on before: whoever else has the password cannot use up its attempts.</summary>
    public static AttemptKey OfCode(Guid account, string device) => new(Digest("code", account.ToString("N"), device), 5);

    /// <summary>Logins of mail programs to one mailbox from one network. Free enough for a device with an old password beside those with the right one.</summary>
    public static AttemptKey OfSubmission(string user, string network) => new(Digest("submission", user, network), 50);

    /// <summary>Logins of mail programs from one network over all mailboxes, so that made-up names are slowed too. An office never has a day without any, so a thousand a day are forgotten.</summary>
    public static AttemptKey OfSubmission(string network) => new(Digest("submission", network), 1_000) { ForgetsEvery = TimeSpan.FromDays(1) / 1_000 };

    /// <summary>The secret of an API client from one network: a program that has it makes no mistakes.</summary>
    public static AttemptKey OfClient(string client, string network) => new(Digest("client", client, network), 10);

    /// <summary>Logins to one name at a tenant's own server from one network.</summary>
    public static AttemptKey OfMailServer(Guid tenant, string user, string network) => new(Digest("mail-server", tenant.ToString("N"), user, network), 20);

    /// <summary>Failed logins at a tenant's own server from one network over all names; an office with many old passwords stays below.</summary>
    public static AttemptKey OfMailServer(Guid tenant, string network) => new(Digest("mail-server", tenant.ToString("N"), network), 500);

    /// <summary>Asking for a mail to set a password anew.</summary>
    public static AttemptKey OfReset(string address) => new(Digest("reset", address), 3);

    private static string Digest(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
