using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Transport;
using Platform.Grains.Deliveries.Smtp;
using Platform.Grains.Egress;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Transport;

namespace Platform.Grains.Transport.Reports;

/// <summary>Sends one report to whom the domain names (RFC 8460, 3 and 5): by mail through our own relay, signed, or by HTTPS.</summary>
internal sealed partial class TlsReportRun(
    ITlsReports reports, IDnsResolver dns, TransportHttp http, IBodyStore bodies, FlowSettings settings, TimeProvider clock, ILogger<TlsReportRun> logger)
{
    private const int MaxAttempts = 8;
    private const int MaxAnswer = 64 * 1024;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Retry = TimeSpan.FromHours(1);

    /// <returns>False when none is due.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await reports.ClaimAsync(Lease, cancellationToken) is not { } report)
            return false;
        var record = await dns.QueryAsync(TlsReportRecord.Prefix + report.Domain, DnsType.Txt, cancellationToken);
        var targets = TlsReportRecord.Targets(record.Records.OfType<DnsRecord.Text>().Select(text => text.Value));
        if (record.IsTemporary && report.Attempts < MaxAttempts)
            await reports.ReturnAsync(report, clock.GetUtcNow() + Retry, cancellationToken);
        else if (targets.Count == 0)
            await reports.EndAsync(report, isSent: false, "the domain asks for no reports", [], cancellationToken);
        else
            await SendAsync(report, targets, cancellationToken);
        return true;
    }

    private async Task SendAsync(DueTlsReport report, IReadOnlyList<Uri> targets, CancellationToken cancellationToken)
    {
        var domains = await reports.DomainsAsync(report.TenantId, cancellationToken);
        var sessions = await reports.SessionsAsync(report, cancellationToken);
        if (domains is not [var submitter, ..] || sessions.Count == 0)
        {
            await reports.EndAsync(report, isSent: false, "there is nothing to tell, or no domain in whose name", [], cancellationToken);
            return;
        }

        var packed = TlsReportDocument.Of(report, submitter.Name, sessions).Pack();
        List<string> outcomes = [];
        var isAnyLater = false;
        var isPosted = false;
        foreach (var target in targets.Where(target => target.Scheme == Uri.UriSchemeHttps))
        {
            var fault = await PostAsync(target, packed, cancellationToken);
            outcomes.Add($"{target.Host}: {fault ?? "taken"}");
            (isPosted, isAnyLater) = (isPosted || fault is null, isAnyLater || fault is not null);
        }

        // One address that took it is enough (RFC 8460, 3: the addresses are of one receiver); unsigned mail would not be taken (RFC 8460, 5.3).
        var mails = submitter.Signs ? await MailsAsync(report, submitter.Name, targets, packed, cancellationToken) : [];
        outcomes.AddRange(mails.Select(mail => mail.Deliveries[0].Recipient));
        if (mails.Count == 0 && targets.Any(target => target.Scheme == Uri.UriSchemeMailto))
            outcomes.Add("no mail: no domain of the tenant signs");
        if (!isPosted && mails.Count == 0 && isAnyLater && report.Attempts < MaxAttempts)
        {
            await reports.ReturnAsync(report, clock.GetUtcNow() + Retry, cancellationToken);
            return;
        }

        if (!await reports.EndAsync(report, isPosted || mails.Count > 0, string.Join("; ", outcomes), mails, cancellationToken))
        {
            LogLeaseLost(report.Id);
            foreach (var mail in mails)
                await bodies.DeleteAsync(mail.Body.Reference, CancellationToken.None);
        }
    }

    /// <returns>Why it was not taken; null when it was.</returns>
    private async Task<string?> PostAsync(Uri target, byte[] packed, CancellationToken cancellationToken)
    {
        if (http.Policy.RefuseHttp(target) is { } refusal)
            return refusal;
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(packed) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(TlsReportMail.MediaType);
        try
        {
            var answer = await http.ReadAsync(request, MaxAnswer, Patience, cancellationToken);
            return answer.IsSuccess ? null : $"answers {answer.Status}";
        }
        catch (EgressRefusedException exception)
        {
            return exception.Message;
        }
    }

    private async Task<IReadOnlyList<NewMessage>> MailsAsync(DueTlsReport report, string submitter, IReadOnlyList<Uri> targets, byte[] packed, CancellationToken cancellationToken)
    {
        List<NewMessage> mails = [];
        foreach (var address in targets.Where(target => target.Scheme == Uri.UriSchemeMailto).Select(target => $"{Uri.UnescapeDataString(target.UserInfo)}@{target.IdnHost}").Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!SmtpAddress.IsSendable(address) || !Ascii.IsValid(address))
                continue;
            var now = clock.GetUtcNow();
            await using var writer = await bodies.CreateAsync(report.TenantId, cancellationToken);
            await writer.WriteAsync(new TlsReportMail(report, submitter, address, packed, now).ToBytes(), cancellationToken);
            mails.Add(new NewMessage(
                Guid.CreateVersion7(now),
                report.TenantId,
                IntakeMode.Notice,
                new Envelope(null, null, settings.Hostname, MailFrom: "", [address], MailDirection.Outbound),
                await writer.SealAsync(cancellationToken),
                Prologue: "",
                now,
                [new NewDelivery(Guid.CreateVersion7(now), address, MailboxId: null, Notify: "NEVER", OriginalRecipient: null)],
                SmtpParameters.None));
        }

        return mails;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of TLS report {ReportId} was lost.")]
    private partial void LogLeaseLost(Guid reportId);
}
