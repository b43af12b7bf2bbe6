using System.Text;
using Microsoft.Extensions.Logging;

namespace Platform.Scanning.Pool;

/// <summary>
/// Reads what a scanner process says on standard error, so that it never blocks on a full pipe.
/// The text may quote a mail: it is logged at Debug, up to a bound; the rest is read and dropped.
/// </summary>
internal static class StandardErrorLog
{
    private const int ThreadStackBytes = 256 * 1024;
    private const int MaxLoggedBytes = 16 * 1024;

    public static void Drain(Stream stream, int processId, ILogger logger) =>
        new Thread(() => Run(stream, processId, logger), ThreadStackBytes) { IsBackground = true, Name = "scanner-stderr" }.Start();

    private static void Run(Stream stream, int processId, ILogger logger)
    {
        var buffer = new byte[4096];
        var logged = 0;
        try
        {
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                var take = Math.Min(read, MaxLoggedBytes - logged);
                if (take == 0)
                    continue;
                logged += take;
                PoolLog.StandardError(logger, processId, Encoding.UTF8.GetString(buffer, 0, take));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process and its pipe are gone.
        }
    }
}
