using System.Text.Json.Nodes;
using Platform.Api.Scim.Filters;

namespace Platform.Api.Scim;

internal enum PatchKind
{
    Add,
    Replace,
    Remove,
}

/// <summary>One change of a PATCH (RFC 7644, 3.5.2), as Microsoft Entra and Okta write it too: operators in capitals, dotted names in a value without path.</summary>
internal sealed record PatchOperation(PatchKind Kind, ScimPath Path, JsonNode? Value)
{
    private const int MaxOperations = 1_000;

    /// <summary>Operations without a path come as one for each member of their value.</summary>
    /// <exception cref="ScimException">It is no PATCH.</exception>
    public static IReadOnlyList<PatchOperation> Read(JsonObject body)
    {
        if (body["Operations"] is not JsonArray { Count: > 0 and <= MaxOperations } operations)
            throw new ScimException(400, ScimException.InvalidSyntax, $"'Operations' holds 1 to {MaxOperations} changes.");
        return [.. operations.SelectMany(Read)];
    }

    private static IEnumerable<PatchOperation> Read(JsonNode? node)
    {
        if (node is not JsonObject operation)
            throw new ScimException(400, ScimException.InvalidSyntax, "An operation is an object.");
        var kind = ScimBody.Text(operation["op"], "op")?.ToLowerInvariant() switch
        {
            "add" => PatchKind.Add,
            "replace" => PatchKind.Replace,
            "remove" => PatchKind.Remove,
            _ => throw new ScimException(400, ScimException.InvalidSyntax, "'op' is add, replace or remove."),
        };
        var value = operation["value"];
        if (ScimBody.Text(operation["path"], "path") is { Length: > 0 } path)
            return [new PatchOperation(kind, PathOf(path), value)];
        return kind != PatchKind.Remove && value is JsonObject members
            ? members.Select(member => new PatchOperation(kind, PathOf(member.Key), member.Value))
            : throw new ScimException(400, kind == PatchKind.Remove ? "noTarget" : ScimException.InvalidValue, "Without a path, the value is an object of attributes, and nothing can be removed.");
    }

    /// <summary>The URN of an extension stands for all of its attributes, of which none is kept here.</summary>
    private static ScimPath PathOf(string text) => ScimFilterParser.TryParsePath(text, out var path, out var fault)
        ? path
        : throw new ScimException(400, ScimException.InvalidPath, $"The path cannot be read: at character {fault.Position}, {fault.Reason}.");
}
