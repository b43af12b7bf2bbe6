using Microsoft.Extensions.Logging;

namespace Platform.Scanning.Pool;

internal static partial class PoolLog
{
    [LoggerMessage(1, LogLevel.Debug, "Scanner process {ProcessId} is ready")]
    public static partial void Ready(ILogger logger, int processId);

    [LoggerMessage(2, LogLevel.Warning, "A scanner process could not be started: it {Reason}")]
    public static partial void CannotStart(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Scanner process {ProcessId} {How} while it held a message; a new one takes its place")]
    public static partial void Lost(ILogger logger, int processId, string how);

    [LoggerMessage(4, LogLevel.Warning, "Scanner processes run without these walls of the operating system: {Missing}")]
    public static partial void NotConfined(ILogger logger, string missing);

    [LoggerMessage(5, LogLevel.Debug, "Scanner process {ProcessId} on standard error: {Text}")]
    public static partial void StandardError(ILogger logger, int processId, string text);

    [LoggerMessage(6, LogLevel.Debug, "Scanner process {ProcessId} ended with exit code {ExitCode} after {Given} messages")]
    public static partial void Ended(ILogger logger, int processId, int exitCode, int given);
}
