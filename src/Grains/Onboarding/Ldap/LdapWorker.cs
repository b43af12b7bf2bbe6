using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Onboarding.Ldap;

namespace Platform.Grains.Onboarding.Ldap;

/// <summary>Runs over directories that are due, a few at a time, so that one that is slow keeps no others waiting.</summary>
internal sealed partial class LdapWorker(LdapSync sync, ILdapDirectories directories, FlowSettings settings, TimeProvider clock, ILogger<LdapWorker> logger) : BackgroundService
{
    private const int AtATime = 4;

    /// <summary>Outlasts the deadline of a run: none begins while another is at it.</summary>
    private static readonly TimeSpan Lease = LdapSync.Deadline + TimeSpan.FromMinutes(10);

    /// <returns>False when none was due.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await directories.TakeAsync(Lease, cancellationToken) is not { } job)
            return false;
        await directories.EndAsync(job, await sync.RunAsync(job, cancellationToken), cancellationToken);
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken)));

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await RunOnceAsync(cancellationToken))
            await Task.Delay(settings.Onboarding.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A run over a directory met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
