namespace Platform.Api.Identity.Pages;

/// <summary>An error status below <c>/account</c> that came without a body is told to browsers as a page of ours, in their language.</summary>
internal sealed class PageErrors(RequestDelegate next)
{
    /// <summary>A browser asks for a page there; scripts of our pages and programs do not.</summary>
    public static bool IsFor(HttpRequest request) =>
        request.Path.StartsWithSegments("/account") && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;
        if (!IsFor(context.Request) || response.HasStarted || response.StatusCode < 400 || response.ContentLength > 0 || !string.IsNullOrEmpty(response.ContentType))
            return;
        var pages = context.RequestServices.GetRequiredService<PageRenderer>();
        var (title, text) = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ("missing.title", "missing.text"),
            StatusCodes.Status405MethodNotAllowed => ("missing.title", "wrong-way.text"),
            StatusCodes.Status429TooManyRequests => ("too-many.title", "too-many.text"),
            _ => ("failed.title", "failed.text"),
        };
        await (await pages.ShowMessageAsync(context, title, text, response.StatusCode)).ExecuteAsync(context);
    }
}
