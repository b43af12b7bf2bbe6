using System.Text.Json;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Platform.Benchmarks.Runner;

namespace Platform.EndToEnd.Tests.Submission;

/// <summary>Mail programs of a tenant send through the running product (OUT1).</summary>
[Collection(RunningProductCollection.Name)]
public sealed class SubmissionTests(ProductFixture fixture)
{
    private const string Me = "info@acme.test";
    private const string Colleague = "sales@acme.test";
    private const string Password = "demo-app-password";
    private const string EicarStart = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-256-PLUS")]
    public async Task A_program_sends_to_a_colleague(string mechanism)
    {
        var mail = Mail(Me, Colleague, "a plain hello");
        using var client = await ConnectAsync();
        await client.AuthenticateAsync(Mechanism(mechanism, Me, Password), Stop);
        await client.SendAsync(mail, Stop);

        var seen = await SettledAsync(mail);
        Assert.Equal(("SUBMISSION", "INTERNAL", "DELIVERED"), (seen.GetProperty("mode").GetString(), seen.GetProperty("direction").GetString(), StateOf(seen)));
    }

    [Fact]
    public async Task A_password_made_by_the_api_is_good_until_it_is_removed()
    {
        var mailbox = await MailboxAsync("keiri@acme.test");
        var made = (await fixture.Acme.QueryAsync(
            "mutation($id: ID!) { createAppPassword(input: { mailboxId: $id, name: \"Test\" }) { appPasswordId password errors { code } } }", new { id = mailbox }, Stop)).GetProperty("createAppPassword");
        using var client = await ConnectAsync();
        await client.AuthenticateAsync(Mechanism("SCRAM-SHA-256-PLUS", "keiri@acme.test", made.GetProperty("password").GetString()!), Stop);
        var kept = (await fixture.Acme.QueryAsync("query($id: ID!) { appPasswords(mailbox: $id) { nodes { name lastUsedFrom } } }", new { id = mailbox }, Stop)).GetProperty("appPasswords").GetProperty("nodes")[0];
        await fixture.Acme.QueryAsync("mutation($id: ID!) { removeAppPassword(input: { appPasswordId: $id }) { errors { code } } }", new { id = made.GetProperty("appPasswordId").GetString() }, Stop);
        using var late = await ConnectAsync();
        var open = await Record.ExceptionAsync(() => client.SendAsync(Mail("keiri@acme.test", Colleague, "still there"), Stop));

        Assert.Contains("has ended", open?.Message, StringComparison.Ordinal);
        Assert.Equal(("Test", "127.0.0.1"), (kept.GetProperty("name").GetString(), kept.GetProperty("lastUsedFrom").GetString()));
        await Assert.ThrowsAsync<AuthenticationException>(() => late.AuthenticateAsync(Mechanism("PLAIN", "keiri@acme.test", made.GetProperty("password").GetString()!), Stop));
    }

