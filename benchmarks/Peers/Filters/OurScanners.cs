using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Engine;
using Platform.Scanning;

namespace Platform.Benchmarks.Peers.Filters;

/// <summary>The product's own pool with two confined scanner processes, as the platform runs it.</summary>
internal sealed class OurScanners : IMailFilter
{
    private readonly ScannerPool pool;

    private OurScanners(ScannerPool pool) => this.pool = pool;

    public string Name => "ours";

    /// <summary>The pool lives in this process; its scanners are the only children while nothing else is measured.</summary>
    public int ProcessId => Environment.ProcessId;

    public static async Task<OurScanners> StartAsync(CancellationToken cancellationToken)
    {
        var pool = new ScannerPool(Options.Create(new ScannerPoolOptions { Size = 2, RestartAfter = int.MaxValue }), TimeProvider.System, NullLogger<ScannerPool>.Instance);
        await pool.StartAsync(cancellationToken);
        return new OurScanners(pool);
    }

    public async Task JudgeAsync(ReadOnlyMemory<byte> mail, CancellationToken cancellationToken)
    {
        var result = await pool.ScanAsync(new ScanRequest(mail, Envelope.None, ScanContext.Offline(TimeProvider.System.GetUtcNow())), cancellationToken);
        if (!result.Succeeded)
            throw new InvalidOperationException($"the scanner {result.Failure}: {result.Detail}");
    }

    public async ValueTask DisposeAsync()
    {
        await pool.StopAsync(CancellationToken.None);
        await pool.DisposeAsync();
    }
}
