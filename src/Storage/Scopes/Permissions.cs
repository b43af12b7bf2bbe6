namespace Platform.Storage.Scopes;

/// <summary>Every permission by its stable name. A GraphQL field or REST route declares one of these.</summary>
public static class Permissions
{
    /// <summary>See messages, verdicts, reasons and deliveries.</summary>
    public const string MessagesRead = "messages.read";

    /// <summary>Open the content of a message: preview, raw download.</summary>
    public const string MessagesContent = "messages.content";

    /// <summary>Release, delete and re-queue deliveries.</summary>
    public const string MessagesAct = "messages.act";

    public const string EventsRead = "events.read";
    public const string DirectoryRead = "directory.read";
    public const string DirectoryWrite = "directory.write";

    /// <summary>Make, change and end API clients: none with more than one holds oneself.</summary>
    public const string ClientsWrite = "clients.write";

    public const string PolicyRead = "policy.read";
    public const string PolicyWrite = "policy.write";

    /// <summary>See allow and block lists.</summary>
    public const string ListsRead = "lists.read";

    /// <summary>Change allow and block lists.</summary>
    public const string ListsWrite = "lists.write";

    /// <summary>See groups and who is in them.</summary>
    public const string GroupsRead = "groups.read";

    /// <summary>Make, change, order and fill groups.</summary>
    public const string GroupsWrite = "groups.write";

    /// <summary>See the templates of one's MSP and how far its tenants are from them.</summary>
    public const string TemplatesRead = "templates.read";

    /// <summary>Make, change, apply and undo templates of one's MSP.</summary>
    public const string TemplatesWrite = "templates.write";

    /// <summary>Scan a message over HTTP and run import jobs.</summary>
    public const string Scan = "scan";

    /// <summary>See webhook endpoints and syslog targets, and the log of what was sent to them.</summary>
    public const string PushRead = "push.read";

    /// <summary>Say whereto events are pushed.</summary>
    public const string PushWrite = "push.write";

    public const string AuditRead = "audit.read";

    /// <summary>See accounts and roles.</summary>
    public const string AccountsRead = "accounts.read";

    /// <summary>Invite, change, disable and remove accounts and give them roles: none with more than one holds oneself.</summary>
    public const string AccountsWrite = "accounts.write";

    /// <summary>Make and change the roles of one's own.</summary>
    public const string RolesWrite = "roles.write";

    /// <summary>See by which outside provider a tenant's people sign in, and how its directory keeps accounts.</summary>
    public const string SignInRead = "sign-in.read";

    /// <summary>Say which outside provider vouches for a tenant's people, and what follows from its directory. Asks for all that an administrator holds beside.</summary>
    public const string SignInWrite = "sign-in.write";

    /// <summary>Keep accounts and groups by SCIM, with the roles that the tenant's mapping gives.</summary>
    public const string AccountsProvision = "accounts.provision";

    /// <summary>See app passwords of mailboxes: names and last use.</summary>
    public const string SubmissionRead = "submission.read";

    /// <summary>Make and remove app passwords: whoever has one sends as that mailbox.</summary>
    public const string SubmissionWrite = "submission.write";

    /// <summary>See limits of sending, who is blocked and why.</summary>
    public const string SendingRead = "sending.read";

    /// <summary>Block mailboxes from sending, and unblock them.</summary>
    public const string SendingWrite = "sending.write";

    /// <summary>See how mail to the outside is encrypted and signed, and how that goes by destination.</summary>
    public const string TransportRead = "transport.read";

    /// <summary>Say how mail to the outside must be encrypted, and by which keys it is signed.</summary>
    public const string TransportWrite = "transport.write";

    /// <summary>See whence people and mailboxes may come in, who was refused, and whence they came.</summary>
    public const string AccessRulesRead = "access-rules.read";

    /// <summary>Say whence people and mailboxes may come in.</summary>
    public const string AccessRulesWrite = "access-rules.write";

