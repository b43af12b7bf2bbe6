using System.Text;
using System.Text.Json;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;

namespace Platform.EndToEnd.Tests.MainJob;

/// <summary>Custom rules from the API to the mailbox and back in a replay (DET9). Each rule speaks of one test's mail alone and is gone after it.</summary>
[Collection(RunningProductCollection.Name)]
public sealed class RuleTests(ProductFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_stops_a_clean_mail_and_the_delivery_says_so()
    {
        var mail = Mail("stopped");
        await WithRuleAsync(mail, "QUARANTINE", async () =>
        {
            var message = (await fixture.SendAndSettleAsync(mail, Stop)).Messages[mail.Id].Single();
            var decision = (await fixture.AcmeInJapanese.QueryAsync(
                    "query($id: ID!) { node(id: $id) { ... on Delivery { decision { policyAction rule { name held } summary } } } }", new { id = message.Deliveries.Single().Id }, Stop))
                .GetProperty("node").GetProperty("decision");

            Assert.Equal(("CLEAN", "QUARANTINED", "DELIVER"), (message.Verdict, message.Deliveries.Single().State, decision.GetProperty("policyAction").GetString()));
            Assert.Equal(
                $"ルール「{mail.Id}」(第1版)により「隔離」となりました。該当した条件: message_id == \"{mail.Id}\"",
                decision.GetProperty("summary").GetString());
        });
    }

    [Fact]
    public async Task A_rule_that_rejects_is_said_in_the_session()
    {
        var mail = Mail("rejected");
        await WithRuleAsync(mail, "REJECT", async () =>
        {
            var record = await fixture.SendAsync(mail, Stop);

            Assert.Equal((SendOutcome.Refused, 550), (record.Outcome, record.Code));
        });
    }

    [Fact]
    public async Task A_rule_opens_no_way_for_malware()
    {
        var mail = PeerMail.All.Single(kind => kind.Name == "eicar").To("rule.malware@ids.example", "info@acme.test");
        await WithRuleAsync(mail, "DELIVER", async () =>
        {
            var message = (await fixture.SendAndSettleAsync(mail, Stop)).Messages[mail.Id].Single();

            Assert.Equal(("MALWARE", "QUARANTINED"), (message.Verdict, message.Deliveries.Single().State));
        });
    }

    [Fact]
    public async Task A_replay_finds_the_mail_that_came_before_the_rule()
    {
        var mail = Mail("replayed");
        var message = (await fixture.SendAndSettleAsync(mail, Stop)).Messages[mail.Id].Single();

        var replay = await ReplayAsync($"message_id == \"{mail.Id}\" and text contains \"tuesday\"");

        Assert.Equal(
            ("done", message.Id, message.Id),
            (replay.GetProperty("state").GetString(), Only(replay, "caught"), Only(replay, "wronglyHit")));
    }

    private static string? Only(JsonElement replay, string figure) => Assert.Single(replay.GetProperty(figure).GetProperty("messageIds").EnumerateArray()).GetString();

    private static OutgoingMail Mail(string test)
    {
        var id = $"rule.{test}@ids.example";
        return new OutgoingMail(id, "mika@partner.example", ["info@acme.test"], Encoding.ASCII.GetBytes(
            $"From: Mika <mika@partner.example>\r\nTo: info@acme.test\r\nSubject: Meeting on Tuesday\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\nMessage-ID: <{id}>\r\n\r\nSee you on Tuesday.\r\n"), Hostile: false);
    }

    private async Task WithRuleAsync(OutgoingMail mail, string action, Func<Task> test)
    {
        var made = (await fixture.Acme.QueryAsync(
                "mutation($input: CreateRuleInput!) { createRule(input: $input) { rule { id } errors { code message } } }",
                new { input = new { name = mail.Id, condition = $"message_id == \"{mail.Id}\"", action, enabled = true } },
                Stop))
            .GetProperty("createRule").GetProperty("rule").GetProperty("id").GetString();
        try
        {
            await test();
        }
        finally
        {
            await fixture.Acme.QueryAsync("mutation($id: ID!) { deleteRule(input: { ruleId: $id }) { errors { code } } }", new { id = made }, CancellationToken.None);
        }
    }

    private async Task<JsonElement> ReplayAsync(string condition)
    {
        var id = (await fixture.Acme.QueryAsync(
                "mutation($condition: String!) { replayRule(input: { condition: $condition, action: QUARANTINE }) { replay { id } errors { code } } }", new { condition }, Stop))
            .GetProperty("replayRule").GetProperty("replay").GetProperty("id").GetString();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var replay = (await fixture.Acme.QueryAsync(
                "query($id: ID!) { ruleReplay(id: $id) { state caught { messageIds } wronglyHit { messageIds } } }", new { id }, patience.Token)).GetProperty("ruleReplay");
            if (replay.GetProperty("state").GetString() is "done" or "failed")
                return replay;
            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }
}
