using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Grains.Outgoing;
using Platform.Grains.Quarantine;
using Platform.Grains.Tests.Support;
using Platform.Mails.Templates;
using Platform.Scanning;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Sending;

namespace Platform.Grains.Tests.Outgoing;

/// <summary>What is made of recipients that look wrong, and of those to whom nothing is to go (OUT6, OUT10).</summary>
public sealed class MisdirectionFlowTests
{
    private const string Known = "bob@globex.example";
    private const string Mistyped = "bob@globexx.example";
    private const string Attacker = "evil@attack.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mistyped_domain_waits_for_its_sender_and_the_others_leave()
    {
        await using var host = await StartAsync();
        var sent = await SendAsync(host, Known, Mistyped, "keiri@acme.test");

        Assert.Equal([DeliveryState.Queued, DeliveryState.AwaitingConfirmation, DeliveryState.Queued], await StatesAsync(host, sent));
        var plan = SendJson.ReadPlan((await host.DeliveryAsync(sent[1])).PlanJson);
        Assert.Equal("globex.example", Assert.IsType<SendStage.Confirm>(plan.Current).Reasons[0].Finding!.Evidence["known"]);
    }

    [Theory]
    [InlineData("off", DeliveryState.Queued)]
    [InlineData("confirm", DeliveryState.AwaitingConfirmation)]
    [InlineData("wait", DeliveryState.Waiting)]
    public async Task The_policy_says_what_follows(string answer, DeliveryState state)
    {
        await using var host = await StartAsync();
        await PolicyAsync(host, MisdirectionSettings.Answer, answer);

        Assert.Equal([state], await StatesAsync(host, await SendAsync(host, Mistyped)));
    }

    [Fact]
    public async Task Who_confirmed_once_is_asked_no_more()
    {
        await using var host = await StartAsync();
        await WriteAsync(host, Mistyped, 1);

        Assert.Equal([DeliveryState.Queued], await StatesAsync(host, await SendAsync(host, Mistyped)));
    }

    [Fact]
    public async Task A_new_recipient_alone_nags_nobody_and_is_kept_with_the_decision()
    {
        await using var host = await StartAsync();
        var sent = await SendAsync(host, Known, "new@unrelated.example");

        Assert.Equal([DeliveryState.Queued, DeliveryState.Queued], await StatesAsync(host, sent));
        Assert.Equal([SendFindingKind.NewAmongKnown], RuleJson.ReadDecision((await host.DeliveryAsync(sent[1])).DecisionJson!).Findings.Select(finding => finding.Kind));
    }

    [Theory]
    [InlineData("ja", "正しくは globex.example ではありませんか")]
    [InlineData("en", "Did you mean globex.example?")]
    public async Task Its_sender_is_asked_in_its_own_language(string language, string asked)
    {
        await using var host = await StartAsync(language);
        await SendAsync(host, Mistyped);

        var mail = (SendingSummaryMail)(await host.Get<SendingMails>().SummaryAsync(host.Tenant, await host.MailboxAsync("info@acme.test"), language, Stop))!;
        Assert.Contains(asked, Assert.Single(Assert.Single(mail.Entries).Reasons), StringComparison.Ordinal);
        Assert.Equal(1, await host.Get<MailOrderWorker>().RunOnceAsync(Stop));
    }

    [Fact]
    public async Task Many_addresses_that_all_see_wait_for_the_sender()
    {
        await using var host = await StartAsync();
        Find(host, facts => facts with { To = [.. Enumerable.Range(0, 10).Select(i => $"a{i}@company{i}.example")] });

        Assert.Equal([DeliveryState.AwaitingConfirmation, DeliveryState.Queued], await StatesAsync(host, await SendAsync(host, Known, "keiri@acme.test")));
    }

    [Fact]
    public async Task A_file_for_another_customer_waits_for_the_sender()
    {
        await using var host = await StartAsync();
        Find(host, facts => facts with { Text = "株式会社ミライ 田中様\n" });
        for (var i = 0; i < 2; i++)
            await SendAsync(host, "tanaka@mirai.example");
        Find(host, facts => facts with { Attachments = [new AttachmentFacts("見積書_ミライ様.pdf", "", "", 1, "")] });

        Assert.Equal([DeliveryState.AwaitingConfirmation], await StatesAsync(host, await SendAsync(host, Known)));
        Assert.Equal([DeliveryState.Queued], await StatesAsync(host, await SendAsync(host, "suzuki@mirai.example")));
    }

