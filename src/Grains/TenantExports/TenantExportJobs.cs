using Microsoft.EntityFrameworkCore;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.TenantExports;

namespace Platform.Grains.TenantExports;

internal sealed record TenantExportJob(Guid Id, Guid TenantId, Guid Token, bool WithBodies);

/// <summary>The rows of exports: claimed under a lease with a token. A bundle is one stream, so a job that lost its process begins anew.</summary>
internal sealed class TenantExportJobs(IPlatformDbFactory databases, IRecipientDirectory directory, FlowSettings settings, TimeProvider clock)
{
    public const string Actor = "tenant-export";

    public async Task<TenantExportJob?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var database = await OpenAllAsync(cancellationToken);
        var waiting = await database.TenantExports.AsNoTracking()
            .Where(e => (e.State == TenantExportStates.Queued || e.State == TenantExportStates.Running) && (e.LeaseUntil == null || e.LeaseUntil <= now))
            .OrderBy(e => e.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (waiting is null)
            return null;
        var token = Guid.NewGuid();
        var claimed = await database.TenantExports
            .Where(e => e.Id == waiting.Id && e.LeaseToken == waiting.LeaseToken)
            .ExecuteUpdateAsync(
                set => set.SetProperty(e => e.LeaseToken, token)
                    .SetProperty(e => e.LeaseUntil, now + settings.TenantExports.Lease)
                    .SetProperty(e => e.State, TenantExportStates.Running)
                    .SetProperty(e => e.Done, 0),
                cancellationToken);
        return claimed == 1 ? new TenantExportJob(waiting.Id, waiting.TenantId, token, waiting.WithBodies) : null;
    }

    /// <summary>Writes the progress and renews the lease. False when the lease was lost.</summary>
    public async Task<bool> SaveAsync(TenantExportJob job, int total, int done, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + settings.TenantExports.Lease;
        await using var database = databases.Open(Scope.System(job.TenantId, Actor));
        return await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.Total, total).SetProperty(e => e.Done, done).SetProperty(e => e.LeaseUntil, until), cancellationToken) == 1;
    }

    public async Task<bool> CompleteAsync(TenantExportJob job, SealedBody body, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var database = databases.Open(Scope.System(job.TenantId, Actor));
        return await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, TenantExportStates.Done)
                .SetProperty(e => e.Done, e => e.Total)
                .SetProperty(e => e.BodyName, body.Reference.Name)
                .SetProperty(e => e.BodyKey, body.Reference.WrappedKey)
                .SetProperty(e => e.Size, body.Size)
                .SetProperty(e => e.Sha256, body.Sha256)
                .SetProperty(e => e.EndedAt, now)
                .SetProperty(e => e.ExpiresAt, now + settings.TenantExports.Kept)
                .SetProperty(e => e.LeaseToken, (Guid?)null)
                .SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken) == 1;
    }

    public async Task FailAsync(TenantExportJob job, string error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var database = databases.Open(Scope.System(job.TenantId, Actor));
        await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, TenantExportStates.Failed)
                .SetProperty(e => e.Error, error)
                .SetProperty(e => e.EndedAt, now)
                .SetProperty(e => e.LeaseToken, (Guid?)null)
                .SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    public async Task ReturnAsync(TenantExportJob job, CancellationToken cancellationToken)
    {
        await using var database = databases.Open(Scope.System(job.TenantId, Actor));
        await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null).SetProperty(e => e.LeaseToken, (Guid?)null), cancellationToken);
    }

    /// <summary>Takes the keys of bundles whose time is over; gives their files to delete.</summary>
    public async Task<IReadOnlyList<string>> ExpireAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var database = await OpenAllAsync(cancellationToken);
        var expired = await database.TenantExports.AsNoTracking()
            .Where(e => e.State == TenantExportStates.Done && e.ExpiresAt <= now)
            .Select(e => new { e.Id, e.BodyName })
            .ToListAsync(cancellationToken);
        foreach (var export in expired)
        {
            await database.TenantExports.Where(e => e.Id == export.Id).ExecuteUpdateAsync(
                set => set.SetProperty(e => e.State, TenantExportStates.Expired).SetProperty(e => e.BodyKey, (byte[]?)null), cancellationToken);
        }

        return [.. expired.Select(e => e.BodyName).OfType<string>()];
    }

    private async Task<PlatformDb> OpenAllAsync(CancellationToken cancellationToken)
    {
        var tenants = await directory.AllTenantsAsync(cancellationToken);
        return databases.Open(new Scope(tenants.Select(t => t.Id).ToHashSet(), Permissions.All, $"system:{Actor}"));
    }

    private static IQueryable<TenantExportRow> Mine(PlatformDb database, TenantExportJob job) => database.TenantExports.Where(e => e.Id == job.Id && e.LeaseToken == job.Token);
}
