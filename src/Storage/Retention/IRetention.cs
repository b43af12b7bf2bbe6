using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Retention;

/// <summary>How long mail of each verdict is kept (QUA3): a tenant's values over its MSP's over the platform's, below their maxima.</summary>
public interface IRetentionRules
{
    /// <exception cref="ScopeViolationException">The tenant is out of reach.</exception>
    Task<RetentionPolicy> OfTenantAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken);

    /// <summary>What the MSP of the scope gives its tenants.</summary>
    Task<RetentionPolicy> OfMspAsync(Scope scope, CancellationToken cancellationToken);

    /// <param name="ownerId">A tenant, or the MSP of the scope.</param>
    Task<CommandResult<Guid>> SetAsync(Scope scope, Guid ownerId, RetentionChange change, CancellationToken cancellationToken);
}

/// <summary>Values of the classes named change; zero days takes a value away, so that it is inherited.</summary>
public sealed record RetentionChange(IReadOnlyDictionary<RetentionClass, int> Content, IReadOnlyDictionary<RetentionClass, int> Metadata, int? MaxDays);

/// <summary>The runs of the worker that lets mail expire: one tenant at a time under a lease, in bounded steps.</summary>
public interface IRetentionRuns
{
    /// <returns>Null when no tenant's run is due.</returns>
    Task<RetentionRun?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Lets one batch expire.</summary>
    /// <returns>Where to go on; null when the run is over or its lease was lost.</returns>
    Task<RetentionRun?> StepAsync(RetentionRun run, int batch, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Gives the run back unfinished; it begins anew at its next claim.</summary>
    Task ReturnAsync(RetentionRun run, CancellationToken cancellationToken);

    /// <summary>Writes the event and the audit entry of what expired, and when the next run is due.</summary>
    Task EndAsync(RetentionRun run, TimeSpan until, CancellationToken cancellationToken);
}

/// <summary>A claimed run and how far it is.</summary>
public sealed record RetentionRun(Guid TenantId, Guid Token, RetentionPolicy Policy)
{
    /// <summary>Classes and whether whole messages go, in the order they are done.</summary>
    internal static IReadOnlyList<(RetentionClass Class, bool Whole)> Stages { get; } =
        [.. Enum.GetValues<RetentionClass>().SelectMany(kind => new[] { (kind, true), (kind, false) })];

    internal int Stage { get; init; }

    /// <summary>The message looked at last within the stage.</summary>
    internal (long ReceivedAt, Guid Id)? Place { get; init; }

    /// <summary>What expired, by the UTC day on which it was received.</summary>
    internal IReadOnlyDictionary<DateOnly, (int Content, int Messages)> Days { get; init; } = new Dictionary<DateOnly, (int, int)>();

    public int Content => Days.Values.Sum(day => day.Content);

    public int Messages => Days.Values.Sum(day => day.Messages);

    public int Held { get; init; }

    public bool IsOver => Stage >= Stages.Count;
}
