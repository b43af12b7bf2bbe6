using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Platform.Api.Edge;

/// <summary>
/// Errors of the REST side: problem details (RFC 9457) with media type application/problem+json. Beside the standard
/// members each carries <c>code</c>, stable, to branch on, and <c>field</c> where one input is at fault; <c>detail</c> is a
/// sentence for people. <c>type</c> stays <c>about:blank</c>, so <c>title</c> is the status phrase (section 4.2.1).
/// </summary>
internal static class Problem
{
    public static ProblemHttpResult Of(int status, string code, string detail, string? field = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        if (field is not null)
            extensions["field"] = field;
        return TypedResults.Problem(detail, statusCode: status, title: ReasonPhrases.GetReasonPhrase(status), type: "about:blank", extensions: extensions);
    }

    public static ProblemHttpResult Of(ApiException error) => Of(error.Status, error.Code, error.Message, error.Field);

    public static ProblemHttpResult ForStatus(int status) => Of(status, ErrorCodes.ForStatus(status), status switch
    {
        401 => "Sign in: send 'Authorization: Bearer' with a token from /connect/token.",
        404 => "There is nothing at this address.",
        405 => "This address does not take that method.",
        406 => "None of the media types in 'Accept' can be given here.",
        413 => "The body is larger than this route takes.",
        415 => "This route does not take that content type.",
        _ => ReasonPhrases.GetReasonPhrase(status),
    });
}
