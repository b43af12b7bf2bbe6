using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.Scim.Filters;
using Platform.Storage.Accounts;
using Platform.Storage.Model;

namespace Platform.Api.Scim.Users;

/// <summary>An account with what only the tenant's directory knows of it, as one row to ask for.</summary>
internal sealed class UserRecord
{
    public const string Schema = "urn:ietf:params:scim:schemas:core:2.0:User";

    public required Guid Id { get; init; }
    public required string UserName { get; init; }
    public required string Name { get; init; }
    public required string? Language { get; init; }
    public required bool Active { get; init; }
    public required bool IsKept { get; init; }
    public required string? ExternalId { get; init; }
    public required string? GivenName { get; init; }
    public required string? FamilyName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Accounts of the tenant. One that waits for its person counts as active.</summary>
    public static IQueryable<UserRecord> All(PlatformDb db, Guid tenantId) =>
        from account in db.Accounts.AsNoTracking()
        where account.OwnerId == tenantId
        join known in db.ProvisionedAccounts.AsNoTracking() on account.Id equals known.AccountId into kept
        from own in kept.DefaultIfEmpty()
        select new UserRecord
        {
            Id = account.Id,
            UserName = account.Address,
            Name = account.Name,
            Language = account.Language,
            Active = account.State != AccountState.Disabled,
            IsKept = own != null,
            ExternalId = own == null ? null : own.ExternalId,
            GivenName = own == null ? null : own.GivenName,
            FamilyName = own == null ? null : own.FamilyName,
            CreatedAt = account.CreatedAt,
            ChangedAt = account.ChangedAt,
        };

    /// <returns>Null: it cannot be asked for so.</returns>
    public static Expression<Func<UserRecord, bool>>? Compare(ScimFilter.Compare compare) => compare.Attribute.Key switch
    {
        "username" or "emails" or "emails.value" => ScimFilterOf.Text<UserRecord>(row => row.UserName, compare, exact: false),
        // There is one address, for work.
        "emails.type" => ScimFilterOf.Always<UserRecord>(compare is { Operator: ScimOperator.Equal, Value: "work" }),
        "emails.primary" => ScimFilterOf.Always<UserRecord>(compare is { Operator: ScimOperator.Equal, Value: true }),
        "displayname" or "name.formatted" => ScimFilterOf.Text<UserRecord>(row => row.Name, compare, exact: false),
        "name.givenname" => ScimFilterOf.Text<UserRecord>(row => row.GivenName, compare, exact: false),
        "name.familyname" => ScimFilterOf.Text<UserRecord>(row => row.FamilyName, compare, exact: false),
        "externalid" => ScimFilterOf.Text<UserRecord>(row => row.ExternalId, compare, exact: true),
        "active" when compare is { Operator: ScimOperator.Equal, Value: bool active } => row => row.Active == active,
        "id" when compare is { Operator: ScimOperator.Equal, Value: string id } => GlobalId.Find(id, NodeKind.Account) is { } key ? row => row.Id == key : ScimFilterOf.Always<UserRecord>(false),
        _ => null,
    };

    public UserDraft Draft() => new()
    {
        Id = GlobalId.Of(NodeKind.Account, Id),
        UserName = UserName,
        DisplayName = Name,
        GivenName = GivenName,
        FamilyName = FamilyName,
        Language = Language,
        ExternalId = ExternalId,
        Active = Active,
    };

    public JsonObject Resource(string place, IReadOnlyList<(string Id, string Name)> groups, IReadOnlyList<string> roles)
    {
        var id = GlobalId.Of(NodeKind.Account, Id);
        var resource = new JsonObject { ["schemas"] = new JsonArray(Schema), ["id"] = id };
        if (ExternalId is not null)
            resource["externalId"] = ExternalId;
        resource["userName"] = UserName;
        var name = new JsonObject { ["formatted"] = Name };
        if (GivenName is not null)
            name["givenName"] = GivenName;
        if (FamilyName is not null)
            name["familyName"] = FamilyName;
        resource["name"] = name;
        resource["displayName"] = Name;
        if (Language is not null)
            resource["preferredLanguage"] = Language;
        resource["active"] = Active;
        resource["emails"] = new JsonArray(new JsonObject { ["value"] = UserName, ["type"] = "work", ["primary"] = true });
        resource["groups"] = new JsonArray([.. groups.Select(group => new JsonObject { ["value"] = group.Id, ["display"] = group.Name, ["$ref"] = $"{place}/Groups/{group.Id}", ["type"] = "direct" })]);
        resource["roles"] = new JsonArray([.. roles.Select(role => new JsonObject { ["value"] = role })]);
        var version = ScimAnswer.VersionOf(resource);
        resource["meta"] = new JsonObject
        {
            ["resourceType"] = "User",
            ["created"] = CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["lastModified"] = ChangedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["location"] = $"{place}/Users/{id}",
            ["version"] = version,
        };
        return resource;
    }
}
