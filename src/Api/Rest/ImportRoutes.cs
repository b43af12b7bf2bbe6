using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Grains.Imports;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Files of many mails for a diagnosis (IN2).</summary>
internal sealed class ImportRoutes(IImports imports, IPlatformDbFactory databases, Idempotency idempotency, ApiSettings settings)
{
    private const int MaxFileNameLength = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/imports", (
                HttpRequest request,
                ImportRoutes route,
                CallerContext caller,
                [Description("Name of the file, whose extension tells the format; of a multipart body, that of its file.")] string? fileName,
                [Description("Id of the tenant; needed where several are in reach.")] string? tenant,
                CancellationToken cancellationToken) => route.StartAsync(request, caller.Current, fileName, tenant, cancellationToken))
            .WithName("startImport")
            .WithTags("Imports")
            .WithSummary("Import a file of mails")
            .WithDescription("An .eml, .mbox or .zip (of either, or of a Maildir tree) as the body, or as the first file of multipart/form-data. Its mails are inspected, never delivered.")
            .Accepts<byte[]>("application/octet-stream", "application/zip", "application/mbox", "message/rfc822", "multipart/form-data")
            .TakesIdempotencyKey()
            .ProducesProblems(400, 401, 403, 409, 413, 415, 422, 429, 503)
            .RequirePermission(Permissions.Scan);

        routes.MapGet("/imports/{id}", (string id, ImportRoutes route, CallerContext caller, CancellationToken cancellationToken) => route.FindAsync(caller.Current, id, cancellationToken))
            .WithName("getImport")
            .WithTags("Imports")
            .WithSummary("How far an import is")
            .ProducesProblems(401, 403, 404, 429)
            .RequirePermission(Permissions.Scan);
    }

    private async Task<Accepted<ImportAnswer>> StartAsync(HttpRequest request, Caller caller, string? fileName, string? tenant, CancellationToken cancellationToken)
    {
        var (scope, tenantId) = caller.ForTenant(tenant);
        var (content, sent) = await RequestBody.OpenAsync(request, settings.MaxImportBytes, _ => true, cancellationToken);
        var name = Path.GetFileName(fileName ?? sent ?? "");
        if (name.Length is 0 or > MaxFileNameLength)
            throw ApiException.BadInput("fileName", $"Name the file by 'fileName', with 1 to {MaxFileNameLength} characters.");
        var id = await idempotency.RunAsync(
            scope,
            tenantId,
            IdempotencyHeader.Read(request),
            "startImport",
            new { name, request.ContentLength },
            () => imports.StartAsync(scope, tenantId, name, content, cancellationToken),
            cancellationToken);
        var answer = await FindRowAsync(scope, id, cancellationToken);
        return TypedResults.Accepted("/v1/imports/" + answer.Id, answer);
    }

    private async Task<Ok<ImportAnswer>> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        TypedResults.Ok(GlobalId.Find(id, NodeKind.Import) is { } key ? await FindRowAsync(caller.Scope, key, cancellationToken) : throw Unknown());

    private async Task<ImportAnswer> FindRowAsync(Scope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        var row = await db.Imports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw Unknown();
        return new ImportAnswer(GlobalId.Of(NodeKind.Import, row.Id), row.FileName, row.State, row.Total, row.Done, row.Failed, row.Error, row.CreatedAt, row.ChangedAt);
    }

    private static ApiException Unknown() => ApiException.NotFound("id", "No such import is in reach of this client.");
}

[Description("An import and how far it is.")]
internal sealed record ImportAnswer(
    string Id,
    string FileName,
    [property: Description("queued, running, done or failed.")] string State,
    [property: Description("Mails found so far.")] int Total,
    [property: Description("Mails taken in.")] int Done,
    [property: Description("Mails that could not be read.")] int Failed,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt);
