using Platform.Storage.Model;

namespace Platform.Storage.Access;

// Whence a tenant's people, programs and mailboxes may come in (OUT2). A rule admits: what it names, and nothing else. All that one rule says
// must hold; the rules of one place stand beside each other, and one that admits is enough. Of tenant, group, mailbox and account the nearest
// place that has a rule for the service decides alone, so that an exception for one person is one rule (AccessDecision.cs).

/// <summary>What one place admits.</summary>
public sealed class AccessRuleRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required AccessLevel Level { get; init; }

    /// <summary>Id of the tenant, group, mailbox or account.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>JSON array of names of <see cref="AccessServices"/>.</summary>
    public required string Services { get; set; }

    /// <summary>JSON array of CIDR ranges; empty: any address.</summary>
    public required string Networks { get; set; }

    /// <summary>JSON array of ISO 3166-1 alpha-2 codes; empty: any country.</summary>
    public required string Countries { get; set; }

    /// <summary>True: every country but these.</summary>
    public required bool CountriesExcluded { get; set; }

    /// <summary>Where the rule names countries: an address of which none is known is admitted.</summary>
    public required bool TakesUnknownCountry { get; set; }

    /// <summary>For people: why.</summary>
    public required string Comment { get; set; }

    /// <summary>From then on it is as if it were not there; null: no end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}
