using Platform.Storage.Model;

namespace Platform.Storage.Groups;

/// <summary>A group of a tenant: mailboxes and accounts that share values of the policy.</summary>
public sealed class GroupRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required string Name { get; set; }

    /// <summary>The name in lower case; unique for the tenant.</summary>
    public required string NameKey { get; set; }

    /// <summary>What the tenant's own directory calls it (RFC 7643 3.1, externalId); unique for the tenant.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Among the tenant's groups, from 1: of the groups of a mailbox the first that sets a value decides.</summary>
    public required int Position { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>That somebody is in a group.</summary>
public sealed class GroupMemberRow : ITenantOwned
{
    public required Guid GroupId { get; init; }

    /// <summary>Id of the mailbox or account.</summary>
    public required Guid MemberId { get; init; }
    public required Guid TenantId { get; init; }
    public required GroupMemberKind Kind { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}

public enum GroupMemberKind
{
    Mailbox,

    /// <summary>Stands for its own mailbox where mail is concerned.</summary>
    Account,
}
