using System.Text.Json;
using GraphQL;
using Microsoft.Net.Http.Headers;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport;

/// <param name="Query">The document; empty where the extensions name one by its hash.</param>
internal sealed record ParsedRequest(string Query, string? OperationName, Inputs? Variables, Inputs? Extensions)
{
    /// <summary>By <c>"extensions": { "cost": true }</c>.</summary>
    public bool WantsCost => Extensions?.TryGetValue("cost", out var wanted) == true && wanted is true;
}

internal sealed record RequestProblem(int Status, string Code, string Message);

/// <summary>Either a request or why it is none.</summary>
internal sealed record RequestReading(ParsedRequest? Request, RequestProblem? Problem);

/// <summary>Reads a GraphQL request out of an HTTP request, bounded.</summary>
internal static class RequestReader
{
    public const int MaxBodyBytes = 1024 * 1024;

    // JSON may hold what no string can: half of a surrogate pair, bytes that are no UTF-8. Its reader says so only when asked for the text.
    private const string NotUnicode = "The body holds text that is no Unicode.";
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 64 };

    public static async Task<RequestReading> ReadAsync(HttpRequest request, IGraphQLSerializer serializer, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method))
            return ReadQueryString(request.Query, serializer);
        if (!HttpMethods.IsPost(request.Method))
            return Bad(StatusCodes.Status405MethodNotAllowed, "GraphQL is asked by POST, or by GET for queries.");
        if (!IsJson(request))
            return Bad(StatusCodes.Status415UnsupportedMediaType, "Send the request as 'Content-Type: application/json' in UTF-8.");

        if (await ReadBodyAsync(request, cancellationToken) is not { } body)
            return Bad(StatusCodes.Status413PayloadTooLarge, $"A GraphQL request has at most {MaxBodyBytes} bytes.");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, JsonOptions);
        }
        catch (JsonException)
        {
            return Bad("The body is no JSON.");
        }

        using (document)
        {
            try
            {
                return ReadObject(document.RootElement, serializer);
            }
            catch (Exception exception) when (exception is InvalidOperationException or JsonException)
            {
                return Bad(NotUnicode);
            }
        }
    }

    /// <summary>The same object where it is part of another message.</summary>
    public static RequestReading ReadPayload(JsonElement payload, IGraphQLSerializer serializer)
    {
        try
        {
            return ReadObject(payload, serializer);
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            return Bad(NotUnicode);
        }
    }

    private static RequestReading ReadQueryString(IQueryCollection parameters, IGraphQLSerializer serializer)
    {
        try
        {
            using var variables = Parse("variables");
            using var extensions = Parse("extensions");
            return Read(
                parameters["query"].FirstOrDefault(),
                parameters["operationName"].FirstOrDefault() is { Length: > 0 } name ? name : null,
                variables?.RootElement,
                extensions?.RootElement,
                serializer);
        }
        catch (JsonException)
        {
            return Bad("'variables' and 'extensions' must be JSON objects.");
        }
        catch (InvalidOperationException)
        {
            return Bad(NotUnicode);
        }

        JsonDocument? Parse(string name) => parameters[name].FirstOrDefault() is { Length: > 0 } text ? JsonDocument.Parse(text, JsonOptions) : null;
    }

    private static RequestReading ReadObject(JsonElement root, IGraphQLSerializer serializer)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return Bad("Send one request at a time: several in one body are not taken.");
        if (root.ValueKind != JsonValueKind.Object)
            return Bad("The body must be a JSON object.");
        if (!Text("query", out var query) || !Text("operationName", out var operationName))
            return Bad("'query' and 'operationName' must be strings.");
        return Read(query, operationName, Member("variables"), Member("extensions"), serializer);

        bool Text(string name, out string? value)
        {
            value = null;
            if (Member(name) is not { } member)
                return true;
            if (member.ValueKind != JsonValueKind.String)
                return false;
            value = member.GetString();
            return true;
        }

        JsonElement? Member(string name) => root.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    private static RequestReading Read(string? query, string? operationName, JsonElement? variables, JsonElement? extensions, IGraphQLSerializer serializer)
    {
        var isNamed = extensions is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("persistedQuery", out _);
        if (string.IsNullOrEmpty(query) && !isNamed)
            return Bad("'query' is missing.");
        if (variables is { ValueKind: not JsonValueKind.Object } || extensions is { ValueKind: not JsonValueKind.Object })
            return Bad("'variables' and 'extensions' must be JSON objects.");
        return new RequestReading(
            new ParsedRequest(
                query ?? "",
                operationName,
                variables is { } v ? serializer.ReadNode<Inputs>(v) : null,
                extensions is { } e ? serializer.ReadNode<Inputs>(e) : null),
            null);
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBodyBytes)
            return null;
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, cancellationToken) is var read && read > 0)
        {
            if (buffer.Length + read > MaxBodyBytes)
                return null;
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static RequestReading Bad(string message) => Bad(StatusCodes.Status400BadRequest, message);

    private static RequestReading Bad(int status, string message) => new(null, new RequestProblem(status, ErrorCodes.ForStatus(status), message));
}
