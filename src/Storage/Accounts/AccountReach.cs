namespace Platform.Storage.Accounts;

/// <summary>
/// What the roles of an account come to. A role of the own mailbox counts only where no role reaches further: added to one that
/// does, its permissions would hold for mail of others.
/// </summary>
internal sealed record AccountReach(IReadOnlySet<string> Permissions, bool OwnMailboxOnly)
{
    public static AccountReach Of(IReadOnlyCollection<Role> roles)
    {
        var whole = roles.Where(role => !role.OwnMailboxOnly).ToList();
        return whole.Count > 0
            ? new AccountReach(Union(whole), OwnMailboxOnly: false)
            : new AccountReach(Union(roles).Where(Scopes.Permissions.OfMailbox.Contains).ToHashSet(StringComparer.Ordinal), OwnMailboxOnly: true);
    }

    private static HashSet<string> Union(IEnumerable<Role> roles) => roles.SelectMany(role => role.Permissions).ToHashSet(StringComparer.Ordinal);
}
