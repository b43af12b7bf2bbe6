using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Platform.Api.Edge;

namespace Platform.Api.Rest.Description;

/// <summary>Problem details as this product gives them: with <c>code</c>, <c>requestId</c> and, where one input is at fault, <c>field</c>.</summary>
internal static class ProblemExample
{
    /// <summary>What a status says where its route says nothing closer.</summary>
    public static JsonObject Of(int status)
    {
        var example = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = ReasonPhrases.GetReasonPhrase(status),
            ["status"] = status,
            ["detail"] = Detail(status),
            ["code"] = Code(status),
            ["requestId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
        if (status == StatusCodes.Status400BadRequest)
            example["field"] = "limit";
        return example;
    }

    /// <summary>Adds to the schema of problem details what they carry beyond RFC 9457.</summary>
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type != typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))
            return Task.CompletedTask;
        schema.Description = "Why a request was not carried out (RFC 9457).";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable code to branch on; all of them stand in docs/errors.md.", Pattern = "^[A-Z][A-Z_]*$" };
        schema.Properties["requestId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Id of the request, also in the field X-Request-Id: name it when you ask about this." };
        schema.Properties["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The input at fault, where there is one." };
        schema.Required = new HashSet<string> { "code", "requestId" };
        return Task.CompletedTask;
    }

    private static string Code(int status) => status switch
    {
        StatusCodes.Status410Gone => ErrorCodes.ContentGone,
        StatusCodes.Status422UnprocessableEntity => ErrorCodes.IdempotencyKeyReused,
        StatusCodes.Status503ServiceUnavailable => ErrorCodes.StorageFull,
        _ => ErrorCodes.ForStatus(status),
    };

    private static string Detail(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "'limit' must be from 1 to 200.",
        StatusCodes.Status401Unauthorized => "Sign in: send 'Authorization: Bearer' with a token from /connect/token.",
        StatusCodes.Status403Forbidden => "The permission 'directory.write' is missing.",
        StatusCodes.Status404NotFound => "No such thing is in reach of this client.",
        StatusCodes.Status409Conflict => "That is there already.",
        StatusCodes.Status410Gone => "The content of this message was purged.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than this route takes.",
        StatusCodes.Status415UnsupportedMediaType => "This route does not take that content type.",
        StatusCodes.Status422UnprocessableEntity => "This idempotency key was used for another request. Use a new key.",
        StatusCodes.Status429TooManyRequests => "Too many requests: wait for the seconds named by 'Retry-After', then repeat. Nothing was lost.",
        StatusCodes.Status503ServiceUnavailable => "The platform has no room at the moment; nothing was kept. Try again later.",
        _ => ReasonPhrases.GetReasonPhrase(status),
    };
}
