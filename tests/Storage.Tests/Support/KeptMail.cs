using System.Text;
using Platform.Engine.Verdicts;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Search;

namespace Platform.Storage.Tests.Support;

/// <summary>Mail that went the whole way into the storage: sealed body, verdict, text, index.</summary>
internal static class KeptMail
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <param name="sender">The mailbox that sent it to somebody outside; null: it came in.</param>
    /// <param name="word">Stands in subject, sender, text, link and attachment name.</param>
    public static async Task<NewMessage> AddAsync(
        TestStorage storage, Guid tenant, string word, CancellationToken cancellationToken, VerdictKind verdict = VerdictKind.Phishing, DeliveryState to = DeliveryState.Quarantined, Guid? mailbox = null, Guid? sender = null)
    {
        var flow = storage.Get<IMessageFlow>();
        await using var writer = await storage.Get<IBodyStore>().CreateAsync(tenant, cancellationToken);
        await writer.WriteAsync(Encoding.UTF8.GetBytes($"Subject: {word}\r\n\r\n{word}\r\n"), cancellationToken);
        var now = storage.Time.GetUtcNow();
        var plain = Mails.To(tenant, now, sender is null ? "info@acme.test" : "someone@outside.test");
        var message = plain with
        {
            Body = await writer.SealAsync(cancellationToken),
            SenderMailboxId = sender,
            Envelope = plain.Envelope with { MailFrom = $"{word}@outside.test" },
            Deliveries = [.. plain.Deliveries.Select(d => new NewDelivery(d.Id, d.Recipient, mailbox, null, null))],
        };
        await flow.AcceptAsync([message], cancellationToken);
        var lease = Assert.Single(await flow.ClaimScansAsync(1, Lease, cancellationToken));
        var made = Mails.Verdict(verdict, subject: word, text: $"the text says {word}");
        made = made with
        {
            Facts = made.Facts with { FromAddress = $"{word}@outside.test", FromName = word, Links = [$"https://{word}.test/"], Attachments = [new AttachmentFacts(word + ".pdf", "application/pdf", "application/pdf", 9, new string('c', 64))] },
            Reasons = [new Reason("reply-to-mismatch", 30, new Evidence(EvidenceKind.Header, "Reply-To", word), new Dictionary<string, string> { ["domain"] = word })],
        };
        await flow.CompleteScanAsync(lease, Mails.Outcome(lease, to, made), cancellationToken);
        await storage.Get<SearchProjection>().RunOnceAsync(cancellationToken);
        return message;
    }
}