    [Theory]
    [InlineData(Me, "wrong")]
    [InlineData("nobody@acme.test", Password)]
    [InlineData("info+x@acme.test", Password)]
    [InlineData(Colleague, Password)]
    public async Task Nobody_gets_in_without_a_password_of_its_own(string user, string password)
    {
        foreach (var mechanism in new[] { "PLAIN", "SCRAM-SHA-256" })
        {
            using var client = await ConnectAsync();
            await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(Mechanism(mechanism, user, password), Stop));
        }
    }

    [Theory]
    [InlineData(Colleague, Me, "5.7.1")]
    [InlineData("ceo@partner.example", Me, "5.7.1")]
    [InlineData(Me, Colleague, "5.7.1")]
    [InlineData(Me, "ceo@partner.example", "5.7.1")]
    public async Task Mail_is_from_the_mailbox_that_is_logged_in(string envelope, string author, string status)
    {
        using var client = await ConnectAsync();
        await client.AuthenticateAsync(Mechanism("PLAIN", Me, Password), Stop);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(
            Mail(author, Colleague, "who is it from"), MailboxAddress.Parse(envelope), [MailboxAddress.Parse(Colleague)], Stop));

        Assert.Equal((550, true), ((int)refused.StatusCode, refused.Message.StartsWith(status, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("From: info@acme.test, ceo@partner.example")]
    [InlineData("From: info@acme.test\r\nFrom: ceo@partner.example")]
    [InlineData("From: info@acme.test\r\nSender: ceo@partner.example")]
    [InlineData("From: undisclosed:;")]
    [InlineData("Subject: nobody")]
    public async Task However_a_reader_takes_it_the_author_is_the_mailbox(string fields)
    {
        using var client = await ConnectAsync();
        await client.AuthenticateAsync(Mechanism("PLAIN", Me, Password), Stop);
        using var mail = await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(fields + $"\r\nMessage-ID: <{Guid.NewGuid():N}@acme.test>\r\n\r\nHello\r\n")), Stop);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(mail, MailboxAddress.Parse(Me), [MailboxAddress.Parse(Colleague)], Stop));

        Assert.StartsWith("5.7.1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleague_who_does_not_exist_is_refused_at_once()
    {
        using var client = await ConnectAsync();
        await client.AuthenticateAsync(Mechanism("PLAIN", Me, Password), Stop);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Mail(Me, "no-such-person@acme.test", "hello"), Stop));

        Assert.Equal(SmtpErrorCode.RecipientNotAccepted, refused.ErrorCode);
    }

    [Fact]
    public async Task What_is_dangerous_goes_nowhere()
    {
        var mail = Mail(Me, Colleague, "the file");
        var body = new BodyBuilder { TextBody = "see the file" };
        body.Attachments.Add("file.com", System.Text.Encoding.ASCII.GetBytes(EicarStart + "ANTIVIRUS-TEST-FILE!$H+H*"), new ContentType("application", "octet-stream"));
        mail.Body = body.ToMessageBody();
        using var client = await ConnectAsync();
        await client.AuthenticateAsync(Mechanism("PLAIN", Me, Password), Stop);
        await client.SendAsync(mail, Stop);

        Assert.Equal("QUARANTINED", StateOf(await SettledAsync(mail)));
    }

    [Fact]
    public async Task Who_sends_more_than_the_limit_is_blocked_until_somebody_looks()
    {
        const string Many = "r.kato@acme.test";
        var mailbox = await MailboxAsync(Many);
        await fixture.Acme.QueryAsync("mutation($id: ID!) { setPolicyValues(input: { mailbox: $id, values: [{ setting: \"send.hour.messages\", value: \"2\" }] }) { errors { code message } } }", new { id = mailbox }, Stop);
        using var client = await ConnectAsync();
        await client.AuthenticateAsync(Mechanism("PLAIN", Many, await PasswordAsync(mailbox)), Stop);
        await client.SendAsync(Mail(Many, Colleague, "one"), Stop);
        await client.SendAsync(Mail(Many, Colleague, "two"), Stop);

        var over = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Mail(Many, Colleague, "three"), Stop));
        var ended = await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(Mail(Many, Colleague, "four"), Stop));
        var block = (await fixture.Acme.QueryAsync("query($id: ID!) { sendBlocks(mailbox: $id) { nodes { reason blockedBy } } }", new { id = mailbox }, Stop)).GetProperty("sendBlocks").GetProperty("nodes")[0];
        await fixture.Acme.QueryAsync("mutation($id: ID!) { unblockSending(input: { mailboxId: $id }) { errors { code } } }", new { id = mailbox }, Stop);
        using var again = await ConnectAsync();
        await again.AuthenticateAsync(Mechanism("PLAIN", Many, await PasswordAsync(mailbox)), Stop);
        await again.SendAsync(Mail(Many, Colleague, "five"), Stop);

        Assert.Equal((451, "4.7.1"), ((int)over.StatusCode, over.Message[..5]));
        Assert.Contains("blocked", ended.Message, StringComparison.Ordinal);
        Assert.Equal(("hour.messages", "system:send-guard"), (block.GetProperty("reason").GetString(), block.GetProperty("blockedBy").GetString()));
    }

    [Fact]
    public async Task Without_a_login_nothing_is_taken()
    {
        using var client = await ConnectAsync();

        await Assert.ThrowsAsync<ServiceNotAuthenticatedException>(() => client.SendAsync(Mail(Me, Colleague, "hello"), Stop));
    }

    private async Task<string?> MailboxAsync(string address) =>
        (await fixture.Acme.QueryAsync("{ mailboxes(first: 200) { nodes { id address } } }", null, Stop)).GetProperty("mailboxes").GetProperty("nodes")
            .EnumerateArray().Single(node => node.GetProperty("address").GetString() == address).GetProperty("id").GetString();

    private async Task<string> PasswordAsync(string? mailbox) =>
        (await fixture.Acme.QueryAsync("mutation($id: ID!) { createAppPassword(input: { mailboxId: $id, name: \"Test\" }) { password } }", new { id = mailbox }, Stop)).GetProperty("createAppPassword").GetProperty("password").GetString()!;

    private async Task<SmtpClient> ConnectAsync()
    {
        var client = new SmtpClient { ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=mx.platform.test", CheckCertificateRevocation = false };
        await client.ConnectAsync("127.0.0.1", fixture.Product.Submission.Port, SecureSocketOptions.StartTls, Stop);
        return client;
    }

    private static SaslMechanism Mechanism(string name, string user, string password) => name switch
    {
        "PLAIN" => new SaslMechanismPlain(user, password),
        "LOGIN" => new SaslMechanismLogin(user, password),
        "SCRAM-SHA-256" => new SaslMechanismScramSha256(user, password),
        _ => new SaslMechanismScramSha256Plus(user, password),
    };

    private static MimeMessage Mail(string from, string to, string subject) => new([MailboxAddress.Parse(from)], [MailboxAddress.Parse(to)], subject, new TextPart("plain") { Text = "Hello, how are you?" })
    {
        MessageId = $"{Guid.NewGuid():N}@acme.test",
    };

    private async Task<JsonElement> SettledAsync(MimeMessage mail)
    {
        var seen = (JsonElement?)null;
        await Wait.ForAsync("the mail is where it stays", TimeSpan.FromSeconds(60), async () =>
        {
            var nodes = (await fixture.Acme.QueryAsync("{ messages(first: 50) { nodes { messageIdHeader mode direction deliveries { state } } } }", null, Stop)).GetProperty("messages").GetProperty("nodes");
            seen = nodes.EnumerateArray().Cast<JsonElement?>().FirstOrDefault(node => node!.Value.GetProperty("messageIdHeader").GetString() == mail.MessageId);
            return seen is { } found && StateOf(found) is not ("RECEIVED" or "QUEUED");
        }, Stop);
        return seen!.Value;
    }

    private static string? StateOf(JsonElement message) => message.GetProperty("deliveries")[0].GetProperty("state").GetString();
}
