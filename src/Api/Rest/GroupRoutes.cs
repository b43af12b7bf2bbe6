using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Directory;
using Platform.Storage.Groups;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Groups of tenants for programs that provision customers (TEN1).</summary>
internal sealed class GroupRoutes(IPlatformDbFactory databases, IGroupCommands commands, Idempotency idempotency)
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 100;
    private const string Tag = "Groups";
    private const string LimitText = "How many, at most 200.";
    private const string AfterText = "Cursor to go on behind.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/groups", (
                [Description(LimitText)] int? limit,
                [Description(AfterText)] string? after,
                [Description("Id of the tenant; needed where several are in reach.")] string? tenant,
                GroupRoutes route,
                CallerContext caller,
                CancellationToken token) => route.ListAsync(caller.Current, limit, after, tenant, token))
            .WithName("listGroups").WithTags(Tag).WithSummary("Groups of a tenant in the order in which they decide")
            .Produces<ListAnswer<GroupAnswer>>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.GroupsRead);

        routes.MapPost("/groups", (NewGroupBody body, HttpRequest request, GroupRoutes route, CallerContext caller, CancellationToken token) => route.CreateAsync(request, caller.Current, body, token))
            .WithName("createGroup").WithTags(Tag).WithSummary("Make a group, the last in the tenant's order").TakesIdempotencyKey()
            .Produces<CreatedAnswer>(201).ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.GroupsWrite);

        routes.MapPatch("/groups/{id}", (string id, GroupChangeBody body, GroupRoutes route, CallerContext caller, CancellationToken token) =>
                ChangedAsync(id, key => route.Commands.UpdateAsync(caller.Current.Scope, key, new GroupChange(body.Name, body.ExternalId), token)))
            .WithName("updateGroup").WithTags(Tag).WithSummary("Change the name or external id of a group")
            .Produces(204).ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.GroupsWrite);

        routes.MapDelete("/groups/{id}", (string id, GroupRoutes route, CallerContext caller, CancellationToken token) =>
                ChangedAsync(id, key => route.Commands.DeleteAsync(caller.Current.Scope, key, token)))
            .WithName("deleteGroup").WithTags(Tag).WithSummary("Delete a group with what it sets in the policy; its members stay")
            .Produces(204).ProducesProblems(401, 403, 404, 429).RequirePermission(Permissions.GroupsWrite);

        routes.MapGet("/groups/{id}/members", (
                string id,
                [Description(LimitText)] int? limit,
                [Description(AfterText)] string? after,
                GroupRoutes route,
                CallerContext caller,
                CancellationToken token) => route.MembersAsync(caller.Current.Scope, id, limit, after, token))
            .WithName("listGroupMembers").WithTags(Tag).WithSummary("Who is in a group, the newest first")
            .Produces<ListAnswer<GroupMemberAnswer>>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.GroupsRead);

        routes.MapPatch("/groups/{id}/members", (string id, GroupMembersBody body, GroupRoutes route, CallerContext caller, CancellationToken token) =>
                ChangedAsync(id, key => route.Commands.ChangeMembersAsync(
                    caller.Current.Scope, key, [.. (body.Add ?? []).Select(GroupIds.Member)], [.. (body.Remove ?? []).Select(GroupIds.Member)], token)))
            .WithName("changeGroupMembers").WithTags(Tag).WithSummary("Add members to a group and remove others, all or nothing")
            .WithDescription("Who is in, or not in, already counts as done, so that the call may be repeated.")
            .Produces(204).ProducesProblems(400, 401, 403, 404, 415, 422, 429).RequirePermission(Permissions.GroupsWrite);
    }

    private IGroupCommands Commands => commands;

    private async Task<IResult> ListAsync(Caller caller, int? limit, string? after, string? tenant, CancellationToken cancellationToken)
    {
        var size = Size(limit);
        var from = Cursor.ReadKey(after);
        var (scope, tenantId) = caller.ForTenant(tenant);
        await using var db = databases.Open(scope);
        // A tenant has few groups, so that all are read.
        var rows = await db.Groups.AsNoTracking().Where(row => row.TenantId == tenantId).OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        List<GroupRow> page = [.. rows.Where(row => from is null || string.CompareOrdinal(GroupKeys.Of(row), from) > 0).Take(size + 1)];
        var hasMore = page.Count > size;
        return Results.Json(new ListAnswer<GroupAnswer>([.. page.Take(size).Select(GroupAnswer.Of)], hasMore ? Cursor.Of(GroupKeys.Of(page[size - 1])) : null, hasMore));
    }

    private async Task<IResult> MembersAsync(Scope scope, string id, int? limit, string? after, CancellationToken cancellationToken)
    {
        var size = Size(limit);
        var from = Cursor.ReadTime(after);
        await using var db = databases.Open(scope);
        if (GlobalId.Find(id, NodeKind.Group) is not { } key || !await db.Groups.AnyAsync(row => row.Id == key, cancellationToken))
            throw Unknown();
        var page = await GroupMembers.PageAsync(db, key, from, size + 1, cancellationToken);
        var hasMore = page.Count > size;
        return Results.Json(new ListAnswer<GroupMemberAnswer>(
            [.. page.Take(size).Select(GroupMemberAnswer.Of)],
            hasMore ? Cursor.Of(page[size - 1].Row.AddedAt, page[size - 1].Row.MemberId) : null,
            hasMore));
    }

    private async Task<IResult> CreateAsync(HttpRequest request, Caller caller, NewGroupBody body, CancellationToken cancellationToken)
    {
        var (scope, tenant) = caller.ForTenant(body.Tenant);
        var result = await idempotency.RunAsync(
            scope, tenant, IdempotencyHeader.Read(request), "createGroup", body, () => commands.CreateAsync(scope, tenant, new NewGroup(body.Name, body.ExternalId), cancellationToken), cancellationToken);
        return result.Succeeded
            ? Results.Json(new CreatedAnswer(GlobalId.Of(NodeKind.Group, result.Value)), statusCode: StatusCodes.Status201Created)
            : Refusal.Of(result.Code!, result.Message);
    }

    private static async Task<IResult> ChangedAsync(string id, Func<Guid, Task<CommandResult<Guid>>> command)
    {
        if (GlobalId.Find(id, NodeKind.Group) is not { } key)
            throw Unknown();
        var result = await command(key);
        return result.Succeeded ? Results.NoContent() : Refusal.Of(result.Code!, result.Message);
    }

    private static int Size(int? limit) =>
        limit is null or (>= 1 and <= MaxLimit) ? limit ?? DefaultLimit : throw ApiException.BadInput("limit", $"'limit' must be from 1 to {MaxLimit}.");

    private static ApiException Unknown() => ApiException.NotFound("id", "No such group is in reach of this client.");
}
