using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Audit;
using Platform.Storage.Connectors;
using Platform.Storage.ContentAccess;
using Platform.Storage.Departures;
using Platform.Storage.Groups;
using Platform.Storage.Holds;
using Platform.Storage.Links;
using Platform.Storage.Lists;
using Platform.Storage.Notices;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Policies;
using Platform.Storage.Protection;
using Platform.Storage.Provisioning;
using Platform.Storage.Purging;
using Platform.Storage.Push;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Quarantine;
using Platform.Storage.Reports;
using Platform.Storage.Retention;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Sending.Correspondents;
using Platform.Storage.Submission;
using Platform.Storage.Support;
using Platform.Storage.Templates;
using Platform.Storage.TenantExports;
using Platform.Storage.Tracking;
using Platform.Storage.Transport;

namespace Platform.Storage.Model;

/// <summary>
/// The relational model. Every tenant-owned set is filtered by the scope the context was opened with;
/// one opened without a scope throws on its first query. Changes outside the scope are refused on save.
/// </summary>
public abstract class PlatformDb(DbContextOptions options, Scope? scope) : DbContext(options)
{
    private static readonly MethodInfo RestrictMethod = typeof(PlatformDb).GetMethod(nameof(Restrict), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly MethodInfo RestrictOwnedMethod = typeof(PlatformDb).GetMethod(nameof(RestrictOwned), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly Guid[]? _tenants = scope is null ? null : [.. scope.Tenants];
    private readonly Guid[] _mailboxes = scope?.Mailboxes is { } mailboxes ? [.. mailboxes] : [];

    public DbSet<MspRow> Msps => Set<MspRow>();
    public DbSet<TenantRow> Tenants => Set<TenantRow>();
    public DbSet<DomainRow> Domains => Set<DomainRow>();
    public DbSet<MailboxRow> Mailboxes => Set<MailboxRow>();
    public DbSet<MailboxAliasRow> MailboxAliases => Set<MailboxAliasRow>();
    public DbSet<DomainClaimRow> DomainClaims => Set<DomainClaimRow>();
    public DbSet<FlowCheckRow> FlowChecks => Set<FlowCheckRow>();
    public DbSet<LdapDirectoryRow> LdapDirectories => Set<LdapDirectoryRow>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();
    public DbSet<EventRow> Events => Set<EventRow>();
    public DbSet<FeedCounterRow> FeedCounters => Set<FeedCounterRow>();
    public DbSet<MspFeedCounterRow> MspFeedCounters => Set<MspFeedCounterRow>();
    public DbSet<ImportRow> Imports => Set<ImportRow>();
    public DbSet<RuleRow> Rules => Set<RuleRow>();
    public DbSet<RuleReplayRow> RuleReplays => Set<RuleReplayRow>();
    public DbSet<WebhookEndpointRow> WebhookEndpoints => Set<WebhookEndpointRow>();
    public DbSet<WebhookDeliveryRow> WebhookDeliveries => Set<WebhookDeliveryRow>();
    public DbSet<SyslogTargetRow> SyslogTargets => Set<SyslogTargetRow>();
    public DbSet<WebhookAttemptRow> WebhookAttempts => Set<WebhookAttemptRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<AuditHeadRow> AuditHeads => Set<AuditHeadRow>();
    public DbSet<PurgeRow> Purges => Set<PurgeRow>();
    public DbSet<HoldRow> Holds => Set<HoldRow>();
    public DbSet<RetentionRow> Retention => Set<RetentionRow>();
    public DbSet<RetentionRunRow> RetentionRuns => Set<RetentionRunRow>();
    public DbSet<ContentAccessRow> ContentAccess => Set<ContentAccessRow>();
    public DbSet<ContentRequestRow> ContentRequests => Set<ContentRequestRow>();
    public DbSet<TenantExportRow> TenantExports => Set<TenantExportRow>();
    public DbSet<TenantDeletionRow> TenantDeletions => Set<TenantDeletionRow>();
    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();
    public DbSet<ListEntryRow> ListEntries => Set<ListEntryRow>();
    public DbSet<ListRevisionRow> ListRevisions => Set<ListRevisionRow>();
    public DbSet<AccountRow> Accounts => Set<AccountRow>();
    public DbSet<RoleRow> Roles => Set<RoleRow>();
    public DbSet<AccountRoleRow> AccountRoles => Set<AccountRoleRow>();
    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();
    public DbSet<GroupRow> Groups => Set<GroupRow>();
    public DbSet<GroupMemberRow> GroupMembers => Set<GroupMemberRow>();
    public DbSet<PolicyValueRow> PolicyValues => Set<PolicyValueRow>();
    public DbSet<PolicyTemplateRow> PolicyTemplates => Set<PolicyTemplateRow>();
    public DbSet<TemplateApplicationRow> TemplateApplications => Set<TemplateApplicationRow>();
    public DbSet<MailboxSenderRow> MailboxSenders => Set<MailboxSenderRow>();
    public DbSet<ReleaseRequestRow> ReleaseRequests => Set<ReleaseRequestRow>();
    public DbSet<ReportRow> Reports => Set<ReportRow>();
    public DbSet<SignInProviderRow> SignInProviders => Set<SignInProviderRow>();
    public DbSet<ProvisioningRow> Provisioning => Set<ProvisioningRow>();
    public DbSet<ProvisioningKeyRow> ProvisioningKeys => Set<ProvisioningKeyRow>();
    public DbSet<ProvisionedAccountRow> ProvisionedAccounts => Set<ProvisionedAccountRow>();
    public DbSet<AppPasswordRow> AppPasswords => Set<AppPasswordRow>();
    public DbSet<TrackedDeliveryRow> TrackedDeliveries => Set<TrackedDeliveryRow>();
    public DbSet<OpenRow> Opens => Set<OpenRow>();
    public DbSet<OpenHourRow> OpenHours => Set<OpenHourRow>();
    public DbSet<SendAccountRow> SendAccounts => Set<SendAccountRow>();
    public DbSet<SentRecipientRow> SentRecipients => Set<SentRecipientRow>();
    public DbSet<OrganisationNameRow> OrganisationNames => Set<OrganisationNameRow>();
    public DbSet<AttackerRow> Attackers => Set<AttackerRow>();
    public DbSet<TransportPolicyRow> TransportPolicies => Set<TransportPolicyRow>();
    public DbSet<TransportDestinationRow> TransportDestinations => Set<TransportDestinationRow>();
    public DbSet<TransportSessionRow> TransportSessions => Set<TransportSessionRow>();
    public DbSet<TlsReportRow> TlsReports => Set<TlsReportRow>();
    public DbSet<DkimKeyRow> DkimKeys => Set<DkimKeyRow>();
    public DbSet<AccessRuleRow> AccessRules => Set<AccessRuleRow>();
    public DbSet<AccessRefusalRow> AccessRefusals => Set<AccessRefusalRow>();
    public DbSet<ConnectorRow> Connectors => Set<ConnectorRow>();
    public DbSet<SendRuleRow> SendRules => Set<SendRuleRow>();
    public DbSet<ApprovalChainRow> ApprovalChains => Set<ApprovalChainRow>();
    public DbSet<ApprovalRow> Approvals => Set<ApprovalRow>();
    public DbSet<ApprovalVoteRow> ApprovalVotes => Set<ApprovalVoteRow>();
    public DbSet<ApprovalDeputyRow> ApprovalDeputies => Set<ApprovalDeputyRow>();
    public DbSet<ProtectedMailRow> ProtectedMails => Set<ProtectedMailRow>();
    public DbSet<ProtectedDeliveryRow> ProtectedDeliveries => Set<ProtectedDeliveryRow>();
    public DbSet<ReaderCodeRow> ReaderCodes => Set<ReaderCodeRow>();
    public DbSet<ReaderSessionRow> ReaderSessions => Set<ReaderSessionRow>();
    public DbSet<SupportGrantRow> SupportGrants => Set<SupportGrantRow>();

    /// <exception cref="ScopeViolationException">The context has no scope.</exception>
    protected internal IReadOnlyList<Guid> ScopeTenants => _tenants ?? throw new ScopeViolationException();

    /// <exception cref="ScopeViolationException">The context has no scope.</exception>
    protected internal Guid? ScopeMsp => scope is null ? throw new ScopeViolationException() : scope.MspId;

    /// <summary>False: only deliveries of <see cref="ScopeMailboxes"/> and their messages are seen.</summary>
    /// <exception cref="ScopeViolationException">The context has no scope.</exception>
    protected internal bool ScopeIsWhole => scope is null ? throw new ScopeViolationException() : scope.IsWhole;

    protected internal IReadOnlyList<Guid> ScopeMailboxes => _mailboxes;

    /// <exception cref="NotSupportedException">Always: a save may wait for its turn, so it is asynchronous.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Use SaveChangesAsync.");

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseForeignChanges();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => ColumnTypes.Configure(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        DirectoryMapping.Configure(modelBuilder);
        MessageMapping.Configure(modelBuilder);
        AuditMapping.Configure(modelBuilder);
        PurgeMapping.Configure(modelBuilder);
        HoldMapping.Configure(modelBuilder);
        RetentionMapping.Configure(modelBuilder);
        ContentAccessMapping.Configure(modelBuilder);
        TenantExportMapping.Configure(modelBuilder);
        TenantDeletionMapping.Configure(modelBuilder);
        ListMapping.Configure(modelBuilder);
        RuleMapping.Configure(modelBuilder);
        AccountMapping.Configure(modelBuilder);
        PushMapping.Configure(modelBuilder);
        GroupMapping.Configure(modelBuilder);
        PolicyMapping.Configure(modelBuilder);
        TemplateMapping.Configure(modelBuilder);
        SupportMapping.Configure(modelBuilder);
        SignInMapping.Configure(modelBuilder);
        ProvisioningMapping.Configure(modelBuilder);
        SubmissionMapping.Configure(modelBuilder);
        SendingMapping.Configure(modelBuilder);
        TrackingMapping.Configure(modelBuilder);
        TransportMapping.Configure(modelBuilder);
        AccessMapping.Configure(modelBuilder);
        ConnectorMapping.Configure(modelBuilder);
        OutgoingMapping.Configure(modelBuilder);
        ProtectionMapping.Configure(modelBuilder);
        LinkMapping.Configure(modelBuilder);
        NoticeMapping.Configure(modelBuilder);
        QuarantineMapping.Configure(modelBuilder);
        ReportMapping.Configure(modelBuilder);
        OnboardingMapping.Configure(modelBuilder);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Select(t => t.ClrType).Where(typeof(ITenantOwned).IsAssignableFrom).ToList())
            RestrictMethod.MakeGenericMethod(type).Invoke(this, [modelBuilder]);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Select(t => t.ClrType).Where(typeof(IOwned).IsAssignableFrom).ToList())
            RestrictOwnedMethod.MakeGenericMethod(type).Invoke(this, [modelBuilder]);
        RestrictToMailboxes(modelBuilder);
        modelBuilder.Entity<TenantRow>().HasQueryFilter(t => ScopeTenants.Contains(t.Id));
        modelBuilder.Entity<MspRow>().HasQueryFilter(m => m.Id == ScopeMsp);
        modelBuilder.Entity<MspFeedCounterRow>().HasQueryFilter(c => ScopeIsWhole && c.MspId == ScopeMsp);
        // A tenant sees the rules that it inherits.
        modelBuilder.Entity<RuleRow>().HasQueryFilter(r => ScopeIsWhole && ((r.TenantId != null && ScopeTenants.Contains(r.TenantId.Value))
            || (r.MspId != null && (r.MspId == ScopeMsp || Tenants.Any(t => ScopeTenants.Contains(t.Id) && t.MspId == r.MspId)))));
        modelBuilder.Entity<SendRuleRow>().HasQueryFilter(r => ScopeIsWhole && ((r.TenantId != null && ScopeTenants.Contains(r.TenantId.Value))
            || (r.MspId != null && (r.MspId == ScopeMsp || Tenants.Any(t => ScopeTenants.Contains(t.Id) && t.MspId == r.MspId)))));
        SnakeCase.Apply(modelBuilder);
    }

