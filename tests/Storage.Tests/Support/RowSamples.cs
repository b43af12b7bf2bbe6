using Platform.Engine;
using Platform.Engine.Feeds;
using Platform.Engine.Tracking;
using Platform.Engine.Transport;
using Platform.Engine.Verdicts;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Connectors;
using Platform.Storage.ContentAccess;
using Platform.Storage.Departures;
using Platform.Storage.Directory;
using Platform.Storage.Groups;
using Platform.Storage.Holds;
using Platform.Storage.Links;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Notices;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Ldap;
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

namespace Platform.Storage.Tests.Support;

/// <summary>One row at least in every tenant-owned table.</summary>
internal static class RowSamples
{
    public static async Task FillAsync(TestStorage storage, Scope scope, CancellationToken cancellationToken)
    {
        var tenant = scope.Tenants.Single();
        var now = storage.Time.GetUtcNow();
        var message = new MessageRow
        {
            Id = Guid.NewGuid(),
            TenantId = tenant,
            Mode = IntakeMode.Gateway,
            Direction = MailDirection.Inbound,
            ReceivedAt = now,
            MailFrom = "a@b.test",
            Smtp = "{}",
            Prologue = "",
            BodyName = "00/x",
            Size = 1,
            Sha256 = "",
            ScanState = ScanState.Done,
            ScanDueAt = now,
        };
        await using var db = storage.Open(scope);
        db.Add(message);
        db.Add(new DeliveryRow { Id = Guid.NewGuid(), TenantId = tenant, MessageId = message.Id, Recipient = "info@acme.test", State = DeliveryState.Quarantined, ChangedAt = now });
        db.Add(new MessageTextRow { MessageId = message.Id, TenantId = tenant, Sealed = [1] });
        db.Add(new ImportRow { Id = Guid.NewGuid(), TenantId = tenant, FileName = "x", BodyName = "00/import", State = "queued", Total = 0, Done = 0, Failed = 0, CreatedAt = now, ChangedAt = now });
        db.Add(new IdempotencyRow { TenantId = tenant, Key = "k", RequestHash = "h", Response = "{}", CreatedAt = now });
        db.Add(new ListEntryRow
        {
            Id = Guid.NewGuid(),
            OwnerId = tenant,
            Action = ListAction.Block,
            Kind = ListEntryKind.Domain,
            Value = "a.example",
            IsExact = false,
            Networks = "[]",
            Note = "",
            CreatedAt = now,
            CreatedBy = "test",
            ChangedAt = now,
            ChangedBy = "test",
        });
        db.Add(new ListRevisionRow { OwnerId = tenant, Revision = 1 });
        db.Add(new PurgeRow { Id = Guid.NewGuid(), OwnerId = tenant, SubjectId = tenant, Kind = PurgeKinds.Messages, State = PurgeStates.Done, Items = "[]", Counts = "{}", Reason = "x", RequestedBy = "test", RequestedAt = now });
        db.Add(new PurgeWorkRow { Id = Guid.NewGuid(), TenantId = tenant, MessageId = Guid.NewGuid(), BodyName = "00/x", Whole = true, Sender = "a@b.test", Mailboxes = "[]", AfterSequence = long.MaxValue, CreatedAt = now });
        db.Add(new HoldRow { Id = Guid.NewGuid(), TenantId = tenant, Name = "x", Reason = "x", PlacedBy = "test", PlacedAt = now });
        db.Add(new RetentionRow { OwnerId = tenant, Rules = RetentionRules.None.Write(), ChangedAt = now, ChangedBy = "test" });
        db.Add(new RetentionRunRow { TenantId = tenant, DueAt = now, Content = 0, Messages = 0, Held = 0 });
        db.Add(new ContentAccessRow { TenantId = tenant, ReasonOfClients = true, FourEyes = false, ChangedAt = now, ChangedBy = "test" });
        db.Add(new ContentRequestRow { Id = Guid.NewGuid(), TenantId = tenant, MessageId = message.Id, Reason = "x", RequestedBy = "test", RequestedAt = now, State = ContentRequestStates.Waiting });
        db.Add(new TenantExportRow { Id = Guid.NewGuid(), TenantId = tenant, WithBodies = false, State = TenantExportStates.Queued, Total = 0, Done = 0, RequestedBy = "test", CreatedAt = now });
        db.Add(new TenantDeletionRow { TenantId = tenant, PurgeId = Guid.NewGuid(), Reason = "x", RequestedBy = "test", RequestedAt = now, DueAt = DateTimeOffset.MaxValue });
        AddOnboarding(db, tenant, now);
        var group = Guid.NewGuid();
        db.Add(new GroupRow { Id = group, TenantId = tenant, Name = "x", NameKey = "x", Position = 1, CreatedAt = now, ChangedAt = now, ChangedBy = "test" });
        db.Add(new GroupMemberRow { GroupId = group, MemberId = Guid.NewGuid(), TenantId = tenant, Kind = GroupMemberKind.Mailbox, AddedAt = now });
        db.Add(new PolicyValueRow { SubjectId = group, Setting = "action.spam", OwnerId = tenant, Level = PolicyLevel.Group, Value = "tag", Locked = false, ChangedAt = now, ChangedBy = "test" });
        if (scope.MspId is { } msp)
        {
            var template = Guid.NewGuid();
            db.Add(new PolicyTemplateRow
            {
                Id = template,
                OwnerId = msp,
                Name = "x",
                NameKey = "x",
                Description = "",
                ValuesJson = "[]",
                Coverage = TemplateCoverage.Chosen,
                Tenants = "[]",
                Revision = 1,
                CreatedAt = now,
                ChangedAt = now,
                ChangedBy = "test",
            });
            db.Add(new TemplateApplicationRow { Id = Guid.NewGuid(), OwnerId = msp, TemplateId = template, Revision = 1, Changes = "[]", Tenants = 0, AppliedAt = now, AppliedBy = "test" });
        }

        db.Add(new UsedLinkRow { TenantId = tenant, DeliveryId = Guid.NewGuid(), MailboxId = Guid.NewGuid(), Purpose = LinkPurpose.Release, UsedAt = now });
        db.Add(new DigestEntryRow { DeliveryId = Guid.NewGuid(), TenantId = tenant, MailboxId = Guid.NewGuid(), ToldAt = now });
        db.Add(new MailboxSenderRow { Id = Guid.NewGuid(), TenantId = tenant, MailboxId = Guid.NewGuid(), Action = ListAction.Block, Value = "a.example", CreatedAt = now, CreatedBy = "test" });
        db.Add(new AccessRuleRow
        {
            Id = Guid.NewGuid(), TenantId = tenant, Level = AccessLevel.Tenant, SubjectId = tenant, Services = "[\"api\"]", Networks = "[\"192.0.2.0/24\"]", Countries = "[]", CountriesExcluded = false,
            TakesUnknownCountry = false, Comment = "", CreatedAt = now, CreatedBy = "test", ChangedAt = now, ChangedBy = "test",
        });
        db.Add(new ConnectorRow { Id = Guid.NewGuid(), TenantId = tenant, Name = "Postfix", Networks = "[]", Certificates = "[]", CreatedAt = now, CreatedBy = "test", ChangedAt = now, ChangedBy = "test" });
        db.Add(new AccessRefusalRow
        {
            Id = Guid.NewGuid(), TenantId = tenant, Hour = 1, Account = "a@b.test", Service = AccessService.Api, Network = "192.0.2.1", Reason = AccessReason.Network, Address = "192.0.2.1", Count = 1, FirstAt = now, LastAt = now,
        });
        db.Add(new AppPasswordRow
        {
            Id = Guid.NewGuid(), TenantId = tenant, MailboxId = Guid.NewGuid(), Name = "Scanner", Salt = [1], Iterations = 1, StoredKey = [1], ServerKey = [1], ExpiresAt = now, CreatedAt = now, CreatedBy = "test",
        });
        db.Add(new ProtectedMailRow { MessageId = Guid.NewGuid(), TenantId = tenant, WrappedKey = [1], CreatedAt = now });
        db.Add(new ProtectedDeliveryRow
        {
            DeliveryId = Guid.NewGuid(),
            TenantId = tenant,
            MessageId = message.Id,
            SenderMailboxId = Guid.NewGuid(),
            Recipient = "a@example.com",
            Extent = ProtectedExtent.Mail,
            ViewOnly = false,
            ExpiresAt = now,
            Opens = 0,
            Downloads = 0,
            Replies = 0,
            IsDangerous = false,
        });
        db.Add(new ReaderCodeRow { Id = Guid.NewGuid(), TenantId = tenant, DeliveryId = Guid.NewGuid(), Hash = [1], MadeAt = now, ExpiresAt = now, Tries = 0 });
        db.Add(new ReaderSessionRow { Id = Guid.NewGuid().ToString("N"), TenantId = tenant, DeliveryId = Guid.NewGuid(), StartedAt = now, SeenAt = now, ExpiresAt = now });
        db.Add(new SendAccountRow { Id = Guid.NewGuid(), TenantId = tenant, Epoch = 1, BlockedAt = now });
        db.Add(new SentRecipientRow { MailboxId = Guid.NewGuid(), Address = "a@example.com", Domain = "example.com", TenantId = tenant, FirstAt = now, LastAt = now, Delivered = 1 });
        var tracked = Guid.NewGuid();
        db.Add(new TrackedDeliveryRow { DeliveryId = tracked, TenantId = tenant, MessageId = message.Id, Place = TrackedPlace.Country, TrackedAt = now });
        db.Add(new OpenRow { Id = Guid.NewGuid(), TenantId = tenant, MessageId = message.Id, DeliveryId = tracked, At = now, Target = OpenTarget.Picture, Part = "", Grade = OpenGrade.Person, Reason = OpenReasons.Browser });
        db.Add(new OpenHourRow { DeliveryId = tracked, Hour = 1, TenantId = tenant, MessageId = message.Id, Count = 1 });
        db.Add(new MessageReadsRow { MessageId = message.Id, TenantId = tenant, Version = 1 });
        db.Add(new OrganisationNameRow { TenantId = tenant, Name = "globex", Domain = "globex.example", Seen = 1, LastAt = now });
        db.Add(new AttackerRow { TenantId = tenant, Name = "evil@attack.example", Verdict = VerdictKind.Phishing, LastAt = now });
        AddTransport(db, tenant, now);
        db.Add(new ReleaseRequestRow
        {
            Id = Guid.NewGuid(),
            TenantId = tenant,
            DeliveryId = Guid.NewGuid(),
            MessageId = message.Id,
            MailboxId = Guid.NewGuid(),
            Note = "",
            RequestedBy = "test",
            RequestedAt = now,
            State = RequestState.Waiting,
        });
        AddApprovals(db, tenant, message.Id, now);
        db.Add(new MailOrderRow { Id = Guid.NewGuid(), TenantId = tenant, Recipient = "info@acme.test", Kind = MailOrderKinds.ReleaseDecided, Facts = "{}", CreatedAt = now });
        db.Add(new ReportRow
        {
            Id = Guid.NewGuid(),
            TenantId = tenant,
            MessageId = message.Id,
            Kind = ReportKind.Missed,
            Via = ReportVia.Api,
            Comment = "",
            ReportedBy = "test",
            ReportedAt = now,
            State = ReportState.Waiting,
        });
        db.Add(new ReportMailRow { MessageId = message.Id, TenantId = tenant, Outcome = "answered", DoneAt = now });
        db.Add(new LearningLabelRow { MessageId = message.Id, TenantId = tenant, Label = Engine.Learning.MailLabel.Honest, IsCarrier = false, LabelledAt = now });
        db.Add(new NoticeCountRow { TenantId = tenant, Address = $"{tenant}@acme.test", Since = now, Count = 1 });
        db.Add(new RuleReplayRow
        {
            Id = Guid.NewGuid(),
            TenantId = tenant,
            Name = "x",
            Plan = "{}",
            Since = now,
            Until = now,
            State = ReplayStates.Done,
            Total = 0,
            Examined = 0,
            Tally = "{}",
            StartedBy = "test",
            CreatedAt = now,
            ChangedAt = now,
        });
        db.Add(new SupportGrantRow
        {
            Id = Guid.NewGuid(),
            TenantId = tenant,
            AccountId = Guid.NewGuid(),
            AccountName = "Staff",
            AccountAddress = "staff@operator.test",
            Level = SupportLevel.Read,
            IncludesContent = false,
            Reason = "a reason that is one",
            Hours = 1,
            State = SupportState.Requested,
            RequestedAt = now,
        });
        db.Add(new RoleRow
        {
            Id = Guid.NewGuid(),
            OwnerId = tenant,
            OwnerKind = AccountOwnerKind.Tenant,
            Name = "Reader",
            NameKey = "reader",
            Description = "",
            Permissions = "[]",
            OwnMailboxOnly = false,
            CreatedAt = now,
            ChangedAt = now,
            ChangedBy = "test",
        });
        await db.SaveChangesAsync(cancellationToken);
        await storage.Get<IAccountCommands>().InviteAsync(
            scope, AccountOwner.Tenant(tenant), new NewAccount($"a@{tenant:N}.test", "A", [BuiltInRoles.Auditor.Id]), cancellationToken);
        await AddPushAsync(storage, scope, cancellationToken);
        await AddSignInAsync(storage, scope, cancellationToken);
        await storage.Get<ISendRuleCommands>().CreateAsync(scope, new RuleOwner(tenant, IsMsp: false), new NewSendRule("x", "attack", [new SendAction.Wait(1)], Enabled: true), cancellationToken);
        await storage.Get<IRuleCommands>().CreateAsync(scope, new RuleOwner(tenant, IsMsp: false), new NewRule("x", "attack", PolicyAction.Tag, Enabled: true), cancellationToken);
    }

