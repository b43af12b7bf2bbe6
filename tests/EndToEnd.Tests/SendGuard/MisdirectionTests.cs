using System.Text.Json;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Platform.Benchmarks.Runner;

namespace Platform.EndToEnd.Tests.SendGuard;

/// <summary>Mail to the wrong person and to attackers, through the running product (OUT6, OUT10).</summary>
[Collection(RunningProductCollection.Name)]
public sealed class MisdirectionTests(ProductFixture fixture)
{
    private const string Me = "info@acme.test";
    private const string Password = "demo-app-password";
    private const string EicarStart = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mistyped_domain_waits_until_its_sender_confirms_or_calls_it_back()
    {
        var mail = Mail(Me, "hanako.suzuki@gmial.com", "the minutes");
        await SubmitAsync(mail);

        var delivery = (await SettledAsync(mail)).GetProperty("deliveries")[0];
        var reason = delivery.GetProperty("stages")[0].GetProperty("reasons")[0];
        Assert.Equal("AWAITING_CONFIRMATION", delivery.GetProperty("state").GetString());
        Assert.Equal("LOOK_ALIKE_DOMAIN", reason.GetProperty("finding").GetProperty("kind").GetString());
        Assert.Contains("gmail.com ではありませんか", reason.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_an_attacker_is_held()
    {
        var attacker = $"evil-{Guid.NewGuid():N}@attack.example";
        var attack = Mail("boss@forged.example", Me, "an invoice");
        attack.ReplyTo.Add(MailboxAddress.Parse(attacker));
        var body = new BodyBuilder { TextBody = "see the file" };
        body.Attachments.Add("file.com", System.Text.Encoding.ASCII.GetBytes(EicarStart + "ANTIVIRUS-TEST-FILE!$H+H*"), new ContentType("application", "octet-stream"));
        attack.Body = body.ToMessageBody();
        using (var client = new SmtpClient { CheckCertificateRevocation = false })
        {
            await client.ConnectAsync("127.0.0.1", fixture.Product.Smtp.Port, SecureSocketOptions.None, Stop);
            await Record.ExceptionAsync(() => client.SendAsync(attack, Stop));
        }

        await SettledAsync(attack);
        var answer = Mail(Me, attacker, "Re: an invoice");
        await SubmitAsync(answer);

        var delivery = (await SettledAsync(answer)).GetProperty("deliveries")[0];
        Assert.Equal("QUARANTINED", delivery.GetProperty("state").GetString());
        Assert.Equal("KNOWN_ATTACKER", delivery.GetProperty("decision").GetProperty("findings")[0].GetProperty("kind").GetString());
    }

    private async Task SubmitAsync(MimeMessage mail)
    {
        using var client = new SmtpClient { ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=mx.platform.test", CheckCertificateRevocation = false };
        await client.ConnectAsync("127.0.0.1", fixture.Product.Submission.Port, SecureSocketOptions.StartTls, Stop);
        await client.AuthenticateAsync(new SaslMechanismPlain(Me, Password), Stop);
        await client.SendAsync(mail, Stop);
    }

    private static MimeMessage Mail(string from, string to, string subject) => new([MailboxAddress.Parse(from)], [MailboxAddress.Parse(to)], subject, new TextPart("plain") { Text = "Hello, how are you?" })
    {
        MessageId = $"{Guid.NewGuid():N}@acme.test",
    };

    private async Task<JsonElement> SettledAsync(MimeMessage mail)
    {
        var seen = (JsonElement?)null;
        await Wait.ForAsync("the mail is where it stays", TimeSpan.FromSeconds(60), async () =>
        {
            const string Query = "{ messages(first: 50) { nodes { messageIdHeader deliveries { state decision { findings { kind } } stages { reasons { text(language: JA) finding { kind } } } } } } }";
            var nodes = (await fixture.Acme.QueryAsync(Query, null, Stop)).GetProperty("messages").GetProperty("nodes");
            seen = nodes.EnumerateArray().Cast<JsonElement?>().FirstOrDefault(node => node!.Value.GetProperty("messageIdHeader").GetString() == mail.MessageId);
            return seen is { } found && found.GetProperty("deliveries")[0].GetProperty("state").GetString() is not ("RECEIVED" or "QUEUED");
        }, Stop);
        return seen!.Value;
    }
}
