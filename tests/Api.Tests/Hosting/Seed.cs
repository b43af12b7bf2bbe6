using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Identity;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Feeds;
using Platform.Engine.Intelligence;
using Platform.Engine.Verdicts;
using Platform.Storage.Accounts;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Groups;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Policies;
using Platform.Storage.Provisioning;
using Platform.Storage.Push;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Quarantine;
using Platform.Storage.Reports;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Support;

namespace Platform.Api.Tests.Hosting;

/// <summary>Two tenants of one MSP, alike but for their canary: a word that stands in every text column of a tenant's rows and nowhere else.</summary>
internal sealed class Seed
{
    public const int MessagesEach = 25;

    /// <summary>When the newest message came in; the others lie a minute apart before it.</summary>
    public static readonly DateTimeOffset Newest = new(2026, 11, 24, 5, 0, 0, TimeSpan.Zero);

    public required Guid Msp { get; init; }
    public required SeededTenant Acme { get; init; }
    public required SeededTenant Globex { get; init; }

    public static async Task<Seed> PlantAsync(IServiceProvider services)
    {
        var commands = services.GetRequiredService<IDirectoryCommands>();
        var msp = (await commands.CreateMspAsync("demo-msp", "Demo MSP", CancellationToken.None)).Value;
        var seed = new Seed { Msp = msp, Acme = await PlantTenantAsync(services, msp, "acme"), Globex = await PlantTenantAsync(services, msp, "globex") };
        var clients = services.GetRequiredService<IClientRegistry>();
        foreach (var tenant in new[] { seed.Acme, seed.Globex })
        {
            await clients.EnsureAsync(tenant.Slug + "-siem", tenant.Slug + "-siem-secret", tenant.Canary + " SIEM", [tenant.Id], null, Permissions.ReadOnly, CancellationToken.None);
            await clients.EnsureAsync(tenant.Slug + "-api", tenant.Slug + "-api-secret", tenant.Canary + " API", [tenant.Id], null, Permissions.All, CancellationToken.None);
        }

        await clients.EnsureAsync("demo-msp-api", "demo-msp-api-secret", "Demo MSP", [], msp, Permissions.All, CancellationToken.None);
        return seed;
    }

    public static ImportRow Import(Guid tenantId, string fileName, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        TenantId = tenantId,
        FileName = fileName,
        BodyName = fileName,
        State = "queued",
        Total = 0,
        Done = 0,
        Failed = 0,
        CreatedAt = at,
        ChangedAt = at,
    };

