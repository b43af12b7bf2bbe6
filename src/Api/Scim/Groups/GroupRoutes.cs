using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Directory;
using Platform.Storage.Groups;
using Platform.Storage.Model;

namespace Platform.Api.Scim.Groups;

/// <summary>Groups of SCIM are the groups of the tenant; of their members, the accounts.</summary>
internal sealed class GroupRoutes(ScimSessions sessions, IGroupCommands commands, RoleSync roles)
{
    /// <summary>Members shown on one page of groups; beyond them the asker leaves them out.</summary>
    private const int MaxShown = 20_000;

    public static void Map(IEndpointRouteBuilder scim)
    {
        scim.MapGet("/Groups", (HttpRequest request, GroupRoutes routes, CancellationToken token) => routes.ListAsync(request, token));
        scim.MapGet("/Groups/{id}", (string id, HttpRequest request, GroupRoutes routes, CancellationToken token) => routes.GetAsync(id, request, token));
        scim.MapPost("/Groups", (HttpRequest request, GroupRoutes routes, CancellationToken token) => routes.CreateAsync(request, token));
        scim.MapPut("/Groups/{id}", (string id, HttpRequest request, GroupRoutes routes, CancellationToken token) =>
            routes.ChangeAsync(id, request, (draft, body) => draft.Replace(body), token));
        scim.MapPatch("/Groups/{id}", (string id, HttpRequest request, GroupRoutes routes, CancellationToken token) => routes.ChangeAsync(id, request, Patch, token));
        scim.MapDelete("/Groups/{id}", (string id, HttpRequest request, GroupRoutes routes, CancellationToken token) => routes.RemoveAsync(id, request, token));
    }

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (session, list) = (await sessions.OpenAsync(request), ScimList.Read(request));
        await using var db = sessions.Open(session);
        var matching = list.Apply(GroupRecord.All(db, session.TenantId), compare => GroupRecord.Compare(db, compare));
        var total = await matching.CountAsync(cancellationToken);
        var page = list.Count == 0 ? [] : await matching.OrderBy(row => row.Name).ThenBy(row => row.Id).Skip(list.StartIndex - 1).Take(list.Count).ToListAsync(cancellationToken);
        var members = ScimView.Wants(request, "members") ? await MembersAsync(db, [.. page.Select(row => row.Id)], cancellationToken) : null;
        return list.Answer(total, page.Select(row => ScimView.Narrowed(request, row.Resource(session.Base, members?[row.Id]))));
    }

    private async Task<IResult> GetAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(request);
        return ScimAnswer.Of(request, await ResourceAsync(session, KeyOf(id), ScimView.Wants(request, "members"), cancellationToken));
    }

    private async Task<IResult> CreateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(request);
        var draft = new GroupDraft(null, null, null, new HashSet<Guid>());
        draft.Replace(await ScimBody.ReadAsync(request, cancellationToken));
        if (draft.Name is not { Length: > 0 } name)
            throw ScimException.Value("'displayName' is required.");
        var made = await commands.CreateAsync(session.Scope, session.TenantId, new NewGroup(name, draft.ExternalId), cancellationToken);
        Require(made);
        await SetMembersAsync(session, made.Value, draft, cancellationToken);
        await roles.ApplyAsync(session, draft.Members, cancellationToken);
        return ScimAnswer.Of(request, await ResourceAsync(session, made.Value, draft.Members.Count <= MaxShown && ScimView.Wants(request, "members"), cancellationToken), StatusCodes.Status201Created);
    }

    private async Task<IResult> ChangeAsync(string id, HttpRequest request, Action<GroupDraft, JsonObject> change, CancellationToken cancellationToken)
    {
        var (session, key) = (await sessions.OpenAsync(request), KeyOf(id));
        var (before, draft) = await DraftAsync(session, key, cancellationToken);
        await RequireVersionAsync(session, key, draft, request, cancellationToken);
        change(draft, await ScimBody.ReadAsync(request, cancellationToken));
        if (draft.Name is not { Length: > 0 })
            throw ScimException.Value("'displayName' is required.");
        var renamed = draft.Name != before.Name || draft.ExternalId != before.ExternalId;
        if (renamed)
            Require(await commands.UpdateAsync(session.Scope, key, new GroupChange(draft.Name, draft.ExternalId ?? ""), cancellationToken));
        var moved = draft.Added.Concat(draft.Removed).ToList();
        await SetMembersAsync(session, key, draft, cancellationToken);
        await roles.ApplyAsync(session, renamed ? [.. draft.Members.Union(moved)] : moved, cancellationToken);
        // Done is done, however large the group: an error here would have the program send it again (RFC 7644, 3.5.2).
        var shown = ScimView.Wants(request, "members");
        return shown && draft.Members.Count > MaxShown ? Results.NoContent() : ScimAnswer.Of(request, await ResourceAsync(session, key, shown, cancellationToken));
    }

    private async Task<IResult> RemoveAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var (session, key) = (await sessions.OpenAsync(request), KeyOf(id));
        var (_, draft) = await DraftAsync(session, key, cancellationToken);
        await RequireVersionAsync(session, key, draft, request, cancellationToken);
        Require(await commands.DeleteAsync(session.Scope, key, cancellationToken));
        await roles.ApplyAsync(session, draft.Members, cancellationToken);
        return Results.NoContent();
    }

    /// <summary>Of a group that is too large to be shown, the version is the one of the resource without its members.</summary>
    private async Task RequireVersionAsync(ScimSession session, Guid key, GroupDraft draft, HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Headers.IfMatch.Count > 0)
            ScimAnswer.RequireVersion(request, await ResourceAsync(session, key, draft.Members.Count <= MaxShown, cancellationToken));
    }

    private async Task SetMembersAsync(ScimSession session, Guid group, GroupDraft draft, CancellationToken cancellationToken)
    {
        foreach (var some in draft.Removed.Chunk(GroupLimits.MaxChange))
            Require(await commands.ChangeMembersAsync(session.Scope, group, [], [.. some.Select(Member)], cancellationToken));
        foreach (var some in draft.Added.Chunk(GroupLimits.MaxChange))
            Require(await commands.ChangeMembersAsync(session.Scope, group, [.. some.Select(Member)], [], cancellationToken));
    }

    private static void Patch(GroupDraft draft, JsonObject body)
    {
        foreach (var operation in PatchOperation.Read(body))
            draft.Apply(operation);
    }

    private async Task<(GroupRecord Before, GroupDraft Draft)> DraftAsync(ScimSession session, Guid id, CancellationToken cancellationToken)
    {
        await using var db = sessions.Open(session);
        var before = await RecordAsync(db, session, id, cancellationToken);
        var members = await db.GroupMembers.AsNoTracking().Where(row => row.GroupId == id && row.Kind == GroupMemberKind.Account).Select(row => row.MemberId).ToListAsync(cancellationToken);
        return (before, new GroupDraft(GlobalId.Of(NodeKind.Group, id), before.Name, before.ExternalId, members.ToHashSet()));
    }

    private async Task<JsonObject> ResourceAsync(ScimSession session, Guid id, bool withMembers, CancellationToken cancellationToken)
    {
        await using var db = sessions.Open(session);
        var record = await RecordAsync(db, session, id, cancellationToken);
        return record.Resource(session.Base, withMembers ? (await MembersAsync(db, [id], cancellationToken))[id] : null);
    }

    private static async Task<GroupRecord> RecordAsync(PlatformDb db, ScimSession session, Guid id, CancellationToken cancellationToken) =>
        await GroupRecord.All(db, session.TenantId).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw ScimException.NotFound("group");

    private static async Task<ILookup<Guid, (Guid Id, string Name)>> MembersAsync(PlatformDb db, List<Guid> groups, CancellationToken cancellationToken)
    {
        var members = await (
            from member in db.GroupMembers.AsNoTracking()
            where groups.Contains(member.GroupId)
            join account in db.Accounts.AsNoTracking() on member.MemberId equals account.Id
            orderby account.Address
            select new { member.GroupId, account.Id, account.Name }).Take(MaxShown + 1).ToListAsync(cancellationToken);
        return members.Count <= MaxShown
            ? members.ToLookup(row => row.GroupId, row => (row.Id, row.Name))
            : throw new ScimException(400, ScimException.TooMany, $"There are more than {MaxShown} members: ask with excludedAttributes=members, or for fewer groups at a time.");
    }

    private static GroupMember Member(Guid account) => new(GroupMemberKind.Account, account);

    private static Guid KeyOf(string id) => GlobalId.Find(id, NodeKind.Group) ?? throw ScimException.NotFound("group");

    private static void Require<T>(CommandResult<T> done)
    {
        if (!done.Succeeded)
            throw ScimException.Of(done);
    }
}
