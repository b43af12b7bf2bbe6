using Platform.Storage.Scopes;

namespace Platform.Storage.Accounts;

/// <summary>A role as an account holds it.</summary>
/// <param name="OwnMailboxOnly">Holds for the account's own mailbox and nothing else.</param>
public sealed record Role(Guid Id, string Name, AccountOwnerKind Of, IReadOnlySet<string> Permissions, bool OwnMailboxOnly = false);

/// <summary>The roles that every tenant and MSP has. Their ids never change; docs/access.md shows them as a table.</summary>
public static class BuiltInRoles
{
    /// <summary>All of a tenant.</summary>
    public static Role Administrator { get; } = Of(1, "administrator", AccountOwnerKind.Tenant, [.. Permissions.All]);

    /// <summary>Reads everything but the audit log, opens messages and acts on them.</summary>
    public static Role Analyst { get; } = Of(
        2,
        "analyst",
        AccountOwnerKind.Tenant,
        [
            Permissions.MessagesRead, Permissions.MessagesContent, Permissions.MessagesAct, Permissions.EventsRead, Permissions.DirectoryRead, Permissions.PolicyRead,
            Permissions.ListsRead, Permissions.GroupsRead, Permissions.Scan, Permissions.SendingRead, Permissions.ApprovalsDecide,
        ]);

    /// <summary>Reads, the audit log too, and opens no message.</summary>
    public static Role Auditor { get; } = Of(3, "auditor", AccountOwnerKind.Tenant, [.. Permissions.ReadOnly, Permissions.AccountsRead, Permissions.SignInRead, Permissions.AccessRulesRead, Permissions.ConnectorsRead, Permissions.AuditExport, Permissions.HoldsRead]);

    /// <summary>Sees the quarantine and releases from it.</summary>
    public static Role Helpdesk { get; } = Of(
        4, "helpdesk", AccountOwnerKind.Tenant, [Permissions.MessagesRead, Permissions.MessagesAct, Permissions.DirectoryRead, Permissions.ListsRead, Permissions.GroupsRead, Permissions.SendingRead, Permissions.ApprovalsDecide]);

    /// <summary>Sees what came for its own mailbox, does with it what the policy of the mailbox allows, and sends from it.</summary>
    public static Role Employee { get; } = Of(
        5, "employee", AccountOwnerKind.Tenant, [Permissions.MessagesRead, Permissions.MessagesContent, Permissions.MessagesAct, Permissions.SubmissionRead, Permissions.SubmissionWrite, Permissions.ApprovalsDecide], ownMailboxOnly: true);

    /// <summary>All of an MSP and of each of its tenants.</summary>
    public static Role MspAdministrator { get; } = Of(11, "msp-administrator", AccountOwnerKind.Msp, [.. Permissions.All]);

    /// <summary>Runs the tenants of an MSP day by day: no accounts, clients or roles, nothing that leaves, and nothing that cannot be undone.</summary>
    public static Role MspOperator { get; } = Of(
        12,
        "msp-operator",
        AccountOwnerKind.Msp,
        [
            .. Permissions.All.Except(
            [
                Permissions.AccountsWrite, Permissions.RolesWrite, Permissions.ClientsWrite, Permissions.AccessGrant, Permissions.SignInWrite, Permissions.AccountsProvision, Permissions.SubmissionWrite, Permissions.ConnectorsWrite, Permissions.MessagesPurge, Permissions.RetentionWrite, Permissions.HoldsWrite,
                Permissions.TenantExport, Permissions.TenantDelete,
            ]),
        ]);

    /// <summary>Staff of the platform: nothing by itself; at a tenant that lets it in, what that grants.</summary>
    public static Role Support { get; } = Of(
        21,
        "support",
        AccountOwnerKind.Platform,
        [.. Permissions.ReadOnly, .. Permissions.OfSupportActing.Except(Permissions.ReadOnly), Permissions.MessagesContent, Permissions.SupportRequest]);

    public static IReadOnlyList<Role> All { get; } = [Administrator, Analyst, Auditor, Helpdesk, Employee, MspAdministrator, MspOperator, Support];

    /// <summary>The role of those without whom an owner would be locked out; null where the operator can always make another.</summary>
    public static Role? AdministratorOf(AccountOwnerKind kind) => kind switch
    {
        AccountOwnerKind.Tenant => Administrator,
        AccountOwnerKind.Msp => MspAdministrator,
        _ => null,
    };

    public static Role? Find(Guid id) => All.FirstOrDefault(role => role.Id == id);

    /// <summary>By its name, as outside providers and provisioning name it.</summary>
    public static Role? Find(string name) => All.FirstOrDefault(role => role.Name == name);

    private static Role Of(byte number, string name, AccountOwnerKind kind, IReadOnlyList<string> permissions, bool ownMailboxOnly = false) => new(
        new Guid(0, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 1, number), name, kind, permissions.ToHashSet(StringComparer.Ordinal), ownMailboxOnly);
}