    [Fact]
    public async Task An_answer_to_an_attacker_is_held_and_its_sender_told_why()
    {
        await using var host = await StartAsync();
        await ReceiveAsync(host, VerdictKind.Phishing, Attacker);
        Find(host, facts => facts);
        var sent = await SendAsync(host, Attacker);

        var delivery = await host.DeliveryAsync(sent[0]);
        Assert.Equal((DeliveryState.Quarantined, DecisionBasis.Recipient), (delivery.State, RuleJson.ReadDecision(delivery.DecisionJson!).Basis));
        var order = Assert.Single(await host.Get<IMailOrders>().WaitingAsync(10, 100, Stop));
        var mail = (SendingHeldMail)(await host.Get<OrderedMails>().OfAsync(order, Stop))!.Template;
        Assert.Contains("an attack (Phishing) came from evil@attack.example", Assert.Single(mail.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", DeliveryState.Queued)]
    [InlineData("90", DeliveryState.Quarantined)]
    public async Task The_policy_says_for_how_long(string days, DeliveryState state)
    {
        await using var host = await StartAsync();
        await PolicyAsync(host, MisdirectionSettings.AttackerDays, days);
        await ReceiveAsync(host, VerdictKind.Malware, Attacker);
        Find(host, facts => facts);

        Assert.Equal([state], await StatesAsync(host, await SendAsync(host, Attacker)));
    }

    [Fact]
    public async Task No_rule_opens_the_way_to_an_attacker()
    {
        await using var host = await StartAsync();
        await ReceiveAsync(host, VerdictKind.Phishing, Attacker);
        await RuleAsync(host, "recipient.outside", new SendAction.Allow());
        Find(host, facts => facts);

        Assert.Equal([DeliveryState.Quarantined], await StatesAsync(host, await SendAsync(host, Attacker)));
    }

    [Fact]
    public async Task What_is_on_a_block_list_is_written_to_by_nobody()
    {
        await using var host = await StartAsync();
        await host.BlockAsync("blocked.example");

        Assert.Equal([DeliveryState.Quarantined], await StatesAsync(host, await SendAsync(host, "x@blocked.example")));
    }

    [Fact]
    public async Task A_look_alike_of_a_partner_that_came_into_the_conversation_is_held()
    {
        await using var host = await StartAsync();
        await ReceiveAsync(host, VerdictKind.Clean, Mistyped, "hijacked@globexx.example");
        Find(host, facts => facts with { InReplyTo = ["hijacked@globexx.example"] });

        Assert.Equal([DeliveryState.Quarantined], await StatesAsync(host, await SendAsync(host, Mistyped)));
    }

    [Theory]
    [InlineData("recipient.lookalike", DeliveryState.Waiting)]
    [InlineData("recipient.unusual", DeliveryState.Queued)]
    [InlineData("recipients.visible == 2", DeliveryState.Waiting)]
    [InlineData("attachment.misnamed", DeliveryState.Queued)]
    public async Task Rules_ask_what_was_found(string condition, DeliveryState state)
    {
        await using var host = await StartAsync();
        await PolicyAsync(host, MisdirectionSettings.Answer, "off");
        await RuleAsync(host, condition, new SendAction.Wait(5));
        Find(host, facts => facts with { To = ["a@x.example", "keiri@acme.test"], Cc = ["b@y.example"] });

        Assert.Equal([state], await StatesAsync(host, await SendAsync(host, Mistyped)));
    }

    [Fact]
    public async Task A_rule_sends_a_copy_to_a_mailbox_of_the_tenant_once_the_mail_leaves()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, "recipient.outside", new SendAction.Bcc("keiri@acme.test"), new SendAction.Wait(5));
        await SendAsync(host, Known);
        var before = await CopiesAsync(host);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await host.Get<StageWorker>().RunOnceAsync(Stop);

        Assert.Equal([("keiri@acme.test", DeliveryState.Waiting)], before);
        Assert.Equal([("keiri@acme.test", DeliveryState.Queued)], await CopiesAsync(host));
    }

    [Fact]
    public async Task There_is_no_copy_of_what_goes_nowhere()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, "recipient.outside", new SendAction.Bcc("keiri@acme.test"));
        await host.BlockAsync("blocked.example");
        await SendAsync(host, "x@blocked.example");

