using Platform.Storage.Model;

namespace Platform.Storage.Templates;

/// <summary>A named set of values of the policy that an MSP applies to tenants of its own.</summary>
public sealed class PolicyTemplateRow : IOwned
{
    public required Guid Id { get; init; }

    /// <summary>The MSP.</summary>
    public required Guid OwnerId { get; init; }
    public required string Name { get; set; }

    /// <summary>The name in lower case; unique for the MSP.</summary>
    public required string NameKey { get; set; }
    public required string Description { get; set; }

    /// <summary>JSON array of <see cref="TemplateValue"/>.</summary>
    public required string ValuesJson { get; set; }
    public required TemplateCoverage Coverage { get; set; }

    /// <summary>JSON array of ids of tenants: those it is for, or those that it is not for.</summary>
    public required string Tenants { get; set; }

    /// <summary>From 1; grows with each change.</summary>
    public required int Revision { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }

    /// <summary>Null: never; then tenants made later do not get it either.</summary>
    public DateTimeOffset? AppliedAt { get; set; }
}

/// <summary>One application of a template, with all that it changed, so that it can be undone.</summary>
public sealed class TemplateApplicationRow : IOwned
{
    public required Guid Id { get; init; }

    /// <summary>The MSP.</summary>
    public required Guid OwnerId { get; init; }
    public required Guid TemplateId { get; init; }

    /// <summary>Of the template.</summary>
    public required int Revision { get; init; }

    /// <summary>JSON array of <see cref="AppliedChange"/>.</summary>
    public required string Changes { get; init; }
    public required int Tenants { get; init; }
    public required DateTimeOffset AppliedAt { get; init; }
    public required string AppliedBy { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
    public string? UndoneBy { get; set; }
}

public enum TemplateCoverage
{
    /// <summary>For the tenants that it names.</summary>
    Chosen,

    /// <summary>For all tenants of the MSP but those that it names, also for tenants made later.</summary>
    All,
}
