using System.Text;
using System.Text.Json;
using Platform.Benchmarks.Load;

namespace Platform.EndToEnd.Tests.MainJob;

/// <summary>The inherited policy from the API to the mailbox (DET9): two recipients of one mail whose policies differ.</summary>
[Collection(RunningProductCollection.Name)]
public sealed class InheritedPolicyTests(ProductFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_mail_goes_two_ways_and_each_delivery_says_whose_policy_decided()
    {
        const string Id = "policy.group@ids.example";
        var mail = new OutgoingMail(Id, "mika@partner.example", ["info@acme.test", "keiri@acme.test"], Encoding.ASCII.GetBytes(
            $"From: Mika <mika@partner.example>\r\nTo: info@acme.test, keiri@acme.test\r\nSubject: Minutes\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\nMessage-ID: <{Id}>\r\n\r\nSee you on Tuesday.\r\n"), Hostile: false);
        var group = await GroupAsync("経理");
        try
        {
            var mailbox = (await fixture.Acme.QueryAsync("{ mailboxes(search: \"keiri@acme.test\") { nodes { id } } }", null, Stop)).GetProperty("mailboxes").GetProperty("nodes")[0].GetProperty("id").GetString();
            await DoneAsync("changeGroupMembers", "mutation($g: ID!, $m: [ID!]) { changeGroupMembers(input: { groupId: $g, add: $m }) { errors { code } } }", new { g = group, m = new[] { mailbox } });
            await DoneAsync(
                "setPolicyValues", "mutation($g: ID!) { setPolicyValues(input: { group: $g, values: [{ setting: \"action.clean\", value: \"quarantine\" }] }) { errors { code } } }", new { g = group });

            var message = (await fixture.SendAndSettleAsync(mail, Stop)).Messages[Id].Single();

            Assert.Equal(
                [("info@acme.test", "DELIVERED"), ("keiri@acme.test", "QUARANTINED")],
                message.Deliveries.OrderBy(delivery => delivery.Recipient, StringComparer.Ordinal).Select(delivery => (delivery.Recipient, delivery.State)));
            var decision = (await fixture.AcmeInJapanese.QueryAsync(
                    "query($id: ID!) { node(id: $id) { ... on Delivery { decision { policyOrigin { level id name } summary } } } }",
                    new { id = message.Deliveries.Single(delivery => delivery.Recipient == "keiri@acme.test").Id },
                    Stop))
                .GetProperty("node").GetProperty("decision");
            var origin = decision.GetProperty("policyOrigin");
            Assert.Equal(("GROUP", group, "経理"), (origin.GetProperty("level").GetString(), origin.GetProperty("id").GetString(), origin.GetProperty("name").GetString()));
            Assert.Equal("判定「安全」に対するグループ「経理」のポリシーにより「隔離」となりました。", decision.GetProperty("summary").GetString());
        }
        finally
        {
            await fixture.Acme.QueryAsync("mutation($id: ID!) { deleteGroup(input: { groupId: $id }) { errors { code } } }", new { id = group }, CancellationToken.None);
        }
    }

    private async Task<string> GroupAsync(string name) => (await fixture.Acme.QueryAsync("mutation($name: String!) { createGroup(input: { name: $name }) { group { id } errors { code } } }", new { name }, Stop))
        .GetProperty("createGroup").GetProperty("group").GetProperty("id").GetString()!;

    private async Task DoneAsync(string mutation, string document, object variables)
    {
        JsonElement errors = (await fixture.Acme.QueryAsync(document, variables, Stop)).GetProperty(mutation).GetProperty("errors");
        Assert.Equal(0, errors.GetArrayLength());
    }
}
