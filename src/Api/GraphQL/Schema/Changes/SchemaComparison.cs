using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace Platform.Api.GraphQL.Schema.Changes;

/// <summary>
/// Compares two schemas written in the schema definition language (GraphQL, section 3) and names every change with what it means to clients.
/// Types may vary as the specification's validity rules let them: what is answered may become surer (<c>T</c> to <c>T!</c>), what is asked
/// may become looser (<c>T!</c> to <c>T</c>). Descriptions are not regarded.
/// </summary>
internal sealed class SchemaComparison
{
    private readonly List<SchemaChange> _changes = [];

    private SchemaComparison()
    {
    }

    /// <exception cref="GraphQLParser.Exceptions.GraphQLParserException">One of the two is no schema.</exception>
    public static IReadOnlyList<SchemaChange> Compare(string before, string after)
    {
        var comparison = new SchemaComparison();
        comparison.CompareTypes(Types(before), Types(after));
        return [.. comparison._changes.OrderByDescending(change => change.Level).ThenBy(change => change.Place, StringComparer.Ordinal)];
    }

    private static Dictionary<string, GraphQLTypeDefinition> Types(string schema) =>
        Parser.Parse(schema).Definitions.OfType<GraphQLTypeDefinition>().ToDictionary(type => type.Name.StringValue);

    private void CompareTypes(Dictionary<string, GraphQLTypeDefinition> before, Dictionary<string, GraphQLTypeDefinition> after)
    {
        foreach (var (name, old) in before)
        {
            if (!after.TryGetValue(name, out var now))
                Breaking(name, $"type {name} is gone");
            else if (old.Kind != now.Kind)
                Breaking(name, $"type {name} is of another kind");
            else
                CompareType(name, old, now);
        }

        foreach (var name in after.Keys.Except(before.Keys))
            Safe(name, $"type {name} is new");
    }

    private void CompareType(string name, GraphQLTypeDefinition before, GraphQLTypeDefinition after)
    {
        switch (before, after)
        {
            case (GraphQLEnumTypeDefinition old, GraphQLEnumTypeDefinition now):
                CompareValues(name, old, now);
                break;
            case (GraphQLInputObjectTypeDefinition old, GraphQLInputObjectTypeDefinition now):
                CompareInputs(input => $"{name}.{input}", old.Fields?.Items, now.Fields?.Items);
                break;
            case (GraphQLUnionTypeDefinition old, GraphQLUnionTypeDefinition now):
                CompareNames(name, "member", Names(old.Types?.Items), Names(now.Types?.Items));
                break;
            case (GraphQLObjectTypeDefinition old, GraphQLObjectTypeDefinition now):
                CompareNames(name, "interface", Names(old.Interfaces?.Items), Names(now.Interfaces?.Items));
                CompareFields(name, old.Fields?.Items ?? [], now.Fields?.Items ?? []);
                break;
            case (GraphQLInterfaceTypeDefinition old, GraphQLInterfaceTypeDefinition now):
                CompareNames(name, "interface", Names(old.Interfaces?.Items), Names(now.Interfaces?.Items));
                CompareFields(name, old.Fields?.Items ?? [], now.Fields?.Items ?? []);
                break;
            default:
                break;
        }
    }

    private void CompareValues(string name, GraphQLEnumTypeDefinition before, GraphQLEnumTypeDefinition after) =>
        CompareNames(name, "value", [.. (before.Values?.Items ?? []).Select(value => value.Name.StringValue)], [.. (after.Values?.Items ?? []).Select(value => value.Name.StringValue)]);

    /// <summary>Names of which a program may meet any in an answer: losing one breaks it, a new one may surprise it.</summary>
    private void CompareNames(string type, string what, HashSet<string> before, HashSet<string> after)
    {
        foreach (var name in before.Except(after))
            Breaking($"{type}.{name}", $"{what} {type}.{name} is gone");
        foreach (var name in after.Except(before))
            Dangerous($"{type}.{name}", $"{what} {type}.{name} is new");
    }

