using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Model;

namespace Platform.Storage.Onboarding.Flow;

/// <summary>A check of a tenant's mail flow, from its domain to a test mail that came through; run in the background.</summary>
public sealed class FlowCheckRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Address that the test mail goes to; null: the tenant has no mailbox.</summary>
    public string? Mailbox { get; init; }

    /// <summary>One of <see cref="FlowCheckStates"/>.</summary>
    public required string State { get; set; }

    /// <summary>JSON array of <see cref="FlowStep"/>.</summary>
    public required string Steps { get; set; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public Guid? LeaseToken { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}

public static class FlowCheckStates
{
    public const string Queued = "queued";
    public const string Running = "running";

    /// <summary>No step failed.</summary>
    public const string Passed = "passed";
    public const string Failed = "failed";
}

/// <summary>The steps in their order.</summary>
public enum FlowStepKind
{
    /// <summary>The mailbox's domain is proven.</summary>
    Domain,

    /// <summary>MX records lead here.</summary>
    Mx,

    /// <summary>SPF permits what is sent from here.</summary>
    Spf,

    /// <summary>The tenant's route takes mail for the mailbox.</summary>
    Route,

    /// <summary>The test mail was accepted.</summary>
    Send,
    Inspect,
    Deliver,
}

public enum FlowStepState
{
    Waiting,
    Running,
    Passed,

    /// <summary>Mail flows all the same.</summary>
    Warned,
    Failed,

    /// <summary>Not tried: a step before it failed, or there is nothing to try.</summary>
    Skipped,
}

/// <param name="Code">What was found, such as <c>mx-elsewhere</c>; the words are made of it. Empty before.</param>
/// <param name="Values">What stands in the words; from outside, cleaned and cut.</param>
public sealed record FlowStep(
    FlowStepKind Kind, FlowStepState State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string Code, IReadOnlyDictionary<string, string> Values)
{
    public static IReadOnlyList<FlowStep> New { get; } =
        [.. Enum.GetValues<FlowStepKind>().Select(kind => new FlowStep(kind, FlowStepState.Waiting, null, null, "", new Dictionary<string, string>()))];

    public static IReadOnlyList<FlowStep> Read(string json) => JsonSerializer.Deserialize(json, FlowJsonContext.Default.FlowStepArray) ?? [];

    public static string Write(IEnumerable<FlowStep> steps) => JsonSerializer.Serialize([.. steps], FlowJsonContext.Default.FlowStepArray);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FlowStep[]))]
internal sealed partial class FlowJsonContext : JsonSerializerContext;
