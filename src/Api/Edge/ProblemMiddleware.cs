namespace Platform.Api.Edge;

/// <summary>Outermost on the API's paths: no exception leaves as itself and no error status without its problem details.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.IsApi())
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var error = ErrorMapping.Translate(exception);
            if (error is null)
                Failed(logger, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "none", exception);
            context.Response.Headers.Remove("Content-Length");
            if (error?.Status == StatusCodes.Status429TooManyRequests)
                context.Response.Headers.RetryAfter = "1";
            await Problem.Of(error ?? new ApiException(ErrorCodes.Internal, "This failed on our side and was logged.", 500)).ExecuteAsync(context);
            return;
        }

        var response = context.Response;
        if (!response.HasStarted && response.StatusCode >= 400 && response.ContentLength is null or 0 && string.IsNullOrEmpty(response.ContentType))
            await Problem.ForStatus(response.StatusCode).ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} on {Endpoint} failed")]
    private static partial void Failed(ILogger logger, string method, string endpoint, Exception exception);
}
