using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Platform.Api.Edge;

/// <summary>
/// Requests a minute for each client, or for each address where nobody is signed in. Every answer says how things stand in the
/// fields of draft-ietf-httpapi-ratelimit-headers: <c>RateLimit-Policy: "client";q=6000;w=60</c> (quota and window in seconds) and
/// <c>RateLimit: "client";r=5999;t=1</c> (what remains, and the seconds until the quota is whole again). When nothing remains the
/// answer is 429 with Retry-After (RFC 6585, section 4; RFC 9110, section 10.2.3); nothing is lost by waiting.
/// </summary>
internal sealed class RateLimits(ApiSettings settings) : IDisposable
{
    private const int Window = 60;

    /// <summary>A page of the secure reader asks twelve times a minute, and many may read behind one address.</summary>
    private const int ReaderFactor = 10;

    private readonly PartitionedRateLimiter<string> _clients = Limiter(settings.RateLimits.ClientPerMinute);
    private readonly PartitionedRateLimiter<string> _addresses = Limiter(settings.RateLimits.AddressPerMinute);
    private readonly PartitionedRateLimiter<string> _readers = Limiter(settings.RateLimits.AddressPerMinute * ReaderFactor);

    /// <summary>Takes one permit and writes the headers. False: nothing remained.</summary>
    public bool TryTake(CallerContext caller, HttpContext context)
    {
        var (name, limiter, key, quota) = caller.IsKnown
            ? ("client", _clients, caller.Current.Subject, settings.RateLimits.ClientPerMinute)
            : ("address", _addresses, Network(context.Connection.RemoteIpAddress), settings.RateLimits.AddressPerMinute);
        using var lease = limiter.AttemptAcquire(key);
        var remaining = limiter.GetStatistics(key)?.CurrentAvailablePermits ?? 0;
        var whole = (long)Math.Ceiling((quota - remaining) * (double)Window / quota);
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={quota};w={Window}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={remaining};t={whole}");
        if (lease.IsAcquired)
            return true;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return false;
    }

    /// <summary>Takes one permit for what is dear and comes before it is known who asks.</summary>
    public bool TryTakeAddress(IPAddress? address)
    {
        using var lease = _addresses.AttemptAcquire(Network(address));
        return lease.IsAcquired;
    }

    /// <summary>Takes one permit for a request to the secure reader.</summary>
    public bool TryTakeReader(IPAddress? address)
    {
        using var lease = _readers.AttemptAcquire(Network(address));
        return lease.IsAcquired;
    }

    /// <summary>Takes one permit for what a lasting connection starts, which has no headers to write to.</summary>
    public bool TryTake(Caller caller)
    {
        using var lease = _clients.AttemptAcquire(caller.Subject);
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _clients.Dispose();
        _addresses.Dispose();
        _readers.Dispose();
    }

    // Whoever has one IPv6 address has the 64 bits behind its network.
    internal static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private static PartitionedRateLimiter<string> Limiter(int perMinute)
    {
        // As many replenishments a minute as there are permits, but not more than one a 100 ms.
        var steps = Math.Clamp(perMinute, 1, 600);
        return PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / steps),
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)Window / steps),
            QueueLimit = 0,
            AutoReplenishment = true,
        }), StringComparer.Ordinal);
    }
}

internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimits limits)
{
    public Task InvokeAsync(HttpContext context, CallerContext caller)
    {
        // A probe of the orchestrator must not be told to wait.
        if ((!context.Request.IsApi() && !context.Request.Path.StartsWithSegments("/account")) || context.Request.Path.StartsWithSegments("/health") || limits.TryTake(caller, context))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Task.CompletedTask;
    }
}
