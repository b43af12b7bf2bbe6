using System.Buffers;
using Platform.Smtp.Connections;

namespace Platform.Smtp.Sessions;

/// <summary>Reads the header that a trusted proxy sends before anything else.</summary>
internal static class ProxyNegotiation
{
    /// <summary>Gives false when the connection must be closed. A header of null says that it is a direct one.</summary>
    public static async ValueTask<(bool IsAccepted, ProxyHeader? Header)> ReadAsync(SessionChannel channel, SessionLife life, SmtpServerOptions options, TimeProvider time)
    {
        life.Arm(options.HandshakeTimeout);
        await using var grace = options.RequireProxyHeader
            ? null
            : time.CreateTimer(_ => channel.Interrupt(alsoWriting: false), null, options.ProxyGrace, Timeout.InfiniteTimeSpan);
        while (true)
        {
            switch (await channel.FillAsync())
            {
                case FillStatus.Closed:
                    return (false, null);
                case FillStatus.Interrupted when life.IsExpired || options.RequireProxyHeader:
                    return (false, null);
                case FillStatus.Interrupted:
                    return (channel.Buffered.IsEmpty, null);
            }

            switch (ProxyHeader.TryParse(Start(channel.Buffered), out var header, out var length))
            {
                case ProxyParse.Done:
                    channel.Consume(length);
                    return (true, header);
                case ProxyParse.Absent:
                    return (!options.RequireProxyHeader, null);
                case ProxyParse.Malformed:
                    return (false, null);
            }
        }
    }

    private static ReadOnlySpan<byte> Start(ReadOnlySequence<byte> buffered)
    {
        if (buffered.IsSingleSegment)
            return buffered.FirstSpan;
        return buffered.Slice(0, Math.Min(buffered.Length, ProxyHeader.MaxLength)).ToArray();
    }
}
