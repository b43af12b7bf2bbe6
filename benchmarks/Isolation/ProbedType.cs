using System.Text.Json;

namespace Platform.Benchmarks.Isolation;

/// <param name="Fields">Of an input object, its input fields.</param>
internal sealed record ProbedType(string Kind, string Name, IReadOnlyList<ProbedField> Fields, IReadOnlyList<string> EnumValues, IReadOnlyList<string> PossibleTypes)
{
    public static ProbedType Read(JsonElement type) => new(
        type.GetProperty("kind").GetString()!,
        type.GetProperty("name").GetString()!,
        [.. Items(type, "fields").Concat(Items(type, "inputFields")).Select(ProbedField.Read)],
        [.. Items(type, "enumValues").Select(NameOf)],
        [.. Items(type, "possibleTypes").Select(NameOf)]);

    private static string NameOf(JsonElement element) => element.GetProperty("name").GetString()!;

    internal static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [];
}

internal sealed record ProbedField(string Name, ProbedTypeReference Type, IReadOnlyList<ProbedInput> Arguments)
{
    public static ProbedField Read(JsonElement field) => new(
        field.GetProperty("name").GetString()!,
        ProbedTypeReference.Read(field.GetProperty("type")),
        [.. ProbedType.Items(field, "args").Select(argument => new ProbedInput(argument.GetProperty("name").GetString()!, ProbedTypeReference.Read(argument.GetProperty("type"))))]);
}

internal sealed record ProbedInput(string Name, ProbedTypeReference Type);

/// <param name="Name">The named type within.</param>
internal sealed record ProbedTypeReference(string Name, bool Required, bool List)
{
    public static ProbedTypeReference Read(JsonElement type)
    {
        var required = type.GetProperty("kind").GetString() == "NON_NULL";
        var list = false;
        while (type.TryGetProperty("ofType", out var inner) && inner.ValueKind == JsonValueKind.Object)
        {
            list |= type.GetProperty("kind").GetString() == "LIST";
            type = inner;
        }

        return new ProbedTypeReference(type.GetProperty("name").GetString()!, required, list);
    }
}
