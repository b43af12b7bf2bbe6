using Microsoft.EntityFrameworkCore;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Grains.Imports;

/// <summary>The rows of import jobs: claimed under a lease with a token, so that a job runs once and goes on after a kill.</summary>
internal sealed class ImportJobs(IPlatformDbFactory databases, IRecipientDirectory directory, FlowSettings settings, TimeProvider clock)
{
    private const string Actor = "import";

    public async Task<ImportJob?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var tenants = await directory.AllTenantsAsync(cancellationToken);
        await using var database = databases.Open(new Scope(tenants.Select(t => t.Id).ToHashSet(), Permissions.All, $"system:{Actor}"));
        var waiting = await database.Imports.AsNoTracking()
            .Where(i => (i.State == ImportStates.Queued || i.State == ImportStates.Running) && (i.LeaseUntil == null || i.LeaseUntil <= now))
            .OrderBy(i => i.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (waiting is not { BodyKey: { } key })
            return null;

        var token = Guid.NewGuid();
        var claimed = await database.Imports
            .Where(i => i.Id == waiting.Id && i.LeaseToken == waiting.LeaseToken)
            .ExecuteUpdateAsync(
                set => set.SetProperty(i => i.LeaseToken, token)
                    .SetProperty(i => i.LeaseUntil, now + settings.Imports.Lease)
                    .SetProperty(i => i.State, ImportStates.Running)
                    .SetProperty(i => i.ChangedAt, now),
                cancellationToken);
        return claimed == 1
            ? new ImportJob(waiting.Id, waiting.TenantId, token, waiting.FileName, new BodyReference(waiting.BodyName, key), waiting.CreatedAt, waiting.Total, waiting.Done, waiting.Failed)
            : null;
    }

    /// <summary>Writes the progress and renews the lease. False when the lease was lost.</summary>
    public async Task<bool> SaveAsync(ImportJob job, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var database = Open(job);
        return await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Total, job.Total)
                .SetProperty(i => i.Done, job.Done)
                .SetProperty(i => i.Failed, job.Failed)
                .SetProperty(i => i.LeaseUntil, now + settings.Imports.Lease)
                .SetProperty(i => i.ChangedAt, now),
            cancellationToken) == 1;
    }

    /// <param name="error">Null: done. Progress is what was last saved.</param>
    public async Task<bool> EndAsync(ImportJob job, string? error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var database = Open(job);
        return await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.State, error == null ? ImportStates.Done : ImportStates.Failed)
                .SetProperty(i => i.Error, error)
                .SetProperty(i => i.BodyKey, (byte[]?)null)
                .SetProperty(i => i.LeaseToken, (Guid?)null)
                .SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(i => i.ChangedAt, now),
            cancellationToken) == 1;
    }

    /// <summary>Gives the job back at once, for a stop.</summary>
    public async Task ReturnAsync(ImportJob job, CancellationToken cancellationToken)
    {
        await using var database = Open(job);
        await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null).SetProperty(i => i.LeaseToken, (Guid?)null), cancellationToken);
    }

    public async Task<bool> IsTakenInAsync(ImportJob job, Guid messageId, CancellationToken cancellationToken)
    {
        await using var database = Open(job);
        return await database.Messages.AnyAsync(m => m.Id == messageId, cancellationToken);
    }

    /// <summary>Imported mails of the tenant that still wait for their scan.</summary>
    public async Task<int> CountUnscannedAsync(ImportJob job, CancellationToken cancellationToken)
    {
        await using var database = Open(job);
        return await database.Messages.CountAsync(m => m.ScanState == ScanState.Pending && m.Mode == IntakeMode.Import, cancellationToken);
    }

    private PlatformDb Open(ImportJob job) => databases.Open(Scope.System(job.TenantId, Actor));

    private static IQueryable<ImportRow> Mine(PlatformDb database, ImportJob job) =>
        database.Imports.Where(i => i.Id == job.Id && i.LeaseToken == job.Token);
}

/// <summary>A claimed job and how far it is. <see cref="Done"/> and <see cref="Failed"/> together are the place in the file to go on from.</summary>
internal sealed record ImportJob(
    Guid Id, Guid TenantId, Guid Token, string FileName, BodyReference Body, DateTimeOffset CreatedAt, int Total, int Done, int Failed)
{
    public int Position => Done + Failed;
}
