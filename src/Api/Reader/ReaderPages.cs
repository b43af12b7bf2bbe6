using Microsoft.AspNetCore.Components;
using Platform.Mails;
using Platform.Mails.Pages;
using Platform.Storage.Protection;

namespace Platform.Api.Reader;

/// <summary>Answers of the reader: pages with the headers that keep them from being stored, framed by others, or told to anybody.</summary>
internal sealed class ReaderPages(MailRenderer renderer)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Of a mail's HTML: nothing runs, nothing is loaded, and only the reader's own page frames it.</summary>
    private const string FramePolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public Task<IResult> ShowAsync<TPage>(HttpContext context, Wording words, IDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        parameters["Words"] = words;
        return RenderAsync<TPage>(context, words, parameters, status);
    }

    /// <param name="key">Of the page's texts: <c>withdrawn</c>.</param>
    public Task<IResult> TellAsync(HttpContext context, Wording words, string key, int status, string? back = null, params object[] values) => ShowAsync<ReaderMessagePage>(
        context,
        words,
        new Dictionary<string, object?>
        {
            [nameof(ReaderMessagePage.Title)] = words[$"reader.{key}.title"],
            [nameof(ReaderMessagePage.Text)] = words.Format($"reader.{key}.text", values),
            [nameof(ReaderMessagePage.Back)] = back,
        },
        status);

    /// <summary>Why a mail is not read.</summary>
    public Task<IResult> ClosedAsync(HttpContext context, Wording words, ReaderMail mail) => mail.State switch
    {
        ReaderState.Withdrawn => TellAsync(context, words, "withdrawn", StatusCodes.Status410Gone),
        ReaderState.Expired => TellAsync(context, words, "expired", StatusCodes.Status410Gone, null, words.Moment(mail.Delivery.ExpiresAt, TimeZoneInfo.Utc)),
        _ => TellAsync(context, words, "gone", StatusCodes.Status410Gone),
    };

    /// <summary>A mail's own HTML, sanitised already, as a document for the frame.</summary>
    public static IResult Frame(HttpContext context, Wording words, string fragment)
    {
        Guard(context, words, FramePolicy);
        return Results.Content($"<!DOCTYPE html><html lang=\"{words.Language}\"><head><meta charset=\"utf-8\"><title>{System.Net.WebUtility.HtmlEncode(words["reader.frame"])}</title></head><body lang=\"\">{fragment}</body></html>", "text/html; charset=utf-8");
    }

    public static IResult Download(HttpContext context, Wording words, string name, byte[] content)
    {
        Guard(context, words, "sandbox; default-src 'none'");
        return Results.File(content, "application/octet-stream", name);
    }

    public static void Guard(HttpContext context, Wording words, string policy)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.ContentLanguage = words.Language;
    }

    private async Task<IResult> RenderAsync<TPage>(HttpContext context, Wording words, IDictionary<string, object?> parameters, int status)
        where TPage : IComponent
    {
        Guard(context, words, Policy);
        return Results.Content(await renderer.RenderAsync<TPage>(parameters), "text/html; charset=utf-8", statusCode: status);
    }
}