    private static void AddApprovals(PlatformDb db, Guid tenant, Guid message, DateTimeOffset now)
    {
        var approval = Guid.NewGuid();
        db.Add(new ApprovalChainRow
        {
            Id = Guid.NewGuid(), TenantId = tenant, Name = "x", NameKey = "x", Steps = "[]", Hours = 1, OnExpiry = ApprovalExpiry.Decline, RemindHours = 0, Revision = 1, CreatedAt = now, ChangedAt = now, ChangedBy = "test",
        });
        db.Add(new ApprovalRow
        {
            Id = approval,
            TenantId = tenant,
            MessageId = message,
            DeliveryId = Guid.NewGuid(),
            MailboxId = Guid.NewGuid(),
            ChainId = Guid.NewGuid(),
            Chain = "x",
            Steps = "[]",
            Step = 0,
            OnExpiry = ApprovalExpiry.Decline,
            Reasons = "[]",
            State = ApprovalState.Waiting,
            StartedAt = now,
            ExpiresAt = now,
            RemindHours = 0,
        });
        db.Add(new ApprovalVoteRow { ApprovalId = approval, Step = 0, AccountId = Guid.NewGuid(), ForId = Guid.NewGuid(), TenantId = tenant, MessageId = message, Approved = true, Comment = "", At = now });
        db.Add(new ApprovalDeputyRow { Id = Guid.NewGuid(), TenantId = tenant, AccountId = Guid.NewGuid(), DeputyId = Guid.NewGuid(), Since = now, Until = now, CreatedAt = now, CreatedBy = "test" });
    }

