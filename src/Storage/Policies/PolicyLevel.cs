namespace Platform.Storage.Policies;

/// <summary>Where a value may be set, from the outside in. A value further in replaces one further out, unless that one is locked.</summary>
public enum PolicyLevel
{
    /// <summary>What the product ships with; always set.</summary>
    Platform,
    Msp,
    Tenant,

    /// <summary>Of the groups of a mailbox, the first in the tenant's order that sets a value decides.</summary>
    Group,
    Mailbox,
}

/// <summary>Whose values are meant: an MSP's, a tenant's, a group's, a mailbox's.</summary>
public readonly record struct PolicyTarget(PolicyLevel Level, Guid Id)
{
    public static PolicyTarget Msp(Guid id) => new(PolicyLevel.Msp, id);

    public static PolicyTarget Tenant(Guid id) => new(PolicyLevel.Tenant, id);

    public static PolicyTarget Group(Guid id) => new(PolicyLevel.Group, id);

    public static PolicyTarget Mailbox(Guid id) => new(PolicyLevel.Mailbox, id);
}

/// <summary>Where an effective value comes from.</summary>
/// <param name="Id">Of the MSP, tenant, group or mailbox; null for the platform.</param>
/// <param name="Name">For people: a name, or a mailbox's address; empty for the platform.</param>
public sealed record PolicyOrigin(PolicyLevel Level, Guid? Id, string Name)
{
    public static PolicyOrigin Platform { get; } = new(PolicyLevel.Platform, null, "");
}