    private static async Task<SeededTenant> PlantTenantAsync(IServiceProvider services, Guid msp, string slug)
    {
        var commands = services.GetRequiredService<IDirectoryCommands>();
        var canary = $"zq{slug}canary";
        var id = (await commands.CreateTenantAsync(
            new NewTenant(slug, canary + " Ltd", "en", msp, "maildir:" + canary, ["192.0.2.0/24"], $"{canary}@{slug}.test"), "system:seed", CancellationToken.None)).Value;
        var scope = Scope.System(id, canary);
        var domain = (await commands.AddDomainAsync(scope, id, $"{canary}.{slug}.test", CancellationToken.None)).Value;
        await commands.AddDomainAsync(scope, id, slug + ".test", CancellationToken.None);
        var mailbox = (await commands.AddMailboxAsync(scope, id, $"info.{canary}@{slug}.test", canary, CancellationToken.None)).Value;
        await commands.AddMailboxAsync(scope, id, $"sales.{canary}@{slug}.test", canary, CancellationToken.None);

        var listed = new NewListEntry(ListAction.Block, ListEntryKind.Domain, $"{canary}.example", IsExact: false, [], canary, null);
        await services.GetRequiredService<IListCommands>().AddAsync(scope, ListOwner.Tenant(id), listed, CancellationToken.None);
        await PlantPushAsync(services, scope, id, canary);
        await PlantSignInAsync(services, scope, id, canary, $"{canary}.{slug}.test");
        var rule = (await services.GetRequiredService<IRuleCommands>().CreateAsync(
            scope, new RuleOwner(id, IsMsp: false), new NewRule(canary, $"score > 100 and subject contains \"{canary}\"", PolicyAction.Tag, Enabled: true), CancellationToken.None)).Id!.Value;

        var groups = services.GetRequiredService<IGroupCommands>();
        var group = (await groups.CreateAsync(scope, id, new NewGroup(canary, canary), CancellationToken.None)).Value;
        await groups.ChangeMembersAsync(scope, group, [new GroupMember(GroupMemberKind.Mailbox, mailbox)], [], CancellationToken.None);
        await services.GetRequiredService<IPolicyCommands>().SetAsync(scope, PolicyTarget.Group(group), [new PolicyChange("tag.text", canary)], CancellationToken.None);

        var bodies = services.GetRequiredService<IBodyStore>();
        var tenant = new SeededTenant(id, slug, canary, domain, mailbox, [], [], Guid.CreateVersion7(Newest), rule);
        await using var db = services.GetRequiredService<IPlatformDbFactory>().Open(scope with { MspId = msp });
        var counter = await db.FeedCounters.SingleAsync(row => row.TenantId == id);
        var mspCounter = await db.MspFeedCounters.SingleAsync(row => row.MspId == msp);
        for (var i = 0; i < MessagesEach; i++)
        {
            var body = await SealAsync(bodies, id, $"Subject: {canary} {i}\r\n\r\n{canary} body {i}\r\n");
            var message = Message(tenant, i, body);
            db.Messages.Add(message);
            tenant.Messages.Add(message.Id);
            foreach (var local in new[] { "info", "sales" })
            {
                var delivery = Delivery(tenant, message, local, i);
                db.Deliveries.Add(delivery);
                tenant.Deliveries.Add(delivery.Id);
                db.Events.Add(Event(tenant, message, delivery, counter, mspCounter));
            }
        }

        var import = Import(id, canary + ".mbox", Newest);
        db.Imports.Add(new ImportRow
        {
            Id = tenant.Import,
            TenantId = id,
            FileName = import.FileName,
            BodyName = import.BodyName,
            State = "failed",
            Total = 3,
            Done = 2,
            Failed = 1,
            Error = canary,
            CreatedAt = Newest,
            ChangedAt = Newest,
        });
        db.RuleReplays.Add(Replay(tenant));
        db.SupportGrants.Add(SupportGrant(tenant));
        AddOnboarding(db, tenant);
        AddPeople(db, tenant);
        AddWishes(db, tenant);
        await db.SaveChangesAsync();
        return tenant;
    }

    /// <summary>A syslog target, a webhook endpoint, and one delivery that was given up.</summary>
    private static async Task PlantPushAsync(IServiceProvider services, Scope scope, Guid tenant, string canary)
    {
        await services.GetRequiredService<ISyslogCommands>().CreateAsync(
            scope, PushOwner.Tenant(tenant), new NewSyslogTarget($"siem.{canary}.example", 6514, SyslogFormat.Cef, 16, canary, []), CancellationToken.None);
        var (commands, queue) = (services.GetRequiredService<IWebhookCommands>(), services.GetRequiredService<IWebhookQueue>());
        var made = (await commands.CreateAsync(scope, PushOwner.Tenant(tenant), new NewWebhook($"https://{canary}.example/hook", canary, ["webhook.test"]), CancellationToken.None)).Value!;
        await commands.TestAsync(scope, made.EndpointId, CancellationToken.None);
        foreach (var lease in await queue.ClaimAsync(made.EndpointId, 1, TimeSpan.FromMinutes(1), CancellationToken.None))
            await queue.CompleteAsync(lease, new WebhookResult.Dead(new WebhookAnswer(500, TimeSpan.FromMilliseconds(7), canary, canary)), CancellationToken.None);
    }

    /// <summary>A provider that people sign in by, and what the directory keeps.</summary>
    private static async Task PlantSignInAsync(IServiceProvider services, Scope scope, Guid tenant, string canary, string domain)
    {
        var mapped = new RoleMapping(canary, [BuiltInRoles.Auditor.Id]);
        await services.GetRequiredService<ISignInProviderCommands>().CreateAsync(
            scope, tenant, new NewSignInProvider(canary, $"https://{canary}.example", canary, canary, [domain], [canary], CreatesAccounts: true, canary, [mapped], [BuiltInRoles.Employee.Id]), CancellationToken.None);
        var provisioning = services.GetRequiredService<IProvisioningCommands>();
        await provisioning.SetAsync(scope, tenant, new RoleMap([mapped], [BuiltInRoles.Employee.Id]), CancellationToken.None);
        await provisioning.CreateKeyAsync(scope, tenant, canary, TimeSpan.FromDays(1), CancellationToken.None);
    }

