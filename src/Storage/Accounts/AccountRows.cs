using Platform.Storage.Model;

namespace Platform.Storage.Accounts;

// Accounts of people. An account belongs to a tenant, to an MSP or to the platform itself, and says who somebody is and what it may do;
// how it proves that (password, passkey, outside provider) is the business of whoever issues tokens, which knows it by the same id.
// Each change counts up the owner's revision in the same transaction: by its row lock two changes of one owner's accounts never run at once.

public enum AccountState
{
    /// <summary>Asked to join; cannot sign in yet.</summary>
    Invited,

    /// <summary>May sign in.</summary>
    Active,

    /// <summary>May not, until it is enabled again.</summary>
    Disabled,
}

public enum AccountOwnerKind
{
    Tenant,
    Msp,

    /// <summary>The operator of the installation: support staff, who reach no tenant by themselves.</summary>
    Platform,
}

/// <summary>Whose account or role it is.</summary>
public readonly record struct AccountOwner(Guid Id, AccountOwnerKind Kind)
{
    /// <summary>Stands for the installation where the id of a tenant or MSP stands otherwise.</summary>
    public static AccountOwner Platform { get; } = new(new Guid("00000000-0000-7000-8000-000000000001"), AccountOwnerKind.Platform);

    public static AccountOwner Tenant(Guid id) => new(id, AccountOwnerKind.Tenant);

    public static AccountOwner Msp(Guid id) => new(id, AccountOwnerKind.Msp);
}

public sealed class AccountRow : IOwned
{
    public required Guid Id { get; init; }
    public required Guid OwnerId { get; init; }
    public required AccountOwnerKind OwnerKind { get; init; }

    /// <summary>Lower-case address; unique over the installation.</summary>
    public required string Address { get; set; }
    public required string Name { get; set; }

    /// <summary><c>ja</c> or <c>en</c>; null: as the browser asks.</summary>
    public string? Language { get; set; }
    public required AccountState State { get; set; }

    /// <summary>The mailbox of the tenant that is this person's own.</summary>
    public Guid? MailboxId { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>A role that a tenant or MSP made for itself. Those of the platform are in <see cref="BuiltInRoles"/>.</summary>
public sealed class RoleRow : IOwned
{
    public required Guid Id { get; init; }
    public required Guid OwnerId { get; init; }
    public required AccountOwnerKind OwnerKind { get; init; }

    /// <summary>Unique for its owner, case not regarded.</summary>
    public required string Name { get; set; }

    /// <summary>The name in lower case.</summary>
    public required string NameKey { get; set; }
    public required string Description { get; set; }

    /// <summary>JSON array of permissions.</summary>
    public required string Permissions { get; set; }

    /// <summary>Holds for the account's own mailbox and nothing else.</summary>
    public required bool OwnMailboxOnly { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>That an account has a role.</summary>
public sealed class AccountRoleRow : IOwned
{
    public required Guid AccountId { get; init; }

    /// <summary>Of a <see cref="RoleRow"/> or a built-in role.</summary>
    public required Guid RoleId { get; init; }

    /// <summary>Of the account.</summary>
    public required Guid OwnerId { get; init; }
}

/// <summary>Asks a person to join. One for an account: a new one voids the one before.</summary>
public sealed class InvitationRow : IOwned
{
    public required Guid Id { get; init; }
    public required Guid OwnerId { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>SHA-256 of the token, lower-case hex.</summary>
    public required string TokenHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Grows with each change of an owner's accounts and roles.</summary>
internal sealed class AccountRevisionRow : IOwned
{
    public required Guid OwnerId { get; init; }
    public required long Revision { get; set; }
}
