using System.Text;
using System.Text.Json;
using Platform.Benchmarks.Load;

namespace Platform.EndToEnd.Tests.MainJob;

/// <summary>QUA2 from the held mail to the mailbox: the digest comes as a mail, its link is opened and confirmed, and one mailbox gets the mail.</summary>
[Collection(RunningProductCollection.Name)]
public sealed class DigestTests(ProductFixture fixture)
{
    private const string Id = "digest.release@ids.example";
    private const string Subject = "Minutes of the digest test";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_held_mail_is_told_released_by_its_link_and_reaches_one_mailbox()
    {
        string[] recipients = ["keiri@acme.test", "sales@acme.test"];
        var mail = new OutgoingMail(Id, "mika@partner.example", recipients, Encoding.ASCII.GetBytes(
            $"From: Mika <mika@partner.example>\r\nTo: keiri@acme.test, sales@acme.test\r\nSubject: {Subject}\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\nMessage-ID: <{Id}>\r\n\r\nSee you on Tuesday.\r\n"), Hostile: false);
        var mailboxes = await MailboxesAsync(recipients);
        try
        {
            await SetAsync(mailboxes[0], "{ setting: \"action.clean\", value: \"quarantine\" }, { setting: \"digest.schedule\", value: \"immediate\" }, { setting: \"digest.language\", value: \"en\" }");
            await SetAsync(mailboxes[1], "{ setting: \"action.clean\", value: \"quarantine\" }");
            var before = (await fixture.SendAndSettleAsync(mail, Stop)).Messages[Id].Single();
            Assert.All(before.Deliveries, delivery => Assert.Equal("QUARANTINED", delivery.State));

            var link = await LinkAsync("keiri@acme.test", "Deliver to me");
            using var browser = new HttpClient { BaseAddress = fixture.Product.Http };
            Assert.Contains("<form method=\"post\">", await browser.GetStringAsync(link, Stop), StringComparison.Ordinal);
            Assert.All((await fixture.SettleAsync(mail, Stop)).Messages[Id].Single().Deliveries, delivery => Assert.Equal("QUARANTINED", delivery.State));

            using var confirmed = await browser.PostAsync(link, null, Stop);
            Assert.Contains("The mail is on its way", await confirmed.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

            var after = await fixture.SettleAsync(mail, Stop);
            Assert.Equal(
                [("keiri@acme.test", "DELIVERED"), ("sales@acme.test", "QUARANTINED")],
                after.Messages[Id].Single().Deliveries.OrderBy(delivery => delivery.Recipient, StringComparer.Ordinal).Select(delivery => (delivery.Recipient, delivery.State)));
            Assert.Single(after.Files[Id]);
            Assert.Null(after.WhyNotInMaildir(mail, "keiri@acme.test"));
        }
        finally
        {
            foreach (var mailbox in mailboxes)
                await SetAsync(mailbox, "{ setting: \"action.clean\", value: null }, { setting: \"digest.schedule\", value: null }, { setting: \"digest.language\", value: null }");
        }
    }

    private async Task<List<string>> MailboxesAsync(IEnumerable<string> addresses)
    {
        List<string> ids = [];
        foreach (var address in addresses)
        {
            var found = await fixture.Acme.QueryAsync("query($a: String) { mailboxes(search: $a) { nodes { id } } }", new { a = address }, Stop);
            ids.Add(found.GetProperty("mailboxes").GetProperty("nodes")[0].GetProperty("id").GetString()!);
        }

        return ids;
    }

    private async Task SetAsync(string mailbox, string values)
    {
        JsonElement answer = await fixture.Acme.QueryAsync($"mutation($m: ID!) {{ setPolicyValues(input: {{ mailbox: $m, values: [{values}] }}) {{ errors {{ code message }} }} }}", new { m = mailbox }, CancellationToken.None);
        Assert.Equal("[]", answer.GetProperty("setPolicyValues").GetProperty("errors").GetRawText());
    }

    /// <summary>From the plain text of the digest: below the subject of the mail, the address behind a label.</summary>
    private async Task<string> LinkAsync(string mailbox, string label)
    {
        var folder = Path.Combine(fixture.Product.Delivered, mailbox, "new");
        var until = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(until) < Patience)
        {
            foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
            {
                var lines = TextOf(await File.ReadAllTextAsync(file, Stop)).Split('\n');
                var entry = Array.FindIndex(lines, line => line.StartsWith("* " + Subject, StringComparison.Ordinal));
                if (entry >= 0 && lines.Skip(entry).FirstOrDefault(line => line.TrimStart().StartsWith(label + ": ", StringComparison.Ordinal)) is { } link)
                    return new Uri(link[(link.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim()).PathAndQuery;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), Stop);
        }

        throw new TimeoutException($"No digest with '{Subject}' came to {mailbox} within {Patience}.\n{fixture.Product.Log}");
    }

    private static string TextOf(string mail)
    {
        const string Part = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        if (!mail.Contains("Auto-Submitted: auto-generated", StringComparison.Ordinal) || mail.IndexOf(Part, StringComparison.Ordinal) is not (> 0 and var start))
            return "";
        var text = mail[(start + Part.Length)..];
        return Encoding.UTF8.GetString(Convert.FromBase64String(text[..text.IndexOf("\r\n--", StringComparison.Ordinal)]));
    }
}
