using Platform.Engine.Verdicts;
using Platform.Grains.Outgoing;
using Platform.Grains.Quarantine;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Accounts;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Policies;
using Platform.Storage.Rules;

namespace Platform.Grains.Tests.Outgoing;

/// <summary>What policy and sending rules make of a mail that a mailbox submits, before it leaves (OUT4, OUT5).</summary>
public sealed class SendRuleFlowTests
{
    private const string Colleague = "keiri@acme.test";
    private const string Outside = "bob@partner.test";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_leaves_at_once_where_nothing_is_asked()
    {
        await using var host = await StartAsync();
        Assert.Equal(DeliveryState.Queued, await StateAsync(host, Outside));
    }

    [Fact]
    public async Task The_policy_makes_it_wait_and_the_worker_lets_it_go()
    {
        await using var host = await StartAsync();
        await WaitAsync(host, "5");
        var delivery = await SendAsync(host, Outside);
        Assert.Equal(DeliveryState.Waiting, (await host.DeliveryAsync(delivery)).State);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await host.Get<StageWorker>().RunOnceAsync(Stop);
        Assert.Equal(DeliveryState.Queued, (await host.DeliveryAsync(delivery)).State);
    }

    [Theory]
    [InlineData("recipient.outside", Outside, DeliveryState.Waiting)]
    [InlineData("recipient.outside", Colleague, DeliveryState.Queued)]
    [InlineData("recipient.domain == \"partner.test\"", Outside, DeliveryState.Waiting)]
    [InlineData("recipients.outside > 1", Outside, DeliveryState.Queued)]
    [InlineData("time.hour == 18 and time.weekday == \"Tuesday\"", Outside, DeliveryState.Waiting)]
    [InlineData("sender.group == \"Sales\"", Outside, DeliveryState.Waiting)]
    [InlineData("sender.group == \"Purchase\"", Outside, DeliveryState.Queued)]
    public async Task A_rule_asks_what_is_known_of_outgoing_mail(string condition, string recipient, DeliveryState state)
    {
        await using var host = await StartAsync();
        await host.AddGroupAsync("Sales", "info@acme.test");
        await RuleAsync(host, condition, new SendAction.Wait(5));
        Assert.Equal(state, await StateAsync(host, recipient));
    }

    [Fact]
    public async Task The_longest_wait_and_every_confirmation_count()
    {
        await using var host = await StartAsync();
        await WaitAsync(host, "5");
        await RuleAsync(host, "recipient.outside", new SendAction.Confirm("First"), new SendAction.Wait(30));
        await RuleAsync(host, "recipient.outside", new SendAction.Confirm("Second"), new SendAction.Wait(10));
        var delivery = await host.DeliveryAsync(await SendAsync(host, Outside));
        var plan = SendJson.ReadPlan(delivery.PlanJson);
        Assert.Equal(["First", "Second"], ((SendStage.Confirm)plan.Stages[0]).Reasons.Select(reason => reason.Text));
        Assert.Equal(new SendStage.Wait(30), plan.Stages[1]);
    }

