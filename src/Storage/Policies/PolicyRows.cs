using Platform.Storage.Model;

namespace Platform.Storage.Policies;

/// <summary>A value of one setting as one MSP, tenant, group or mailbox has set it.</summary>
public sealed class PolicyValueRow : IOwned
{
    /// <summary>Id of the MSP, tenant, group or mailbox.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Key of a <see cref="PolicySetting"/>.</summary>
    public required string Setting { get; init; }

    /// <summary>The tenant that the group or mailbox is of; of a tenant or an MSP its own id.</summary>
    public required Guid OwnerId { get; init; }
    public required PolicyLevel Level { get; init; }

    /// <summary>Null: unset; who did that, and when, is remembered.</summary>
    public string? Value { get; set; }

    /// <summary>Levels further in cannot change it. With a template, the tenant itself cannot either.</summary>
    public required bool Locked { get; set; }

    /// <summary>The template that set it; null when a person did.</summary>
    public Guid? TemplateId { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}
