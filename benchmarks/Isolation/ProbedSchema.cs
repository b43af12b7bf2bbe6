using System.Text;
using System.Text.Json;

namespace Platform.Benchmarks.Isolation;

/// <summary>A GraphQL schema as introspection tells it, and documents made from it: each field with all that can be selected below it.</summary>
internal sealed class ProbedSchema(IReadOnlyDictionary<string, ProbedType> types, string query, string? mutation, string? subscription)
{
    private const int MaxDepth = 6;
    private const string TypeReference = "type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

    public const string Introspection =
        "{ __schema { queryType { name } mutationType { name } subscriptionType { name } types { kind name enumValues { name } possibleTypes { name } "
        + "fields { name args { name " + TypeReference + " } " + TypeReference + " } inputFields { name " + TypeReference + " } } } }";

    public const string Subscription = "subscription";

    public IReadOnlyList<(string Keyword, IReadOnlyList<ProbedField> Fields)> Roots { get; } =
        [.. new[] { ("query", query), ("mutation", mutation), (Subscription, subscription) }.Where(root => root.Item2 is not null).Select(root => (root.Item1, types[root.Item2!].Fields))];

    /// <summary>Queries that can be asked without an id.</summary>
    public IEnumerable<ProbedField> Queries => types[query].Fields.Where(root => !root.Arguments.Any(argument => argument.Type is { Required: true, Name: "ID" }));

    /// <summary>Whether things of a type have an id of their own; of a reason, for one, the id is a word of the documentation.</summary>
    public bool HasId(string type) => types[type].Fields.Any(field => field is { Name: "id", Type.Name: "ID" });

    public static ProbedSchema Read(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        if (!document.RootElement.TryGetProperty("data", out var data))
            throw new InvalidOperationException("The schema cannot be introspected: " + answer);
        var schema = data.GetProperty("__schema");
        return new ProbedSchema(
            schema.GetProperty("types").EnumerateArray().Select(ProbedType.Read).ToDictionary(type => type.Name),
            schema.GetProperty("queryType").GetProperty("name").GetString()!,
            NameOf("mutationType"),
            NameOf("subscriptionType"));

        string? NameOf(string member) => schema.GetProperty(member) is { ValueKind: JsonValueKind.Object } root ? root.GetProperty("name").GetString() : null;
    }

    /// <summary>The field once with each id in every place that takes one, and once with none where that is possible.</summary>
    public IEnumerable<string> Documents((string Keyword, IReadOnlyList<ProbedField> Fields) root, ProbedField field, IReadOnlyList<string> ids)
    {
        var takesIds = field.Arguments.Any(argument => TakesId(argument.Type, []));
        var needsIds = field.Arguments.Any(argument => NeedsId(argument.Type));
        if (!needsIds)
            yield return Document(root.Keyword, field, null);
        if (!takesIds)
            yield break;
        foreach (var id in ids)
            yield return Document(root.Keyword, field, id);
    }

    public string Document(string keyword, ProbedField field, string? id)
    {
        var text = new StringBuilder(keyword).Append(" { ");
        Write(text, field, id, [], 0);
        return text.Append(" }").ToString();
    }

    private void Write(StringBuilder text, ProbedField field, string? id, IReadOnlyList<string> path, int depth)
    {
        text.Append(field.Name);
        var arguments = field.Arguments.Select(argument => (argument.Name, Value: Value(argument, id))).Where(pair => pair.Value is not null).ToList();
        if (arguments.Count > 0)
            text.Append('(').AppendJoin(", ", arguments.Select(pair => $"{pair.Name}: {pair.Value}")).Append(')');
        WriteSelection(text, types[field.Type.Name], path, depth);
        text.Append(' ');
    }

    private void WriteSelection(StringBuilder text, ProbedType type, IReadOnlyList<string> path, int depth)
    {
        if (type.Kind is "SCALAR" or "ENUM")
            return;
        text.Append(" { __typename ");
        if (type.Kind == "INTERFACE")
        {
            text.Append("id ");
            foreach (var possible in type.PossibleTypes)
            {
                // Fields of one name may differ in type between the types: each gets a name of its own.
                var leaves = types[possible].Fields.Where(field => types[field.Type.Name].Kind is "SCALAR" or "ENUM" && field.Arguments.Count == 0);
                text.Append("... on ").Append(possible).Append(" { ").AppendJoin(' ', leaves.Select(field => $"{possible}_{field.Name}: {field.Name}")).Append(" } ");
            }
        }
        else
        {
            string[] below = [.. path, type.Name];
            foreach (var field in type.Fields)
            {
                var leaf = types[field.Type.Name].Kind is "SCALAR" or "ENUM";
                // Rows stand once: nodes or edges.
                var again = field.Name == "edges" && type.Fields.Any(other => other.Name == "nodes");
                if (!again && field.Arguments.All(argument => !argument.Type.Required) && (leaf || (depth < MaxDepth && !below.Contains(field.Type.Name))))
                    Write(text, field, null, below, depth + 1);
            }
        }

        text.Append('}');
    }

    private string? Value(ProbedInput input, string? id)
    {
        if (input.Type.Name == "ID")
            return id is null ? null : input.Type.List ? $"[\"{id}\"]" : $"\"{id}\"";
        if (input.Name == "first")
            return "2";
        var type = types[input.Type.Name];
        if (!input.Type.Required && !(id is not null && TakesId(input.Type, [])))
            return null;
        var value = type.Kind switch
        {
            "ENUM" => type.EnumValues[0],
            "INPUT_OBJECT" => "{ " + string.Join(", ", type.Fields.Select(field => (field.Name, Value: Value(new ProbedInput(field.Name, field.Type), id))).Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}: {pair.Value}")) + " }",
            _ => type.Name switch
            {
                "Int" or "Long" or "Float" => "1",
                "Boolean" => "true",
                "Date" => "\"2026-11-24\"",
                "DateTime" => "\"2026-11-24T00:00:00Z\"",
                _ when input.Name == "address" => "\"192.0.2.7\"",
                _ => "\"probe\"",
            },
        };
        return input.Type.List ? $"[{value}]" : value;
    }

    private bool NeedsId(ProbedTypeReference reference) =>
        reference.Required && (reference.Name == "ID" || (types[reference.Name] is { Kind: "INPUT_OBJECT" } type && type.Fields.Any(field => NeedsId(field.Type))));

    private bool TakesId(ProbedTypeReference reference, IReadOnlyList<string> path)
    {
        if (reference.Name == "ID")
            return true;
        var type = types[reference.Name];
        return type.Kind == "INPUT_OBJECT" && !path.Contains(type.Name) && type.Fields.Any(field => TakesId(field.Type, [.. path, type.Name]));
    }
}
