namespace Platform.Storage.Model;

public sealed class MspRow
{
    public required Guid Id { get; init; }
    public required string Slug { get; set; }
    public required string Name { get; set; }

    /// <summary>Grows with each change of the MSP's rules.</summary>
    public long RulesRevision { get; set; }

    /// <summary>Grows with each change of what the MSP sets in the policy.</summary>
    public long PolicyRevision { get; set; }
}

public sealed class TenantRow
{
    public required Guid Id { get; init; }
    public Guid? MspId { get; set; }
    public required string Slug { get; set; }
    public required string Name { get; set; }
    public required string Language { get; set; }
    public required string Route { get; set; }

    /// <summary>JSON array of CIDR ranges.</summary>
    public required string TrustedHops { get; set; }
    public string? JournalAddress { get; set; }

    /// <summary>Where people forward suspicious mail to; an address in a domain of the tenant. Null: off.</summary>
    public string? ReportAddress { get; set; }

    /// <summary>JSON object of <see cref="Directory.TenantLimits"/>.</summary>
    public required string Limits { get; set; }

    /// <summary>The tenant's key under the platform's key.</summary>
    public required byte[] WrappedKey { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Optimistic concurrency; grows with each change.</summary>
    public required long Version { get; set; }

    /// <summary>Clients and accounts of its MSP may open its messages.</summary>
    public bool MspContentAccess { get; set; } = true;

    /// <summary>JSON object of <see cref="Plans.TenantPlan"/>; null: nothing is limited.</summary>
    public string? Plan { get; set; }

    /// <summary>When it was told to be ready: domain proven, route, mailbox, and a test mail that came through.</summary>
    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>Grows with each change of the tenant's rules.</summary>
    public long RulesRevision { get; set; }

    /// <summary>Grows with each change of what the tenant, its groups and its mailboxes set in the policy, and of who is in which group.</summary>
    public long PolicyRevision { get; set; }

    /// <summary>Grows with each change of the rules that say whence its people come in.</summary>
    public long AccessRevision { get; set; }
}

public sealed class DomainRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Lower-case A-label form; unique over the platform.</summary>
    public required string Name { get; set; }

    /// <summary>The tenant's provider that signs in people of this domain; null: they sign in here.</summary>
    public Guid? SignInProviderId { get; set; }
}

public sealed class MailboxRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Lower-case address; unique over the platform.</summary>
    public required string Address { get; set; }
    public string? DisplayName { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The directory that keeps it; null: made by hand or by list.</summary>
    public Guid? SourceId { get; set; }
}

/// <summary>A further address of a mailbox.</summary>
public sealed class MailboxAliasRow : ITenantOwned
{
    /// <summary>Lower-case address; unique over the platform, and no mailbox's own.</summary>
    public required string Address { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MailboxId { get; set; }
}

/// <summary>Rows of one tenant; the global query filter of <see cref="PlatformDb"/> covers every one.</summary>
public interface ITenantOwned
{
    Guid TenantId { get; }
}

/// <summary>Rows of one tenant or one MSP, by the id of either; the global query filter of <see cref="PlatformDb"/> covers every one.</summary>
public interface IOwned
{
    Guid OwnerId { get; }
}