    private static void AddPeople(PlatformDb db, SeededTenant tenant)
    {
        var role = new RoleRow
        {
            Id = Guid.CreateVersion7(Newest),
            OwnerId = tenant.Id,
            OwnerKind = AccountOwnerKind.Tenant,
            Name = tenant.Canary,
            NameKey = tenant.Canary,
            Description = tenant.Canary,
            Permissions = $"[\"{Permissions.MessagesRead}\"]",
            OwnMailboxOnly = false,
            CreatedAt = Newest,
            ChangedAt = Newest,
            ChangedBy = tenant.Canary,
        };
        var account = new AccountRow
        {
            Id = Guid.CreateVersion7(Newest),
            OwnerId = tenant.Id,
            OwnerKind = AccountOwnerKind.Tenant,
            Address = tenant.Canary + "@people.test",
            Name = tenant.Canary,
            State = AccountState.Invited,
            CreatedAt = Newest,
            CreatedBy = tenant.Canary,
            ChangedAt = Newest,
            ChangedBy = tenant.Canary,
        };
        db.AddRange(role, account, new AccountRoleRow { AccountId = account.Id, RoleId = role.Id, OwnerId = tenant.Id });
        db.Add(new ProvisionedAccountRow { AccountId = account.Id, TenantId = tenant.Id, ExternalId = tenant.Canary, GivenName = tenant.Canary, FamilyName = tenant.Canary });
        db.Add(new InvitationRow
        {
            Id = Guid.CreateVersion7(Newest),
            OwnerId = tenant.Id,
            AccountId = account.Id,
            TokenHash = tenant.Canary,
            CreatedAt = Newest,
            CreatedBy = tenant.Canary,
            ExpiresAt = Newest.AddDays(7),
        });
    }

    /// <summary>What people said of their mail: a request, a listed sender, a report.</summary>
    private static void AddWishes(PlatformDb db, SeededTenant tenant)
    {
        db.Add(new ReleaseRequestRow
        {
            Id = Guid.CreateVersion7(Newest),
            TenantId = tenant.Id,
            DeliveryId = tenant.Deliveries[0],
            MessageId = tenant.Messages[0],
            MailboxId = tenant.Mailbox,
            Note = tenant.Canary,
            RequestedBy = tenant.Canary,
            RequestedAt = Newest,
            State = RequestState.Refused,
            DecidedBy = tenant.Canary,
            DecisionNote = tenant.Canary,
        });
        db.Add(new MailboxSenderRow
        {
            Id = Guid.CreateVersion7(Newest),
            TenantId = tenant.Id,
            MailboxId = tenant.Mailbox,
            Action = ListAction.Block,
            Value = tenant.Canary + ".sender.example",
            CreatedAt = Newest,
            CreatedBy = tenant.Canary,
        });
        db.Add(new ReportRow
        {
            Id = Guid.CreateVersion7(Newest),
            TenantId = tenant.Id,
            MessageId = tenant.Messages[0],
            DeliveryId = tenant.Deliveries[0],
            MailboxId = tenant.Mailbox,
            Kind = ReportKind.Missed,
            Via = ReportVia.Api,
            Comment = tenant.Canary,
            ReportedBy = tenant.Canary,
            ReportedAt = Newest,
            State = ReportState.Refused,
            DecidedBy = tenant.Canary,
            DecisionNote = tenant.Canary,
        });
    }

    private static SupportGrantRow SupportGrant(SeededTenant tenant) => new()
    {
        Id = Guid.CreateVersion7(Newest),
        TenantId = tenant.Id,
        AccountId = Guid.NewGuid(),
        AccountName = tenant.Canary,
        AccountAddress = tenant.Canary + "@operator.test",
        Level = SupportLevel.Read,
        IncludesContent = false,
        Reason = tenant.Canary,
        Hours = 1,
        State = SupportState.Refused,
        RequestedAt = Newest,
        DecidedAt = Newest,
        DecidedBy = tenant.Canary,
    };

