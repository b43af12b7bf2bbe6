using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Api.Edge;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>For orchestrators and monitors (OPS2). A host adds its own checks under <see cref="ReadyTag"/>.</summary>
internal static class HealthRoutes
{
    public const string ReadyTag = "ready";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnybody();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag), ResponseWriter = WriteAsync }).AllowAnybody();
        routes.MapPrometheusScrapingEndpoint("/metrics").AllowAnybody();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString().ToLowerInvariant(),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString().ToLowerInvariant()),
    });
}

/// <summary>The database answers.</summary>
internal sealed class StorageHealth(IPlatformDbFactory databases) : IHealthCheck
{
    private static readonly Scope Nothing = new(new HashSet<Guid>(), new HashSet<string>(), "system:health");

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Open(Nothing);
        await db.Tenants.AnyAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