    /// <summary>Ask whether a login at a server of the tenant's own is let in, and report how it ended.</summary>
    public const string LoginsCheck = "logins.check";

    /// <summary>See the servers that send for a tenant.</summary>
    public const string ConnectorsRead = "connectors.read";

    /// <summary>Say which servers send for a tenant: such a server sends as anybody of it.</summary>
    public const string ConnectorsWrite = "connectors.write";

    /// <summary>Decide over outgoing mail that waits for one's approval: what the steps of a chain name the account for, and nothing else.</summary>
    public const string ApprovalsDecide = "approvals.decide";

    /// <summary>Take the audit log out as a file.</summary>
    public const string AuditExport = "audit.export";

    /// <summary>Purge messages for good.</summary>
    public const string MessagesPurge = "messages.purge";

    /// <summary>See legal holds.</summary>
    public const string HoldsRead = "holds.read";

    /// <summary>Place and release legal holds.</summary>
    public const string HoldsWrite = "holds.write";

    /// <summary>Change how long mail is kept.</summary>
    public const string RetentionWrite = "retention.write";

    /// <summary>Take out everything the platform holds of a tenant.</summary>
    public const string TenantExport = "tenant.export";

    /// <summary>Ask for the deletion of a tenant, and take that back.</summary>
    public const string TenantDelete = "tenant.delete";

    /// <summary>Let people from outside of the tenant in, and end it: the platform's support staff, the MSP to the content of messages.</summary>
    public const string AccessGrant = "access.grant";

    /// <summary>Ask tenants for support access. Of the platform's own staff; no tenant gives it.</summary>
    public const string SupportRequest = "support.request";

    public static IReadOnlySet<string> All { get; } = new HashSet<string>
    {
        MessagesRead, MessagesContent, MessagesAct, EventsRead, DirectoryRead, DirectoryWrite, ClientsWrite, PolicyRead, PolicyWrite, ListsRead, ListsWrite, Scan, AuditRead,
        AccountsRead, AccountsWrite, RolesWrite, AccessGrant,
        PushRead, PushWrite,
        AuditExport, MessagesPurge, HoldsRead, HoldsWrite, RetentionWrite, TenantExport, TenantDelete,
        GroupsRead, GroupsWrite, TemplatesRead, TemplatesWrite,
        SignInRead, SignInWrite, AccountsProvision, SubmissionRead, SubmissionWrite, SendingRead, SendingWrite, TransportRead, TransportWrite,
        AccessRulesRead, AccessRulesWrite, LoginsCheck, ConnectorsRead, ConnectorsWrite, ApprovalsDecide,
    };

    /// <summary>What no tenant or MSP holds, only the operator's own people.</summary>
    public static IReadOnlySet<string> OfPlatform { get; } = new HashSet<string> { SupportRequest };

    /// <summary>What support staff may do that was let in to act. It lets nobody else in: no accounts, clients, roles, access.</summary>
    public static IReadOnlySet<string> OfSupportActing { get; } = new HashSet<string>
    {
        MessagesRead, MessagesAct, EventsRead, DirectoryRead, DirectoryWrite, PolicyRead, PolicyWrite, ListsRead, ListsWrite, AuditRead, SendingRead, SendingWrite,
    };

    /// <summary>What can be held for the deliveries of single mailboxes; everything else is of a whole tenant.</summary>
    public static IReadOnlySet<string> OfMailbox { get; } = new HashSet<string> { MessagesRead, MessagesContent, MessagesAct, SubmissionRead, SubmissionWrite, ApprovalsDecide };

    /// <summary>What a read-only SIEM client holds.</summary>
    public static IReadOnlySet<string> ReadOnly { get; } = new HashSet<string> { MessagesRead, EventsRead, DirectoryRead, PolicyRead, ListsRead, PushRead, GroupsRead, TemplatesRead, TransportRead, AuditRead, SendingRead };
}
