using System.Text.Json.Nodes;
using Platform.Api.Edge;
using Platform.Api.Scim.Filters;

namespace Platform.Api.Scim.Groups;

/// <summary>What is to become of a group (RFC 7643, 4.2): its names, and who comes in and goes out. Members that are mailboxes are not the directory's business.</summary>
/// <param name="id">Of the group; null: it is to be made.</param>
/// <param name="before">Accounts that are in it.</param>
internal sealed class GroupDraft(string? id, string? name, string? externalId, IReadOnlySet<Guid> before)
{
    private const int MaxMembers = 20_000;

    public string? Name { get; private set; } = name;

    public string? ExternalId { get; private set; } = externalId;

    public HashSet<Guid> Members { get; } = [.. before];

    public IReadOnlyList<Guid> Added => [.. Members.Except(before)];

    public IReadOnlyList<Guid> Removed => [.. before.Except(Members)];

    /// <summary>All of it, as POST and PUT say it.</summary>
    public void Replace(JsonObject body)
    {
        Name = ScimBody.Text(body["displayName"], "displayName")?.Trim();
        ExternalId = ScimBody.Text(body["externalId"], "externalId");
        Members.Clear();
        Members.UnionWith(Ids(body["members"]));
    }

    public void Apply(PatchOperation change)
    {
        if (change.Path.Attribute.Schema is { } schema && !schema.Equals(GroupRecord.Schema, StringComparison.OrdinalIgnoreCase))
            return;
        switch (change.Path.Attribute.Key)
        {
            case "displayname" when change.Kind != PatchKind.Remove:
                Name = ScimBody.Text(change.Value, "displayName")?.Trim();
                break;
            case "externalid":
                ExternalId = change.Kind == PatchKind.Remove ? null : ScimBody.Text(change.Value, "externalId");
                break;
            case "members":
                ApplyMembers(change);
                break;
            // Programs send it along with what they change.
            case "id" when change.Kind != PatchKind.Remove && ScimBody.Text(change.Value, "id") == id:
                break;
            case "id" or "displayname":
                throw new ScimException(400, ScimException.Mutability, $"'{change.Path.Attribute}' cannot be changed so.");
            default:
                break;
        }
    }

    private void ApplyMembers(PatchOperation change)
    {
        var named = change.Path.Filter is { } filter ? [.. One(filter)] : change.Kind == PatchKind.Remove && change.Value is null ? null : Ids(change.Value);
        switch (change.Kind)
        {
            case PatchKind.Add:
                Members.UnionWith(named ?? []);
                break;
            case PatchKind.Replace when change.Path.Filter is not null:
                // RFC 7644, 3.5.2.3: only what the filter names is replaced.
                if (!Members.Overlaps(named ?? []))
                    throw new ScimException(400, ScimException.NoTarget, "The group has no such member.");
                Members.ExceptWith(named ?? []);
                Members.UnionWith(Ids(change.Value));
                break;
            case PatchKind.Replace:
                Members.Clear();
                Members.UnionWith(named ?? []);
                break;
            default:
                // Without anybody named, all.
                Members.ExceptWith(named ?? [.. Members]);
                break;
        }
    }

    /// <summary><c>members[value eq "id"]</c>, and several of them by <c>or</c>.</summary>
    private static IEnumerable<Guid> One(ScimFilter filter) => filter switch
    {
        ScimFilter.Compare { Attribute.Key: "value", Operator: ScimOperator.Equal, Value: string id } => GlobalId.Find(id, NodeKind.Account) is { } key ? [key] : [],
        ScimFilter.Or or => One(or.Left).Concat(One(or.Right)),
        _ => throw new ScimException(400, ScimException.InvalidPath, "Members are named by 'members[value eq \"id\"]'."),
    };

    private static List<Guid> Ids(JsonNode? node) => node switch
    {
        null => [],
        JsonArray { Count: <= MaxMembers } members => [.. members.Select(Id)],
        JsonArray => throw new ScimException(413, null, $"At most {MaxMembers} members are named at a time."),
        _ => [Id(node)],
    };

    private static Guid Id(JsonNode? member) =>
        member is JsonObject named && ScimBody.Text(named["value"], "members.value") is { } id && GlobalId.Find(id, NodeKind.Account) is { } key
            ? key
            : throw ScimException.Value("A member is named by the id of a user of this tenant; groups in groups are not kept.");
}