    private static async Task AddSignInAsync(TestStorage storage, Scope scope, CancellationToken cancellationToken)
    {
        var tenant = scope.Tenants.Single();
        await storage.Get<ISignInProviderCommands>().CreateAsync(
            scope, tenant, new NewSignInProvider("x", "https://login.example.com", "mail", "secret", [], [], CreatesAccounts: true, null, [], [BuiltInRoles.Employee.Id]), cancellationToken);
        var provisioning = storage.Get<IProvisioningCommands>();
        await provisioning.SetAsync(scope, tenant, new RoleMap([], [BuiltInRoles.Employee.Id]), cancellationToken);
        await provisioning.CreateKeyAsync(scope, tenant, "x", 1, cancellationToken);
        var made = await storage.Get<IAccountCommands>().CreateAsync(scope, AccountOwner.Tenant(tenant), new NewAccount($"b@{tenant:N}.test", "B", [BuiltInRoles.Employee.Id]), cancellationToken);
        await storage.Get<IProvisioning>().KeepAsync(scope, tenant, new ProvisionedAccount(made.Value, "x", "x", "x"), cancellationToken);
    }

    private static void AddTransport(PlatformDb db, Guid tenant, DateTimeOffset now)
    {
        db.Add(new TransportPolicyRow { Id = Guid.NewGuid(), TenantId = tenant, Domain = TransportPolicyRow.AllDomains, Tls = TransportTls.Must, CreatedAt = now, ChangedAt = now, ChangedBy = "test" });
        db.Add(new TransportDestinationRow { Id = Guid.NewGuid(), TenantId = tenant, Domain = "b.test", Policy = TransportPolicyKind.May, Source = TransportSource.Standard, CreatedAt = now });
        db.Add(new TransportSessionRow
        {
            TenantId = tenant,
            Day = now,
            Domain = "b.test",
            Policy = TransportPolicyKind.May,
            Source = TransportSource.Standard,
            MxHost = "mx.b.test",
            Address = "192.0.2.1",
            Result = TlsResult.Success,
            PolicyText = "",
            Sessions = 1,
        });
        db.Add(new TlsReportRow { Id = Guid.NewGuid(), TenantId = tenant, Domain = "b.test", Day = now, Attempts = 0 });
        db.Add(new DkimKeyRow
        {
            Id = Guid.NewGuid(),
            TenantId = tenant,
            Domain = "a.test",
            Selector = "s",
            Kind = DkimKeyKind.Rsa,
            PublicKey = "AAAA",
            State = DkimKeyState.Waiting,
            RotationDays = 0,
            CreatedAt = now,
            CreatedBy = "test",
        });
    }

