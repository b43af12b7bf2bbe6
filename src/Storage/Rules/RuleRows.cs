using Platform.Storage.Directory;

namespace Platform.Storage.Rules;

/// <summary>A custom rule (DET9) of a tenant or of an MSP, whose tenants inherit it. Exactly one of the two owners is set.</summary>
public sealed class RuleRow
{
    public required Guid Id { get; init; }
    public Guid? TenantId { get; init; }
    public Guid? MspId { get; init; }
    public required string Name { get; set; }

    /// <summary>Source text of a <see cref="Engine.Conditions.Condition"/>.</summary>
    public required string Condition { get; set; }
    public required PolicyAction Action { get; set; }
    public required bool Enabled { get; set; }

    /// <summary>Among the rules of its owner, from 1; the first that holds decides.</summary>
    public required int Position { get; set; }

    /// <summary>From 1; grows with each change but of the position.</summary>
    public required int Revision { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Actor of the last change.</summary>
    public required string ChangedBy { get; set; }
}