    private static void AddOnboarding(PlatformDb db, SeededTenant tenant)
    {
        db.Add(new MailboxAliasRow { Address = $"alias.{tenant.Canary}@{tenant.Slug}.test", TenantId = tenant.Id, MailboxId = tenant.Mailbox });
        db.Add(new DomainClaimRow
        {
            Id = tenant.Claim,
            TenantId = tenant.Id,
            Name = $"claimed.{tenant.Canary}.test",
            Token = tenant.Canary,
            State = DomainClaimState.Pending,
            CreatedAt = Newest,
            CreatedBy = tenant.Canary,
            StartedAt = Newest,
            Checks = 0,
        });
        db.Add(new FlowCheckRow
        {
            Id = tenant.FlowCheck,
            TenantId = tenant.Id,
            Mailbox = $"info.{tenant.Canary}@{tenant.Slug}.test",
            State = FlowCheckStates.Failed,
            Steps = FlowStep.Write([new FlowStep(FlowStepKind.Mx, FlowStepState.Failed, Newest, Newest, "mx-none", new Dictionary<string, string> { ["domain"] = tenant.Canary, ["host"] = tenant.Canary })]),
            RequestedBy = tenant.Canary,
            CreatedAt = Newest,
            EndedAt = Newest,
        });
        db.Add(new LdapDirectoryRow
        {
            Id = Guid.CreateVersion7(Newest),
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
            ChangedAt = Newest,
            ChangedBy = tenant.Canary,
            DueIsTest = false,
        });
    }

    private static async Task<SealedBody> SealAsync(IBodyStore bodies, Guid tenantId, string text)
    {
        await using var writer = await bodies.CreateAsync(tenantId, CancellationToken.None);
        await writer.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        return await writer.SealAsync(CancellationToken.None);
    }

    private static MessageRow Message(SeededTenant tenant, int i, SealedBody body)
    {
        var at = Newest.AddMinutes(-i);
        var kind = (VerdictKind)(i % 6);
        var canary = tenant.Canary;
        var verdict = new Verdict(
            kind,
            kind.IsAttack() ? AttackType.CredentialPhishing : null,
            i * 4 % 100,
            [new Reason("reply-to-mismatch", 12, new Evidence(EvidenceKind.Header, "Reply-To", canary), new Dictionary<string, string> { ["replyTo"] = canary })],
            new Origin("198.51.100.9", "JP", 64501, canary, "received"),
            new MessageFacts($"{canary}.{i}@x.test", $"{canary} {i}", $"from.{canary}@x.test", canary, [canary], [canary], [canary], at, [new AttachmentFacts(canary, canary, canary, 1, canary)], [canary], ""),
            [canary],
            "test")
        {
            Authentication = new AuthenticationFacts(
                new SpfFacts(AuthenticationResult.SoftFail, $"{canary}.test", SpfIdentity.MailFrom, canary),
                null,
                [new DkimFacts(AuthenticationResult.Pass, $"{canary}.test", canary, canary, 2048, 7, canary)],
                new DmarcFacts(AuthenticationResult.Fail, $"{canary}.test", DmarcPolicy.Reject, $"{canary}.test", SpfAligned: false, DkimAligned: false, canary),
                new ArcFacts(AuthenticationResult.None, canary, [canary]),
                [new ClaimFacts(canary, [canary])],
                []),
        };
        return new MessageRow
        {
            Id = Guid.CreateVersion7(at),
            TenantId = tenant.Id,
            Mode = IntakeMode.Gateway,
            Direction = i % 5 == 0 ? MailDirection.Outbound : MailDirection.Inbound,
            ReceivedAt = at,
            MailFrom = $"from.{canary}@x.test",
            ClientAddress = "198.51.100.9",
            ClientName = canary,
            Helo = canary,
            Smtp = "{}",
            Prologue = "",
            BodyName = body.Reference.Name,
            BodyKey = body.Reference.WrappedKey,
            Size = body.Size,
            Sha256 = body.Sha256,
            ScanState = ScanState.Done,
            ScanDueAt = at,
            Verdict = kind,
            AttackType = verdict.Type,
            Score = verdict.Score,
            MessageIdHeader = verdict.Facts.MessageIdHeader,
            Subject = verdict.Facts.Subject,
            FromAddress = verdict.Facts.FromAddress,
            FromName = canary,
            OriginAddress = "198.51.100.9",
            OriginCountry = "JP",
            VerdictJson = StoredJson.Write(verdict),
        };
    }

