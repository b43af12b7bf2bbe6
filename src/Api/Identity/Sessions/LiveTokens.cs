using System.Collections.Concurrent;
using System.Security.Claims;
using OpenIddict.Abstractions;

namespace Platform.Api.Identity.Sessions;

/// <summary>
/// Whether a person's access token still counts: until its session ends, the family is revoked for a reused refresh token, or the
/// client revokes it (RFC 7009). Answered from memory for up to five seconds.
/// </summary>
internal sealed class LiveTokens(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);
    private const int MaxKept = 50_000;

    private readonly ConcurrentDictionary<string, (bool Live, long At)> _kept = new(StringComparer.Ordinal);

    public async ValueTask<bool> IsLiveAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.GetTokenId() is not { } tokenId || !Guid.TryParse(principal.GetClaim(Visitors.SessionClaim), out var session))
            return false;
        if (_kept.TryGetValue(tokenId, out var kept) && time.GetElapsedTime(kept.At) < KeptFor)
            return kept.Live;
        var at = time.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
        var live = await tokens.FindByIdAsync(tokenId, cancellationToken) is { } token
            && await tokens.HasStatusAsync(token, OpenIddictConstants.Statuses.Valid, cancellationToken)
            && await scope.ServiceProvider.GetRequiredService<SessionStore>().FindLiveAsync(session, cancellationToken) is not null;
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        _kept[tokenId] = (live, at);
        return live;
    }

    /// <summary>After a change by this process: the next question reads anew.</summary>
    public void Forget() => _kept.Clear();
}
