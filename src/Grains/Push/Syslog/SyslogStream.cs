using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Grains.Egress;
using Platform.Storage.Events;
using Platform.Storage.Events.Formats;
using Platform.Storage.Push.Syslog;

namespace Platform.Grains.Push.Syslog;

/// <summary>
/// One target for as long as its connection stands: reads on in the feed, writes, and notes what has arrived. After a break the next
/// connection begins behind what is known to have arrived, so that nothing is lost and the events of the last seconds come twice.
/// </summary>
internal sealed class SyslogStream(ISyslogQueue queue, EgressConnector connector, PushSettings settings, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    private SyslogSettings Settings => settings.Syslog;

    /// <summary>Returns when the connection broke, the lease was lost, or the process stops. What went wrong stands in the row then.</summary>
    public async Task RunAsync(SyslogLease lease, CancellationToken cancellationToken)
    {
        var window = new SyslogWindow(lease.Position, Settings.Unconfirmed);
        string? error = null;
        var failures = lease.Failures;
        try
        {
            await using var connection = await SyslogConnection.OpenAsync(connector, lease, Settings, settings.Egress.TrustedRoots, cancellationToken);
            if (!await queue.KeepAsync(lease, window.Confirmed, Settings.Lease, cancellationToken))
                return;
            failures = 0;
            if (!await FollowAsync(lease, window, connection, cancellationToken))
                return;
            error = "The collector closed the connection.";
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Another process, or this one after its start, goes on.
        }
        catch (Exception exception) when (Words(exception) is { } words)
        {
            error = words;
        }

        await queue.ReturnAsync(lease, window.Confirmed, error, clock.GetUtcNow() + (error is null ? TimeSpan.Zero : Wait(failures)), CancellationToken.None);
    }

    /// <returns>False: the lease is lost. True: the connection has ended.</returns>
    private async Task<bool> FollowAsync(SyslogLease lease, SyslogWindow window, SyslogConnection connection, CancellationToken cancellationToken)
    {
        var keptAt = clock.GetUtcNow();
        while (!connection.HasEnded)
        {
            var batch = await queue.ReadAsync(lease, window.Written, Settings.Page, cancellationToken);
            if (batch.Events.Count > 0)
                await connection.WriteAsync(Frames(lease, batch.Events), Settings.WriteLimit, cancellationToken);
            if (batch.Through > window.Written)
                window.Wrote(batch.Through, clock.GetUtcNow());
            else
                await Task.Delay(Settings.Poll, clock, cancellationToken);
            var now = clock.GetUtcNow();
            if (connection.HasEnded)
                return true;
            window.Stands(now);
            if (now - keptAt < Settings.KeepEvery)
                continue;
            keptAt = now;
            if (!await queue.KeepAsync(lease, window.Confirmed, Settings.Lease, cancellationToken))
                return false;
        }

        return true;
    }

    private byte[] Frames(SyslogLease lease, IReadOnlyList<FeedEvent> events)
    {
        using var frames = new MemoryStream();
        foreach (var entry in events)
        {
            var data = EventJson.Of(entry);
            var fields = new EventFields(data);
            frames.Write(SyslogMessage.Frame(lease.Facility, fields.SyslogSeverity, entry.OccurredAt, Settings.Hostname, entry.Kind, Text(lease.Format, entry, data, fields)));
        }

        return frames.ToArray();
    }

    private static string Text(SyslogFormat format, FeedEvent entry, JsonObject data, EventFields fields) => format switch
    {
        SyslogFormat.Cef => CefFormat.Write(fields),
        SyslogFormat.Leef => LeefFormat.Write(fields),
        SyslogFormat.Ecs => Encoding.UTF8.GetString(EventFormats.ToUtf8(EventFormat.Ecs, entry)),
        _ => data.ToJsonString(Json),
    };

    private TimeSpan Wait(int failures)
    {
        var wait = Settings.FirstWait * Math.Pow(2, Math.Min(failures, 20));
        return wait < Settings.LongestWait ? wait : Settings.LongestWait;
    }

    /// <returns>Null: nothing that the collector or the network did.</returns>
    private static string? Words(Exception exception) => exception switch
    {
        EgressRefusedException refused => refused.Message,
        SocketException socket => $"No connection: {socket.SocketErrorCode}.",
        AuthenticationException tls => $"TLS failed: {tls.InnerException?.Message ?? tls.Message}",
        CryptographicException => "The certificates of the target cannot be used.",
        IOException io => io.InnerException is SocketException inner ? $"The connection broke: {inner.SocketErrorCode}." : io.Message,
        OperationCanceledException => "TLS did not come about in time.",
        _ => null,
    };
}
