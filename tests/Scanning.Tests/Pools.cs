using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;

namespace Platform.Scanning.Tests;

internal static class Pools
{
    public static async Task<ScannerPool> StartedAsync(ScannerPoolOptions options, ILogger<ScannerPool>? logger = null, TimeProvider? time = null, IDnsResolver? resolver = null, IFeeds? feeds = null)
    {
        var pool = new ScannerPool(Options.Create(options), time ?? TimeProvider.System, logger ?? new RecordingLogger(), resolver, feeds);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        return pool;
    }

    public static ScanRequest Request(byte[] message) =>
        new(message, Envelope.None, ScanContext.Offline(DateTimeOffset.UnixEpoch, "example.com"));
}
