using Platform.Storage.Model;

namespace Platform.Storage.Sending.Correspondents;

/// <summary>An organisation as people of a tenant greet it in mail that they send there.</summary>
public sealed class OrganisationNameRow : ITenantOwned
{
    public required Guid TenantId { get; init; }

    /// <summary>Folded.</summary>
    public required string Name { get; init; }

    /// <summary>Organisational domain to which such a mail went.</summary>
    public required string Domain { get; init; }

    /// <summary>How many such mails went there.</summary>
    public required long Seen { get; set; }
    public required DateTimeOffset LastAt { get; set; }
}
