using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.Protection;

/// <summary>A mailbox of the demo tenant sends protected mails to a colleague, whose notices and codes are read from the mailbox.</summary>
internal sealed partial class ProtectedRun(RunningProduct product, PlatformClient client, Random random)
{
    public const string Recipient = "keiri@acme.test";
    private const string Password = "demo-app-password";
    private const string Rule = """mutation($extent: ProtectedExtent!) { createSendRule(input: { name: "Bench", condition: "recipient == \"keiri@acme.test\"", actions: [{ kind: PROTECT, extent: $extent }], enabled: true }) { errors { code message } } }""";
    private const string Find = "{ outgoingMessages(first: 200) { nodes { id messageIdHeader } } }";

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public Task ProtectAsync(string extent, CancellationToken cancellationToken) => client.QueryAsync(Rule, new { extent }, cancellationToken);

    /// <summary>Sends one mail with words of its own in subject, text, page and file, and waits for its notice.</summary>
    public async Task<ProtectedMail> SendAsync(CancellationToken cancellationToken)
    {
        var word = string.Concat(Enumerable.Range(0, 16).Select(_ => (char)('a' + random.Next(26))));
        var id = $"{word[..8]}.{Guid.NewGuid():N}@acme.test";
        using var mail = new MimeMessage { Subject = $"Plan {word}", MessageId = id };
        mail.From.Add(MailboxAddress.Parse(Submitter.Mailbox));
        mail.To.Add(MailboxAddress.Parse(Recipient));
        var builder = new BodyBuilder { TextBody = $"Meet at {word}.", HtmlBody = $"<p>Meet at <b>{word}</b>.</p>" };
        builder.Attachments.Add("list.csv", Encoding.UTF8.GetBytes($"name,{word}\r\n"), new ContentType("text", "csv"));
        mail.Body = builder.ToMessageBody();
        await SubmitAsync(mail, cancellationToken);
        var notice = await NewMailAsync(found => found.MessageId == id, cancellationToken);
        var raw = notice.ToString();
        if (raw.Contains(word, StringComparison.Ordinal))
            throw new InvalidOperationException("What is protected stands in the notice.");
        return new ProtectedMail(word, id, LinkOf(notice));
    }

    /// <summary>The code of the latest mail that brought one.</summary>
    public async Task<string> CodeAsync(CancellationToken cancellationToken)
    {
        var mail = await NewMailAsync(static found => CodePattern().IsMatch(found.Subject ?? ""), cancellationToken);
        return CodePattern().Match(mail.Subject ?? "").Value.Replace(" ", "", StringComparison.Ordinal);
    }

    /// <returns>The id of the mail as the API has it.</returns>
    public async Task<string> IdAsync(ProtectedMail mail, CancellationToken cancellationToken) => (await client.QueryAsync(Find, null, cancellationToken)).GetProperty("outgoingMessages").GetProperty("nodes")
        .EnumerateArray().First(node => node.GetProperty("messageIdHeader").GetString() == mail.MessageId).GetProperty("id").GetString()!;

    public Task<System.Text.Json.JsonElement> WithdrawAsync(string messageId, CancellationToken cancellationToken) =>
        client.QueryAsync("mutation($id: ID!) { withdrawProtection(input: { messageId: $id }) { errors { code message } } }", new { id = messageId }, cancellationToken);

    /// <summary>A browser without a window: its own cookies, no redirect past the product.</summary>
    public HttpClient Browser() => new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = product.Http };

    /// <summary>A browser in which the code was given.</summary>
    public async Task<HttpClient> ReadingAsync(ProtectedMail mail, CancellationToken cancellationToken)
    {
        var browser = Browser();
        using var asked = await browser.PostAsync(new Uri(mail.Path + "/code", UriKind.Relative), null, cancellationToken);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("code", await CodeAsync(cancellationToken))]);
        using var entered = await browser.PostAsync(new Uri(mail.Path + "/enter", UriKind.Relative), form, cancellationToken);
        return browser;
    }

    private async Task SubmitAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        using var smtp = new MailKit.Net.Smtp.SmtpClient { ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=mx.platform.test", CheckCertificateRevocation = false };
        await smtp.ConnectAsync("127.0.0.1", product.Submission.Port, MailKit.Security.SecureSocketOptions.StartTls, cancellationToken);
        await smtp.AuthenticateAsync(Submitter.Mailbox, Password, cancellationToken);
        await smtp.SendAsync(mail, cancellationToken);
        await smtp.DisconnectAsync(quit: true, cancellationToken);
    }

    private async Task<MimeMessage> NewMailAsync(Func<MimeMessage, bool> wanted, CancellationToken cancellationToken)
    {
        MimeMessage? found = null;
        await Wait.ForAsync("a mail arrived", TimeSpan.FromSeconds(60), () =>
        {
            foreach (var file in DeliveredMail.Read(product.Delivered, Recipient).Where(file => !_seen.Contains(file.Path)))
            {
                using var bytes = new MemoryStream(file.Bytes.ToArray());
                var mail = MimeMessage.Load(bytes, cancellationToken);
                if (!wanted(mail))
                    continue;
                _seen.Add(file.Path);
                found = mail;
                return Task.FromResult(true);
            }

            return Task.FromResult(false);
        }, cancellationToken);
        return found!;
    }

    private static string LinkOf(MimeMessage notice) => LinkPattern().Match(notice.TextBody ?? "").Groups[1].Value is { Length: > 0 } path ? path : throw new InvalidOperationException("The notice has no link.");

    [GeneratedRegex(@"https?://[^/\s]+(/r/[A-Za-z0-9_-]+)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"\d{4} \d{4}")]
    private static partial Regex CodePattern();
}

/// <param name="Word">Stands in subject, text, page and file of it and nowhere else.</param>
/// <param name="Path">In the reader.</param>
internal sealed record ProtectedMail(string Word, string MessageId, string Path);
