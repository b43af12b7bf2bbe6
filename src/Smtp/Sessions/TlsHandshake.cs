using System.Net.Security;
using Microsoft.Extensions.Logging;

namespace Platform.Smtp.Sessions;

internal static class TlsHandshake
{
    /// <summary>Null when it failed; the connection is then of no more use.</summary>
    public static async ValueTask<TlsInfo?> TryAsync(
        SessionChannel channel, SessionLife life,
        Func<SslClientHelloInfo, CancellationToken, ValueTask<SslServerAuthenticationOptions>> options, string sessionId, ILogger logger)
    {
        try
        {
            return await channel.StartTlsAsync(options, life.Token);
        }
        catch (Exception exception)
        {
            Log.TlsFailed(logger, exception, sessionId);
            return null;
        }
    }
}
