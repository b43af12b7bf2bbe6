using Platform.Storage.Model;

namespace Platform.Storage.Rules;

/// <summary>A replay: what a change of rules would have done to the mail of a period.</summary>
public sealed class RuleReplayRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Null: a rule that does not exist yet.</summary>
    public Guid? RuleId { get; init; }
    public required string Name { get; init; }

    /// <summary>JSON of <see cref="ReplayPlan"/>: both sets of rules and the policy as they were at the start.</summary>
    public required string Plan { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>One of <see cref="ReplayStates"/>.</summary>
    public required string State { get; set; }

    /// <summary>Mails to examine; counted when it starts to run.</summary>
    public required int Total { get; set; }
    public required int Examined { get; set; }

    /// <summary>JSON of <see cref="ReplayTally"/>.</summary>
    public required string Tally { get; set; }

    /// <summary>Where to go on: the mail examined last. Null before the first.</summary>
    public DateTimeOffset? PlaceAt { get; set; }
    public Guid? PlaceId { get; set; }
    public Guid? LeaseToken { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public string? Error { get; set; }
    public required string StartedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
}

public static class ReplayStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
}
