using System.Globalization;
using System.Text;
using GraphQL.Types;
using Platform.Api.GraphQL.Schema;
using static Platform.Api.Reference.ReferencePage;

namespace Platform.Api.Reference;

/// <summary>The GraphQL reference, written from the schema that is served: every field with what it means and which permission it asks for.</summary>
internal static class GraphQLReference
{
    public static string Write(PlatformSchema schema, ReferenceText text)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"/docs/api/schema.graphql\">{Safe(text.Schema)}</a></p>");
        string[] roots = ["Query", "Mutation", "Subscription"];
        var types = schema.AllTypes.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal) && type is not (ListGraphType or NonNullGraphType))
            .OrderBy(type => Array.IndexOf(roots, type.Name) is >= 0 and var at ? at : roots.Length).ThenBy(type => type.Name, StringComparer.Ordinal);
        foreach (var type in types)
        {
            html.Append(CultureInfo.InvariantCulture, $"<section id=\"{Safe(type.Name)}\"><h2>{Safe(type.Name)}</h2><p>{Safe(type.Description)}</p>");
            if (type is IComplexGraphType complex)
                WriteFields(html, complex, text);
            else if (type is EnumerationGraphType enumeration)
                WriteValues(html, enumeration, text);
            html.Append("</section>");
        }

        return html.ToString();
    }

    private static void WriteFields(StringBuilder html, IComplexGraphType type, ReferenceText text)
    {
        var isInput = type is IInputObjectGraphType;
        html.Append(CultureInfo.InvariantCulture, $"<table><thead><tr><th scope=\"col\">{Safe(text.Name)}</th><th scope=\"col\">{Safe(text.Type)}</th><th scope=\"col\">{Safe(text.Meaning)}</th>{(isInput ? "" : $"<th scope=\"col\">{Safe(text.Permission)}</th>")}</tr></thead><tbody>");
        foreach (var field in type.Fields)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Safe(field.Name)}</code>");
            foreach (var argument in field.Arguments ?? [])
                html.Append(CultureInfo.InvariantCulture, $"<br><code>{Safe(argument.Name)}: {Linked(argument.ResolvedType)}</code> {Safe(argument.Description)}");
            html.Append(CultureInfo.InvariantCulture, $"</td><td>{Linked(field.ResolvedType)}</td><td>{Safe(field.Description)}</td>");
            html.Append(isInput ? "</tr>" : $"<td>{Safe(AccessMetadata.Of(type, field)?.Permission)}</td></tr>");
        }

        html.Append("</tbody></table>");
    }

    private static void WriteValues(StringBuilder html, EnumerationGraphType type, ReferenceText text)
    {
        html.Append(CultureInfo.InvariantCulture, $"<table><thead><tr><th scope=\"col\">{Safe(text.Name)}</th><th scope=\"col\">{Safe(text.Meaning)}</th></tr></thead><tbody>");
        foreach (var value in type.Values)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Safe(value.Name)}</code></td><td>{Safe(value.Description)}</td></tr>");
        html.Append("</tbody></table>");
    }

    private static string Linked(IGraphType? type) => type switch
    {
        NonNullGraphType inner => Linked(inner.ResolvedType) + "!",
        ListGraphType inner => $"[{Linked(inner.ResolvedType)}]",
        null => "",
        _ => $"<a href=\"#{Safe(type.Name)}\">{Safe(type.Name)}</a>",
    };
}
