using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Onboarding.Ldap;

namespace Platform.Grains.Onboarding.Ldap;

/// <summary>Runs over directories that are due, one after another.</summary>
internal sealed partial class LdapWorker(LdapSync sync, ILdapDirectories directories, FlowSettings settings, TimeProvider clock, ILogger<LdapWorker> logger) : BackgroundService
{
    /// <summary>Outlasts the reading and writing of the largest directory that is taken.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    /// <returns>False when none was due.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await directories.TakeAsync(Lease, cancellationToken) is not { } job)
            return false;
        await directories.EndAsync(job, await sync.RunAsync(job, cancellationToken), cancellationToken);
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await RunOnceAsync(cancellationToken))
            await Task.Delay(settings.Onboarding.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A run over a directory met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
