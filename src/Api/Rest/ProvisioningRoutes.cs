using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Tenants, domains and mailboxes for programs that provision customers (TEN1).</summary>
internal sealed class ProvisioningRoutes(IPlatformDbFactory databases, IDirectoryCommands commands, Idempotency idempotency)
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string LimitText = "How many, at most 200.";
        const string AfterText = "Cursor to go on behind.";
        const string TenantText = "Id of one tenant; by default all in reach.";

        routes.MapGet("/tenants", ([Description(LimitText)] int? limit, [Description(AfterText)] string? after, ProvisioningRoutes route, CallerContext caller, CancellationToken token) =>
                route.ListAsync(caller.Current.Scope, limit, after, db => db.Tenants, row => row.Slug, TenantAnswer.Of, token))
            .WithName("listTenants").WithTags("Provisioning").WithSummary("Tenants in reach, by short name")
            .Produces<ListAnswer<TenantAnswer>>().ProducesProblems(400, 401, 403, 429).RequirePermission(Permissions.DirectoryRead);

        routes.MapPost("/tenants", (NewTenantBody body, HttpRequest request, ProvisioningRoutes route, CallerContext caller, CancellationToken token) =>
                route.CreateTenantAsync(request, caller.Current.Scope, body, token))
            .WithName("createTenant").WithTags("Provisioning").WithSummary("Make a tenant of the client's MSP").TakesIdempotencyKey()
            .Produces<CreatedAnswer>(201).ProducesProblems(400, 401, 403, 409, 415, 422, 429).RequirePermission(Permissions.DirectoryWrite);

        routes.MapGet("/domains", ([Description(LimitText)] int? limit, [Description(AfterText)] string? after, [Description(TenantText)] string? tenant, ProvisioningRoutes route, CallerContext caller, CancellationToken token) =>
                route.ListAsync(caller.Current.ForTenants(tenant), limit, after, db => db.Domains, row => row.Name, DomainAnswer.Of, token))
            .WithName("listDomains").WithTags("Provisioning").WithSummary("Domains, by name")
            .Produces<ListAnswer<DomainAnswer>>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.DirectoryRead);

        routes.MapGet("/mailboxes", ([Description(LimitText)] int? limit, [Description(AfterText)] string? after, [Description(TenantText)] string? tenant, ProvisioningRoutes route, CallerContext caller, CancellationToken token) =>
                route.ListAsync(caller.Current.ForTenants(tenant), limit, after, db => db.Mailboxes, row => row.Address, MailboxAnswer.Of, token))
            .WithName("listMailboxes").WithTags("Provisioning").WithSummary("Mailboxes, by address")
            .Produces<ListAnswer<MailboxAnswer>>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.DirectoryRead);

        routes.MapPost("/mailboxes", (NewMailboxBody body, HttpRequest request, ProvisioningRoutes route, CallerContext caller, CancellationToken token) =>
                route.CreateAsync(request, caller.Current, body.Tenant, "createMailbox", body, NodeKind.Mailbox, (scope, tenant) => route.Commands.AddMailboxAsync(scope, tenant, body.Address, body.DisplayName, token), token))
            .WithName("createMailbox").WithTags("Provisioning").WithSummary("Make a mailbox").TakesIdempotencyKey()
            .Produces<CreatedAnswer>(201).ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.DirectoryWrite);

        routes.MapDelete("/mailboxes/{id}", (string id, ProvisioningRoutes route, CallerContext caller, CancellationToken token) =>
                route.RemoveMailboxAsync(caller.Current.Scope, id, token))
            .WithName("removeMailbox").WithTags("Provisioning").WithSummary("Remove a mailbox; its messages stay")
            .Produces(204).ProducesProblems(401, 403, 404, 429).RequirePermission(Permissions.DirectoryWrite);
    }

    private IDirectoryCommands Commands => commands;

    private async Task<IResult> ListAsync<TRow, TAnswer>(
        Scope scope,
        int? limit,
        string? after,
        Func<PlatformDb, IQueryable<TRow>> rows,
        System.Linq.Expressions.Expression<Func<TRow, string>> key,
        Func<TRow, TAnswer> answer,
        CancellationToken cancellationToken)
        where TRow : class
    {
        if (limit is < 1 or > MaxLimit)
            throw ApiException.BadInput("limit", $"'limit' must be from 1 to {MaxLimit}.");
        var size = limit ?? DefaultLimit;
        await using var db = databases.Open(scope);
        var page = await rows(db).AsNoTracking().After(key, Cursor.ReadKey(after)).OrderBy(key).Take(size + 1).ToListAsync(cancellationToken);
        var keyOf = key.Compile();
        var hasMore = page.Count > size;
        return Results.Json(new ListAnswer<TAnswer>(
            [.. page.Take(size).Select(answer)],
            hasMore ? Cursor.Of(keyOf(page[size - 1])) : null,
            hasMore));
    }

    private async Task<IResult> CreateTenantAsync(HttpRequest request, Scope scope, NewTenantBody body, CancellationToken cancellationToken)
    {
        if (scope.MspId is not { } msp)
            throw new ApiException(ErrorCodes.Forbidden, "Only a client of an MSP can make tenants.", 403);
        return await CreateAsync(request, scope, msp, "createTenant", body, NodeKind.Tenant, () => commands.CreateTenantAsync(
            new NewTenant(body.Slug, body.Name, body.Language, msp, body.Route, body.TrustedHops ?? [], body.JournalAddress), scope.Actor, cancellationToken), cancellationToken);
    }

    private Task<IResult> CreateAsync(HttpRequest request, Caller caller, string? tenant, string operation, object body, NodeKind kind, Func<Scope, Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken)
    {
        var (scope, tenantId) = caller.ForTenant(tenant);
        return CreateAsync(request, scope, tenantId, operation, body, kind, () => command(scope, tenantId), cancellationToken);
    }

    private async Task<IResult> CreateAsync(HttpRequest request, Scope scope, Guid owner, string operation, object body, NodeKind kind, Func<Task<CommandResult<Guid>>> command, CancellationToken cancellationToken)
    {
        var result = await idempotency.RunAsync(scope, owner, IdempotencyHeader.Read(request), operation, body, command, cancellationToken);
        if (!result.Succeeded)
            return Refusal.Of(result.Code!, result.Message);
        return Results.Json(new CreatedAnswer(GlobalId.Of(kind, result.Value)), statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> RemoveMailboxAsync(Scope scope, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        var tenant = GlobalId.Find(id, NodeKind.Mailbox) is { } key
            ? await db.Mailboxes.AsNoTracking().Where(row => row.Id == key).Select(row => (Guid?)row.TenantId).SingleOrDefaultAsync(cancellationToken)
            : null;
        if (tenant is null)
            throw ApiException.NotFound("id", "No such mailbox is in reach of this client.");
        var result = await commands.RemoveMailboxAsync(scope, tenant.Value, GlobalId.Read(id, NodeKind.Mailbox, "id"), cancellationToken);
        return result.Succeeded ? Results.NoContent() : Refusal.Of(result.Code!, result.Message);
    }
}
