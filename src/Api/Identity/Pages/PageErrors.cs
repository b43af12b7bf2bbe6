using Platform.Api.Edge;

namespace Platform.Api.Identity.Pages;

/// <summary>An error status below <c>/account</c> that came without a body: browsers are shown a page of ours, in their language, scripts and programs get problem details.</summary>
internal sealed class PageErrors(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;
        if (!context.Request.Path.StartsWithSegments("/account") || response.HasStarted || response.StatusCode < 400 || response.ContentLength > 0 || !string.IsNullOrEmpty(response.ContentType))
            return;
        await (AsksForPage(context.Request) ? await PageAsync(context) : Problem.ForStatus(response.StatusCode)).ExecuteAsync(context);
    }

    private static bool AsksForPage(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static Task<IResult> PageAsync(HttpContext context)
    {
        var (title, text) = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ("missing.title", "missing.text"),
            StatusCodes.Status405MethodNotAllowed => ("missing.title", "wrong-way.text"),
            StatusCodes.Status429TooManyRequests => ("too-many.title", "too-many.text"),
            _ => ("failed.title", "failed.text"),
        };
        return context.RequestServices.GetRequiredService<PageRenderer>().ShowMessageAsync(context, title, text, context.Response.StatusCode);
    }
}