    private void CompareFields(string type, List<GraphQLFieldDefinition> before, List<GraphQLFieldDefinition> after)
    {
        var now = after.ToDictionary(field => field.Name.StringValue);
        foreach (var field in before)
        {
            var place = $"{type}.{field.Name.StringValue}";
            if (!now.Remove(field.Name.StringValue, out var other))
            {
                Breaking(place, $"field {place} is gone");
                continue;
            }

            if (Text(field.Type) != Text(other.Type))
                Add(MayAnswer(field.Type, other.Type) ? ChangeLevel.Safe : ChangeLevel.Breaking, place, $"field {place} was {Text(field.Type)} and is {Text(other.Type)}");
            if (IsDeprecated(other) && !IsDeprecated(field))
                Safe(place, $"field {place} is deprecated");
            CompareInputs(argument => $"{place}({argument}:)", field.Arguments?.Items, other.Arguments?.Items);
        }

        foreach (var name in now.Keys)
            Safe($"{type}.{name}", $"field {type}.{name} is new");
    }

    private void CompareInputs(Func<string, string> placeOf, List<GraphQLInputValueDefinition>? before, List<GraphQLInputValueDefinition>? after)
    {
        var now = (after ?? []).ToDictionary(input => input.Name.StringValue);
        foreach (var input in before ?? [])
        {
            var place = placeOf(input.Name.StringValue);
            if (!now.Remove(input.Name.StringValue, out var other))
            {
                Breaking(place, $"input {place} is gone");
                continue;
            }

            if (Text(input.Type) != Text(other.Type))
                Add(MayAsk(input.Type, other.Type) ? ChangeLevel.Safe : ChangeLevel.Breaking, place, $"input {place} was {Text(input.Type)} and is {Text(other.Type)}");
            if (IsRequired(other) && !IsRequired(input))
                Breaking(place, $"input {place} must be given now");
            else if (Text(input.DefaultValue) != Text(other.DefaultValue))
                Dangerous(place, $"the default of input {place} was {Text(input.DefaultValue)} and is {Text(other.DefaultValue)}");
        }

        foreach (var (name, input) in now)
            Add(IsRequired(input) ? ChangeLevel.Breaking : ChangeLevel.Safe, placeOf(name), $"input {placeOf(name)} is new{(IsRequired(input) ? " and required" : "")}");
    }

    /// <summary>Covariant: whoever read the old type can read the new one.</summary>
    private static bool MayAnswer(GraphQLType before, GraphQLType after) => (before, after) switch
    {
        (GraphQLNonNullType old, GraphQLNonNullType now) => MayAnswer(old.Type, now.Type),
        (_, GraphQLNonNullType now) => MayAnswer(before, now.Type),
        (GraphQLListType old, GraphQLListType now) => MayAnswer(old.Type, now.Type),
        (GraphQLNamedType old, GraphQLNamedType now) => old.Name.Value == now.Name.Value,
        _ => false,
    };

    /// <summary>Contravariant: whatever was right for the old type is right for the new one.</summary>
    private static bool MayAsk(GraphQLType before, GraphQLType after) => (before, after) switch
    {
        (GraphQLNonNullType old, GraphQLNonNullType now) => MayAsk(old.Type, now.Type),
        (GraphQLNonNullType old, _) => MayAsk(old.Type, after),
        (GraphQLListType old, GraphQLListType now) => MayAsk(old.Type, now.Type),
        (GraphQLNamedType old, GraphQLNamedType now) => old.Name.Value == now.Name.Value,
        _ => false,
    };

    private static bool IsRequired(GraphQLInputValueDefinition input) => input is { Type: GraphQLNonNullType, DefaultValue: null };

    private static bool IsDeprecated(GraphQLFieldDefinition field) => field.Directives?.Items.Any(directive => directive.Name.StringValue == "deprecated") == true;

    private static HashSet<string> Names(List<GraphQLNamedType>? types) => [.. (types ?? []).Select(type => type.Name.StringValue)];

    private static string Text(ASTNode? node) => node is null ? "none" : new SDLPrinter().Print(node).Trim();

    private void Breaking(string place, string sentence) => Add(ChangeLevel.Breaking, place, sentence);

    private void Dangerous(string place, string sentence) => Add(ChangeLevel.Dangerous, place, sentence);

    private void Safe(string place, string sentence) => Add(ChangeLevel.Safe, place, sentence);

    private void Add(ChangeLevel level, string place, string sentence) => _changes.Add(new SchemaChange(level, place, sentence));
}
