using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Platform.Engine;
using Platform.Engine.Language;
using Platform.Engine.Preview;
using Platform.Engine.Verdicts;
using Platform.Grains.Inspection;
using Platform.Scanning;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Lists;
using Platform.Storage.Reports;

namespace Platform.Grains.Reports;

/// <summary>
/// Reads mails that people forwarded to the report address and answers them with the verdict. Only a mailbox of the tenant is answered, and
/// only when the mail is proven to be of it: to whoever forged that name no answer goes, and so none goes to the one he named.
/// </summary>
internal sealed partial class ReportMailRun(
    IReportMails reports, IRecipientDirectory directory, IBodyStore bodies, IScannerPool scanners, ITenantLists lists, TenantPeople people, FlowSettings settings, TimeProvider clock, ILogger<ReportMailRun> logger)
{
    private const int Page = 20;

    /// <summary>Marks of a forwarded mail's subject, in the languages that mail programs here speak.</summary>
    private static readonly string[] Marks = ["fwd:", "fw:", "転送:", "転送:", "wg:", "re:"];

    /// <returns>How many were seen to.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var mail in await reports.WaitingAsync(Page, cancellationToken))
        {
            try
            {
                done += await AnswerAsync(mail, cancellationToken) ? 1 : 0;
            }
            catch (Exception exception) when (exception is BodyMissingException or CryptographicException)
            {
                await reports.CompleteAsync(mail, "unreadable", null, cancellationToken);
                LogDone(mail.Id, "unreadable");
                done++;
            }
        }

        return done;
    }

    /// <returns>False: no scanner is to be had now.</returns>
    private async Task<bool> AnswerAsync(ReportMail mail, CancellationToken cancellationToken)
    {
        var (outcome, finding) = await FindAsync(mail, cancellationToken);
        if (outcome is null)
            return false;
        await reports.CompleteAsync(mail, outcome, finding, cancellationToken);
        LogDone(mail.Id, outcome);
        return true;
    }

    /// <returns>No outcome: no scanner is to be had now.</returns>
    private async Task<(string? Outcome, ReportFinding? Finding)> FindAsync(ReportMail mail, CancellationToken cancellationToken)
    {
        if (await directory.FindTenantAsync(mail.TenantId, cancellationToken) is not { } tenant || await MailboxAsync(mail, cancellationToken) is not { } mailbox)
            return ("not-a-mailbox", null);
        if (!IsProven(mail, tenant))
            return ("not-authenticated", null);

        var forwarded = await scanners.ReadForwardAsync(await ReadAsync(mail, cancellationToken), cancellationToken);
        if (forwarded.Failure == ScannerFailure.Unavailable)
            return (null, null);
        Verdict? scanned = null;
        if (forwarded.Value is { IsAttached: true } original)
        {
            var scan = await ScanAsync(original, mailbox, tenant, cancellationToken);
            if (scan.Failure == ScannerFailure.Unavailable)
                return (null, null);
            scanned = scan.Value;
        }

        var kept = await reports.MatchAsync(tenant.Id, mailbox.Id, forwarded.Value?.Refers ?? [], SubjectOf(mail.Subject), scanned?.Facts, cancellationToken);
        var verdict = Worse(kept?.Verdict, scanned);
        var language = await reports.LanguageAsync(mailbox.Id, cancellationToken) ?? tenant.Language;
        return ("answered", new ReportFinding(mailbox.Id, mailbox.Address, language, kept, verdict?.Kind, Answer(mail, kept is not null || forwarded.Value is { IsAttached: true }, kept, verdict, language)));
    }

    /// <summary>
    /// What is kept may be a decoy of the same Message-ID, and what was attached lost the way it took: the worse of the two is told. Of a
    /// mail that is neither kept nor attached nothing is known, least of all by the mail that quotes it.
    /// </summary>
    private static Verdict? Worse(Verdict? kept, Verdict? scanned) => kept is null || scanned?.Kind > kept.Kind ? scanned : kept;

    /// <summary>The one mailbox that both the envelope and the header name.</summary>
    private async Task<MailboxRef?> MailboxAsync(ReportMail mail, CancellationToken cancellationToken)
    {
        if (!string.Equals(mail.MailFrom, mail.FromAddress, StringComparison.OrdinalIgnoreCase))
            return null;
        var found = await directory.FindOwnAsync(mail.MailFrom, cancellationToken);
        return found.Tenant?.Id == mail.TenantId ? found.Mailbox : null;
    }

    private static bool IsProven(ReportMail mail, TenantSettings tenant) =>
        mail.Verdict?.Authentication?.ProvesAuthor() == true
        || (System.Net.IPAddress.TryParse(mail.ClientAddress, out var client) && tenant.TrustedHops.Any(hop => System.Net.IPNetwork.TryParse(hop, out var network) && network.Contains(client)));

    private async Task<ReadOnlyMemory<byte>> ReadAsync(ReportMail mail, CancellationToken cancellationToken)
    {
        await using var body = await bodies.OpenReadAsync(mail.TenantId, mail.Body, cancellationToken);
        var bytes = new byte[Math.Min(body.Length, settings.Inspection.MaxMessageBytes)];
        await body.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private async Task<ScannerResult<Verdict>> ScanAsync(ForwardedMail original, MailboxRef mailbox, TenantSettings tenant, CancellationToken cancellationToken)
    {
        // Nothing is known of the way it took but what stands in it.
        var envelope = new Envelope(null, null, null, null, [mailbox.Address], MailDirection.Inbound);
        var context = new ScanContext(clock.GetUtcNow(), tenant.Domains, await people.OfAsync(tenant.Id, cancellationToken), tenant.TrustedHops, History.Unknown) { ServiceId = settings.Hostname };
        return await scanners.ScanAsync(new ScanRequest(original.Message, envelope, context) { Entries = await lists.OfAsync(tenant, cancellationToken) }, cancellationToken);
    }

    private static Dictionary<string, string> Answer(ReportMail mail, bool isKnown, KeptMail? kept, Verdict? verdict, string language)
    {
        var culture = Mails.Wording.Of(language).Culture;
        return new Dictionary<string, string>
        {
            ["subject"] = kept?.Subject ?? SubjectOf(mail.Subject),
            ["verdict"] = verdict is null ? "" : VerdictText.Name(verdict.Kind, culture),
            ["known"] = isKnown ? "yes" : "no",
            ["attack"] = verdict?.Kind.IsAttack() == true ? "yes" : "no",
            ["why"] = verdict?.Reasons.MaxBy(reason => reason.Weight) is { } reason ? ReasonText.Render(reason, culture) : "",
            ["inReplyTo"] = mail.MessageIdHeader is { Length: > 0 } id ? $"<{id}>" : "",
        };
    }

    private static string SubjectOf(string? subject)
    {
        var text = (subject ?? "").Trim();
        while (Array.Find(Marks, mark => text.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) is { } mark)
            text = text[mark.Length..].Trim();
        return text;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The mail {MessageId} to a report address: {Outcome}.")]
    private partial void LogDone(Guid messageId, string outcome);
}
