using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Directory;

namespace Platform.Storage.Plans;

/// <summary>What a tenant may have. Null: as many as it wants. How long its mail may be kept is a maximum of retention (docs/retention.md).</summary>
/// <param name="Name">For people, 1 to 200 characters.</param>
public sealed record TenantPlan(string Name, int? Mailboxes = null, int? Domains = null, int? ApiClients = null)
{
    public const int MaxLimit = 1_000_000;

    public int? LimitOf(PlanResource resource) => resource switch
    {
        PlanResource.Mailboxes => Mailboxes,
        PlanResource.Domains => Domains,
        _ => ApiClients,
    };

    internal Refusal? Check() => DirectoryRules.Name(Name)
        ?? (new[] { Mailboxes, Domains, ApiClients }.All(limit => limit is null or (>= 0 and <= MaxLimit))
            ? null
            : new Refusal("INVALID_PLAN", "Limits of a plan are from 0 to 1,000,000; leave out what is not limited."));

    internal string Write() => JsonSerializer.Serialize(this, PlanJsonContext.Default.TenantPlan);

    internal static TenantPlan? Read(string? json) => json is null ? null : JsonSerializer.Deserialize(json, PlanJsonContext.Default.TenantPlan);
}

public enum PlanResource
{
    Mailboxes,

    /// <summary>Proven ones and open claims.</summary>
    Domains,
    ApiClients,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TenantPlan))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
