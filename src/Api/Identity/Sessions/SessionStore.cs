using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Platform.Api.Identity.Sessions;

/// <summary>Sign-ins of people: begun, looked up, listed, ended. What ends takes its tokens along.</summary>
internal sealed class SessionStore(IdentityDb db, IOpenIddictTokenManager tokens, LiveTokens live, TimeProvider time)
{
    /// <summary>By then everybody signs in anew.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private const int MaxUserAgentLength = 300;
    private static readonly TimeSpan SeenGrain = TimeSpan.FromMinutes(1);

    /// <param name="methods">By RFC 8176, separated by spaces.</param>
    /// <param name="authenticatedAt">When the person proved who they are; null: nobody can say.</param>
    public async Task<SessionRow> StartAsync(
        Guid accountId, string methods, DateTimeOffset? authenticatedAt, string network, string userAgent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new SessionRow
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            CreatedAt = now,
            AuthenticatedAt = authenticatedAt,
            LastSeenAt = now,
            ExpiresAt = now + Lifetime,
            Methods = methods,
            Network = network,
            UserAgent = userAgent.Length <= MaxUserAgentLength ? userAgent : userAgent[..MaxUserAgentLength],
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return session;
    }

    /// <summary>Null when it has ended, expired, or never was.</summary>
    public async Task<SessionRow?> FindLiveAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = await db.Sessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id && row.EndedAt == null && row.ExpiresAt > now, cancellationToken);
        if (session is not null && now - session.LastSeenAt > SeenGrain)
            await db.Sessions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), cancellationToken);
        return session;
    }

    /// <summary>Notes what an application got in this session, to be revoked with it.</summary>
    public async Task AddGrantAsync(Guid sessionId, string authorizationId, string clientId, CancellationToken cancellationToken)
    {
        db.SessionGrants.Add(new SessionGrantRow { AuthorizationId = authorizationId, SessionId = sessionId, ClientId = clientId });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The authorization that the application got in this session.</summary>
    public Task<string?> FindGrantAsync(Guid sessionId, string clientId, CancellationToken cancellationToken) =>
        db.SessionGrants.Where(row => row.SessionId == sessionId && row.ClientId == clientId).Select(row => row.AuthorizationId).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The live sessions of an account, the last used first.</summary>
    public async Task<IReadOnlyList<SessionRow>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await db.Sessions.AsNoTracking()
            .Where(row => row.AccountId == accountId && row.EndedAt == null && row.ExpiresAt > now)
            .OrderByDescending(row => row.LastSeenAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends one session: its cookie counts for nothing at once, its tokens within ten seconds. False when the account has no such session.</summary>
    public async Task<bool> EndAsync(Guid accountId, Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = await db.Sessions.Where(row => row.Id == sessionId && row.AccountId == accountId && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), cancellationToken);
        if (ended == 0)
            return false;
        var grants = await db.SessionGrants.Where(row => row.SessionId == sessionId).Select(row => row.AuthorizationId).ToListAsync(cancellationToken);
        foreach (var authorization in grants)
            await tokens.RevokeByAuthorizationIdAsync(authorization, cancellationToken);
        live.Forget();
        return true;
    }

    /// <summary>Ends every session of the account but the one named.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EndOthersAsync(Guid accountId, Guid? kept, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var session in await ListAsync(accountId, cancellationToken))
            if (session.Id != kept && await EndAsync(accountId, session.Id, cancellationToken))
                count++;
        return count;
    }

    /// <summary>True when the account signed in from this network before.</summary>
    public Task<bool> IsKnownNetworkAsync(Guid accountId, string network, CancellationToken cancellationToken) =>
        db.Sessions.AnyAsync(row => row.AccountId == accountId && row.Network == network, cancellationToken);
}