    private static DeliveryRow Delivery(SeededTenant tenant, MessageRow message, string local, int i) => new()
    {
        Id = Guid.CreateVersion7(message.ReceivedAt),
        TenantId = tenant.Id,
        MessageId = message.Id,
        Recipient = $"{local}.{tenant.Canary}@{tenant.Slug}.test",
        MailboxId = tenant.Mailbox,
        State = (i % 3) switch { 0 => DeliveryState.Quarantined, 1 => DeliveryState.Held, _ => DeliveryState.Delivered },
        Action = tenant.Canary,
        ChangedAt = message.ReceivedAt,
        LastStatus = tenant.Canary,
        DecisionJson = RuleJson.Write(new DecisionRecord(message.Verdict!.Value, PolicyAction.Deliver, PolicyAction.Quarantine, new RuleRevisions(1, 0))
        {
            Rule = new RuleHit(tenant.Rule, tenant.Canary, 1, FromMsp: false, $"subject contains \"{tenant.Canary}\""),
        }),
        ReleasedBy = i % 2 == 1 ? tenant.Canary : null,
    };

    private static RuleReplayRow Replay(SeededTenant tenant)
    {
        var rule = new PlannedRule(tenant.Rule, tenant.Canary, $"subject contains \"{tenant.Canary}\"", PolicyAction.Tag, 1, FromMsp: false);
        return new RuleReplayRow
        {
            Id = Guid.CreateVersion7(Newest),
            TenantId = tenant.Id,
            RuleId = tenant.Rule,
            Name = tenant.Canary,
            Plan = RuleJson.Write(new ReplayPlan(rule, [], [rule]) { PolicyBefore = VerdictPolicy.Default.Actions, PolicyAfter = VerdictPolicy.Default.Actions }),
            Since = Newest.AddDays(-1),
            Until = Newest,
            State = ReplayStates.Failed,
            Total = MessagesEach,
            Examined = 1,
            Tally = RuleJson.Write(ReplayTally.Empty with { Caught = ReplayHits.None.With(tenant.Messages[0]) }),
            Error = tenant.Canary,
            StartedBy = tenant.Canary,
            CreatedAt = Newest,
            ChangedAt = Newest,
        };
    }

    private static EventRow Event(SeededTenant tenant, MessageRow message, DeliveryRow delivery, FeedCounterRow counter, MspFeedCounterRow mspCounter) => new()
    {
        Id = Guid.CreateVersion7(message.ReceivedAt),
        TenantId = tenant.Id,
        Sequence = ++counter.LastSequence,
        MspId = mspCounter.MspId,
        MspSequence = ++mspCounter.LastSequence,
        Kind = delivery.State == DeliveryState.Quarantined ? "delivery.quarantined" : "delivery.received",
        OccurredAt = message.ReceivedAt,
        RecordedAt = mspCounter.LastRecordedAt,
        MessageId = message.Id,
        DeliveryId = delivery.Id,
        Verdict = message.Verdict,
        Direction = message.Direction,
        Data = JsonSerializer.Serialize(new { recipient = delivery.Recipient, subject = message.Subject, verdict = message.Verdict.ToString()!.ToLowerInvariant() }),
    };
}

/// <param name="Canary">Stands in every text column of the tenant's rows.</param>
internal sealed record SeededTenant(Guid Id, string Slug, string Canary, Guid Domain, Guid Mailbox, List<Guid> Messages, List<Guid> Deliveries, Guid Import, Guid Rule)
{
    public Guid Claim { get; } = Guid.CreateVersion7(Seed.Newest);

    public Guid FlowCheck { get; } = Guid.CreateVersion7(Seed.Newest);

    public string GlobalClaim => GlobalId.Of(NodeKind.DomainClaim, Claim);

    public string GlobalRule => GlobalId.Of(NodeKind.Rule, Rule);

    public string GlobalTenant => GlobalId.Of(NodeKind.Tenant, Id);

    public string GlobalMessage(int i) => GlobalId.Of(NodeKind.Message, Messages[i]);

    /// <summary>Deliveries of message i: 2i to info, 2i+1 to sales. Of i by three: 0 quarantined, 1 held, 2 delivered.</summary>
    public string GlobalDelivery(int i) => GlobalId.Of(NodeKind.Delivery, Deliveries[i]);
}
