namespace Platform.Storage.Events;

/// <summary>Kinds of events on the feed, one immutable event per message and recipient (events.md).</summary>
public static class EventKinds
{
    public const string Received = "delivery.received";
    public const string Queued = "delivery.queued";
    public const string Deferred = "delivery.deferred";
    public const string Delivered = "delivery.delivered";
    public const string Quarantined = "delivery.quarantined";
    public const string Held = "delivery.held";
    public const string Rejected = "delivery.rejected";
    public const string Released = "delivery.released";
    public const string Failed = "delivery.failed";
    public const string Deleted = "delivery.deleted";
    public const string Inspected = "delivery.inspected";
    public const string Requeued = "delivery.requeued";

    /// <summary>On its way out, a mail waits the time in which its sender may cancel it.</summary>
    public const string Waiting = "delivery.waiting";

    /// <summary>The sender of a mail was warned and must confirm it.</summary>
    public const string AwaitingConfirmation = "delivery.awaiting-confirmation";

    /// <summary>A mail waits for the people of an approval chain.</summary>
    public const string AwaitingApproval = "delivery.awaiting-approval";

    /// <summary>Called back before it left, or not confirmed in time.</summary>
    public const string Cancelled = "delivery.cancelled";

    /// <summary>Not approved.</summary>
    public const string Declined = "delivery.declined";

    /// <summary>A person opened a tracked mail: for the 1st, 10th, 100th ... time.</summary>
    public const string Read = "delivery.read";

    /// <summary>A delivered mail is worth a second look for what was found later: the colleague's account that sent it may be stolen.</summary>
    public const string RiskRaised = "delivery.risk-raised";

    /// <summary>Somebody of an approval chain approved or declined a mail for one recipient.</summary>
    public const string ApprovalDecided = "approval.decided";

    /// <summary>An approval chain was made, changed or deleted.</summary>
    public const string ApprovalChainChanged = "approval-chain.changed";

    /// <summary>Somebody decides in another's place for a time, or no more.</summary>
    public const string ApprovalDeputyChanged = "approval-deputy.changed";
    public const string PolicyChanged = "policy.changed";
    public const string ListChanged = "list.changed";
    /// <summary>The owner of a mailbox blocked or allowed a sender for it, or took that back.</summary>
    public const string MailboxListChanged = "mailbox-list.changed";

    /// <summary>The owner of a mailbox was told of mail that is held for it.</summary>
    public const string DigestSent = "digest.sent";

    /// <summary>The owner of a mailbox asks for a held mail.</summary>
    public const string ReleaseRequested = "release.requested";
    public const string ReleaseApproved = "release.approved";
    public const string ReleaseRefused = "release.refused";

    /// <summary>Somebody says that a verdict is wrong.</summary>
    public const string ReportReceived = "report.received";
    public const string ReportConfirmed = "report.confirmed";
    public const string ReportRefused = "report.refused";
    public const string RuleChanged = "rule.changed";

    /// <summary>A sending rule was made, changed, deleted or put elsewhere.</summary>
    public const string SendRuleChanged = "send-rule.changed";

    /// <summary>A webhook endpoint was made, changed, removed, switched on or off by a person or program.</summary>
    public const string WebhookChanged = "webhook.changed";

    /// <summary>A webhook endpoint was disabled by the platform: it is gone, or took nothing for days.</summary>
    public const string WebhookDisabled = "webhook.disabled";

    /// <summary>A syslog target was made, changed or removed.</summary>
    public const string SyslogChanged = "syslog.changed";

    /// <summary>Sent to one endpoint to try it out; never in a feed.</summary>
    public const string WebhookTest = "webhook.test";

    public const string GroupChanged = "group.changed";
    public const string TemplateApplied = "template.applied";

    /// <summary>An API client ends within two weeks.</summary>
    public const string ClientExpiring = "client.expiring";

    public const string DirectoryChanged = "directory.changed";

    /// <summary>DNS says that a claimed domain is the tenant's; from now on it takes mail.</summary>
    public const string DomainProven = "domain.proven";

    /// <summary>A claimed domain was not proven in time, or is another's.</summary>
    public const string DomainFailed = "domain.failed";

    /// <summary>A check of the tenant's mail flow ended.</summary>
    public const string FlowChecked = "flow.checked";

    /// <summary>The tenant has a proven domain, a route and a mailbox, and a test mail came through.</summary>
    public const string TenantReady = "tenant.ready";

    /// <summary>80 or 100 % of what the plan holds is used.</summary>
    public const string PlanUsage = "plan.usage";

