using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Platform.Storage.Tests.Events.Formats;

/// <summary>Checks a JSON document against a table of a published schema beside this file; the tables name their sources.</summary>
internal static class FormatSchemas
{
    private static IEnumerable<string[]> Rows(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Events", "Formats", "Schemas", name + ".tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'));

    /// <summary>Every field is known to the schema, of its type and of its allowed values.</summary>
    public static IReadOnlyList<string> EcsFaults(JsonElement document)
    {
        var fields = Rows("ecs").ToDictionary(row => row[0].Replace("[]", "", StringComparison.Ordinal), row => row);
        var faults = new List<string>();
        Walk(document, "");
        foreach (var needed in new[] { "@timestamp", "ecs.version", "event.id", "event.kind" })
            if (!Has(document, needed))
                faults.Add($"{needed} is missing");
        return faults;

        void Walk(JsonElement value, string path)
        {
            foreach (var member in value.EnumerateObject())
            {
                var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                if (fields.GetValueOrDefault(name) is { } field)
                    Field(member.Value, name, field);
                else if (path == "labels")
                    Field(member.Value, name, fields["labels.*"]);
                else if (member.Value.ValueKind == JsonValueKind.Object)
                    Walk(member.Value, name);
                else
                    faults.Add($"{name} is no field of ECS");
            }
        }

        void Field(JsonElement value, string name, string[] field)
        {
            var isList = field[0].EndsWith("[]", StringComparison.Ordinal);
            if (isList != (value.ValueKind == JsonValueKind.Array) && !(name is "rule.id" or "url.full"))
                faults.Add($"{name} is {(isList ? "no array" : "an array")}");
            foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
            {
                if (field[1] == "nested")
                    Walk(item, name);
                else if (!IsOfType(item, field[1]))
                    faults.Add($"{name} is no {field[1]}: {item}");
                else if (field.Length > 2 && !field[2].Split('|').Contains(item.ToString()))
                    faults.Add($"{name} may not be {item}");
            }
        }
    }

    /// <summary>Every attribute is known to its class or object, of its type and values, and what is required is there.</summary>
    public static IReadOnlyList<string> OcsfFaults(JsonElement document)
    {
        var rows = Rows("ocsf").ToLookup(row => row[0]);
        var faults = new List<string>();
        var type = document.GetProperty("class_uid").GetInt32() switch { 4009 => "email_activity", 3004 => "entity_management", _ => "" };
        Object(document, type, [.. rows[type], .. rows["base_event"]]);
        if (document.GetProperty("type_uid").GetInt64() != (document.GetProperty("class_uid").GetInt64() * 100) + document.GetProperty("activity_id").GetInt64())
            faults.Add("type_uid is not class and activity");
        return faults;

        void Object(JsonElement value, string name, string[][] attributes)
        {
            if (attributes.Length == 0)
                faults.Add($"'{name}' is no class or object");
            foreach (var missing in attributes.Where(a => a[3] == "required" && !value.TryGetProperty(a[1], out _)))
                faults.Add($"{name}.{missing[1]} is required");
            foreach (var member in value.EnumerateObject())
            {
                var attribute = Array.Find(attributes, a => a[1] == member.Name);
                if (attribute is null)
                {
                    faults.Add($"{name}.{member.Name} is no attribute");
                    continue;
                }

                var isList = attribute[2].EndsWith("[]", StringComparison.Ordinal);
                if (isList != (member.Value.ValueKind == JsonValueKind.Array))
                    faults.Add($"{name}.{member.Name} is {(isList ? "no array" : "an array")}");
                foreach (var item in isList ? member.Value.EnumerateArray().ToArray() : [member.Value])
                    Value(item, $"{name}.{member.Name}", attribute);
            }
        }

        void Value(JsonElement value, string name, string[] attribute)
        {
            var kind = attribute[2].Replace("[]", "", StringComparison.Ordinal);
            if (rows.Contains(kind))
                Object(value, kind, [.. rows[kind]]);
            else if (kind != "any" && !IsOfType(value, kind))
                faults.Add($"{name} is no {kind}: {value}");
            else if (attribute.Length > 4 && !attribute[4].Split('|').Contains(value.ToString()))
                faults.Add($"{name} may not be {value}");
        }
    }

    public static IReadOnlyList<string> AsimFaults(JsonElement document)
    {
        var fields = Rows(document.GetProperty("EventSchema").GetString() == "EmailEvent" ? "asim-email" : "asim-audit").ToDictionary(row => row[0]);
        return
        [
            .. fields.Values.Where(field => field[2] == "Mandatory" && !document.TryGetProperty(field[0], out _)).Select(field => $"{field[0]} is mandatory"),
            .. document.EnumerateObject().Select(member => fields.GetValueOrDefault(member.Name) switch
            {
                null => $"{member.Name} is no field of the schema",
                var field when !IsOfType(member.Value, field[1]) => $"{member.Name} is no {field[1]}: {member.Value}",
                { Length: > 3 } field when !field[3].Split('|').Contains(member.Value.ToString()) => $"{member.Name} may not be {member.Value}",
                _ => null,
            }).OfType<string>(),
        ];
    }

    private static bool Has(JsonElement document, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (!document.TryGetProperty(name, out document))
                return false;
        }

        return true;
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "keyword" or "wildcard" or "text" or "string" => value.ValueKind == JsonValueKind.String,
        "long" or "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "float" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "date" or "datetime" => value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        "ip" => value.ValueKind == JsonValueKind.String && IPAddress.TryParse(value.GetString(), out _),
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type of a schema"),
    };
}
