namespace Platform.Storage.Accounts;

/// <summary>
/// Which mailbox is a person's own: the one that was made so, and where none was, the one of the tenant with the address of the account. Whoever
/// may send as a mailbox by this is who may not let its mail out.
/// </summary>
internal static class OwnMailbox
{
    /// <summary>For a condition over <c>accounts a</c> and <c>mailboxes m</c>.</summary>
    public const string OfAccount = "a.owner_id = m.tenant_id AND (a.mailbox_id = m.id OR (a.mailbox_id IS NULL AND a.address = m.address))";

    public static bool IsAddress(string account, string mailbox) => string.Equals(account, mailbox, StringComparison.OrdinalIgnoreCase);
}
