using Platform.Engine.Rewriting;
using Platform.Grains.Deliveries;
using Platform.Grains.Tracking;
using Platform.Mails;
using Platform.Mails.Templates;
using Platform.Scanning;
using Platform.Storage.Directory;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Protection;
using Platform.Storage.Quarantine;

namespace Platform.Grains.Protection;

/// <summary>What becomes of a mail's bytes on their way out.</summary>
internal abstract record FormedMail
{
    /// <param name="Message">The whole message as it goes to this recipient.</param>
    public sealed record Changed(ReadOnlyMemory<byte> Message) : FormedMail
    {
        /// <summary>A notice of ours in the place of the mail.</summary>
        public bool IsNotice { get; init; }
    }

    /// <summary>Nothing in it is to be changed.</summary>
    public sealed record Same : FormedMail;

    /// <summary>It does not go out: what must not leave could not be taken out, or its reader was closed already.</summary>
    public sealed record Stopped(DeliveryFailure Failure) : FormedMail;
}

/// <summary>
/// Gives a mail the form in which it leaves for one recipient (OUT5, OUT8, OUT12). What is to be protected never leaves unprotected: where
/// files cannot be taken out alone, all of the mail goes to the reader; where no scanner answers, the delivery waits.
/// </summary>
internal sealed class OutgoingForms(
    IScannerPool scanners,
    IReaderDesk desk,
    ITrackedCopies copies,
    IActionLinks links,
    MailRenderer renderer,
    IRecipientDirectory directory,
    IPolicyBook policies,
    FlowSettings settings,
    TimeProvider clock) : IDisposable
{
    /// <summary>Messages held whole in memory at a time.</summary>
    private const int AtATime = 4;

    /// <summary>Links outlive every protection; whether one still opens says its row.</summary>
    private static readonly TimeSpan LinksFor = TimeSpan.FromDays(800);

    private readonly SemaphoreSlim _places = new(AtATime);

    /// <param name="body">Read from its begin.</param>
    public async Task<FormedMail> MakeAsync(RelayLease lease, Stream body, CancellationToken cancellationToken)
    {
        var copy = await copies.OfAsync(lease, cancellationToken);
        if (lease.Form is { Protect: null, Strip: [] } && copy is null)
            return new FormedMail.Same();
        ReaderMail? mail = null;
        if (lease.Form.Protect is not null)
        {
            mail = await desk.FindAsync(lease.TenantId, lease.DeliveryId, cancellationToken);
            if (mail?.State is not ReaderState.Open)
                return Stop("5.7.1", "The mail was withdrawn, or its time in the secure reader was over, before it left.");
        }

        await _places.WaitAsync(cancellationToken);
        try
        {
            var message = new byte[body.Length];
            body.Position = 0;
            await body.ReadExactlyAsync(message, cancellationToken);
            var formed = await FormAsync(lease, message, mail, cancellationToken);
            return copy is null ? formed : await TrackedAsync(formed, message, copy, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<FormedMail> FormAsync(RelayLease lease, ReadOnlyMemory<byte> message, ReaderMail? mail, CancellationToken cancellationToken)
    {
        var words = Wording.Of((await directory.FindTenantAsync(lease.TenantId, cancellationToken))?.Language);
        var current = message;
        if (ReaderViews.LeftOut(lease.Form.Strip) is { } stripped && mail?.Delivery.Extent is not ProtectedExtent.Mail)
        {
            var end = await scanners.RewriteAsync(message, new MailRewrite { Take = stripped with { InPlace = words["protected.stripped"] } }, cancellationToken);
            switch (end.Value?.End)
            {
                case RewriteEnd.Changed:
                    current = end.Value.Message;
                    break;
                case RewriteEnd.Unchanged:
                    break;
                case null:
                    return Wait();
                default:
                    return Stop("5.7.1", "A rule leaves out files of this mail, and it is signed, encrypted or unclear, so that it cannot be changed.");
            }
        }

        if (mail is null)
            return current.Equals(message) ? new FormedMail.Same() : new FormedMail.Changed(current);
        if (mail.Delivery.Extent == ProtectedExtent.Mail)
            return await NoticeAsync(lease, message, mail, words, cancellationToken);
        var password = await desk.FilePasswordAsync(mail, cancellationToken);
        if (password is null && mail.Delivery.Extent == ProtectedExtent.LockedFiles)
            return Stop("5.7.1", "The mail was withdrawn for good before it left.");
        var taken = await TakeAsync(lease, current, mail, words, password, cancellationToken);
        switch (taken.Value?.End)
        {
            case RewriteEnd.Changed:
                return new FormedMail.Changed(taken.Value.Message);
            case RewriteEnd.Unchanged:
                return current.Equals(message) ? new FormedMail.Same() : new FormedMail.Changed(current);
            case null:
                return Wait();
            default:
                await desk.WidenAsync(mail, cancellationToken);
                return await NoticeAsync(lease, message, mail, words, cancellationToken);
        }
    }

    /// <summary>With the recipient's own picture, where the mail has room for it: a mail goes out untracked rather than not at all.</summary>
    private async Task<FormedMail> TrackedAsync(FormedMail formed, ReadOnlyMemory<byte> message, TrackedCopy copy, CancellationToken cancellationToken)
    {
        if (formed is FormedMail.Stopped or FormedMail.Changed { IsNotice: true })
            return formed;
        var current = formed is FormedMail.Changed changed ? changed.Message : message;
        var tracked = await scanners.RewriteAsync(current, new MailRewrite { Note = new MailNote("", "", copy.Html) }, cancellationToken);
        if (tracked.Value is not { End: RewriteEnd.Changed } made)
            return formed;
        await copies.MadeAsync(copy, cancellationToken);
        return new FormedMail.Changed(made.Message);
    }

    private async Task<ScannerResult<RewrittenMail>> TakeAsync(RelayLease lease, ReadOnlyMemory<byte> message, ReaderMail mail, Wording words, string? password, CancellationToken cancellationToken)
    {
        var link = LinkOf(lease);
        var extent = mail.Delivery.Extent;
        var until = await UntilAsync(lease, mail, words, cancellationToken);
        var english = Wording.Of("en");
        var note = new MailNote(
            ProtectedFilesNote.Text(words, KindOf(extent), link, until),
            ProtectedFilesNote.Text(english, KindOf(extent), link, english.Moment(mail.Delivery.ExpiresAt, TimeZoneInfo.Utc)),
            ProtectedFilesNote.Html(words, KindOf(extent), link, until));
        var choice = ReaderViews.Protected(mail.Delivery)! with { InPlace = $"{words["protected.in-place"]}\n{link.AbsoluteUri}" };
        return await scanners.RewriteAsync(message, new MailRewrite { Take = choice, Note = note, Lock = password }, cancellationToken);
    }

    private static ProtectedFilesKind KindOf(ProtectedExtent extent) => extent switch
    {
        ProtectedExtent.LargeFiles => ProtectedFilesKind.Large,
        ProtectedExtent.LockedFiles => ProtectedFilesKind.Locked,
        _ => ProtectedFilesKind.InReader,
    };

    private async Task<FormedMail> NoticeAsync(RelayLease lease, ReadOnlyMemory<byte> message, ReaderMail mail, Wording words, CancellationToken cancellationToken)
    {
        var zone = await ZoneAsync(lease, cancellationToken);
        var brand = new MailBrand(settings.Notices.FromName, settings.Notices.FromAddress ?? $"no-reply@{settings.Hostname}", settings.Notices.Logo);
        var notice = await renderer.RenderAsync(new ProtectedNoticeMail(mail.From, LinkOf(lease), mail.Delivery.ExpiresAt, zone), brand, words.Language);
        var replaced = await scanners.RewriteAsync(message, new MailRewrite { Replacement = new MailReplacement(notice.Subject, notice.Text, notice.Html) }, cancellationToken);
        return replaced.Value is { End: RewriteEnd.Changed } changed ? new FormedMail.Changed(changed.Message) { IsNotice = true } : Wait();
    }

    private Uri LinkOf(RelayLease lease) => new(
        settings.Notices.PublicAddress,
        "r/" + links.Sign(new ActionLink(LinkPurpose.Read, lease.TenantId, lease.DeliveryId, lease.SenderMailboxId ?? Guid.Empty, clock.GetUtcNow() + LinksFor)));

    private async Task<string> UntilAsync(RelayLease lease, ReaderMail mail, Wording words, CancellationToken cancellationToken) =>
        words.Moment(mail.Delivery.ExpiresAt, await ZoneAsync(lease, cancellationToken));

    private async Task<TimeZoneInfo> ZoneAsync(RelayLease lease, CancellationToken cancellationToken) => await directory.FindTenantAsync(lease.TenantId, cancellationToken) is { } tenant
        ? (await policies.OfAsync(tenant, cancellationToken)).Tenant.DigestOf().Zone
        : TimeZoneInfo.Utc;

    private static FormedMail.Stopped Wait() => Stop("4.3.0", "The mail could not be given its protected form; it is tried again.");

    private static FormedMail.Stopped Stop(string status, string text) => new(new DeliveryFailure(status, text));
}
