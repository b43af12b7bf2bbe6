using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Edge;
using Platform.Api.Identity.Sessions;
using Platform.Api.Identity.SignIn;

namespace Platform.Api.Identity.Pages;

/// <summary>Renders a page in the visitor's language, with the headers that keep it from being framed, cached or extended by others.</summary>
internal sealed class PageRenderer(IAntiforgery antiforgery, Visitors visitors)
{
    /// <param name="sendsTo">Origins that a form of this page may lead to beside ours: browsers hold redirects to it too (CSP, form-action).</param>
    public async Task<IResult> ShowAsync<TPage>(HttpContext context, IReadOnlyDictionary<string, object?>? parameters = null, int status = 200, string sendsTo = "")
        where TPage : IComponent
    {
        var visitor = await visitors.FindAsync(context);
        var texts = await LanguageAsync(context);
        var tokens = antiforgery.GetAndStoreTokens(context);
        var page = new PageContext(
            texts.Language,
            texts,
            tokens.FormFieldName,
            tokens.RequestToken ?? "",
            visitor?.Account.Address);

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action {$"'self' {sendsTo}".TrimEnd()}; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.ContentLanguage = texts.Language;
        headers.Vary = "Accept-Language, Cookie";

        var all = new Dictionary<string, object?>(parameters ?? new Dictionary<string, object?>()) { ["Page"] = page };
        return new RazorComponentResult<TPage>(all) { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>The account's language where one is signed in and has chosen, else the browser's.</summary>
    public async Task<Wording> LanguageAsync(HttpContext context) =>
        Wording.Of((await visitors.FindAsync(context))?.Account.Language ?? Languages.Choose(context.Request));

    public Task<IResult> ShowMessageAsync(HttpContext context, string title, string text, int status = 200) =>
        ShowAsync<MessagePage>(context, new Dictionary<string, object?> { ["Title"] = title, ["Text"] = text }, status);

    /// <summary>On to where the person wanted, or why there is no session.</summary>
    public async Task<IResult> ShowEndAsync(HttpContext context, SignInEnd end, string returnUrl) => end switch
    {
        SignInEnd.Started => Results.Redirect(returnUrl),
        SignInEnd.OutsideOnly => await ShowOutsideOnlyAsync(context),
        _ => await ShowMessageAsync(context, "sign-in.place.title", "sign-in.place.text", StatusCodes.Status403Forbidden),
    };

    /// <summary>For who proved to be somebody whose tenant has them sign in by its own provider.</summary>
    public Task<IResult> ShowOutsideOnlyAsync(HttpContext context) => ShowMessageAsync(context, "outside.only.title", "outside.only.text", StatusCodes.Status403Forbidden);
}