    /// <summary>What is not named in <see cref="RestrictToMailboxes"/> is out of an employee's reach.</summary>
    private void Restrict<T>(ModelBuilder modelBuilder)
        where T : class, ITenantOwned => modelBuilder.Entity<T>().HasQueryFilter(row => ScopeIsWhole && ScopeTenants.Contains(row.TenantId));

    private void RestrictOwned<T>(ModelBuilder modelBuilder)
        where T : class, IOwned => modelBuilder.Entity<T>().HasQueryFilter(row => ScopeIsWhole && (ScopeTenants.Contains(row.OwnerId) || row.OwnerId == ScopeMsp));

    /// <summary>An employee sees its mailbox, what was delivered there or sent from there, and no other message.</summary>
    private void RestrictToMailboxes(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<MailboxRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId) && (ScopeIsWhole || ScopeMailboxes.Contains(row.Id)));
        modelBuilder.Entity<DeliveryRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId)
            && (ScopeIsWhole || (row.MailboxId != null && ScopeMailboxes.Contains(row.MailboxId.Value)) || (row.SenderMailboxId != null && ScopeMailboxes.Contains(row.SenderMailboxId.Value))));
        modelBuilder.Entity<MessageRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId)
            && (ScopeIsWhole || (row.SenderMailboxId != null && ScopeMailboxes.Contains(row.SenderMailboxId.Value))
                || (row.SenderMailboxId == null && row.AuthorMailboxId != null && ScopeMailboxes.Contains(row.AuthorMailboxId.Value))
                || Deliveries.Any(d => d.MessageId == row.Id && d.MailboxId != null && ScopeMailboxes.Contains(d.MailboxId.Value))));
        modelBuilder.Entity<MailboxSenderRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId) && (ScopeIsWhole || ScopeMailboxes.Contains(row.MailboxId)));
        modelBuilder.Entity<AppPasswordRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId) && (ScopeIsWhole || ScopeMailboxes.Contains(row.MailboxId)));
        modelBuilder.Entity<SendAccountRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId) && (ScopeIsWhole || ScopeMailboxes.Contains(row.Id)));
        modelBuilder.Entity<TrackedDeliveryRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId)
            && (ScopeIsWhole || (row.SenderMailboxId != null && ScopeMailboxes.Contains(row.SenderMailboxId.Value))));
        modelBuilder.Entity<OpenRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId)
            && (ScopeIsWhole || (row.SenderMailboxId != null && ScopeMailboxes.Contains(row.SenderMailboxId.Value))));
        modelBuilder.Entity<ReleaseRequestRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId) && (ScopeIsWhole || ScopeMailboxes.Contains(row.MailboxId)));
        modelBuilder.Entity<ReportRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId)
            && (ScopeIsWhole || (row.MailboxId != null && ScopeMailboxes.Contains(row.MailboxId.Value))));
        // The key is hashed with its actor, so nobody meets another's.
        modelBuilder.Entity<IdempotencyRow>().HasQueryFilter(row => ScopeTenants.Contains(row.TenantId));
    }

    private void RefuseForeignChanges()
    {
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            var reached = entry.Entity switch
            {
                ITenantOwned => Reaches(entry, nameof(ITenantOwned.TenantId)),
                IOwned owned => (owned.OwnerId == ScopeMsp && !entry.Property(nameof(IOwned.OwnerId)).IsModified) || Reaches(entry, nameof(IOwned.OwnerId)),
                TenantRow => Reaches(entry, nameof(TenantRow.Id)),
                MspRow msp => msp.Id == ScopeMsp,
                MspFeedCounterRow counter => counter.MspId == ScopeMsp,
                _ => false,
            };
            if (!reached)
                throw new ScopeViolationException();
        }
    }

    /// <summary>The row's tenant before and after the change, so that a row can be neither taken from nor given to another tenant.</summary>
    private bool Reaches(EntityEntry entry, string property)
    {
        var tenant = entry.Property(property);
        return ScopeTenants.Contains((Guid)tenant.CurrentValue!)
            && (entry.State == EntityState.Added || ScopeTenants.Contains((Guid)tenant.OriginalValue!));
    }
}

/// <summary>Opens a context in a scope. The only way to one outside of this project.</summary>
public interface IPlatformDbFactory
{
    PlatformDb Open(Scope scope);
}
