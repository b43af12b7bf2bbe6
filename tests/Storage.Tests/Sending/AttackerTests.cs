using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Sending.Correspondents;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Sending;

/// <summary>An incoming verdict stops answers to its sender at once (OUT10, OUT13).</summary>
public abstract class AttackerContract(IStorageBackend backend) : SendingContract(backend)
{
    private const string Attacker = "evil@attack.example";

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
        Assert.Equal((DecisionBasis.Recipient, (string?)null, (DateTimeOffset?)null), (why.Basis, held.PlanJson, held.DueAt));
        Assert.Equal(Attacker, Assert.Single(why.Findings).Evidence["from"]);
        Assert.Equal(1, await db.Events.CountAsync(row => row.Kind == EventKinds.Held && row.Data.Contains("\"reason\":\"known-attacker\""), Ct));
        Assert.Equal(state == DeliveryState.AwaitingApproval ? 1 : 0, await db.Approvals.CountAsync(row => row.State == ApprovalState.Cancelled, Ct));
    }

    [Theory]
    [InlineData("EVIL@Attack.example", DeliveryState.Held)]
    [InlineData("boss@attack.example", DeliveryState.Held)]
    [InlineData("reply@elsewhere.example", DeliveryState.Held)]
    [InlineData("evil@sub.attack.example", DeliveryState.Queued)]
    [InlineData("evil@notattack.example", DeliveryState.Queued)]
    public async Task Its_domain_and_where_it_wants_answers_are_meant_too(string recipient, DeliveryState state)
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Queued, recipient);
        await AttackAsync(sender.Tenant, Attacker, "reply@elsewhere.example");

        Assert.Equal(state, Assert.Single(await StatesAsync(sender.Tenant)).State);
    }

    [Fact]
    public async Task A_provider_is_not_an_attacker_because_of_one_of_its_mailboxes()
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Queued, "friend@gmail.com");
        await AttackAsync(sender.Tenant, "evil@gmail.com");

        Assert.Equal(DeliveryState.Queued, Assert.Single(await StatesAsync(sender.Tenant)).State);
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
        await AttackAsync(sender.Tenant, "bob@partner.example", authentication: isProven ? Mails.Proven("partner.example") : null);

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
    public async Task What_is_on_its_way_this_moment_arrives()
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Queued, Attacker);
        await Flow.ClaimRelaysAsync(10, Lease, Ct);
        await AttackAsync(sender.Tenant, Attacker);

        Assert.Equal(DeliveryState.Queued, Assert.Single(await StatesAsync(sender.Tenant)).State);
    }

    [Fact]
    public async Task A_mail_that_was_decided_over_before_the_verdict_and_is_written_after_it_is_held()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, Attacker));
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var asked = Now;
        Storage.Time.Advance(TimeSpan.FromSeconds(1));
        await AttackAsync(sender.Tenant, Attacker);

        var outcome = Mails.Outcome(lease, DeliveryState.Waiting, Mails.Verdict(VerdictKind.Clean)) with { RecipientsAskedAt = asked };
        Assert.True(await Flow.CompleteScanAsync(lease, outcome, Ct));

        Assert.Equal([(DeliveryState.Held, "known-attacker")], await StatesAsync(sender.Tenant));
    }

    [Fact]
    public async Task An_administrator_releases_it()
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Waiting, Attacker);
        await AttackAsync(sender.Tenant, Attacker);
        var scope = Scope.System(sender.Tenant, "test");
        await using var db = Storage.Open(scope);

        await Flow.ReleaseAsync(scope, await db.Deliveries.Where(row => row.Recipient == Attacker).Select(row => row.Id).SingleAsync(Ct), Ct);
        await AttackAsync(sender.Tenant, Attacker);

        Assert.Equal(DeliveryState.Released, Assert.Single(await StatesAsync(sender.Tenant)).State);
    }

    [Fact]
    public async Task Who_lets_the_attack_in_lets_answers_out()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Mails.To(sender.Tenant, Now, "info@acme.test"));
        await InspectedAsync(
            Mails.Verdict() with { Facts = MessageFacts.Empty with { FromAddress = Attacker } },
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

    private async Task WaitingAsync((Guid Tenant, Guid Mailbox) sender, DeliveryState state, params string[] recipients)
    {
        await AcceptAsync(Submitted(sender, recipients));
        await InspectedAsync(Mails.Verdict(VerdictKind.Clean), outcome => outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision.After(Mails.PlanOf(state)))] });
    }

    private async Task AttackAsync(Guid tenant, string from, string? replyTo = null, Verdict? verdict = null, AuthenticationFacts? authentication = null)
    {
        await AcceptAsync(Mails.To(tenant, Now, "info@acme.test"));
        verdict ??= Mails.Verdict();
        await InspectedAsync(
            verdict with { Authentication = authentication, Facts = verdict.Facts with { FromAddress = from, ReplyTo = replyTo is null ? [] : [replyTo] } },
            outcome => outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision with { To = DeliveryState.Quarantined })] });
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        await db.Deliveries.Where(row => row.Recipient == "info@acme.test").ExecuteDeleteAsync(Ct);
    }

    private async Task<IReadOnlyDictionary<string, Platform.Engine.Misdirection.AttackFrom>> AskAsync((Guid Tenant, Guid Mailbox) sender, TimeSpan time) =>
        (await Storage.Get<ICorrespondence>().OfAsync(new CorrespondenceQuery(sender.Tenant, sender.Mailbox, [Attacker], Now - time), Ct)).Attackers;
}

public sealed class SqliteAttackerTests() : AttackerContract(new SqliteBackend());

public sealed class PostgresAttackerTests(PostgresServer server) : AttackerContract(new PostgresBackend(server));