        Assert.Empty(await CopiesAsync(host));
    }

    [Theory]
    [InlineData("nobody@acme.test", "UNKNOWN_MAILBOX")]
    [InlineData("bob@globex.example", "UNKNOWN_MAILBOX")]
    [InlineData("no address", "INVALID_ACTIONS")]
    [InlineData("Keiri@acme.test", "INVALID_ACTIONS")]
    public async Task A_copy_goes_to_the_tenants_own_alone(string address, string code)
    {
        await using var host = await StartAsync();

        Assert.Equal(code, (await CreateAsync(host, "recipient.outside", new SendAction.Bcc(address))).Code);
    }

    private static async Task<FlowHost> StartAsync(string language = "en")
    {
        var host = await FlowHost.StartAsync(language: language);
        Find(host, facts => facts);
        await WriteAsync(host, Known, 3);
        return host;
    }

    /// <summary>The mails after this are clean and of the sender, with these facts.</summary>
    private static void Find(FlowHost host, Func<MessageFacts, MessageFacts> facts)
    {
        var verdict = FakeScanners.Verdict(VerdictKind.Clean) with { Authors = ["info@acme.test"], Facts = facts(MessageFacts.Empty) };
        host.Scanners.Scan = (_, _) => Task.FromResult(ScannerResult.Ok(verdict));
    }

    private static async Task ReceiveAsync(FlowHost host, VerdictKind kind, string from, string messageId = "")
    {
        var domain = from.Split('@')[1];
        var verdict = FakeScanners.Verdict(kind, 80) with
        {
            Facts = MessageFacts.Empty with { FromAddress = from, MessageIdHeader = messageId },
            Authentication = new AuthenticationFacts(
                null, null, [], new DmarcFacts(AuthenticationResult.Pass, domain, DmarcPolicy.Reject, domain, SpfAligned: true, DkimAligned: false, ""), new ArcFacts(AuthenticationResult.None, "", []), [], []),
        };
        host.Scanners.Scan = (_, _) => Task.FromResult(ScannerResult.Ok(verdict));
        await host.QueueAsync();
    }

    /// <summary>The mailbox wrote there before.</summary>
    private static async Task WriteAsync(FlowHost host, string address, long delivered)
    {
        await using var db = host.Get<IPlatformDbFactory>().Open(host.Scope);
        db.Add(new SentRecipientRow
        {
            MailboxId = await host.MailboxAsync("info@acme.test"),
            Address = address,
            Domain = address.Split('@')[1],
            TenantId = host.Tenant,
            FirstAt = host.Time.GetUtcNow(),
            LastAt = host.Time.GetUtcNow(),
            Delivered = delivered,
        });
        await db.SaveChangesAsync(Stop);
    }

    private static async Task PolicyAsync(FlowHost host, PolicySetting setting, string value) => Assert.Null(
        (await host.Get<IPolicyCommands>().SetAsync(host.Scope, PolicyTarget.Tenant(host.Tenant), [new PolicyChange(setting.Key, value)], Stop)).Code);

    private static async Task RuleAsync(FlowHost host, string condition, params SendAction[] actions) => Assert.Null((await CreateAsync(host, condition, actions)).Code);

    private static Task<RuleResult> CreateAsync(FlowHost host, string condition, params SendAction[] actions) =>
        host.Get<ISendRuleCommands>().CreateAsync(host.Scope, new RuleOwner(host.Tenant, IsMsp: false), new NewSendRule($"Rule: {condition}", condition, actions, Enabled: true), Stop);

    private static async Task<IReadOnlyList<Guid>> SendAsync(FlowHost host, params string[] recipients)
    {
        var accepted = await host.AcceptAsync(new Mail { Mode = IntakeMode.Submission, From = "info@acme.test", Recipients = recipients });
        Assert.Equal(1, await host.Scans.RunOnceAsync(Stop));
        return accepted.Deliveries;
    }

    private static async Task<IReadOnlyList<DeliveryState>> StatesAsync(FlowHost host, IReadOnlyList<Guid> deliveries)
    {
        List<DeliveryState> states = [];
        foreach (var delivery in deliveries)
            states.Add((await host.DeliveryAsync(delivery)).State);
        return states;
    }

    private static async Task<IEnumerable<(string, DeliveryState)>> CopiesAsync(FlowHost host) =>
        (await host.RowsAsync(db => db.Deliveries.Where(row => row.IsCopy))).Select(row => (row.Recipient, row.State));
}
