using Microsoft.OpenApi;
using Platform.Api.Edge;
using Platform.Api.Rest.Description;

namespace Platform.Api.Rest;

/// <summary>The description of the REST side (OpenAPI 3.1) at <c>/openapi/v1.json</c>; docs/openapi/v1.json is written from it.</summary>
internal static class OpenApiDocument
{
    private const string Scheme = "clientCredentials";

    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["Scan"] = "Inspect one message; nothing of it is stored.",
        ["Imports"] = "Inspect the mails of a file, for a diagnosis.",
        ["Messages"] = "Originals of stored messages.",
        ["Events"] = "What happened to mail and settings, in commit order.",
        ["Provisioning"] = "Tenants with their domains and mailboxes.",
        ["Lists"] = "Allow and block lists.",
        ["Logins"] = "Logins at a tenant's own mail servers.",
    };

    public static IServiceCollection AddPlatformOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "E-mail inspection platform",
                Version = "v1",
                Description = "Scanning, imports, downloads, events and provisioning. Everything else is on GraphQL at /graphql. Errors are problem details (RFC 9457) with a stable 'code'. Ids and cursors are opaque. Ids in the examples are made up.",
                License = new OpenApiLicense { Name = "Proprietary" },
            };
            foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
                tag.Description ??= Tags.GetValueOrDefault(tag.Name ?? "");
            // The address of this process is nothing that a description should name.
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.OAuth2,
                    Description = "OAuth 2.0 client credentials.",
                    Flows = new OpenApiOAuthFlows
                    {
                        ClientCredentials = new OpenApiOAuthFlow
                        {
                            TokenUrl = new Uri("/connect/token", UriKind.Relative),
                            Scopes = Storage.Scopes.Permissions.All.Order(StringComparer.Ordinal).ToDictionary(name => name, name => name),
                        },
                    },
                },
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(ProblemExample.DescribeAsync);
        options.AddDocumentTransformer<DescribedExamples>();
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<RequiredAccess>().LastOrDefault() is { Public: false, Permission: var permission })
            {
                operation.Security =
                [
                    new OpenApiSecurityRequirement
                    {
                        [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = permission is null ? [] : [permission],
                    },
                ];
            }

            if (metadata.OfType<TakesIdempotencyKeyMetadata>().Any())
            {
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = IdempotencyHeader.Name,
                    In = ParameterLocation.Header,
                    Description = $"One key makes one request act once; up to {Idempotency.MaxKeyLength} characters.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Idempotency.MaxKeyLength },
                });
            }

            return Task.CompletedTask;
        });
    });

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnybody();

    /// <summary>Which errors a route may give, all as problem details.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder builder, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            builder.ProducesProblem(status);
        return builder;
    }
}
