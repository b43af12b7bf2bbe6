using Platform.Api.Edge;
using Platform.Grains.TenantExports;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Bundles of tenants to download.</summary>
internal sealed class TenantExportRoutes(ITenantExports exports)
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/tenant-exports/{id}/content", (string id, HttpContext context, TenantExportRoutes route, CallerContext caller, CancellationToken token) => route.DownloadAsync(context, caller.Current.Scope, id, token))
        .WithName("downloadTenantExport").WithTags("Tenants").WithSummary("Download the bundle of a tenant")
        .WithDescription("A ZIP as the mutation exportTenant made it, until it expires. It is kept encrypted under the tenant's key. Each download is on the audit log.")
        .Produces(200, contentType: "application/zip").ProducesProblems(401, 403, 404, 429)
        .RequirePermission(Permissions.TenantExport);

    private async Task<IResult> DownloadAsync(HttpContext context, Scope scope, string id, CancellationToken cancellationToken)
    {
        if (GlobalId.Find(id, NodeKind.TenantExport) is not { } key || await exports.OpenAsync(scope, key, cancellationToken) is not { } file)
            throw ApiException.NotFound("id", "No such export can be downloaded by this client: unknown, not done, or expired.");
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = file.Size;
        return Results.Stream(file.Content, "application/zip", $"tenant-{id}.zip");
    }
}
