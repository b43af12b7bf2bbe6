using Platform.Engine.Verdicts;
using Platform.Storage.Model;

namespace Platform.Storage.Sending.Attackers;

/// <summary>An address or domain from which a tenant received an attack: nothing is sent there (OUT10).</summary>
public sealed class AttackerRow : ITenantOwned
{
    public required Guid TenantId { get; init; }

    /// <summary>An address, or a domain that belongs to one party alone; in lower case.</summary>
    public required string Name { get; init; }
    public required VerdictKind Verdict { get; set; }

    /// <summary>When the last attack was found.</summary>
    public required DateTimeOffset LastAt { get; set; }
}
