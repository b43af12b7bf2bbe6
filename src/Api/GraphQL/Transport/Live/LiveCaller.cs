using System.Security.Claims;
using OpenIddict.Abstractions;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>Who stands behind the token of a lasting connection: looked up anew each time, no further than the token lasts.</summary>
internal sealed class LiveCaller(ClaimsPrincipal principal, TokenCaller tokens, string language, TimeProvider time)
{
    /// <summary>When the token expires; null when it says nothing.</summary>
    public DateTimeOffset? ExpiresAt { get; } = principal.GetExpirationDate();

    public bool HasExpired => ExpiresAt <= time.GetUtcNow();

    /// <summary>Null when the token has expired, or nobody stands behind it any more.</summary>
    public async ValueTask<Caller?> NowAsync(CancellationToken cancellationToken) =>
        HasExpired ? null : await tokens.FindAsync(principal, language, cancellationToken);
}
