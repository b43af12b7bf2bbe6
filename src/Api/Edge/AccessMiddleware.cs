namespace Platform.Api.Edge;

/// <summary>Lets a request through to its route when the caller holds what the route declares.</summary>
internal sealed class AccessMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CallerContext caller)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || !context.Request.IsApi() || IsFallback(endpoint))
        {
            await next(context);
            return;
        }

        var required = endpoint.Metadata.GetMetadata<RequiredAccess>();
        switch (Access.Check(caller, required))
        {
            case AccessOutcome.Granted:
                await next(context);
                break;
            case AccessOutcome.SignInFirst:
                await AskToSignInAsync(context, caller);
                break;
            default:
                context.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
                await Problem.Of(403, ErrorCodes.Forbidden, required?.Permission is { } permission
                    ? $"The permission '{permission}' is missing."
                    : "This route is closed.").ExecuteAsync(context);
                break;
        }
    }

    public static Task AskToSignInAsync(HttpContext context, CallerContext caller)
    {
        // RFC 6750, section 3: the error is named only when a token was shown.
        context.Response.Headers.WWWAuthenticate = caller.TokenRefused ? "Bearer error=\"invalid_token\"" : "Bearer";
        return Problem.Of(401, ErrorCodes.Unauthenticated, caller.TokenRefused
            ? "The token is malformed, has expired, or its client has ended. Get a new one from /connect/token."
            : "Sign in: send 'Authorization: Bearer' with a token from /connect/token.").ExecuteAsync(context);
    }

    // Routing stands in for "no such method" and "wrong content type" with endpoints of its own, which carry no metadata and only answer 405 or 415.
    private static bool IsFallback(Endpoint endpoint) => endpoint is not RouteEndpoint;
}
