using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Onboarding;

namespace Platform.Grains.Onboarding.Domains;

/// <summary>Looks for the records of claims that are due, some at a time, so that a name server that is silent keeps no others waiting.</summary>
internal sealed partial class DomainProofWorker(DomainProofs proofs, IDomainClaims claims, FlowSettings settings, TimeProvider clock, ILogger<DomainProofWorker> logger) : BackgroundService
{
    private const int AtATime = 8;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <returns>False when nothing was due.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await claims.TakeDueAsync(Lease, cancellationToken) is not { } due)
            return false;
        await proofs.CheckAsync(due, cancellationToken);
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken)));

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await RunOnceAsync(cancellationToken))
            await Task.Delay(settings.Onboarding.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The check of a domain met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
