using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Platform.Api.Rest.Description;

/// <summary>Puts an example to every parameter, request body and answer.</summary>
internal sealed class DescribedExamples : IOpenApiDocumentTransformer
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    public Task TransformAsync(Microsoft.OpenApi.OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (path, item) in document.Paths)
            foreach (var operation in (item.Operations ?? []).Values)
                Describe(path, operation);
        return Task.CompletedTask;
    }

    private static void Describe(string path, OpenApiOperation operation)
    {
        var name = operation.OperationId ?? "";
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Example ??= RequestExamples.Parameter(name, parameter.Name!) is { } given
                ? parameter.Schema?.Type == JsonSchemaType.Array ? new JsonArray(given) : given
                : parameter.Schema is { } schema ? ExampleValues.Of(schema, parameter.Name!, Before(path, parameter.Name!)) : null;
        }

        foreach (var (mediaType, content) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            DescribeBody(name, mediaType, content);
        foreach (var (status, response) in operation.Responses ?? [])
            foreach (var (mediaType, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
                DescribeAnswer(name, status, mediaType, content);
    }

    private static void DescribeBody(string operation, string mediaType, OpenApiMediaType content)
    {
        if (mediaType == Json)
        {
            content.Example ??= RequestExamples.Json.TryGetValue(operation, out var given) ? given.DeepClone() : content.Schema is { } schema ? ExampleValues.Of(schema, "", "") : null;
            return;
        }

        // A file is no base64 text; of a form it is the one field.
        if (content.Schema is OpenApiSchema { Format: "byte" })
        {
            var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            content.Schema = mediaType == "multipart/form-data"
                ? new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = file }, Required = new HashSet<string> { "file" } }
                : file;
        }

        if (RequestExamples.Text(operation, mediaType) is { } text)
            content.Example ??= text;
    }

    private static void DescribeAnswer(string operation, string status, string mediaType, OpenApiMediaType content)
    {
        if (mediaType == Problem)
            content.Example ??= ProblemExample.Of(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));
        else if (mediaType == Json && content.Schema is { } schema)
            content.Example ??= ExampleValues.Of(schema, "", operation);
    }

    private static string Before(string path, string parameter)
    {
        var segments = path.Split('/');
        var at = Array.IndexOf(segments, "{" + parameter + "}");
        return at > 0 ? segments[at - 1] : "";
    }
}
