using Microsoft.AspNetCore.WebUtilities;
using Platform.Api.Scim;

namespace Platform.Api.Edge;

/// <summary>
/// Errors of the REST side: problem details (RFC 9457) with media type application/problem+json. Beside the standard
/// members each carries <c>code</c>, stable, to branch on (docs/errors.md), <c>requestId</c> to ask about, and <c>field</c> where one input is
/// at fault; <c>detail</c> is a sentence for people. <c>type</c> stays <c>about:blank</c>, so <c>title</c> is the status phrase (section 4.2.1).
/// </summary>
internal sealed class Problem : IResult, IStatusCodeHttpResult
{
    private readonly int _status;
    private readonly string _code;
    private readonly string _detail;
    private readonly string? _field;

    private Problem(int status, string code, string detail, string? field)
    {
        _status = status;
        _code = code;
        _detail = detail;
        _field = field;
    }

    public int? StatusCode => _status;

    public static Problem Of(int status, string code, string detail, string? field = null) => new(status, code, detail, field);

    public static Problem Of(ApiException error) => Of(error.Status, error.Code, error.Message, error.Field);

    public static Problem ForStatus(int status) => Of(status, ErrorCodes.ForStatus(status), status switch
    {
        401 => "Sign in: send 'Authorization: Bearer' with a token from /connect/token.",
        404 => "There is nothing at this address.",
        405 => "This address does not take that method.",
        406 => "None of the media types in 'Accept' can be given here.",
        413 => "The body is larger than this route takes.",
        415 => "This route does not take that content type.",
        429 => "Too many requests: wait for the seconds named by 'Retry-After', then repeat. Nothing was lost.",
        _ => ReasonPhrases.GetReasonPhrase(status),
    });

    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Programs of directories read errors of their own form (RFC 7644, 3.12).
        if (httpContext.Request.Path.StartsWithSegments(ScimRoutes.Path))
            return ScimAnswer.Error(_status, null, _detail).ExecuteAsync(httpContext);
        var extensions = new Dictionary<string, object?> { ["code"] = _code, [RequestIdMiddleware.Member] = httpContext.TraceIdentifier };
        if (_field is not null)
            extensions["field"] = _field;
        return TypedResults.Problem(_detail, statusCode: _status, title: ReasonPhrases.GetReasonPhrase(_status), type: "about:blank", extensions: extensions).ExecuteAsync(httpContext);
    }
}
