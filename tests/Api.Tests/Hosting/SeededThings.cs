using Platform.Engine.Feeds;
using Platform.Engine.Tracking;
using Platform.Engine.Transport;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Connectors;
using Platform.Storage.Model;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Provisioning;
using Platform.Storage.Quarantine;
using Platform.Storage.Reports;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;
using Platform.Storage.Submission;
using Platform.Storage.Support;
using Platform.Storage.Tracking;
using Platform.Storage.Transport;

namespace Platform.Api.Tests.Hosting;

/// <summary>Rows about the people of a seeded tenant: accounts, what they asked for, how the tenant was led in.</summary>
internal static class SeededThings
{
    public static void AddPeople(PlatformDb db, SeededTenant tenant)
    {
        var role = new RoleRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            OwnerId = tenant.Id,
            OwnerKind = AccountOwnerKind.Tenant,
            Name = tenant.Canary,
            NameKey = tenant.Canary,
            Description = tenant.Canary,
            Permissions = $"[\"{Permissions.MessagesRead}\"]",
            OwnMailboxOnly = false,
            CreatedAt = Seed.Newest,
            ChangedAt = Seed.Newest,
            ChangedBy = tenant.Canary,
        };
        var account = new AccountRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            OwnerId = tenant.Id,
            OwnerKind = AccountOwnerKind.Tenant,
            Address = tenant.Canary + "@people.test",
            Name = tenant.Canary,
            State = AccountState.Invited,
            CreatedAt = Seed.Newest,
            CreatedBy = tenant.Canary,
            ChangedAt = Seed.Newest,
            ChangedBy = tenant.Canary,
        };
        db.AddRange(role, account, new AccountRoleRow { AccountId = account.Id, RoleId = role.Id, OwnerId = tenant.Id });
        db.Add(new ProvisionedAccountRow { AccountId = account.Id, TenantId = tenant.Id, ExternalId = tenant.Canary, GivenName = tenant.Canary, FamilyName = tenant.Canary });
        db.Add(new InvitationRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            OwnerId = tenant.Id,
            AccountId = account.Id,
            TokenHash = tenant.Canary,
            CreatedAt = Seed.Newest,
            CreatedBy = tenant.Canary,
            ExpiresAt = Seed.Newest.AddDays(7),
        });
    }

    /// <summary>How mail leaves: a policy, a destination with a session, a key.</summary>
    private static void AddTransport(PlatformDb db, SeededTenant tenant)
    {
        var domain = $"{tenant.Canary}.example";
        db.Add(new TransportPolicyRow { Id = Guid.CreateVersion7(Seed.Newest), TenantId = tenant.Id, Domain = domain, Tls = TransportTls.Must, CreatedAt = Seed.Newest, ChangedAt = Seed.Newest, ChangedBy = tenant.Canary });
        db.Add(new TransportDestinationRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            Domain = domain,
            Policy = TransportPolicyKind.Must,
            Source = TransportSource.Domain,
            LastFailureAt = Seed.Newest,
            LastFailureHost = tenant.Canary,
            LastFailureReason = tenant.Canary,
            LastFailureResult = TlsResult.StartTlsNotSupported,
            CreatedAt = Seed.Newest,
        });
        db.Add(new TransportSessionRow
        {
            TenantId = tenant.Id,
            Day = TransportDay.Of(Seed.Newest),
            Domain = domain,
            Policy = TransportPolicyKind.Must,
            Source = TransportSource.Domain,
            MxHost = tenant.Canary,
            Address = "192.0.2.1",
            Result = TlsResult.StartTlsNotSupported,
            PolicyText = "",
            Sessions = 1,
        });
        db.Add(new DkimKeyRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            Domain = domain,
            Selector = "s1",
            Kind = DkimKeyKind.Ed25519,
            PublicKey = "AAAA",
            State = DkimKeyState.Waiting,
            RotationDays = 0,
            CreatedAt = Seed.Newest,
            CreatedBy = tenant.Canary,
        });
    }

    /// <summary>What people said of their mail, and by what they send: a request, a listed sender, an app password, a report.</summary>
    public static void AddWishes(PlatformDb db, SeededTenant tenant)
    {
        db.Add(new ReleaseRequestRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            DeliveryId = tenant.Deliveries[0],
            MessageId = tenant.Messages[0],
            MailboxId = tenant.Mailbox,
            Note = tenant.Canary,
            RequestedBy = tenant.Canary,
            RequestedAt = Seed.Newest,
            State = RequestState.Refused,
            DecidedBy = tenant.Canary,
            DecisionNote = tenant.Canary,
        });
        db.Add(new MailboxSenderRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            MailboxId = tenant.Mailbox,
            Action = ListAction.Block,
            Value = tenant.Canary + ".sender.example",
            CreatedAt = Seed.Newest,
            CreatedBy = tenant.Canary,
        });
        db.Add(new AccessRuleRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            Level = AccessLevel.Mailbox,
            SubjectId = tenant.Mailbox,
            Services = "[\"submission\"]",
            Networks = "[\"0.0.0.0/0\"]",
            Countries = "[]",
            CountriesExcluded = false,
            TakesUnknownCountry = false,
            Comment = tenant.Canary,
            CreatedAt = Seed.Newest,
            CreatedBy = tenant.Canary,
            ChangedAt = Seed.Newest,
            ChangedBy = tenant.Canary,
        });
        db.Add(new ConnectorRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            Name = tenant.Canary,
            Networks = "[\"192.0.2.0/24\"]",
            Certificates = "[]",
            LastUsedFrom = tenant.Canary,
            CreatedAt = Seed.Newest,
            CreatedBy = tenant.Canary,
            ChangedAt = Seed.Newest,
            ChangedBy = tenant.Canary,
        });
        db.Add(new AccessRefusalRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            Hour = Seed.Newest.ToUnixTimeSeconds() / 3_600,
            Account = tenant.Canary,
            Service = AccessService.Submission,
            Network = tenant.Canary,
            Reason = AccessReason.Failed,
            Address = tenant.Canary,
            Organisation = tenant.Canary,
            Count = 1,
            FirstAt = Seed.Newest,
            LastAt = Seed.Newest,
        });
        db.Add(new AppPasswordRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            MailboxId = tenant.Mailbox,
            Name = tenant.Canary,
            Salt = [1],
            Iterations = 4_096,
            StoredKey = [1],
            ServerKey = [1],
            ExpiresAt = Seed.Newest.AddYears(10),
            LastUsedFrom = tenant.Canary,
            CreatedAt = Seed.Newest,
            CreatedBy = tenant.Canary,
        });
        // Of a mailbox that is gone: the one that is there sends in other tests.
        db.Add(new SendAccountRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            Epoch = 1,
            BlockedAt = Seed.Newest,
            BlockedUntil = Seed.Newest.AddYears(10),
            BlockReason = tenant.Canary,
            BlockedBy = tenant.Canary,
        });
        AddReads(db, tenant);
        AddTransport(db, tenant);
        AddApprovals(db, tenant);
        db.Add(new ReportRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            MessageId = tenant.Messages[0],
            DeliveryId = tenant.Deliveries[0],
            MailboxId = tenant.Mailbox,
            Kind = ReportKind.Missed,
            Via = ReportVia.Api,
            Comment = tenant.Canary,
            ReportedBy = tenant.Canary,
            ReportedAt = Seed.Newest,
            State = ReportState.Refused,
            DecidedBy = tenant.Canary,
            DecisionNote = tenant.Canary,
        });
    }

    private static void AddReads(PlatformDb db, SeededTenant tenant)
    {
        db.Add(new TrackedDeliveryRow
        {
            DeliveryId = tenant.Deliveries[0],
            TenantId = tenant.Id,
            MessageId = tenant.Messages[0],
            Place = TrackedPlace.Region,
            TrackedAt = Seed.Newest,
            People = 1,
            FirstAt = Seed.Newest,
            LastAt = Seed.Newest,
        });
        db.Add(new OpenRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            MessageId = tenant.Messages[0],
            DeliveryId = tenant.Deliveries[0],
            At = Seed.Newest,
            Target = OpenTarget.Picture,
            Part = "",
            Grade = OpenGrade.Person,
            Reason = OpenReasons.Browser,
            Country = "JP",
            Region = tenant.Canary,
            Network = tenant.Canary,
            Family = tenant.Canary,
            System = tenant.Canary,
            Device = DeviceKind.Phone,
        });
    }

    private static void AddApprovals(PlatformDb db, SeededTenant tenant)
    {
        var chain = new ApprovalChainRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            Name = tenant.Canary,
            NameKey = tenant.Canary,
            Steps = "[]",
            Hours = 1,
            OnExpiry = ApprovalExpiry.Decline,
            RemindHours = 0,
            Revision = 1,
            CreatedAt = Seed.Newest,
            ChangedAt = Seed.Newest,
            ChangedBy = tenant.Canary,
        };
        db.Add(chain);
        db.Add(new ApprovalRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            MessageId = tenant.Messages[0],
            DeliveryId = tenant.Deliveries[0],
            MailboxId = tenant.Mailbox,
            ChainId = chain.Id,
            Chain = tenant.Canary,
            Steps = "[]",
            Step = 0,
            OnExpiry = ApprovalExpiry.Decline,
            Reasons = "[]",
            State = ApprovalState.Expired,
            StartedAt = Seed.Newest,
            ExpiresAt = Seed.Newest,
            RemindHours = 0,
        });
        db.Add(new ApprovalDeputyRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            AccountId = Guid.NewGuid(),
            DeputyId = Guid.NewGuid(),
            Since = Seed.Newest,
            Until = Seed.Newest,
            CreatedAt = Seed.Newest,
            CreatedBy = tenant.Canary,
        });
    }

    public static SupportGrantRow SupportGrant(SeededTenant tenant) => new()
    {
        Id = Guid.CreateVersion7(Seed.Newest),
        TenantId = tenant.Id,
        AccountId = Guid.NewGuid(),
        AccountName = tenant.Canary,
        AccountAddress = tenant.Canary + "@operator.test",
        Level = SupportLevel.Read,
        IncludesContent = false,
        Reason = tenant.Canary,
        Hours = 1,
        State = SupportState.Refused,
        RequestedAt = Seed.Newest,
        DecidedAt = Seed.Newest,
        DecidedBy = tenant.Canary,
    };

    public static void AddOnboarding(PlatformDb db, SeededTenant tenant)
    {
        db.Add(new MailboxAliasRow { Address = $"alias.{tenant.Canary}@{tenant.Slug}.test", TenantId = tenant.Id, MailboxId = tenant.Mailbox });
        db.Add(new DomainClaimRow
        {
            Id = tenant.Claim,
            TenantId = tenant.Id,
            Name = $"claimed.{tenant.Canary}.test",
            Token = tenant.Canary,
            State = DomainClaimState.Pending,
            CreatedAt = Seed.Newest,
            CreatedBy = tenant.Canary,
            StartedAt = Seed.Newest,
            Checks = 0,
        });
        db.Add(new FlowCheckRow
        {
            Id = tenant.FlowCheck,
            TenantId = tenant.Id,
            Mailbox = $"info.{tenant.Canary}@{tenant.Slug}.test",
            State = FlowCheckStates.Failed,
            Steps = FlowStep.Write([new FlowStep(FlowStepKind.Mx, FlowStepState.Failed, Seed.Newest, Seed.Newest, "mx-none", new Dictionary<string, string> { ["domain"] = tenant.Canary, ["host"] = tenant.Canary })]),
            RequestedBy = tenant.Canary,
            CreatedAt = Seed.Newest,
            EndedAt = Seed.Newest,
        });
        db.Add(new LdapDirectoryRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            Host = tenant.Canary + ".example",
            Port = 636,
            Security = LdapSecurity.Tls,
            BindName = tenant.Canary,
            BindSecret = [1],
            Base = tenant.Canary,
            Filter = "(mail=*)",
            AddressAttribute = "mail",
            NameAttribute = "cn",
            AliasAttribute = "",
            GroupAttribute = "",
            EveryMinutes = 0,
            MaxRemovalPercent = 10,
            ChangedAt = Seed.Newest,
            ChangedBy = tenant.Canary,
            DueIsTest = false,
        });
    }
}
