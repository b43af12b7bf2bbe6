using System.Net;
using Microsoft.Extensions.Logging;

namespace Platform.Smtp.Sessions;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Session {SessionId} from {Address} begins")]
    public static partial void SessionBegins(ILogger logger, string sessionId, IPAddress address);

    [LoggerMessage(2, LogLevel.Debug, "Session {SessionId} ends after {Messages} messages")]
    public static partial void SessionEnds(ILogger logger, string sessionId, int messages);

    [LoggerMessage(3, LogLevel.Debug, "Session {SessionId}: connection lost")]
    public static partial void ConnectionLost(ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(4, LogLevel.Debug, "Session {SessionId}: closing with {Code} {Status}")]
    public static partial void Closing(ILogger logger, string sessionId, int code, string? status);

    [LoggerMessage(5, LogLevel.Debug, "Session {SessionId}: TLS handshake failed")]
    public static partial void TlsFailed(ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(6, LogLevel.Warning, "Session {SessionId}: PROXY header missing or malformed on a connection from a trusted proxy; closed")]
    public static partial void ProxyHeaderRefused(ILogger logger, string sessionId);

    [LoggerMessage(7, LogLevel.Warning, "Connection refused: {Connections} sessions are open")]
    public static partial void ListenerFull(ILogger logger, int connections);

    [LoggerMessage(8, LogLevel.Information, "Session {SessionId} refused: its client has too many sessions open")]
    public static partial void ClientFull(ILogger logger, string sessionId);

    [LoggerMessage(9, LogLevel.Error, "Session {SessionId}: the handler failed; the client was told to try again")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(10, LogLevel.Warning, "Session {SessionId}: a call of the handler was cancelled; the client was told to try again")]
    public static partial void HandlerCancelled(ILogger logger, string sessionId);

    [LoggerMessage(11, LogLevel.Debug, "Session {SessionId}: message of {Octets} octets answered {Code}")]
    public static partial void MessageAnswered(ILogger logger, string sessionId, long octets, int code);

    [LoggerMessage(12, LogLevel.Error, "Session {SessionId}: fault in the session itself")]
    public static partial void SessionFailed(ILogger logger, Exception exception, string sessionId);
}
