using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dns;
using Platform.Grains.Onboarding;
using Platform.Grains.Work;
using Platform.Storage.Transport;

namespace Platform.Grains.Transport.Signing;

/// <summary>Looks for the records of keys that are due, and so moves keys on. It asks without a cache, or a record that was published a minute ago would not be seen.</summary>
internal sealed partial class DkimKeyWorker(
    IDkimKeys keys, [FromKeyedServices(OnboardingServices.ProofResolver)] IDnsResolver dns, FlowSettings settings, TimeProvider clock, ILogger<DkimKeyWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <returns>False when nothing was due.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await keys.TakeDueAsync(Lease, cancellationToken) is not { } due)
            return false;
        var answer = await dns.QueryAsync(DkimPublication.NameOf(due.Selector, due.Domain), DnsType.Txt, cancellationToken);
        await keys.SettleAsync(due, DkimPublication.Of(answer, due.KeyType, due.PublicKey), cancellationToken);
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await RunOnceAsync(cancellationToken))
            await Task.Delay(settings.Transport.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The check of a DKIM key met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
