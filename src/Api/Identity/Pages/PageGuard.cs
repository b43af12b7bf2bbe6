using Microsoft.AspNetCore.Antiforgery;

namespace Platform.Api.Identity.Pages;

/// <summary>In front of every form of ours: a POST without the page's own token is answered with a page and nothing else is done.</summary>
internal sealed partial class PageGuard(IAntiforgery antiforgery, PageRenderer pages, ILogger<PageGuard> logger) : IEndpointFilter
{
    /// <summary>No form here is larger.</summary>
    public const long MaxFormBytes = 64 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsPost(request.Method) && !await antiforgery.IsRequestValidAsync(context.HttpContext))
            return await pages.ShowMessageAsync(context.HttpContext, "forged.title", "forged.text", StatusCodes.Status400BadRequest);
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not BadHttpRequestException)
        {
            Failed(logger, request.Path, exception);
            return await pages.ShowMessageAsync(context.HttpContext, "failed.title", "failed.text", StatusCodes.Status500InternalServerError);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Path} failed")]
    private static partial void Failed(ILogger logger, string path, Exception exception);
}