    /// <summary>A run of a tenant's directory ended.</summary>
    public const string DirectorySynced = "directory.synced";
    /// <summary>Whence people may come in was set, changed or removed.</summary>
    public const string AccessRuleChanged = "access-rule.changed";

    /// <summary>Somebody was not let in from where it was: at the 1st, 10th, 100th ... attempt of an hour.</summary>
    public const string AccessRefused = "access.refused";

    /// <summary>A login failed: at the 1st, 10th, 100th ... attempt of an hour.</summary>
    public const string LoginFailed = "login.failed";

    /// <summary>An account came in from a country that nobody travels to so fast from where it came in last.</summary>
    public const string AccountTravelled = "account.travel";

    /// <summary>One network, or many, tried few passwords on many accounts.</summary>
    public const string AccountSpraying = "account.spraying";

    /// <summary>An app password logged in, from another address than before or after an hour.</summary>
    public const string AppPasswordUsed = "app-password.used";

    /// <summary>A server that sends for the tenant was set, changed or removed.</summary>
    public const string ConnectorChanged = "connector.changed";

    /// <summary>A server sends for the tenant, from another address than before or after an hour.</summary>
    public const string ConnectorUsed = "connector.used";
    public const string AccountChanged = "account.changed";
    public const string AccountInvited = "account.invited";
    public const string RoleChanged = "role.changed";

    /// <summary>How a tenant's people sign in by its own provider was set, changed or removed.</summary>
    public const string SignInProviderChanged = "sign-in-provider.changed";

    /// <summary>A person signed in by the tenant's provider for the first time, or was forgotten of it.</summary>
    public const string SignInLinked = "sign-in.linked";

    /// <summary>The tenant's provider vouched for somebody who was not let in.</summary>
    public const string SignInRefused = "sign-in.refused";

    /// <summary>What follows from the tenant's directory, or a key of its program, was set or removed.</summary>
    public const string ProvisioningChanged = "provisioning.changed";

    /// <summary>An app password of a mailbox was made or removed.</summary>
    public const string AppPasswordChanged = "app-password.changed";

    /// <summary>A mailbox sends nothing for a while: it exceeded a limit, or a person said so.</summary>
    public const string SendingBlocked = "sending.blocked";

    /// <summary>A blocked mailbox sends again.</summary>
    public const string SendingUnblocked = "sending.unblocked";

    /// <summary>The mailboxes of a group or tenant together reached a limit; what they send waits.</summary>
    public const string SendingLimited = "sending.limited";

    /// <summary>Somebody who showed the code of a recipient reads a protected mail.</summary>
    public const string ProtectionOpened = "protection.opened";

    /// <summary>A file of a protected mail was given out to its recipient.</summary>
    public const string ProtectionDownloaded = "protection.downloaded";

    /// <summary>A recipient answered a protected mail in the reader.</summary>
    public const string ProtectionReplied = "protection.replied";

    /// <summary>A protected mail was withdrawn, given back, changed in what may be done with it, or its key destroyed.</summary>
    public const string ProtectionChanged = "protection.changed";

    /// <summary>How TLS towards a domain outside must be, or towards all, was set or taken back.</summary>
    public const string TransportPolicyChanged = "transport-policy.changed";

    /// <summary>A key that signs a domain's mail was made, is used, is replaced, can be taken out of DNS, or is missing there.</summary>
    public const string DkimKeyChanged = "dkim-key.changed";

    /// <summary>A message was purged: rows and keys are gone.</summary>
    public const string MessagePurged = "message.purged";

    /// <summary>Nothing of a purge is left to do; its receipt is signed.</summary>
    public const string PurgeCompleted = "purge.completed";
    public const string RetentionChanged = "retention.changed";

    /// <summary>Counts of what expired in one run, by the day of receipt.</summary>
    public const string RetentionPurged = "retention.purged";
    public const string HoldChanged = "hold.changed";
    public const string ContentAccessChanged = "content-access.changed";

    /// <summary>Somebody asked to open a mail, or somebody else decided over it.</summary>
    public const string ContentRequested = "content-access.requested";

    /// <summary>The deletion of the tenant was asked for or taken back.</summary>
    public const string TenantDeletion = "tenant.deletion";
    public const string SupportRequested = "support.requested";
    public const string SupportGranted = "support.granted";
    public const string SupportRefused = "support.refused";
    public const string SupportEnded = "support.ended";
    public const string SupportExpired = "support.expired";
    public const string AccessChanged = "access.changed";
}
