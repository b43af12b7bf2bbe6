using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Identity;
using Platform.Engine.Feeds;
using Platform.Storage.Accounts;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Groups;
using Platform.Storage.Lists;
using Platform.Storage.Model;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Policies;
using Platform.Storage.Provisioning;
using Platform.Storage.Push;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

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
        return new Seed { Msp = msp, Acme = await PlantTenantAsync(services, msp, "acme"), Globex = await PlantTenantAsync(services, msp, "globex") };
    }

    /// <summary>Each tenant's two clients and the MSP's, with secrets that follow their names.</summary>
    public async Task PlantClientsAsync(IServiceProvider services)
    {
        var clients = services.GetRequiredService<IClientRegistry>();
        foreach (var tenant in new[] { Acme, Globex })
        {
            await clients.EnsureAsync(tenant.Slug + "-siem", tenant.Slug + "-siem-secret", tenant.Canary + " SIEM", [tenant.Id], null, Permissions.ReadOnly, CancellationToken.None);
            await clients.EnsureAsync(tenant.Slug + "-api", tenant.Slug + "-api-secret", tenant.Canary + " API", [tenant.Id], null, Permissions.All, CancellationToken.None);
        }

        await clients.EnsureAsync("demo-msp-api", "demo-msp-api-secret", "Demo MSP", [], Msp, Permissions.All, CancellationToken.None);
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
        await services.GetRequiredService<ISendRuleCommands>().CreateAsync(
            scope, new RuleOwner(id, IsMsp: false), new NewSendRule(canary, $"attack and subject contains \"{canary}\"", [new SendAction.Wait(1)], Enabled: false), CancellationToken.None);

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
            var body = await SeededMail.SealAsync(bodies, id, $"Subject: {canary} {i}\r\n\r\n{canary} body {i}\r\n");
            var message = SeededMail.Message(tenant, i, body);
            db.Messages.Add(message);
            tenant.Messages.Add(message.Id);
            foreach (var local in new[] { "info", "sales" })
            {
                var delivery = SeededMail.Delivery(tenant, message, local, i);
                db.Deliveries.Add(delivery);
                tenant.Deliveries.Add(delivery.Id);
                db.Events.Add(SeededMail.Event(tenant, message, delivery, counter, mspCounter));
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
        db.RuleReplays.Add(SeededMail.Replay(tenant));
        db.SupportGrants.Add(SeededThings.SupportGrant(tenant));
        SeededThings.AddOnboarding(db, tenant);
        SeededThings.AddPeople(db, tenant);
        SeededThings.AddWishes(db, tenant);
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
        await provisioning.CreateKeyAsync(scope, tenant, canary, 1, CancellationToken.None);
    }

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
