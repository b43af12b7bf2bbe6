using System.Net;
using System.Reflection;

namespace Platform.Api.Reference;

/// <summary>A page for developers: its own script and style and nothing from elsewhere, so that it works without a network and under a strict policy.</summary>
internal static class ReferencePage
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static IResult Of(HttpContext context, ReferenceText text, string title, string main, string? script = null)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.Vary = "Accept, Accept-Language";
        var html = $"""
            <!doctype html>
            <html lang="{text.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Safe(title)} – {Safe(text.Product)}</title>
            <link rel="stylesheet" href="/docs/api/reference.css">
            {(script is null ? "" : $"<script type=\"module\" src=\"{script}\"></script>")}
            </head>
            <body>
            <header>
            <h1>{Safe(title)}</h1>
            <nav aria-label="{Safe(text.ApiReference)}"><a href="/docs/api">{Safe(text.ApiReference)}</a> · <a href="/docs/api/rest">{Safe(text.Rest)}</a> · <a href="/docs/api/graphql">{Safe(text.GraphQL)}</a> · <a href="/graphql">{Safe(text.Explorer)}</a></nav>
            </header>
            <main>
            {main}
            </main>
            </body>
            </html>
            """;
        return Results.Text(html, "text/html; charset=utf-8");
    }

    public static string Safe(string? value) => WebUtility.HtmlEncode(value ?? "");

    public static IResult File(string name, string mediaType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Reference/" + name) ?? throw new InvalidOperationException($"The page's file {name} is not built in.");
        using var reader = new StreamReader(stream);
        return Results.Text(reader.ReadToEnd(), mediaType);
    }
}
