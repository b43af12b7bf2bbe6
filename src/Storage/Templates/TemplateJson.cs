using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Templates;

/// <summary>A value that a template sets for each of its tenants.</summary>
/// <param name="Locked">Neither the tenant nor its groups and mailboxes can change it.</param>
public sealed record TemplateValue(string Setting, string Value, bool Locked);

/// <summary>What an application of a template changed for one tenant.</summary>
/// <param name="Before">Null: the tenant had never set it.</param>
/// <param name="After">Null: the template no longer has the setting, so it was unset.</param>
public sealed record AppliedChange(Guid TenantId, string Setting, HeldValue? Before, HeldValue? After);

public sealed record HeldValue(string? Value, bool Locked, Guid? TemplateId);

/// <summary>The JSON columns of templates, and how applications are told.</summary>
public static class TemplateJson
{
    public static IReadOnlyList<TemplateValue> ReadValues(string json) => JsonSerializer.Deserialize(json, TemplateJsonContext.Default.TemplateValueArray) ?? [];

    public static IReadOnlyList<Guid> ReadTenants(string json) => JsonSerializer.Deserialize(json, TemplateJsonContext.Default.GuidArray) ?? [];

    public static IReadOnlyList<AppliedChange> ReadChanges(string json) => JsonSerializer.Deserialize(json, TemplateJsonContext.Default.AppliedChangeArray) ?? [];

    internal static string Write(IEnumerable<TemplateValue> values) => JsonSerializer.Serialize([.. values], TemplateJsonContext.Default.TemplateValueArray);

    internal static string Write(IEnumerable<Guid> tenants) => JsonSerializer.Serialize([.. tenants], TemplateJsonContext.Default.GuidArray);

    internal static string Write(IEnumerable<AppliedChange> changes) => JsonSerializer.Serialize([.. changes], TemplateJsonContext.Default.AppliedChangeArray);

    internal static string Write(ToldTemplate told) => JsonSerializer.Serialize(told, TemplateJsonContext.Default.ToldTemplate);
}

/// <param name="Action"><c>create</c>, <c>update</c>, <c>delete</c>, <c>apply</c>, <c>undo</c>.</param>
internal sealed record ToldTemplate(string Actor, string Action, string Name, int Revision)
{
    public string? Coverage { get; init; }
    public IReadOnlyList<TemplateValue>? Values { get; init; }

    /// <summary>How many tenants were changed.</summary>
    public int? Tenants { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TemplateValue[]))]
[JsonSerializable(typeof(Guid[]))]
[JsonSerializable(typeof(AppliedChange[]))]
[JsonSerializable(typeof(ToldTemplate))]
internal sealed partial class TemplateJsonContext : JsonSerializerContext;