    [Fact]
    public async Task What_is_allowed_is_asked_no_more()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, $"recipient == \"{Outside}\"", new SendAction.Allow());
        await RuleAsync(host, "recipient.outside", new SendAction.Hold());
        Assert.Equal(DeliveryState.Queued, await StateAsync(host, Outside));
    }

    [Fact]
    public async Task A_hold_comes_before_a_confirmation_and_its_sender_is_told()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, "recipient.outside", new SendAction.Confirm("Really?"));
        await RuleAsync(host, "recipient.outside", new SendAction.Hold());
        var delivery = await host.DeliveryAsync(await SendAsync(host, Outside));
        Assert.Equal(DeliveryState.Quarantined, delivery.State);
        Assert.Equal(DecisionBasis.SendingRule, RuleJson.ReadDecision(delivery.DecisionJson!).Basis);
        Assert.Equal(1, await host.Get<MailOrderWorker>().RunOnceAsync(Stop));
    }

    [Fact]
    public async Task A_block_is_said_while_the_program_waits()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, "recipient.outside", new SendAction.Block());
        await host.AcceptAsync(new Mail { Mode = IntakeMode.Submission, From = "info@acme.test", Recipients = [Outside] });
        var lease = Assert.Single(await host.Flow.ClaimScansAsync(1, TimeSpan.FromMinutes(1), Stop));
        Assert.True((await host.Inspector.InspectAsync(lease, rejectionPossible: true, Stop)).IsRejected);
    }

    [Fact]
    public async Task No_rule_lets_an_attack_out()
    {
        await using var host = await StartAsync(VerdictKind.Malware);
        await RuleAsync(host, "recipient.outside", new SendAction.Allow());
        Assert.Equal(DeliveryState.Quarantined, await StateAsync(host, Outside));
    }

    [Fact]
    public async Task Mail_that_comes_in_passes_no_stage()
    {
        await using var host = await StartAsync();
        await WaitAsync(host, "5");
        Assert.Equal(DeliveryState.Queued, (await host.DeliveryAsync(await host.QueueAsync())).State);
    }

    [Fact]
    public async Task The_sender_gets_one_summary_of_all_that_waits()
    {
        await using var host = await StartAsync();
        await WaitAsync(host, "5");
        await SendAsync(host, Outside);
        await SendAsync(host, Colleague);
        await host.Get<MailOrderWorker>().RunOnceAsync(Stop);
        Assert.Single(await host.RowsAsync(db => db.Messages.Where(message => message.Mode == IntakeMode.Notice)));
    }

    [Fact]
    public async Task The_sender_is_told_nothing_of_what_it_called_back_before()
    {
        await using var host = await StartAsync();
        await WaitAsync(host, "5");
        var delivery = await host.DeliveryAsync(await SendAsync(host, Outside));
        await host.Get<IOutgoingMail>().CancelAsync(host.Scope, delivery.MessageId, null, Stop);
        await host.Get<MailOrderWorker>().RunOnceAsync(Stop);
        Assert.Empty(await host.RowsAsync(db => db.Messages.Where(message => message.Mode == IntakeMode.Notice)));
    }

    [Fact]
    public async Task Rules_over_mail_that_comes_in_do_not_ask_what_is_known_of_outgoing_mail_alone()
    {
        await using var host = await StartAsync();
        var made = await host.Get<IRuleCommands>().CreateAsync(
            host.Scope, new RuleOwner(host.Tenant, IsMsp: false), new NewRule("x", "recipient.outside", Platform.Storage.Directory.PolicyAction.Quarantine, Enabled: true), Stop);
        Assert.Equal("CONDITION_OF_SENDING", made.Code);
    }

    [Theory]
    [InlineData("info@acme.test", "robot@acme.test", DeliveryState.AwaitingConfirmation)]
    [InlineData("robot@acme.test", "info@acme.test", DeliveryState.AwaitingConfirmation)]
    [InlineData("robot@acme.test", "robot@acme.test", DeliveryState.Quarantined)]
    public async Task Mail_of_a_server_is_confirmed_by_its_mailbox_and_held_where_there_is_none(string mailFrom, string author, DeliveryState state)
    {
        await using var host = await StartAsync(author: author);
        await RuleAsync(host, "recipient.outside", new SendAction.Confirm("Really?"));
        var delivery = await host.DeliveryAsync(await host.QueueAsync(new Mail { Mode = IntakeMode.Submission, From = mailFrom, Recipients = [Outside], Connector = Guid.NewGuid() }));
        Assert.Equal(state, delivery.State);
        Assert.Equal(state == DeliveryState.Quarantined, RuleJson.ReadDecision(delivery.DecisionJson!).Basis == DecisionBasis.SendingRule);
    }

    [Theory]
    [InlineData("robot@acme.test", "info@acme.test", DeliveryState.Waiting)]
    [InlineData("robot@acme.test", "robot@acme.test", DeliveryState.Queued)]
    public async Task Mail_of_a_server_waits_for_who_can_call_it_back(string mailFrom, string author, DeliveryState state)
    {
        await using var host = await StartAsync(author: author);
        await WaitAsync(host, "5");
        Assert.Equal(state, (await host.DeliveryAsync(await host.QueueAsync(new Mail { Mode = IntakeMode.Submission, From = mailFrom, Recipients = [Outside], Connector = Guid.NewGuid() }))).State);
    }

    [Fact]
    public async Task What_a_server_sends_and_is_held_is_told_to_the_address_that_sent_it()
    {
        await using var host = await StartAsync(author: "robot@acme.test");
        await RuleAsync(host, "recipient.outside", new SendAction.Hold());
        await host.QueueAsync(new Mail { Mode = IntakeMode.Submission, From = "robot@acme.test", Recipients = [Outside], Connector = Guid.NewGuid() });
        Assert.Equal(1, await host.Get<MailOrderWorker>().RunOnceAsync(Stop));
        Assert.Equal("robot@acme.test", Assert.Single(await host.RowsAsync(db => db.Deliveries.Where(delivery => db.Messages.Any(message => message.Id == delivery.MessageId && message.Mode == IntakeMode.Notice)))).Recipient);
    }

    [Fact]
    public async Task What_is_held_keeps_the_approvals_that_rules_ask_for()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, "recipient.outside", new SendAction.Wait(5), new SendAction.Confirm("Really?"));
        await RuleAsync(host, "recipient.outside", new SendAction.Hold(), new SendAction.Approve(await ChainAsync(host), "Look"));
        var delivery = await host.DeliveryAsync(await SendAsync(host, Outside));
        Assert.Equal((DeliveryState.Quarantined, (DateTimeOffset?)null), (delivery.State, delivery.DueAt));
        Assert.Equal("Managers", Assert.IsType<SendStage.Approve>(Assert.Single(SendJson.ReadPlan(delivery.PlanJson).Stages)).Chain);
    }

    private static async Task<Guid> ChainAsync(FlowHost host)
    {
        var boss = await host.Get<IAccountCommands>().CreateAsync(host.Scope, AccountOwner.Tenant(host.Tenant), new NewAccount("boss@acme.test", "Boss", [BuiltInRoles.Helpdesk.Id], "en"), Stop);
        var made = await host.Get<IApprovalChains>().CreateAsync(host.Scope, host.Tenant, new NewApprovalChain("Managers", [new ApprovalStep([boss.Value], null, All: false)], 48, ApprovalExpiry.Decline, 0), Stop);
        Assert.Null(made.Code);
        return made.Value;
    }

    private static async Task<FlowHost> StartAsync(VerdictKind kind = VerdictKind.Clean, string author = "info@acme.test")
    {
        var host = await FlowHost.StartAsync();
        var verdict = FakeScanners.Verdict(kind) with { Authors = [author] };
        verdict = verdict with { Facts = verdict.Facts with { FromAddress = author } };
        host.Scanners.Scan = (_, _) => Task.FromResult(ScannerResult.Ok(verdict));
        return host;
    }

    private static async Task WaitAsync(FlowHost host, string minutes) => Assert.Null(
        (await host.Get<IPolicyCommands>().SetAsync(host.Scope, PolicyTarget.Tenant(host.Tenant), [new PolicyChange(SendSettings.Wait.Key, minutes)], Stop)).Code);

    private static async Task RuleAsync(FlowHost host, string condition, params SendAction[] actions) => Assert.Null(
        (await host.Get<ISendRuleCommands>().CreateAsync(host.Scope, new RuleOwner(host.Tenant, IsMsp: false), new NewSendRule($"Rule: {condition}", condition, actions, Enabled: true), Stop)).Code);

    private static async Task<Guid> SendAsync(FlowHost host, string recipient) =>
        await host.QueueAsync(new Mail { Mode = IntakeMode.Submission, From = "info@acme.test", Recipients = [recipient] });

    private static async Task<DeliveryState> StateAsync(FlowHost host, string recipient) => (await host.DeliveryAsync(await SendAsync(host, recipient))).State;
}
