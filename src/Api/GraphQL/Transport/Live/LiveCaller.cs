using System.Net;
using System.Security.Claims;
using OpenIddict.Abstractions;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>Who stands behind the token of a lasting connection: looked up anew each time, no further than the token lasts.</summary>
/// <param name="address">Whence the connection comes.</param>
internal sealed class LiveCaller(ClaimsPrincipal principal, TokenCaller tokens, string language, IPAddress? address, TimeProvider time)
{
    /// <summary>When the token expires; null when it says nothing.</summary>
    public DateTimeOffset? ExpiresAt { get; } = principal.GetExpirationDate();

    public bool HasExpired => ExpiresAt <= time.GetUtcNow();

    /// <summary>Null when the token has expired, nobody stands behind it any more, or it is not taken from there any more.</summary>
    public async ValueTask<Caller?> NowAsync(CancellationToken cancellationToken)
    {
        if (HasExpired || await tokens.FindAsync(principal, language, cancellationToken) is not { } caller)
            return null;
        return await tokens.RefuseFromAsync(caller, address, cancellationToken) is null ? caller with { Address = address } : null;
    }
}
