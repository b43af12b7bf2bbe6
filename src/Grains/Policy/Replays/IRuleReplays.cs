using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Grains.Policy.Replays;

/// <summary>
/// Tries a change of rules or of policy on a tenant's kept verdicts before it is switched on (DET9). Nothing of the mail is touched or
/// opened. The job runs in the background, newest mail first; its progress stands in <see cref="RuleReplayRow"/>.
/// </summary>
public interface IRuleReplays
{
    /// <summary>
    /// Needs <see cref="Permissions.PolicyWrite"/>, since only who may make the change has a use for it, and <see cref="Permissions.MessagesRead"/>, since
    /// it names messages.
    /// </summary>
    /// <returns>The id of the replay, or why there is none.</returns>
    Task<RuleResult> StartAsync(Scope scope, Guid tenantId, ReplayRequest request, CancellationToken cancellationToken);
}

/// <summary>
/// A rule that exists, as it is or changed by what is not null; or one to be made, from condition and action; or a policy alone.
/// </summary>
/// <param name="ForMsp">A rule to be made for the tenant's MSP.</param>
/// <param name="Enabled">False: what if the rule were off.</param>
public sealed record ReplayRequest(Guid? RuleId = null, string? Name = null, string? Condition = null, PolicyAction? Action = null, bool Enabled = true, bool ForMsp = false)
{
    /// <summary>Verdicts whose action would change; null: none.</summary>
    public IReadOnlyDictionary<VerdictKind, PolicyAction>? Policy { get; init; }

    /// <summary>Where <see cref="Policy"/> would be set; null: by the tenant.</summary>
    public PolicyTarget? PolicyOf { get; init; }

    /// <summary>Null: a week before <see cref="Until"/>.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? Until { get; init; }
}
