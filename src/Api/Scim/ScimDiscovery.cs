using System.Text.Json.Nodes;
using Platform.Api.Scim.Groups;
using Platform.Api.Scim.Users;

namespace Platform.Api.Scim;

/// <summary>What is served here, in the words of RFC 7643, 5 to 7.</summary>
internal static class ScimDiscovery
{
    private const string SchemaSchema = "urn:ietf:params:scim:schemas:core:2.0:Schema";

    public static void Map(IEndpointRouteBuilder scim)
    {
        scim.MapGet("/ServiceProviderConfig", () => new ScimAnswer(Config()));
        scim.MapGet("/ResourceTypes", () => List([Type("User", "/Users", UserRecord.Schema), Type("Group", "/Groups", GroupRecord.Schema)]));
        scim.MapGet("/ResourceTypes/{id}", (string id) => id switch
        {
            "User" => new ScimAnswer(Type("User", "/Users", UserRecord.Schema)),
            "Group" => new ScimAnswer(Type("Group", "/Groups", GroupRecord.Schema)),
            _ => throw ScimException.NotFound("resource type"),
        });
        scim.MapGet("/Schemas", () => List([User(), Group()]));
        scim.MapGet("/Schemas/{id}", (string id) => id switch
        {
            UserRecord.Schema => new ScimAnswer(User()),
            GroupRecord.Schema => new ScimAnswer(Group()),
            _ => throw ScimException.NotFound("schema"),
        });
    }

    private static JsonObject Config() => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["patch"] = Supported(true),
        ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = ScimList.MaxCount },
        ["changePassword"] = Supported(false),
        ["sort"] = Supported(false),
        ["etag"] = Supported(true),
        ["authenticationSchemes"] = new JsonArray(
            new JsonObject { ["type"] = "oauthbearertoken", ["name"] = "Bearer", ["description"] = "A key of the tenant, or a token of an API client with accounts.provision.", ["primary"] = true }),
        ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = ScimRoutes.Path + "/ServiceProviderConfig" },
    };

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };

    private static JsonObject Type(string name, string endpoint, string schema) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = name,
        ["name"] = name,
        ["endpoint"] = endpoint,
        ["schema"] = schema,
        ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = $"{ScimRoutes.Path}/ResourceTypes/{name}" },
    };

    private static JsonObject User() => Schema(
        UserRecord.Schema,
        "User",
        "An account of the tenant.",
        Attribute("userName", "The mail address.", required: true, unique: true),
        Complex("name", "Parts of the name.", many: false, "readWrite", Attribute("formatted", "As it is shown."), Attribute("givenName", "Given name."), Attribute("familyName", "Family name.")),
        Attribute("displayName", "As it is shown."),
        Attribute("preferredLanguage", "Of pages and mails: ja or en."),
        Attribute("active", "May sign in.", type: "boolean"),
        Complex("emails", "The mail address again; follows userName.", many: true, "readOnly", Attribute("value", "Address.", change: "readOnly"), Attribute("type", "work", change: "readOnly"), Attribute("primary", "True.", type: "boolean", change: "readOnly")),
        Complex("groups", "Groups that the user is in.", many: true, "readOnly", Attribute("value", "Id.", change: "readOnly"), Attribute("display", "Name.", change: "readOnly"), Attribute("$ref", "Place.", type: "reference", change: "readOnly")),
        Complex("roles", "Roles that follow from the groups.", many: true, "readOnly", Attribute("value", "Key of the role.", change: "readOnly")));

    private static JsonObject Group() => Schema(
        GroupRecord.Schema,
        "Group",
        "A group of the tenant.",
        Attribute("displayName", "Name.", required: true, unique: true),
        Complex("members", "Users of the group.", many: true, "readWrite", Attribute("value", "Id of the user.", change: "immutable"), Attribute("display", "Name.", change: "readOnly"), Attribute("$ref", "Place.", type: "reference", change: "readOnly"), Attribute("type", "User", change: "readOnly")));

    private static JsonObject Schema(string id, string name, string description, params JsonObject[] attributes) => new()
    {
        ["schemas"] = new JsonArray(SchemaSchema),
        ["id"] = id,
        ["name"] = name,
        ["description"] = description,
        ["attributes"] = new JsonArray([.. attributes]),
        ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = $"{ScimRoutes.Path}/Schemas/{id}" },
    };

    private static JsonObject Attribute(string name, string description, string type = "string", bool required = false, bool unique = false, string change = "readWrite") => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["multiValued"] = false,
        ["description"] = description,
        ["required"] = required,
        ["caseExact"] = false,
        ["mutability"] = change,
        ["returned"] = "default",
        ["uniqueness"] = unique ? "server" : "none",
    };

    private static JsonObject Complex(string name, string description, bool many, string change, params JsonObject[] parts)
    {
        var attribute = Attribute(name, description, "complex", change: change);
        attribute["multiValued"] = many;
        attribute["subAttributes"] = new JsonArray([.. parts]);
        return attribute;
    }

    private static ScimAnswer List(JsonObject[] resources) => new(new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
        ["totalResults"] = resources.Length,
        ["startIndex"] = 1,
        ["itemsPerPage"] = resources.Length,
        ["Resources"] = new JsonArray([.. resources]),
    });
}
