using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Protection;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Sending;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Protection;

/// <summary>A mail of a mailbox, protected for two people outside.</summary>
public abstract class ProtectionContract(IStorageBackend backend) : SendingContract(backend)
{
    protected const string Word = "zwvxmarker";

    protected static readonly ReaderPlace Place = new("JP");

    protected IReaderDesk Desk => Storage.Get<IReaderDesk>();

    protected IProtectedMails Protected => Storage.Get<IProtectedMails>();

    protected static ProtectForm Whole { get; } = new(ProtectedExtent.Mail, ViewOnly: false, 30);

    protected async Task<ProtectedSample> ProtectAsync(string slug = "acme", ProtectForm? form = null, DeliveryState state = DeliveryState.Queued)
    {
        var sender = await SenderAsync(slug);
        var sealedMail = await Mails.SealedAsync(Storage, sender.Tenant, $"Subject: {Word}\r\n\r\n{Word} in the body\r\n", Ct);
        var message = Submitted(sender, "a@partner.test", "b@partner.test") with { Id = sealedMail.Id, Body = sealedMail.Body };
        await AcceptAsync(message);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var verdict = Mails.Verdict(VerdictKind.Clean, subject: Word, text: $"{Word} in the body");
        verdict = verdict with { Facts = verdict.Facts with { FilesText = $"{Word} in a file", MoreNames = [$"a.zip/{Word}.txt"], Links = [$"https://{Word}.test/"], Attachments = [new AttachmentFacts($"{Word}.pdf", Word, "application/pdf", 99, new string('b', 64))] } };
        verdict = verdict with { Reasons = [new Reason("reply-to-mismatch", 30, new Evidence(EvidenceKind.Header, "Reply-To", Word), new Dictionary<string, string> { ["domain"] = Word })] };
        var outcome = Mails.Outcome(lease, state, verdict);
        Assert.True(await Flow.CompleteScanAsync(lease, outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision with { Form = new SendForm { Protect = form ?? Whole } })] }, Ct));
        return new ProtectedSample(sender.Tenant, sender.Mailbox, message.Id, [.. message.Deliveries.Select(delivery => delivery.Id)]);
    }

    protected async Task<ReaderMail> FindAsync(ProtectedSample sample, int recipient = 0) => (await Desk.FindAsync(sample.Tenant, sample.Deliveries[recipient], Ct))!;

    /// <summary>The secret of a browser in which a code was given.</summary>
    protected async Task<string> EnterAsync(ReaderMail mail)
    {
        var made = await Desk.MakeCodeAsync(mail, Ct);
        return (await Desk.EnterAsync(mail, made.Id, made.Code!, Ct))!;
    }

    protected async Task<List<string>> EventsAsync(ProtectedSample sample, string prefix)
    {
        await using var db = Storage.Open(Scope.System(sample.Tenant, "test"));
        return await db.Events.Where(row => row.Kind.StartsWith(prefix)).OrderBy(row => row.Sequence).Select(row => row.Data).ToListAsync(Ct);
    }

    protected static Scope Sender(ProtectedSample sample) => new(new HashSet<Guid> { sample.Tenant }, Permissions.OfMailbox, "user:ann", Mailboxes: new HashSet<Guid> { sample.Mailbox });
}

public sealed record ProtectedSample(Guid Tenant, Guid Mailbox, Guid Message, IReadOnlyList<Guid> Deliveries);
