using System.Text;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;

namespace Platform.EndToEnd.Tests.MainJob;

/// <summary>Allow and block lists from the API to the mailbox (DET8, DET10), with senders that no other test uses.</summary>
[Collection(RunningProductCollection.Name)]
public sealed class ListTests(ProductFixture fixture)
{
    [Fact]
    public async Task Mail_of_a_blocked_sender_waits_in_quarantine_and_says_why()
    {
        var mail = Mail("blocked", "who@blocked-by-list.example", "See you on Tuesday.");
        await AddAsync("BLOCK", "blocked-by-list.example");

        var message = await SettledAsync(mail);

        Assert.Equal(("SPAM", "QUARANTINED"), (message.Verdict, message.Deliveries.Single().State));
        Assert.Contains(message.Reasons, reason => reason.Id == "block-listed-sender");
    }

    [Fact]
    public async Task The_same_mail_of_another_sender_arrives()
    {
        await AddAsync("BLOCK", "someone-else.example");

        Assert.Equal("DELIVERED", (await SettledAsync(Mail("unlisted", "who@not-on-any-list.example", "See you on Tuesday."))).Deliveries.Single().State);
    }

    [Fact]
    public async Task Malware_of_an_allowed_sender_is_stopped_all_the_same()
    {
        await AddAsync("ALLOW", "allowed-by-list.example");
        var mail = PeerMail.All.Single(kind => kind.Name == "eicar").To("list.allowed-malware@ids.example", "info@acme.test");
        var bytes = Encoding.Latin1.GetString(mail.Bytes.Span).Replace("partner.example>", "allowed-by-list.example>", StringComparison.Ordinal);

        var message = await SettledAsync(new OutgoingMail(mail.Id, "mika@allowed-by-list.example", mail.Recipients, Encoding.Latin1.GetBytes(bytes), Hostile: true));

        Assert.Equal(("MALWARE", "QUARANTINED"), (message.Verdict, message.Deliveries.Single().State));
        Assert.Contains(message.Reasons, reason => reason.Id == "allow-listed-sender");
    }

    private static OutgoingMail Mail(string test, string from, string text)
    {
        var id = $"list.{test}@ids.example";
        return new OutgoingMail(id, from, ["info@acme.test"], Encoding.ASCII.GetBytes(
            $"From: Someone <{from}>\r\nTo: info@acme.test\r\nSubject: Meeting on Tuesday\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\nMessage-ID: <{id}>\r\n\r\n{text}\r\n"), Hostile: false);
    }

    private async Task AddAsync(string list, string value)
    {
        var data = await fixture.Acme.QueryAsync(
            "mutation($input: AddListEntryInput!) { addListEntry(input: $input) { errors { code message } } }", new { input = new { list, value } }, TestContext.Current.CancellationToken);
        Assert.Equal("[]", data.GetProperty("addListEntry").GetProperty("errors").GetRawText());
    }

    private async Task<SeenMessage> SettledAsync(OutgoingMail mail) => (await fixture.SendAndSettleAsync(mail, TestContext.Current.CancellationToken)).Messages[mail.Id].Single();
}
