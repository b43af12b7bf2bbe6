using Platform.Api.Edge;
using Platform.Grains;
using Platform.Mails;
using Platform.Mails.Pages;
using Platform.Storage.Bodies;
using Platform.Storage.Links;
using Platform.Storage.Quarantine;

namespace Platform.Api.Links;

/// <summary>
/// The pages behind the links of mails. A GET shows what a link will do and changes nothing, since mail scanners open every link; a POST
/// does it. The token in the path is the whole right to act: no cookie counts, the page loads nothing that could learn its address, and
/// the log of requests stays at a level that shows no paths.
/// </summary>
internal sealed partial class LinkRoutes(
    IActionLinks links, ILinkActions actions, LinkPages pages, MessageContent content, MailRenderer renderer, FlowSettings settings, ILogger<LinkRoutes> logger)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/l/{token}", (string token, HttpContext context, LinkRoutes route, CancellationToken cancellationToken) => route.AnswerAsync(context, token, confirmed: false, cancellationToken))
            .ExcludeFromDescription().AllowAnybody();
        routes.MapPost("/l/{token}", (string token, HttpContext context, LinkRoutes route, CancellationToken cancellationToken) => route.AnswerAsync(context, token, confirmed: true, cancellationToken))
            .ExcludeFromDescription().AllowAnybody();
    }

    private async Task<IResult> AnswerAsync(HttpContext context, string token, bool confirmed, CancellationToken cancellationToken)
    {
        var words = Wording.Of(Languages.Choose(context.Request));
        try
        {
            var (status, link) = links.Read(token);
            if (link is null or { Purpose: LinkPurpose.Read })
                return await ShowAsync(context, words, LinkPages.Of("foreign", words), 404);
            var thing = await actions.LookAsync(link, cancellationToken);
            words = thing is null ? words : Wording.Of(thing.Language);
            if (status == LinkStatus.Expired)
                return await ShowAsync(context, words, LinkPages.Of("expired", words), 410);
            if (thing is null)
                return await ShowAsync(context, words, LinkPages.Of("gone", words), 410);
            if (!confirmed || LinkPages.Obstacle(link, thing) is not null)
                return await ShowAsync(context, words, pages.Asking(link, thing, words), 200);
            return await ShowAsync(context, words, link.Purpose == LinkPurpose.View ? await MailAsync(link, thing, words, cancellationToken) : await ActAsync(link, thing, words, cancellationToken), 200);
        }
        catch (BodyMissingException)
        {
            return await ShowAsync(context, words, LinkPages.Of("gone", words), 410);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The address of the page is a secret, so that the log names none.
            LogFailed(problem);
            return await ShowAsync(context, words, LinkPages.Of("failed", words), 500);
        }
    }

    private async Task<LinkView> ActAsync(ActionLink link, LinkedThing thing, Wording words, CancellationToken cancellationToken)
    {
        var done = await actions.ActAsync(link, cancellationToken);
        return done.Succeeded ? LinkPages.Done(link, thing, words) : LinkPages.Of(LinkPages.KeyOf(done.Code!), words);
    }

    /// <summary>The mail made safe in a scanner process, as text, on the audit log like every look at content.</summary>
    private async Task<LinkView> MailAsync(ActionLink link, LinkedThing thing, Wording words, CancellationToken cancellationToken)
    {
        if (await actions.ScopeOfAsync(link, cancellationToken) is not { } scope)
            return LinkPages.Of("gone", words);
        var readable = thing.Rights.HasFlag(QuarantineRights.Preview);
        try
        {
            var preview = await content.PreviewAsync(scope, thing.Mail!.MessageId, readable ? QuarantineRights.Preview : QuarantineRights.Headers, null, cancellationToken);
            return pages.Mail(link, thing, words, readable ? preview.Text : null, thing.Rights.HasFlag(QuarantineRights.Headers) ? [.. preview.Headers.Select(header => (header.Name, header.Value))] : []);
        }
        catch (ApiException refused) when (refused.Code is ErrorCodes.ContentUnreadable or ErrorCodes.ScannerUnavailable)
        {
            return pages.Mail(link, thing, words, words["page.view.unreadable"], []);
        }
    }

    private async Task<IResult> ShowAsync(HttpContext context, Wording words, LinkView view, int status)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.CacheControl = "no-store";
        headers.ContentLanguage = words.Language;
        var html = await renderer.RenderAsync<LinkPage>(new Dictionary<string, object?>
        {
            [nameof(LinkPage.View)] = view,
            [nameof(LinkPage.Logo)] = settings.Notices.Logo,
            [nameof(LinkPage.Words)] = words,
        });
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page behind a link failed.")]
    private partial void LogFailed(Exception exception);
}
