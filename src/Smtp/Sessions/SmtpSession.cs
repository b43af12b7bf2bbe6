using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Platform.Smtp.Connections;

namespace Platform.Smtp.Sessions;

/// <summary>One connection from its first byte to its last: admission, PROXY header, implicit TLS, then the dialogue.</summary>
internal sealed class SmtpSession(ConnectionContext connection, ISmtpHandler handler, SmtpServerOptions options, SessionRegistry registry, TimeProvider time, ILogger logger)
{
    public async Task RunAsync()
    {
        await using var channel = new SessionChannel(connection.Transport, options.MaxLineWithSecret);
        using var life = new SessionLife(time, channel.Interrupt, connection.Abort);
        var id = connection.ConnectionId;
        try
        {
            if (!registry.TryEnter(life))
            {
                Log.ListenerFull(logger, registry.Count);
                await TurnAwayAsync(channel);
                return;
            }

            using var stop = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested.Register(life.RequestStop)
                ?? default(CancellationTokenRegistration);
            using var closed = connection.ConnectionClosed.Register(life.ConnectionClosed);
            await ServeAsync(channel, life);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            Log.ConnectionLost(logger, exception, id);
        }
        catch (Exception exception)
        {
            // The last line of defence: one session's fault must not reach the listener.
            Log.SessionFailed(logger, exception, id);
        }
        finally
        {
            registry.Leave(life);
        }
    }

    private async Task ServeAsync(SessionChannel channel, SessionLife life)
    {
        var id = connection.ConnectionId;
        var (isAccepted, peer) = await MeetAsync(channel, life);
        if (!isAccepted)
        {
            Log.ProxyHeaderRefused(logger, id);
            return;
        }

        using var claim = new ClientClaim(registry);
        if (!claim.TryMove(peer.RemoteAddress))
        {
            Log.ClientFull(logger, id);
            await TurnAwayAsync(channel);
            return;
        }

        Log.SessionBegins(logger, id, peer.RemoteAddress);
        if (options.ImplicitTls && options.Tls is { } tls)
        {
            life.Arm(options.HandshakeTimeout);
            if (await TlsHandshake.TryAsync(channel, life, tls, id, logger) is not { } info)
                return;
            peer = peer with { Tls = info };
        }

        var calls = new HandlerCalls(handler, life, options.HandlerTimeout, id, logger);
        await using var transfer = new MessageTransfer(channel, life, options, calls, logger);
        var answers = new Answers(channel, options, id, logger);
        var lines = new LineReader(channel, life, answers, options);
        var dialogue = new SmtpDialogue(channel, life, claim, answers, lines, new LoginDialogue(lines, channel, answers, calls, options), options, calls, transfer, time, logger, peer);
        await dialogue.RunAsync();
        life.Arm(options.CommandTimeout);
        await channel.CloseAsync();
        Log.SessionEnds(logger, id, dialogue.Messages);
    }

    private async ValueTask<(bool IsAccepted, SmtpPeer Peer)> MeetAsync(SessionChannel channel, SessionLife life)
    {
        // A socket without an address (a Unix one) is no member of any trusted list.
        var remote = connection.RemoteEndPoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0);
        var address = AddressList.Plain(remote.Address);
        var peer = new SmtpPeer
        {
            SessionId = connection.ConnectionId,
            StartedAt = time.GetUtcNow(),
            RemoteAddress = address,
            RemotePort = remote.Port,
            ConnectionAddress = address,
            LocalEndPoint = connection.LocalEndPoint as IPEndPoint,
        };
        if (!AddressList.Contains(options.TrustedProxies, address))
            return (true, peer);

        var (isAccepted, header) = await ProxyNegotiation.ReadAsync(channel, life, options, time);
        if (header is { Source: { } source })
            peer = peer with { RemoteAddress = source.Address, RemotePort = source.Port, LocalEndPoint = header.Destination };
        return (isAccepted, peer);
    }

    /// <summary>In the clear only: before a handshake there is no way to say it on a TLS port.</summary>
    private async ValueTask TurnAwayAsync(SessionChannel channel)
    {
        if (options.ImplicitTls)
            return;
        await channel.ReplyAsync(SmtpReply.TooManyConnections);
        await channel.FlushAsync();
    }
}
