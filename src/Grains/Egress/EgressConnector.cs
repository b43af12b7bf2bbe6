using System.Net;
using System.Net.Sockets;

namespace Platform.Grains.Egress;

/// <summary>
/// The one way to an address that a customer names: the name is resolved once, each address looked at, and the connection made to one of
/// those that passed. A name that changes its meaning between the look and the connection (DNS rebinding) gains nothing by it.
/// </summary>
internal sealed class EgressConnector(EgressPolicy policy, EgressSettings settings, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public EgressConnector(EgressPolicy policy, EgressSettings settings)
        : this(policy, settings, System.Net.Dns.GetHostAddressesAsync)
    {
    }

    /// <exception cref="EgressRefusedException">The name has no address that may be talked to.</exception>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(host, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.ConnectTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, patience.Token);
            return socket;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> AllowedAsync(string host, CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new EgressRefusedException($"The name {host} has no address: {exception.SocketErrorCode}.", exception);
        }

        var allowed = Array.FindAll(addresses, policy.Allows);
        return allowed.Length > 0
            ? allowed
            : throw new EgressRefusedException(addresses.Length == 0
                ? $"The name {host} has no address."
                : $"The name {host} leads into the platform's own network; its operator can allow that network in Push:Networks.");
    }
}

/// <summary>There is no address that may be talked to; the message is for the customer.</summary>
public sealed class EgressRefusedException(string message, Exception? inner = null) : Exception(message, inner);
