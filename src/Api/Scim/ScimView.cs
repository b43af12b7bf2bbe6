using System.Text.Json.Nodes;

namespace Platform.Api.Scim;

/// <summary>Which part of a resource is wanted (RFC 7644, 3.9): whole attributes, by <c>attributes</c> or <c>excludedAttributes</c>.</summary>
internal static class ScimView
{
    private static readonly string[] Always = ["schemas", "id"];

    public static bool Wants(HttpRequest request, string attribute)
    {
        var (only, without) = (Names(request, "attributes"), Names(request, "excludedAttributes"));
        return only.Count > 0 ? only.Contains(attribute.ToLowerInvariant()) : !without.Contains(attribute.ToLowerInvariant());
    }

    public static JsonObject Narrowed(HttpRequest request, JsonObject resource)
    {
        foreach (var name in resource.Select(member => member.Key).Where(name => !Always.Contains(name) && !Wants(request, name)).ToList())
            resource.Remove(name);
        return resource;
    }

    /// <summary>A sub-attribute or a schema's name before it asks for the whole attribute.</summary>
    private static HashSet<string> Names(HttpRequest request, string parameter) =>
        [.. request.Query[parameter].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => name[(name.LastIndexOf(':') + 1)..].Split('.')[0].ToLowerInvariant())];
}
