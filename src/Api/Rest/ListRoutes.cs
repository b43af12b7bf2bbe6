using System.ComponentModel;
using System.Text;
using Platform.Api.Edge;
using Platform.Engine.Feeds;
using Platform.Storage.Lists;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Allow and block lists of tenants for programs that keep them (DET8). An MSP's own list is kept by GraphQL.</summary>
internal sealed class ListRoutes(IListCommands commands, IListReading reading, Idempotency idempotency)
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 100;
    private const string OneTenant = "Id of the tenant; needed where several are in reach.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/list-entries", (
                [Description("How many, at most 200.")] int? limit,
                [Description("Cursor to go on behind.")] string? after,
                [Description("Id of one tenant; by default all in reach.")] string? tenant,
                ListRoutes route,
                CallerContext caller,
                CancellationToken token) => route.PageAsync(caller.Current.ForTenants(tenant), limit, after, token))
            .WithName("listListEntries").WithTags("Lists").WithSummary("Entries of allow and block lists, inherited ones among them, newest first")
            .Produces<ListAnswer<ListEntryAnswer>>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.ListsRead);

        routes.MapPost("/list-entries", (NewListEntryBody body, HttpRequest request, ListRoutes route, CallerContext caller, CancellationToken token) => route.AddAsync(request, caller.Current, body, token))
            .WithName("addListEntry").WithTags("Lists").WithSummary("Add an entry to a tenant's allow or block list").TakesIdempotencyKey()
            .Produces<CreatedAnswer>(201).ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.ListsWrite);

        routes.MapDelete("/list-entries/{id}", (string id, ListRoutes route, CallerContext caller, CancellationToken token) => route.RemoveAsync(caller.Current.Scope, id, token))
            .WithName("removeListEntry").WithTags("Lists").WithSummary("Remove an entry; mail inspected before keeps its verdict")
            .Produces(204).ProducesProblems(401, 403, 404, 422, 429).RequirePermission(Permissions.ListsWrite);

        routes.MapGet("/list-export", ([Description(OneTenant)] string? tenant, ListRoutes route, CallerContext caller, CancellationToken token) => route.ExportAsync(caller.Current, tenant, token))
            .WithName("exportList").WithTags("Lists").WithSummary("A tenant's own list as CSV")
            .Produces<string>(200, "text/csv").ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.ListsRead);

        routes.MapPost("/list-import", (
                HttpRequest request,
                [Description("allow or block: the list of lines that do not say it; by default block.")] string? list,
                [Description(OneTenant)] string? tenant,
                ListRoutes route,
                CallerContext caller,
                CancellationToken token) => route.ImportAsync(request, caller.Current, list, tenant, token))
            .WithName("importList").WithTags("Lists").WithSummary("Add what a text or CSV names, line by line").TakesIdempotencyKey()
            .WithDescription("A value a line, or CSV whose first line names the columns: list, kind, value, subdomains, networks, note, expires. Every line that holds something is counted once: added, unchanged or refused.")
            .Accepts<string>("text/csv", "text/plain", "application/octet-stream")
            .Produces<ListImportAnswer>().ProducesProblems(400, 401, 403, 404, 413, 415, 422, 429).RequirePermission(Permissions.ListsWrite);
    }

    private async Task<IResult> PageAsync(Scope scope, int? limit, string? after, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
            throw ApiException.BadInput("limit", $"'limit' must be from 1 to {MaxLimit}.");
        var size = limit ?? DefaultLimit;
        var page = await reading.PageAsync(scope, new ListQuery(), Cursor.ReadTime(after), size + 1, cancellationToken);
        var hasMore = page.Count > size;
        return Results.Json(new ListAnswer<ListEntryAnswer>(
            [.. page.Take(size).Select(ListEntryAnswer.Of)],
            hasMore ? Cursor.Of(page[size - 1].Row.CreatedAt, page[size - 1].Row.Id) : null,
            hasMore));
    }

    private async Task<IResult> AddAsync(HttpRequest request, Caller caller, NewListEntryBody body, CancellationToken cancellationToken)
    {
        var (scope, tenant) = caller.ForTenant(body.Tenant);
        var entry = new NewListEntry(
            ListOf(body.List), body.Kind is null ? null : ListNames.Kind(body.Kind), body.Value, body.IncludesSubdomains == false, body.Networks ?? [], body.Note ?? "", body.ExpiresAt);
        var result = await idempotency.RunAsync(
            scope, tenant, IdempotencyHeader.Read(request), "addListEntry", body, () => commands.AddAsync(scope, ListOwner.Tenant(tenant), entry, cancellationToken), cancellationToken);
        return result.Succeeded
            ? Results.Json(new CreatedAnswer(GlobalId.Of(NodeKind.ListEntry, result.Value)), statusCode: StatusCodes.Status201Created)
            : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> RemoveAsync(Scope scope, string id, CancellationToken cancellationToken)
    {
        if (GlobalId.Find(id, NodeKind.ListEntry) is not { } key)
            throw ApiException.NotFound("id", "No such entry is in reach of this client.");
        var result = await commands.RemoveAsync(scope, key, cancellationToken);
        return result.Succeeded ? Results.NoContent() : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> ExportAsync(Caller caller, string? tenant, CancellationToken cancellationToken)
    {
        var (scope, id) = caller.ForTenant(tenant);
        var export = await reading.ExportAsync(scope, ListOwner.Tenant(id), cancellationToken);
        return Results.File(Encoding.UTF8.GetBytes(export.Text), "text/csv; charset=utf-8", "lists.csv");
    }

    private async Task<IResult> ImportAsync(HttpRequest request, Caller caller, string? list, string? tenant, CancellationToken cancellationToken)
    {
        var (scope, id) = caller.ForTenant(tenant);
        var action = list is null ? ListAction.Block : ListOf(list);
        var (content, _) = await RequestBody.OpenAsync(request, ListText.MaxText * 4L, type => type is "text/csv" or "text/plain" or "application/octet-stream", cancellationToken);
        var text = Text(await RequestBody.ReadAsync(content, cancellationToken));
        var asked = new { list, tenant, text };
        var result = await idempotency.RunAsync(
            scope, id, IdempotencyHeader.Read(request), "importList", asked, () => commands.ImportAsync(scope, ListOwner.Tenant(id), action, text, cancellationToken), cancellationToken);
        return result.Value is { } import ? Results.Json(ListImportAnswer.Of(import)) : Refusal.Of(result.Code!, result.Message);
    }

    /// <exception cref="ApiException">Another encoding: what is in no list as it was meant must not get in as something else.</exception>
    private static string Text(byte[] body)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw ApiException.BadInput("body", "The text is not UTF-8; save it as CSV UTF-8.");
        }
    }

    private static ListAction ListOf(string text) => ListNames.Action(text) ?? throw ApiException.BadInput("list", "'list' is 'allow' or 'block'.");
}
