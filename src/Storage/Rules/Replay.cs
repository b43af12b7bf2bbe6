using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Policies;

namespace Platform.Storage.Rules;

/// <summary>What a replay compares, as it was when it was started: rules and policy as they are, and as they would be.</summary>
/// <param name="Subject">The rule that is tried; null when it is the policy.</param>
public sealed record ReplayPlan(PlannedRule? Subject, IReadOnlyList<PlannedRule> Before, IReadOnlyList<PlannedRule> After)
{
    public required IReadOnlyDictionary<VerdictKind, PolicyAction> PolicyBefore { get; init; }

    public required IReadOnlyDictionary<VerdictKind, PolicyAction> PolicyAfter { get; init; }

    /// <summary>What holds for mailboxes that groups or they themselves set something for.</summary>
    public IReadOnlyList<PlannedPolicy> Apart { get; init => field = value ?? []; } = [];

    /// <summary>Where another policy is tried; null: nowhere.</summary>
    public PolicyOrigin? Place { get; init; }

    /// <summary>The actions that are tried there.</summary>
    public IReadOnlyDictionary<VerdictKind, PolicyAction> Tried { get; init => field = value ?? new Dictionary<VerdictKind, PolicyAction>(); } = new Dictionary<VerdictKind, PolicyAction>();
}

/// <summary>The policy of some mailboxes as it is kept in a plan.</summary>
public sealed record PlannedPolicy(IReadOnlyDictionary<VerdictKind, PolicyAction> Before, IReadOnlyDictionary<VerdictKind, PolicyAction> After, IReadOnlyList<Guid> Mailboxes);

/// <summary>A rule as it is kept in a plan.</summary>
public sealed record PlannedRule(Guid Id, string Name, string Condition, PolicyAction Action, int Revision, bool FromMsp)
{
    /// <summary>Ready to be tried; null when the condition is not of this version's language.</summary>
    public Rule? Compiled() =>
        Engine.Conditions.Condition.TryParse(Condition, out var condition, out _) ? new Rule(Id, Name, condition, Action, Revision, FromMsp) : null;
}

/// <summary>What a replay found so far. A mail counts where one of its deliveries does.</summary>
/// <param name="Matched">The condition holds; of a policy, the verdict is one whose action would change.</param>
/// <param name="Caught">Would be stopped (quarantined or rejected) and is not now.</param>
/// <param name="Wrong">Of those caught, what looks wrongly hit: released by a person, or clean and delivered.</param>
/// <param name="LetGo">Is stopped now and would not be.</param>
/// <param name="Changed">Another action, but stopped or not as now: tagged, for one.</param>
public sealed record ReplayTally(ReplayHits Matched, ReplayHits Caught, ReplayHits Wrong, ReplayHits LetGo, ReplayHits Changed)
{
    public static ReplayTally Empty { get; } = new(ReplayHits.None, ReplayHits.None, ReplayHits.None, ReplayHits.None, ReplayHits.None);

    /// <summary>Of the wrongly hit, those that a person had released.</summary>
    public int WrongReleased { get; init; }

    /// <summary>Of those let go, the attacks.</summary>
    public int LetGoAttacks { get; init; }

    /// <summary>The rule holds and would ease what must not be eased.</summary>
    public int Withheld { get; init; }

    /// <summary>A condition asks for the text of the body, which is gone.</summary>
    public int WithoutText { get; init; }
}

/// <param name="First">Ids of the first <see cref="MaxListed"/> messages, newest first.</param>
public sealed record ReplayHits(int Total, IReadOnlyList<Guid> First)
{
    public const int MaxListed = 100;

    public static ReplayHits None { get; } = new(0, []);

    public ReplayHits With(Guid message) => new(Total + 1, First.Count < MaxListed ? [.. First, message] : First);
}
