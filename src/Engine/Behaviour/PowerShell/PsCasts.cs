using System.Globalization;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Casts to types.</summary>
internal static class PsCasts
{
    public static object? Cast(string type, object? value, BehaviourLog log)
    {
        if (PsValues.IsUnknown(value))
            return value;
        if (!PsValues.Weigh(value, log) || type.EndsWith("[]", StringComparison.Ordinal) && !log.Budget.TakeOutput(BuiltText.CostOfItem * Length(value)))
            return PsUnknown.Value;
        switch (type)
        {
            case "char":
                return value is string { Length: 1 } one ? one[0] : (char)(ushort)PsValues.Number(value);
            case "char[]":
                if (value is string text)
                    return text.Select(c => (object?)c).ToList();
                return PsValues.Items(value).Select(item => item is List<object?> ? PsUnknown.Value : Cast("char", item, log)).ToList();
            case "string":
                return PsValues.WholeText(value, log);
            case "string[]":
                return PsValues.Items(value).Select(item => (object?)PsValues.Text(item)).ToList();
            case "int" or "int32" or "int16" or "uint16" or "uint32" or "long" or "int64" or "uint64" or "short" or "sbyte":
                return PsValues.Whole(PsValues.Number(value));
            case "int[]" or "int32[]" or "long[]" or "int64[]":
                return PsValues.Items(value is string characters ? characters.Select(c => (object?)c).ToList() : value).Select(item => (object?)PsValues.Whole(PsValues.Number(item))).ToList();
            case "byte":
                return unchecked((byte)PsValues.Number(value));
            case "byte[]":
                return value switch
                {
                    string letters => letters.Select(c => (byte)c).ToArray(),
                    _ => PsValues.Octets(value) ?? value,
                };
            case "bool" or "boolean":
                return PsValues.Truth(value);
            case "double" or "float" or "decimal" or "single":
                return double.TryParse(PsValues.Text(value), CultureInfo.InvariantCulture, out var real) ? real : (double)PsValues.Number(value);
            case "array" or "object[]" or "collections.arraylist":
                return PsValues.Items(value).ToList();
            case "void":
                return null;
            case "type":
                return new PsTypeName(Plain(PsValues.Text(value)));
            case "uri" or "regex":
                return Named(type, PsValues.Text(value));
            case "datetime" or "timespan" or "guid" or "version":
                return PsUnknown.Value;
            default:
                return value;
        }
    }

    private static long Length(object? value) => value switch { string text => text.Length, List<object?> list => list.Count, byte[] octets => octets.Length, _ => 1 };

    public static bool Is(object? value, string type) => type switch
    {
        "string" => value is string,
        "int" or "int32" => value is int,
        "array" or "object[]" => value is List<object?>,
        "byte[]" => value is byte[],
        "char" => value is char,
        _ => false,
    };

    public static string Plain(string type)
    {
        var name = type.Trim().Trim('[', ']').Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (type.Trim().EndsWith("[]", StringComparison.Ordinal))
            name += "[]";
        return name.StartsWith("system.", StringComparison.Ordinal) ? name[7..] : name;
    }

    public static PsObject Named(string kind, string value)
    {
        var made = new PsObject(kind);
        made.Fields["value"] = value;
        return made;
    }
}
