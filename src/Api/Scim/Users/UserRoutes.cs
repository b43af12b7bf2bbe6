using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Provisioning;

namespace Platform.Api.Scim.Users;

/// <summary>Users of SCIM are the accounts of the tenant.</summary>
internal sealed class UserRoutes(ScimSessions sessions, IAccountCommands commands, IProvisioning provisioning, RoleSync roles)
{
    public static void Map(IEndpointRouteBuilder scim)
    {
        scim.MapGet("/Users", (HttpRequest request, UserRoutes routes, CancellationToken token) => routes.ListAsync(request, token));
        scim.MapGet("/Users/{id}", (string id, HttpRequest request, UserRoutes routes, CancellationToken token) => routes.GetAsync(id, request, token));
        scim.MapPost("/Users", (HttpRequest request, UserRoutes routes, CancellationToken token) => routes.CreateAsync(request, token));
        scim.MapPut("/Users/{id}", (string id, HttpRequest request, UserRoutes routes, CancellationToken token) =>
            routes.ChangeAsync(id, request, (body, before) => UserDraft.Read(body, before.Active), token));
        scim.MapPatch("/Users/{id}", (string id, HttpRequest request, UserRoutes routes, CancellationToken token) => routes.ChangeAsync(id, request, Patched, token));
        scim.MapDelete("/Users/{id}", (string id, HttpRequest request, UserRoutes routes, CancellationToken token) => routes.RemoveAsync(id, request, token));
    }

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (session, list) = (await sessions.OpenAsync(request), ScimList.Read(request));
        await using var db = sessions.Open(session);
        var matching = list.Apply(UserRecord.All(db, session.TenantId), UserRecord.Compare);
        var total = await matching.CountAsync(cancellationToken);
        var page = list.Count == 0 ? [] : await matching.OrderBy(row => row.UserName).Skip(list.StartIndex - 1).Take(list.Count).ToListAsync(cancellationToken);
        return list.Answer(total, (await ResourcesAsync(db, session, page, cancellationToken)).Select(resource => ScimView.Narrowed(request, resource)));
    }

    private async Task<IResult> GetAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(request);
        return ScimAnswer.Of(request, (await FindAsync(session, id, cancellationToken)).Resource);
    }

    private async Task<IResult> CreateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(request);
        var draft = UserDraft.Read(await ScimBody.ReadAsync(request, cancellationToken), active: true);
        if (draft.UserName is not { Length: > 0 } address)
            throw ScimException.Value("'userName' is required: the mail address.");
        var made = await commands.CreateAsync(session.Scope, session.Owner, new NewAccount(address, draft.Name, session.Roles.Of(new HashSet<string>()), draft.Language), cancellationToken);
        Require(made);
        await provisioning.KeepAsync(session.Scope, session.TenantId, new ProvisionedAccount(made.Value, draft.ExternalId, draft.GivenName, draft.FamilyName), cancellationToken);
        if (!draft.Active)
            await DisableAsync(session, made.Value, cancellationToken);
        return ScimAnswer.Of(request, (await FindAsync(session, GlobalId.Of(NodeKind.Account, made.Value), cancellationToken)).Resource, StatusCodes.Status201Created);
    }

    private async Task<IResult> ChangeAsync(string id, HttpRequest request, Func<JsonObject, UserRecord, UserDraft> change, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(request);
        var (before, resource) = await FindAsync(session, id, cancellationToken);
        ScimAnswer.RequireVersion(request, resource);
        var draft = change(await ScimBody.ReadAsync(request, cancellationToken), before);
        if (draft.UserName is not { Length: > 0 })
            throw ScimException.Value("'userName' is required: the mail address.");
        // Out first: whatever else is refused, who has left does not stay in.
        if (before.Active && !draft.Active)
            await DisableAsync(session, before.Id, cancellationToken);
        await WriteAsync(session, before, draft, cancellationToken);
        if (!before.Active && draft.Active)
            Require(await commands.EnableAsync(session.Scope, before.Id, cancellationToken));
        return ScimAnswer.Of(request, (await FindAsync(session, id, cancellationToken)).Resource);
    }

    private async Task WriteAsync(ScimSession session, UserRecord before, UserDraft draft, CancellationToken cancellationToken)
    {
        var address = before.UserName.Equals(draft.UserName, StringComparison.OrdinalIgnoreCase) ? null : draft.UserName;
        var change = new AccountChange(draft.Name == before.Name ? null : draft.Name, draft.Language == before.Language ? null : draft.Language, address);
        if (change != new AccountChange())
            Require(await commands.ChangeAsync(session.Scope, before.Id, change, cancellationToken));
        if (!before.IsKept || (draft.ExternalId, draft.GivenName, draft.FamilyName) != (before.ExternalId, before.GivenName, before.FamilyName))
            await provisioning.KeepAsync(session.Scope, session.TenantId, new ProvisionedAccount(before.Id, draft.ExternalId, draft.GivenName, draft.FamilyName), cancellationToken);
        // From now on its roles follow from its groups.
        if (!before.IsKept)
            await roles.ApplyAsync(session, [before.Id], cancellationToken);
    }

    private async Task<IResult> RemoveAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(request);
        var (before, resource) = await FindAsync(session, id, cancellationToken);
        ScimAnswer.RequireVersion(request, resource);
        Require(await commands.RemoveAsync(session.Scope, before.Id, cancellationToken));
        return Results.NoContent();
    }

    private async Task DisableAsync(ScimSession session, Guid id, CancellationToken cancellationToken) =>
        Require(await commands.DisableAsync(session.Scope, id, cancellationToken));

    private static UserDraft Patched(JsonObject body, UserRecord before)
    {
        var draft = before.Draft();
        foreach (var operation in PatchOperation.Read(body))
            draft.Apply(operation);
        return draft;
    }

    private async Task<(UserRecord Record, JsonObject Resource)> FindAsync(ScimSession session, string id, CancellationToken cancellationToken)
    {
        var key = GlobalId.Find(id, NodeKind.Account) ?? throw ScimException.NotFound("user");
        await using var db = sessions.Open(session);
        var record = await UserRecord.All(db, session.TenantId).SingleOrDefaultAsync(row => row.Id == key, cancellationToken) ?? throw ScimException.NotFound("user");
        return (record, (await ResourcesAsync(db, session, [record], cancellationToken))[0]);
    }

    private static async Task<IReadOnlyList<JsonObject>> ResourcesAsync(PlatformDb db, ScimSession session, IReadOnlyList<UserRecord> page, CancellationToken cancellationToken)
    {
        var ids = page.Select(row => row.Id).ToList();
        var groups = (await (
            from member in db.GroupMembers.AsNoTracking()
            where ids.Contains(member.MemberId)
            join row in db.Groups.AsNoTracking() on member.GroupId equals row.Id
            orderby row.Position
            select new { member.MemberId, row.Id, row.Name }).ToListAsync(cancellationToken)).ToLookup(row => row.MemberId, row => (GlobalId.Of(NodeKind.Group, row.Id), row.Name));
        var held = (await db.AccountRoles.AsNoTracking().Where(row => ids.Contains(row.AccountId)).ToListAsync(cancellationToken)).ToLookup(row => row.AccountId, row => RoleKeys.Of(row.RoleId));
        return [.. page.Select(row => row.Resource(session.Base, [.. groups[row.Id]], [.. held[row.Id].Order(StringComparer.Ordinal)]))];
    }

    private static void Require<T>(CommandResult<T> done)
    {
        if (!done.Succeeded)
            throw ScimException.Of(done);
    }
}
