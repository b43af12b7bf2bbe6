using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Access;
using Platform.Storage.Audit;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Groups;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Access;

public abstract class AccessRulesContract(IStorageBackend backend) : StorageContract(backend)
{
    private static readonly AccessMaker Program = new(null, false, [AccessService.Api], null, false);

    private IAccessRuleCommands Rules => Storage.Get<IAccessRuleCommands>();

    [Fact]
    public async Task One_is_made_in_force_at_once_changed_and_removed()
    {
        var (tenant, mailbox) = await MailboxAsync("acme");
        var scope = Scope.System(tenant, "test");
        Assert.Empty(await RulesOfAsync(new AccessWho(tenant, mailbox)));

        var made = await Rules.CreateAsync(scope, new AccessTarget(AccessLevel.Mailbox, mailbox), New(networks: ["192.0.2.9/24"]), Program, Ct);
        var rule = Assert.Single(await RulesOfAsync(new AccessWho(tenant, mailbox)));
        Assert.Equal((made.Value, "192.0.2.0/24", "info@acme.test"), (rule.Id, rule.Networks[0].ToString(), rule.Name));
        Assert.Empty(await RulesOfAsync(new AccessWho(tenant)));

        Assert.Null((await Rules.UpdateAsync(scope, made.Value, new AccessRuleChange(null, [], ["jp"], null, true, null, null, false), Program, Ct)).Code);
        rule = Assert.Single(await RulesOfAsync(new AccessWho(tenant, mailbox)));
        Assert.Equal((0, "JP", true), (rule.Networks.Count, rule.Countries.Single(), rule.TakesUnknownCountry));

        Assert.Null((await Rules.RemoveAsync(scope, made.Value, Program, Ct)).Code);
        Assert.Empty(await RulesOfAsync(new AccessWho(tenant, mailbox)));
        await using var db = Storage.Open(scope);
        Assert.Equal(3, await db.Events.CountAsync(row => row.Kind == EventKinds.AccessRuleChanged, Ct));
        Assert.Equal(
            ["access-rule.create", "access-rule.update", "access-rule.remove"],
            await db.Audit.Where(row => row.Action.StartsWith("access-rule")).OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(Ct));
        Assert.True((await Storage.Get<IAuditLog>().VerifyAsync(scope, tenant, Ct)).Holds);
    }

    [Fact]
    public async Task A_group_holds_for_who_is_in_it_and_the_tenant_for_all()
    {
        var (tenant, mailbox) = await MailboxAsync("acme");
        var other = (await Storage.Get<IDirectoryCommands>().AddMailboxAsync(Scope.System(tenant, "test"), tenant, "other@acme.test", null, Ct)).Value;
        var scope = Scope.System(tenant, "test");
        var group = (await Storage.Get<IGroupCommands>().CreateAsync(scope, tenant, new NewGroup("Sales"), Ct)).Value;
        Assert.Null((await Storage.Get<IGroupCommands>().ChangeMembersAsync(scope, group, [new GroupMember(GroupMemberKind.Mailbox, mailbox)], [], Ct)).Code);
        await Rules.CreateAsync(scope, new AccessTarget(AccessLevel.Group, group), New(networks: ["192.0.2.0/24"]), Program, Ct);
        await Rules.CreateAsync(scope, new AccessTarget(AccessLevel.Tenant, tenant), New(countries: ["JP"]), Program, Ct);

        Assert.Equal([AccessLevel.Tenant, AccessLevel.Group], (await RulesOfAsync(new AccessWho(tenant, mailbox))).Select(rule => rule.Place.Level).Order());
        Assert.Equal([AccessLevel.Tenant], (await RulesOfAsync(new AccessWho(tenant, other))).Select(rule => rule.Place.Level));
        Assert.Null((await Storage.Get<IGroupCommands>().ChangeMembersAsync(scope, group, [], [new GroupMember(GroupMemberKind.Mailbox, mailbox)], Ct)).Code);
        Assert.Equal([AccessLevel.Tenant], (await RulesOfAsync(new AccessWho(tenant, mailbox))).Select(rule => rule.Place.Level));
    }

    [Fact]
    public async Task Nobody_locks_itself_out_unless_it_says_so()
    {
        var (tenant, _) = await MailboxAsync("acme");
        var scope = Scope.System(tenant, "test");
        var maker = new AccessMaker(null, true, [AccessService.Api], new AccessSource(IPAddress.Parse("198.51.100.7"), "JP"), false);
        var target = new AccessTarget(AccessLevel.Tenant, tenant);

        Assert.Equal("OWN_ADDRESS_REFUSED", (await Rules.CreateAsync(scope, target, New(networks: ["192.0.2.0/24"]), maker, Ct)).Code);
        Assert.Empty(await RulesOfAsync(new AccessWho(tenant)));
        var own = await Rules.CreateAsync(scope, target, New(networks: ["198.51.100.0/24"]), maker, Ct);
        Assert.Null(own.Code);
        Assert.Null((await Rules.CreateAsync(scope, target, New(networks: ["192.0.2.0/24"]), maker, Ct)).Code);
        Assert.Equal("OWN_ADDRESS_REFUSED", (await Rules.RemoveAsync(scope, own.Value, maker, Ct)).Code);
        Assert.Equal("OWN_ADDRESS_REFUSED", (await Rules.UpdateAsync(scope, own.Value, new AccessRuleChange(null, ["203.0.113.7"], null, null, null, null, null, false), maker, Ct)).Code);
        Assert.Null((await Rules.RemoveAsync(scope, own.Value, maker with { ConfirmsOwnAddressRefused = true }, Ct)).Code);
        // What the rule is not about is nothing to be locked out of.
        Assert.Null((await Rules.CreateAsync(scope, target, New(networks: ["192.0.2.0/24"]) with { Services = [AccessService.Submission] }, maker with { Services = [AccessService.Portal] }, Ct)).Code);
    }

