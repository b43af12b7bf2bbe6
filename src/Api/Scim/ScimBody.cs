using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.Api.Scim;

/// <summary>Bodies of requests: JSON objects, bounded. Names of members are read without regard to case (RFC 7643, 2.1).</summary>
internal static class ScimBody
{
    public const int MaxBytes = 1024 * 1024;
    private const int MaxDepth = 16;
    private const int MaxText = 1_000;

    /// <exception cref="ScimException">No JSON object, too large, or of another content type.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is not (ScimAnswer.MediaType or "application/json"))
            throw new ScimException(415, null, $"The body is sent as {ScimAnswer.MediaType}.");
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
        try
        {
            return await JsonNode.ParseAsync(request.Body, new JsonNodeOptions { PropertyNameCaseInsensitive = true }, new JsonDocumentOptions { MaxDepth = MaxDepth }, cancellationToken) is JsonObject body
                ? Whole(body)
                : throw Syntax();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw Syntax();
        }
    }

    /// <returns>Null: it is not there, or null.</returns>
    /// <exception cref="ScimException">It is no text, too long, or has control characters.</exception>
    public static string? Text(JsonNode? node, string name)
    {
        if (node is null)
            return null;
        try
        {
            if (node is JsonValue value && value.TryGetValue<string>(out var text))
                return text.Length <= MaxText && !text.Any(char.IsControl) ? text : throw ScimException.Value($"'{name}' has at most {MaxText} characters and no control characters.");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
        }

        throw ScimException.Value($"'{name}' must be a text.");
    }

    /// <summary>Programs write them as texts too.</summary>
    public static bool? Flag(JsonNode? node, string name) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ when bool.TryParse(Text(node, name), out var flag) => flag,
        _ => throw ScimException.Value($"'{name}' must be true or false."),
    };

    // Members that stand twice are found only when the object is looked into.
    private static JsonObject Whole(JsonObject body)
    {
        Look(body);
        return body;
    }

    private static void Look(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject named:
                foreach (var (_, member) in named)
                    Look(member);
                break;
            case JsonArray listed:
                foreach (var item in listed)
                    Look(item);
                break;
            default:
                break;
        }
    }

    private static ScimException Syntax() => new(400, ScimException.InvalidSyntax, "The body is no JSON object that can be read.");
}
