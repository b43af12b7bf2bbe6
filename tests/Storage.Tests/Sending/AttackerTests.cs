using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Sending;

/// <summary>An incoming verdict stops answers to its sender at once (OUT10, OUT13).</summary>
public abstract class AttackerContract(IStorageBackend backend) : AttackingContract(backend)
{
    [Theory]
    [InlineData(DeliveryState.Queued)]
    [InlineData(DeliveryState.Waiting)]
    [InlineData(DeliveryState.AwaitingConfirmation)]
    [InlineData(DeliveryState.AwaitingApproval)]
    public async Task What_waits_for_an_attacker_is_held_when_the_verdict_is_written(DeliveryState state)
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, state, Attacker, "friend@partner.example");
        await AttackAsync(sender.Tenant, Attacker);

        Assert.Equal([(DeliveryState.Held, "known-attacker"), (state, null)], (await StatesAsync(sender.Tenant)).OrderByDescending(delivery => delivery.State == DeliveryState.Held));
        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        var held = await db.Deliveries.SingleAsync(row => row.Recipient == Attacker, Ct);
        var why = RuleJson.ReadDecision(held.DecisionJson!);
        Assert.Equal((DecisionBasis.Recipient, (DateTimeOffset?)null), (why.Basis, held.DueAt));
        Assert.Equal(state == DeliveryState.AwaitingApproval ? 1 : 0, SendJson.ReadPlan(held.PlanJson).Stages.Count);
        Assert.Equal(Attacker, Assert.Single(why.Findings).Evidence["from"]);
        Assert.Equal(1, await db.Events.CountAsync(row => row.Kind == EventKinds.Held && row.Data.Contains("\"reason\":\"known-attacker\""), Ct));
        Assert.Equal(state == DeliveryState.AwaitingApproval ? 1 : 0, await db.Approvals.CountAsync(row => row.State == ApprovalState.Cancelled, Ct));
    }

    [Theory]
    [InlineData("EVIL@Attack.example", DeliveryState.Held)]
    [InlineData("boss@attack.example", DeliveryState.Held)]
    [InlineData("reply@elsewhere.example", DeliveryState.Held)]
    [InlineData("other@elsewhere.example", DeliveryState.Queued)]
    [InlineData("evil@sub.attack.example", DeliveryState.Queued)]
    [InlineData("evil@notattack.example", DeliveryState.Queued)]
    public async Task Its_domain_and_where_it_wants_answers_are_meant_too(string recipient, DeliveryState state)
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Queued, recipient);
        await AttackAsync(sender.Tenant, Attacker, "reply@elsewhere.example");

        Assert.Equal(state, Assert.Single(await StatesAsync(sender.Tenant)).State);
    }

    [Theory]
    [InlineData("gmail.com")]
    [InlineData("so-net.ne.jp")]
    public async Task A_provider_is_not_an_attacker_because_of_one_of_its_mailboxes(string provider)
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Queued, "friend@" + provider);
        await AttackAsync(sender.Tenant, "evil@" + provider);

        Assert.Equal(DeliveryState.Queued, Assert.Single(await StatesAsync(sender.Tenant)).State);
    }

    [Fact]
    public async Task Whom_an_attack_only_says_to_come_from_is_no_attacker()
    {
        var sender = await SenderAsync("acme");
        await AttackAsync(sender.Tenant, Attacker, Attacker, isProven: false);

        Assert.Empty(await AskAsync(sender, TimeSpan.FromDays(90)));
    }

    [Theory]
    [InlineData(2, "bob@partner.example", true)]
    [InlineData(3, "bob@partner.example", false)]
    [InlineData(3, "evil@gmail.com", true)]
    public async Task Where_an_attack_wants_answers_counts_unless_the_tenant_writes_there_often(int mails, string replyTo, bool expected)
    {
        var sender = await SenderAsync("acme");
        await DeliveredAsync(sender, [.. Enumerable.Range(0, mails).Select(i => $"p{i}@{replyTo.Split('@')[1]}")]);
        await AttackAsync(sender.Tenant, "boss@forged.example", replyTo, isProven: false);

        Assert.Equal(expected, (await AskAsync(sender, TimeSpan.FromDays(90), replyTo)).ContainsKey(replyTo));
    }

    [Theory]
    [InlineData(false, DeliveryState.Queued)]
    [InlineData(true, DeliveryState.Held)]
    public async Task Whoever_forges_a_partner_cuts_nobody_off_and_a_stolen_partner_is_cut_off(bool isProven, DeliveryState state)
    {
        var sender = await SenderAsync("acme");
        await DeliveredAsync(sender, "bob@partner.example");
        Storage.Time.Advance(TimeSpan.FromSeconds(1));
        await WaitingAsync(sender, DeliveryState.Queued, "bob@partner.example");
        await AttackAsync(sender.Tenant, "bob@partner.example", isProven: isProven);

        Assert.Equal(state, (await StatesAsync(sender.Tenant))[^1].State);
    }

    [Theory]
    [InlineData(VerdictKind.Malware, AttackType.Virus, true)]
    [InlineData(VerdictKind.Suspicious, AttackType.LookAlikeDomain, true)]
    [InlineData(VerdictKind.Suspicious, AttackType.Fraud, true)]
    [InlineData(VerdictKind.Suspicious, AttackType.HeaderRisk, false)]
    [InlineData(VerdictKind.Spam, AttackType.Spam, false)]
    [InlineData(VerdictKind.Clean, null, false)]
    public async Task Attacks_count_and_what_is_unwanted_does_not(VerdictKind kind, AttackType? type, bool expected)
    {
        var sender = await SenderAsync("acme");
        await AttackAsync(sender.Tenant, Attacker, verdict: Mails.Verdict(kind) with { Type = type });

        Assert.Equal(expected, (await AskAsync(sender, TimeSpan.FromDays(90))).ContainsKey(Attacker));
    }

    [Fact]
    public async Task An_attack_of_long_ago_counts_no_more()
    {
        var sender = await SenderAsync("acme");
        await AttackAsync(sender.Tenant, Attacker);
        Storage.Time.Advance(TimeSpan.FromDays(91));

        Assert.Empty(await AskAsync(sender, TimeSpan.FromDays(90)));
        Assert.NotEmpty(await AskAsync(sender, TimeSpan.FromDays(100)));
    }

    [Fact]
    public async Task Who_lets_the_attack_in_lets_answers_out()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Mails.To(sender.Tenant, Now, "info@acme.test"));
        await InspectedAsync(
            Mails.Verdict() with { Authentication = Mails.Proven("attack.example"), Facts = MessageFacts.Empty with { FromAddress = Attacker } },
            outcome => outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision with { To = DeliveryState.Quarantined })] });
        var scope = Scope.System(sender.Tenant, "test");
        await using var db = Storage.Open(scope);
        var before = await AskAsync(sender, TimeSpan.FromDays(90));
        await Flow.ReleaseAsync(scope, await db.Deliveries.Select(row => row.Id).SingleAsync(Ct), Ct);

        Assert.Equal((2, 0), (before.Count, (await AskAsync(sender, TimeSpan.FromDays(90))).Count));
    }

    [Fact]
    public async Task Other_tenants_write_to_whom_they_like()
    {
        var sender = await SenderAsync("acme");
        var other = await SenderAsync("globex");
        await WaitingAsync(other, DeliveryState.Waiting, Attacker);
        await AttackAsync(sender.Tenant, Attacker);

        Assert.Equal(DeliveryState.Waiting, Assert.Single(await StatesAsync(other.Tenant)).State);
        Assert.Empty(await AskAsync(other, TimeSpan.FromDays(90)));
    }
}

public sealed class SqliteAttackerTests() : AttackerContract(new SqliteBackend());

public sealed class PostgresAttackerTests(PostgresServer server) : AttackerContract(new PostgresBackend(server));