    private static void AddOnboarding(PlatformDb db, Guid tenant, DateTimeOffset now)
    {
        db.Add(new MailboxAliasRow { Address = $"alias@{tenant:N}.test", TenantId = tenant, MailboxId = Guid.NewGuid() });
        db.Add(new DomainClaimRow { Id = Guid.NewGuid(), TenantId = tenant, Name = "claimed.test", Token = "x", State = DomainClaimState.Pending, CreatedAt = now, CreatedBy = "test", StartedAt = now, Checks = 0 });
        db.Add(new FlowCheckRow { Id = Guid.NewGuid(), TenantId = tenant, State = FlowCheckStates.Passed, Steps = "[]", RequestedBy = "test", CreatedAt = now });
        db.Add(new LdapDirectoryRow
        {
            Id = Guid.NewGuid(),
            TenantId = tenant,
            Host = "ldap.example.com",
            Port = 636,
            Security = LdapSecurity.Tls,
            BindName = "cn=x",
            BindSecret = [1],
            Base = "dc=x",
            Filter = "(mail=*)",
            AddressAttribute = "mail",
            NameAttribute = "cn",
            AliasAttribute = "",
            GroupAttribute = "",
            EveryMinutes = 0,
            MaxRemovalPercent = 10,
            ChangedAt = now,
            ChangedBy = "test",
            DueIsTest = false,
        });
    }

    private static async Task AddPushAsync(TestStorage storage, Scope scope, CancellationToken cancellationToken)
    {
        await storage.Get<ISyslogCommands>().CreateAsync(scope, PushOwner.Tenant(scope.Tenants.Single()), new NewSyslogTarget("siem.example.com", 6514, SyslogFormat.Cef, 16, "", []), cancellationToken);
        var (webhooks, queue) = (storage.Get<IWebhookCommands>(), storage.Get<IWebhookQueue>());
        var made = await webhooks.CreateAsync(scope, PushOwner.Tenant(scope.Tenants.Single()), new NewWebhook("https://example.com/", "", []), cancellationToken);
        await webhooks.TestAsync(scope, made.Value!.EndpointId, cancellationToken);
        foreach (var lease in await queue.ClaimAsync(made.Value.EndpointId, 10, TimeSpan.FromSeconds(30), cancellationToken))
            await queue.CompleteAsync(lease, new WebhookResult.Dead(new WebhookAnswer(500, TimeSpan.Zero, "x", "x")), cancellationToken);
    }
}
