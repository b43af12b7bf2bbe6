using Microsoft.AspNetCore.OpenApi;
using Platform.Api.Cli;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using static Platform.Api.Reference.ReferencePage;

namespace Platform.Api.Reference;

/// <summary>Pages for developers at /docs/api: no tenant's data, so open to anybody.</summary>
internal static class ReferenceRoutes
{
    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/docs/api").AllowAnybody().ExcludeFromDescription();
        pages.MapGet("", Index);
        pages.MapGet("/rest", RestAsync);
        pages.MapGet("/graphql", (HttpContext context, PlatformSchema schema) =>
        {
            schema.Initialize();
            var text = TextOf(context);
            return Of(context, text, text.GraphQL, GraphQLReference.Write(schema, text));
        });
        pages.MapGet("/schema.graphql", (PlatformSchema schema) => Results.Text(SchemaVerb.Print(schema), "text/plain; charset=utf-8"));
        pages.MapGet("/explorer.js", () => File("explorer.js", "text/javascript; charset=utf-8"));
        pages.MapGet("/reference.css", () => File("reference.css", "text/css; charset=utf-8"));
    }

    private static IResult Index(HttpContext context)
    {
        var text = TextOf(context);
        return Of(context, text, text.ApiReference, $"""
            <p>{Safe(text.Introduction)}</p>
            <ul>
            <li><a href="/docs/api/graphql">{Safe(text.GraphQL)}</a></li>
            <li><a href="/graphql">{Safe(text.Explorer)}</a></li>
            <li><a href="/docs/api/rest">{Safe(text.Rest)}</a></li>
            <li><a href="/openapi/v1.json">{Safe(text.Description)}</a></li>
            <li><a href="/docs/api/schema.graphql">{Safe(text.Schema)}</a></li>
            </ul>
            """);
    }

    private static async Task<IResult> RestAsync(HttpContext context, [FromKeyedServices("v1")] IOpenApiDocumentProvider description, CancellationToken cancellationToken)
    {
        var text = TextOf(context);
        return Of(context, text, text.Rest, RestReference.Write(await description.GetOpenApiDocumentAsync(cancellationToken), text));
    }

    private static ReferenceText TextOf(HttpContext context) => new(Languages.Choose(context.Request));
}
