using System.Threading.RateLimiting;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>Accepts WebSockets at /graphql. Nobody is signed in yet, so connections are counted by address.</summary>
internal sealed class LiveEndpoint(LiveConnectionServices services) : IDisposable
{
    public const string Protocol = "graphql-transport-ws";
    private const int PerAddress = 200;

    private readonly PartitionedRateLimiter<string> _connections = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetConcurrencyLimiter(address, _ => new ConcurrencyLimiterOptions { PermitLimit = PerAddress, QueueLimit = 0 }), StringComparer.Ordinal);

    public async Task AcceptAsync(HttpContext context)
    {
        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
        {
            await Problem.Of(400, ErrorCodes.BadUserInput, $"A WebSocket at /graphql speaks '{Protocol}': name it in Sec-WebSocket-Protocol.").ExecuteAsync(context);
            return;
        }

        using var permit = _connections.AttemptAcquire(RateLimits.Network(context.Connection.RemoteIpAddress));
        if (!permit.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "60";
            await Problem.Of(429, ErrorCodes.RateLimited, $"At most {PerAddress} WebSockets are open from one address. Close one first: a connection carries many subscriptions.").ExecuteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(Protocol);
        await new LiveConnection(socket, context, services).RunAsync();
    }

    public void Dispose() => _connections.Dispose();
}