    [Fact]
    public async Task What_is_of_another_tenant_is_out_of_reach()
    {
        var (tenant, mailbox) = await MailboxAsync("acme");
        var (other, _) = await MailboxAsync("globex");
        var made = (await Rules.CreateAsync(Scope.System(tenant, "test"), new AccessTarget(AccessLevel.Mailbox, mailbox), New(countries: ["JP"]), Program, Ct)).Value;
        var stranger = Scope.System(other, "test");

        foreach (var place in new[] { new AccessTarget(AccessLevel.Mailbox, mailbox), new AccessTarget(AccessLevel.Tenant, tenant), new AccessTarget(AccessLevel.Group, Guid.NewGuid()), new AccessTarget(AccessLevel.Account, Guid.NewGuid()) })
            Assert.Equal("NOT_FOUND", (await Rules.CreateAsync(stranger, place, New(countries: ["JP"]), Program, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Rules.UpdateAsync(stranger, made, new AccessRuleChange(null, null, ["US"], null, null, null, null, false), Program, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Rules.RemoveAsync(stranger, made, Program, Ct)).Code);
        Assert.Empty(await RulesOfAsync(new AccessWho(other)));
        await using var db = Storage.Open(stranger);
        Assert.Empty(await db.AccessRules.ToListAsync(Ct));
    }

    [Fact]
    public async Task A_mailbox_that_goes_takes_its_rules_along()
    {
        var (tenant, mailbox) = await MailboxAsync("acme");
        var scope = Scope.System(tenant, "test");
        await Rules.CreateAsync(scope, new AccessTarget(AccessLevel.Mailbox, mailbox), New(countries: ["JP"]), Program, Ct);
        Assert.Null((await Storage.Get<IDirectoryCommands>().RemoveMailboxAsync(scope, tenant, mailbox, Ct)).Code);
        await using var db = Storage.Open(scope);

        Assert.Empty(await db.AccessRules.ToListAsync(Ct));
    }

    public static TheoryData<NewAccessRule> BadRules =>
    [
        New(),
        New(networks: ["acme.test"]),
        New(countries: ["Japan"]),
        New(countries: ["J1"]),
        New(countries: ["JP"]) with { Services = [] },
        New(countries: ["JP"]) with { Comment = new string('x', 301) },
        New(countries: ["JP"]) with { Comment = "a\nb" },
        New(networks: [.. Enumerable.Range(0, 201).Select(number => $"10.0.{number / 256}.{number % 256}")]),
        New(countries: ["JP"]) with { ExpiresAt = DateTimeOffset.UnixEpoch },
    ];

    [Theory]
    [MemberData(nameof(BadRules))]
    public async Task What_is_no_rule_is_refused_with_a_sentence(NewAccessRule rule)
    {
        var (tenant, _) = await MailboxAsync("acme");
        var refused = await Rules.CreateAsync(Scope.System(tenant, "test"), new AccessTarget(AccessLevel.Tenant, tenant), rule, Program, Ct);

        Assert.Equal(("INVALID_ACCESS_RULE", true), (refused.Code, refused.Message!.Length > 20));
    }

    [Fact]
    public async Task A_place_has_so_many_rules_and_no_more()
    {
        var (tenant, _) = await MailboxAsync("acme");
        for (var i = 0; i < 20; i++)
            Assert.Null((await Rules.CreateAsync(Scope.System(tenant, "test"), new AccessTarget(AccessLevel.Tenant, tenant), New(countries: ["JP"]), Program, Ct)).Code);

        Assert.Equal("ACCESS_RULE_LIMIT", (await Rules.CreateAsync(Scope.System(tenant, "test"), new AccessTarget(AccessLevel.Tenant, tenant), New(countries: ["JP"]), Program, Ct)).Code);
    }

    private static NewAccessRule New(string[]? networks = null, string[]? countries = null) =>
        new([AccessService.Submission, AccessService.Api], networks ?? [], countries ?? [], false, false, "Office", null);

    private async Task<IReadOnlyList<AccessRule>> RulesOfAsync(AccessWho who) => await Storage.Get<IAccessBook>().OfAsync(who, Ct);

    private async Task<(Guid Tenant, Guid Mailbox)> MailboxAsync(string slug)
    {
        var tenant = await Storage.AddTenantAsync(slug, Ct);
        return (tenant, (await Storage.Directory.FindAsync("info", slug + ".test", Ct)).Mailbox!.Id);
    }
}

public sealed class AccessRulesOnSqlite() : AccessRulesContract(new SqliteBackend());

public sealed class AccessRulesOnPostgres(PostgresServer server) : AccessRulesContract(new PostgresBackend(server));
