using Platform.Storage.Directory;

namespace Platform.Storage.Accounts;

/// <summary>What a role must look like. A refusal has a code and a sentence that says what to do.</summary>
internal static class RoleRules
{
    /// <summary>Of one owner.</summary>
    public const int MaxRoles = 50;
    private const int MaxName = 60;
    private const int MaxDescription = 300;

    public static Refusal Unknown { get; } = new("NOT_FOUND", "There is no such role.");

    public static Refusal BuiltIn { get; } = new("ROLE_BUILT_IN", "This role is the platform's and stays as it is; make one of your own.");

    public static Refusal Full { get; } = new("TOO_MANY_ROLES", $"There are {MaxRoles} roles, the most one owner makes; remove one first.");

    public static Refusal InUse { get; } = new("ROLE_IN_USE", "Accounts have this role; name the role that they have instead.");

    public static Refusal UnknownReplacement { get; } = new("ROLE_UNKNOWN", "The role that is to replace it does not exist for this owner, or is the one that goes.");

    public static Refusal NameTaken(string name) => new("ROLE_NAME_TAKEN", $"There is a role of the name '{name}'; choose another.");

    public static Refusal? Name(string name) =>
        name.Trim().Length is > 0 and <= MaxName && DirectoryRules.Name(name) is null
            ? BuiltInRoles.Find(Key(name)) is null ? null : NameTaken(name.Trim())
            : new("INVALID_NAME", $"The name of a role has 1 to {MaxName} characters and no control characters.");

    public static Refusal? Description(string description) =>
        description.Length <= MaxDescription && !description.Any(char.IsControl) ? null : new("INVALID_DESCRIPTION", $"The description has at most {MaxDescription} characters and no control characters.");

    public static Refusal? Permissions(IReadOnlyCollection<string> permissions, AccountOwnerKind kind, bool ownMailboxOnly)
    {
        if (permissions.Count == 0 || permissions.FirstOrDefault(name => !Scopes.Permissions.All.Contains(name)) is not null)
            return new("INVALID_PERMISSIONS", "A role has at least one permission, each by its name such as 'messages.read'; see the permissions there are.");
        if (!ownMailboxOnly)
            return null;
        if (kind != AccountOwnerKind.Tenant)
            return new("INVALID_PERMISSIONS", "Only a role of a tenant can be bound to the own mailbox.");
        return permissions.All(Scopes.Permissions.OfMailbox.Contains)
            ? null
            : new("INVALID_PERMISSIONS", $"A role of the own mailbox has only these permissions: {string.Join(", ", Scopes.Permissions.OfMailbox.Order(StringComparer.Ordinal))}.");
    }

    /// <summary>As names are compared.</summary>
    public static string Key(string name) => name.Trim().Normalize().ToLowerInvariant();
}
