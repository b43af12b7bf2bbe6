using GraphQLParser;
using GraphQLParser.AST;

namespace Platform.Api.Tests.GraphQL;

/// <summary>What a client that relied on the schema before would miss in the one after.</summary>
internal static class SchemaChanges
{
    public static IReadOnlyList<string> Breaking(string before, string after)
    {
        var old = Types(before);
        var now = Types(after);
        var found = new List<string>();
        foreach (var (name, type) in old)
        {
            if (!now.TryGetValue(name, out var other))
                found.Add($"type {name} is gone");
            else if (type.Kind != other.Kind)
                found.Add($"type {name} is of another kind");
            else
                Compare(name, type, other, found);
        }

        return found;
    }

    private static void Compare(string name, GraphQLTypeDefinition before, GraphQLTypeDefinition after, List<string> found)
    {
        switch (before)
        {
            case GraphQLEnumTypeDefinition old:
                var values = ((GraphQLEnumTypeDefinition)after).Values!.Select(value => value.Name.StringValue).ToHashSet();
                found.AddRange(old.Values!.Select(value => value.Name.StringValue).Where(value => !values.Contains(value)).Select(value => $"value {name}.{value} is gone"));
                break;
            case GraphQLInputObjectTypeDefinition old:
                CompareInputs(name, old.Fields!.Items, ((GraphQLInputObjectTypeDefinition)after).Fields!.Items, found);
                break;
            case GraphQLObjectTypeDefinition old:
                CompareFields(name, old.Fields!.Items, ((GraphQLObjectTypeDefinition)after).Fields!.Items, found);
                break;
            case GraphQLInterfaceTypeDefinition old:
                CompareFields(name, old.Fields!.Items, ((GraphQLInterfaceTypeDefinition)after).Fields!.Items, found);
                break;
            default:
                break;
        }
    }

    private static void CompareFields(string type, List<GraphQLFieldDefinition> before, List<GraphQLFieldDefinition> after, List<string> found)
    {
        var now = after.ToDictionary(field => field.Name.StringValue);
        foreach (var field in before)
        {
            var name = $"{type}.{field.Name.StringValue}";
            if (!now.TryGetValue(field.Name.StringValue, out var other))
                found.Add($"field {name} is gone");
            // An answer may become surer (T to T!), never less sure.
            else if (Text(field.Type) != Text(other.Type) && Text(field.Type) + "!" != Text(other.Type))
                found.Add($"field {name} was {Text(field.Type)} and is {Text(other.Type)}");
            else
                CompareInputs(name, field.Arguments?.Items ?? [], other.Arguments?.Items ?? [], found);
        }
    }

    private static void CompareInputs(string owner, List<GraphQLInputValueDefinition> before, List<GraphQLInputValueDefinition> after, List<string> found)
    {
        var now = after.ToDictionary(input => input.Name.StringValue);
        var old = before.Select(input => input.Name.StringValue).ToHashSet();
        foreach (var input in before)
        {
            if (!now.TryGetValue(input.Name.StringValue, out var other))
                found.Add($"input {owner}.{input.Name.StringValue} is gone");
            // A question may become looser (T! to T), never stricter.
            else if (Text(input.Type) != Text(other.Type) && Text(input.Type) != Text(other.Type) + "!")
                found.Add($"input {owner}.{input.Name.StringValue} was {Text(input.Type)} and is {Text(other.Type)}");
        }

        found.AddRange(after.Where(input => !old.Contains(input.Name.StringValue) && input.Type is GraphQLNonNullType && input.DefaultValue is null)
            .Select(input => $"input {owner}.{input.Name.StringValue} is new and required"));
    }

    private static string Text(GraphQLType type) => type switch
    {
        GraphQLNonNullType inner => Text(inner.Type) + "!",
        GraphQLListType inner => $"[{Text(inner.Type)}]",
        GraphQLNamedType named => named.Name.StringValue,
        _ => throw new InvalidOperationException("no type"),
    };

    private static Dictionary<string, GraphQLTypeDefinition> Types(string schema) =>
        Parser.Parse(schema).Definitions.OfType<GraphQLTypeDefinition>().ToDictionary(type => type.Name.StringValue);
}
