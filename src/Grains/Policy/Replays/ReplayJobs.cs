using Microsoft.EntityFrameworkCore;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Grains.Policy.Replays;

/// <summary>The rows of replays: claimed under a lease with a token, so that each runs once and goes on where it stood after a kill.</summary>
internal sealed class ReplayJobs(IPlatformDbFactory databases, IRecipientDirectory directory, FlowSettings settings, TimeProvider clock)
{
    private const string Actor = "replay";

    public async Task<ReplayJob?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var tenants = await directory.AllTenantsAsync(cancellationToken);
        await using var database = databases.Open(new Scope(tenants.Select(t => t.Id).ToHashSet(), Permissions.All, $"system:{Actor}"));
        var waiting = await database.RuleReplays.AsNoTracking()
            .Where(r => (r.State == ReplayStates.Queued || r.State == ReplayStates.Running) && (r.LeaseUntil == null || r.LeaseUntil <= now))
            .OrderBy(r => r.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (waiting is null)
            return null;

        var token = Guid.NewGuid();
        var claimed = await database.RuleReplays
            .Where(r => r.Id == waiting.Id && r.LeaseToken == waiting.LeaseToken)
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.LeaseToken, token)
                    .SetProperty(r => r.LeaseUntil, now + settings.Replays.Lease)
                    .SetProperty(r => r.State, ReplayStates.Running)
                    .SetProperty(r => r.ChangedAt, now),
                cancellationToken);
        return claimed == 1
            ? new ReplayJob(waiting.Id, waiting.TenantId, token, RuleJson.ReadPlan(waiting.Plan), new VerdictPeriod(waiting.Since, waiting.Until))
            {
                Total = waiting.Total,
                Examined = waiting.Examined,
                Tally = RuleJson.ReadTally(waiting.Tally),
                Place = waiting is { PlaceAt: { } at, PlaceId: { } id } ? new VerdictPlace(at, id) : null,
            }
            : null;
    }

    /// <summary>Writes the progress and renews the lease. False when the lease was lost.</summary>
    public async Task<bool> SaveAsync(ReplayJob job, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var tally = RuleJson.Write(job.Tally);
        DateTimeOffset? at = job.Place?.ReceivedAt;
        Guid? id = job.Place?.MessageId;
        await using var database = Open(job);
        return await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Total, job.Total)
                .SetProperty(r => r.Examined, job.Examined)
                .SetProperty(r => r.Tally, tally)
                .SetProperty(r => r.PlaceAt, at)
                .SetProperty(r => r.PlaceId, id)
                .SetProperty(r => r.LeaseUntil, now + settings.Replays.Lease)
                .SetProperty(r => r.ChangedAt, now),
            cancellationToken) == 1;
    }

    /// <param name="error">Null: done.</param>
    public async Task<bool> EndAsync(ReplayJob job, string? error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var database = Open(job);
        return await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, error == null ? ReplayStates.Done : ReplayStates.Failed)
                .SetProperty(r => r.Error, error)
                .SetProperty(r => r.LeaseToken, (Guid?)null)
                .SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(r => r.ChangedAt, now),
            cancellationToken) == 1;
    }

    /// <summary>Gives the replay back at once, for a stop.</summary>
    public async Task ReturnAsync(ReplayJob job, CancellationToken cancellationToken)
    {
        await using var database = Open(job);
        await Mine(database, job).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null).SetProperty(r => r.LeaseToken, (Guid?)null), cancellationToken);
    }

    private PlatformDb Open(ReplayJob job) => databases.Open(Scope.System(job.TenantId, Actor));

    private static IQueryable<RuleReplayRow> Mine(PlatformDb database, ReplayJob job) =>
        database.RuleReplays.Where(r => r.Id == job.Id && r.LeaseToken == job.Token);
}

/// <summary>A claimed replay and how far it is.</summary>
internal sealed record ReplayJob(Guid Id, Guid TenantId, Guid Token, ReplayPlan Plan, VerdictPeriod Period)
{
    public int Total { get; init; }

    public int Examined { get; init; }

    public required ReplayTally Tally { get; init; }

    /// <summary>The mail examined last; null before the first.</summary>
    public VerdictPlace? Place { get; init; }
}
