using Platform.Storage.Policies;

namespace Platform.Storage.Templates;

/// <summary>Why what a tenant has set is not what the template says.</summary>
public enum TemplateDifferenceKind
{
    /// <summary>The template was not applied to the tenant since it has the setting.</summary>
    NotApplied,

    /// <summary>Set by this template, which was changed since.</summary>
    Outdated,

    /// <summary>Somebody set another value.</summary>
    Changed,

    /// <summary>Somebody unset it.</summary>
    Unset,

    /// <summary>Another template set another value.</summary>
    OtherTemplate,

    /// <summary>Set by this template, which no longer has the setting: applying it again unsets it.</summary>
    NoLongerInTemplate,
}

/// <param name="Wanted">What the template says; null: nothing any more.</param>
/// <param name="Value">What the tenant has set; null: nothing.</param>
/// <param name="Since">When the tenant's was last changed; null: never.</param>
/// <param name="By">Who changed it.</param>
public sealed record TemplateDifference(string Setting, TemplateDifferenceKind Kind, TemplateValue? Wanted, string? Value, bool Locked, DateTimeOffset? Since, string? By);

/// <summary>What applying a template would change for one tenant: its drift, and the preview of the next application.</summary>
internal static class TemplateComparison
{
    /// <param name="own">What the tenant itself has set.</param>
    public static IReadOnlyList<TemplateDifference> Of(Guid templateId, IReadOnlyList<TemplateValue> wanted, IReadOnlyDictionary<string, StoredValue> own)
    {
        List<TemplateDifference> differences = [];
        foreach (var value in wanted)
        {
            var held = own.GetValueOrDefault(value.Setting);
            // Who locked it matters: what a tenant locked itself, it can unlock.
            if (held is not null && held.Value == value.Value && held.Locked == value.Locked && (!value.Locked || held.TemplateId == templateId))
                continue;
            differences.Add(new TemplateDifference(value.Setting, KindOf(templateId, held), value, held?.Value, held?.Locked ?? false, held?.ChangedAt, held?.ChangedBy));
        }

        foreach (var (setting, held) in own.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (held.TemplateId == templateId && held.Value is not null && wanted.All(value => value.Setting != setting))
                differences.Add(new TemplateDifference(setting, TemplateDifferenceKind.NoLongerInTemplate, null, held.Value, held.Locked, held.ChangedAt, held.ChangedBy));
        return differences;
    }

    private static TemplateDifferenceKind KindOf(Guid templateId, StoredValue? held) => held switch
    {
        null => TemplateDifferenceKind.NotApplied,
        { TemplateId: { } template } => template == templateId ? TemplateDifferenceKind.Outdated : TemplateDifferenceKind.OtherTemplate,
        { Value: null } => TemplateDifferenceKind.Unset,
        _ => TemplateDifferenceKind.Changed,
    };
}
