using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.Scim.Filters;
using Platform.Storage.Model;

namespace Platform.Api.Scim.Groups;

/// <summary>A group of the tenant as one row to ask for.</summary>
internal sealed class GroupRecord
{
    public const string Schema = "urn:ietf:params:scim:schemas:core:2.0:Group";

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string? ExternalId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    public static IQueryable<GroupRecord> All(PlatformDb db, Guid tenantId) => db.Groups.AsNoTracking().Where(row => row.TenantId == tenantId).Select(row => new GroupRecord
    {
        Id = row.Id,
        Name = row.Name,
        ExternalId = row.ExternalId,
        CreatedAt = row.CreatedAt,
        ChangedAt = row.ChangedAt,
    });

    /// <returns>Null: it cannot be asked for so.</returns>
    public static Expression<Func<GroupRecord, bool>>? Compare(PlatformDb db, ScimFilter.Compare compare) => compare.Attribute.Key switch
    {
        "displayname" => ScimFilterOf.Text<GroupRecord>(row => row.Name, compare, exact: false),
        "externalid" => ScimFilterOf.Text<GroupRecord>(row => row.ExternalId, compare, exact: true),
        "id" when compare is { Operator: ScimOperator.Equal, Value: string id } => GlobalId.Find(id, NodeKind.Group) is { } key ? row => row.Id == key : ScimFilterOf.Always<GroupRecord>(false),
        // Whether somebody is in it, without fetching its members.
        "members" or "members.value" when compare is { Operator: ScimOperator.Equal, Value: string id } => GlobalId.Find(id, NodeKind.Account) is { } member
            ? row => db.GroupMembers.Any(found => found.GroupId == row.Id && found.MemberId == member)
            : ScimFilterOf.Always<GroupRecord>(false),
        _ => null,
    };

    /// <param name="members">Null: they are not wanted.</param>
    public JsonObject Resource(string place, IEnumerable<(Guid Id, string Name)>? members)
    {
        var id = GlobalId.Of(NodeKind.Group, Id);
        var resource = new JsonObject { ["schemas"] = new JsonArray(Schema), ["id"] = id };
        if (ExternalId is not null)
            resource["externalId"] = ExternalId;
        resource["displayName"] = Name;
        if (members is not null)
        {
            resource["members"] = new JsonArray([.. members.Select(member => (Key: GlobalId.Of(NodeKind.Account, member.Id), member.Name)).Select(member =>
                new JsonObject { ["value"] = member.Key, ["display"] = member.Name, ["$ref"] = $"{place}/Users/{member.Key}", ["type"] = "User" })]);
        }

        var version = ScimAnswer.VersionOf(resource);
        resource["meta"] = new JsonObject
        {
            ["resourceType"] = "Group",
            ["created"] = CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["lastModified"] = ChangedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["location"] = $"{place}/Groups/{id}",
            ["version"] = version,
        };
        return resource;
    }
}
