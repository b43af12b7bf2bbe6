using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.OpenApi;
using static Platform.Api.Reference.ReferencePage;

namespace Platform.Api.Reference;

/// <summary>The REST reference, written from the same description that programs read.</summary>
internal static class RestReference
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(OpenApiDocument document, ReferenceText text)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(document.Info.Description)}</p><p><a href=\"/openapi/v1.json\">{Safe(text.Description)}</a></p>");
        var operations = document.Paths.SelectMany(path => (path.Value.Operations ?? []).Select(operation => (Path: path.Key, Method: operation.Key, Operation: operation.Value))).ToList();
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
        {
            html.Append(CultureInfo.InvariantCulture, $"<section><h2>{Safe(tag.Name)}</h2><p>{Safe(tag.Description)}</p>");
            foreach (var (path, method, operation) in operations.Where(one => one.Operation.Tags?.Any(own => own.Name == tag.Name) == true))
                WriteOperation(html, path, method, operation, text);
            html.Append("</section>");
        }

        return html.ToString();
    }

    private static void WriteOperation(StringBuilder html, string path, HttpMethod method, OpenApiOperation operation, ReferenceText text)
    {
        html.Append(CultureInfo.InvariantCulture, $"<article id=\"{Safe(operation.OperationId)}\"><h3><span class=\"method\">{method}</span> <code>{Safe(path)}</code></h3>");
        html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(operation.Summary)}. {Safe(operation.Description)}</p>");
        var permissions = (operation.Security ?? []).SelectMany(requirement => requirement.Values).SelectMany(scopes => scopes).Distinct().ToList();
        if (permissions.Count > 0)
            html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(text.Permission)}: {string.Join(", ", permissions.Select(permission => $"<code>{Safe(permission)}</code>"))}</p>");
        if (operation.Parameters is { Count: > 0 } parameters)
        {
            html.Append(CultureInfo.InvariantCulture, $"<table><caption>{Safe(text.Parameters)}</caption><thead><tr><th scope=\"col\">{Safe(text.Name)}</th><th scope=\"col\">{Safe(text.Meaning)}</th><th scope=\"col\">{Safe(text.Example)}</th></tr></thead><tbody>");
            foreach (var parameter in parameters)
                html.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Safe(parameter.Name)}</code> ({Safe(parameter.In?.ToString().ToLowerInvariant())})</td><td>{Safe(parameter.Description)}</td><td><code>{Safe(Shown(parameter.Example))}</code></td></tr>");
            html.Append("</tbody></table>");
        }

        foreach (var (mediaType, content) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            if (content.Example is not null)
                html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(text.Body)}: <code>{Safe(mediaType)}</code></p><pre>{Safe(Shown(content.Example))}</pre>");
        html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(text.Answers)}:</p><ul>");
        foreach (var (status, response) in operation.Responses ?? [])
        {
            html.Append(CultureInfo.InvariantCulture, $"<li>{Safe(status)} {Safe(response.Description)}");
            if (status[0] == '2' && response.Content?.Values.FirstOrDefault(content => content.Example is not null) is { } shown)
                html.Append(CultureInfo.InvariantCulture, $"<pre>{Safe(Shown(shown.Example))}</pre>");
            html.Append("</li>");
        }

        html.Append("</ul></article>");
    }

    private static string Shown(JsonNode? example) => example switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => example.ToJsonString(Readable),
    };
}
