using System.Globalization;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;
using Platform.Engine.Language;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;

namespace Platform.Api.Identity.Approvals;

/// <summary>
/// Where approvers decide over outgoing mail, on a phone too and without script (OUT5). The link of a mail leads here and gives no right:
/// whoever opens it signs in, and a GET decides nothing.
/// </summary>
internal sealed class ApprovalRoutes(Visitors visitors, IApprovals approvals, IRecipientDirectory directory, IPolicyBook policies, PageRenderer pages)
{
    private const string Path = "/account/approvals";
    private const int MaxListed = 100;

    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/approvals", (HttpContext context, ApprovalRoutes routes, string? done) => routes.ForApproverAsync(context, Path, approver => routes.ListAsync(context, approver, done)));
        account.MapGet("/approvals/{message:guid}", (HttpContext context, ApprovalRoutes routes, Guid message) =>
            routes.ForApproverAsync(context, $"{Path}/{message}", approver => routes.ShowAsync(context, approver, message)));
        account.MapPost("/approvals/{message:guid}", (HttpContext context, ApprovalRoutes routes, Guid message, IFormCollection form) =>
            routes.ForApproverAsync(context, $"{Path}/{message}", approver => routes.DecideAsync(context, approver, message, form["decision"], form["comment"].ToString(), [.. form["recipients"].OfType<string>()]))).DisableAntiforgery();
    }

    private async Task<IResult> ForApproverAsync(HttpContext context, string here, Func<Approver, Task<IResult>> answer) => await visitors.FindAsync(context) switch
    {
        null => Results.Redirect($"/account/sign-in?returnUrl={Uri.EscapeDataString(here)}"),
        { Account: { TenantId: { } tenant } account } when account.Permissions.Contains(Permissions.ApprovalsDecide) => await answer(new Approver(tenant, account.Id)),
        _ => await pages.ShowMessageAsync(context, "approvals.title", "approvals.not-yours", StatusCodes.Status403Forbidden),
    };

    private async Task<IResult> ListAsync(HttpContext context, Approver approver, string? done)
    {
        var (texts, zone) = (await pages.LanguageAsync(context), await ZoneAsync(approver, context.RequestAborted));
        var queue = await approvals.QueueAsync(approver.TenantId, approver.AccountId, MaxListed, context.RequestAborted);
        return await pages.ShowAsync<ApprovalsPage>(context, new Dictionary<string, object?>
        {
            ["Mails"] = queue.Select(mail => new ApprovalLine($"{Path}/{mail.MessageId}", mail.From, SubjectOf(mail, texts), texts.Format("approvals.until", Moment(mail.ExpiresAt, zone)))).ToList(),
            ["Done"] = done is "approved" or "declined" ? texts["approvals.done." + done] : null,
        });
    }

    private async Task<IResult> ShowAsync(HttpContext context, Approver approver, Guid message, string? error = null)
    {
        if (await approvals.LookAsync(approver.TenantId, approver.AccountId, message, context.RequestAborted) is not { } view)
            return await pages.ShowMessageAsync(context, "approvals.title", "approvals.gone", StatusCodes.Status404NotFound);
        var (texts, zone) = (await pages.LanguageAsync(context), await ZoneAsync(approver, context.RequestAborted));
        return await pages.ShowAsync<ApprovalPage>(
            context,
            new Dictionary<string, object?> { ["Mail"] = Shown(view, texts, zone), ["Error"] = error is null ? null : texts[error] },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private async Task<IResult> DecideAsync(HttpContext context, Approver approver, Guid message, string? decision, string comment, string[] recipients)
    {
        if (decision is not ("approve" or "decline"))
            return await ShowAsync(context, approver, message);
        var deliveries = recipients.Select(id => Guid.TryParse(id, out var delivery) ? delivery : Guid.Empty).ToList();
        if (deliveries.Count == 0)
            return await ShowAsync(context, approver, message, "approvals.nobody");
        var decided = await approvals.DecideAsync(approver.TenantId, approver.AccountId, deliveries, decision == "approve", comment, context.RequestAborted);
        return decided.Code switch
        {
            null => Results.Redirect($"{Path}?done={(decision == "approve" ? "approved" : "declined")}"),
            "INVALID_NOTE" => await ShowAsync(context, approver, message, "approvals.note"),
            _ => await pages.ShowMessageAsync(context, "approvals.title", "approvals.gone", StatusCodes.Status409Conflict),
        };
    }

    private static ApprovalMailView Shown(ApprovalView view, Wording texts, TimeZoneInfo zone) => new(
        $"{Path}/{view.Mail.MessageId}",
        view.Mail.From,
        SubjectOf(view.Mail, texts),
        Moment(view.Mail.SentAt, zone),
        view.Mail.Chain,
        Moment(view.Mail.ExpiresAt, zone),
        [.. view.Mail.Deliveries.Select(delivery => (delivery.DeliveryId.ToString(), delivery.Recipient))],
        [.. view.Mail.Reasons.Select(reason => $"{SendingReasons.Text(reason, CultureInfo.GetCultureInfo(texts.Language))} ({reason.Held})")],
        [.. (view.Verdict?.Reasons ?? []).OrderByDescending(reason => Math.Abs(reason.Weight)).Take(10).Select(reason => ReasonText.Render(reason, CultureInfo.GetCultureInfo(texts.Language)))],
        [.. (view.Verdict?.Facts.Attachments ?? []).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} ({file.Type}, {(file.Size + 1_023) / 1_024} KB)"))],
        view.Text);

    private static string SubjectOf(ApprovalMail mail, Wording texts) => string.IsNullOrWhiteSpace(mail.Subject) ? texts["approvals.no-subject"] : mail.Subject;

    private static string Moment(DateTimeOffset time, TimeZoneInfo zone) => string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(time, zone):yyyy-MM-dd HH:mm} ({zone.Id})");

    private async Task<TimeZoneInfo> ZoneAsync(Approver approver, CancellationToken cancellationToken) => await directory.FindTenantAsync(approver.TenantId, cancellationToken) is { } tenant
        ? (await policies.OfAsync(tenant, cancellationToken)).Tenant.DigestOf().Zone
        : TimeZoneInfo.Utc;

    private sealed record Approver(Guid TenantId, Guid AccountId);
}
