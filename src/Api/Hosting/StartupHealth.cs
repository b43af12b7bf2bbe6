using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Api.Hosting;

/// <summary>Ready only once everything listens and, in the demo, its mails were taken.</summary>
internal sealed class StartupHealth : IHealthCheck
{
    private volatile bool done;

    public void Complete() => done = true;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(done ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Starting."));
}
