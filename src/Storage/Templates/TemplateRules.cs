using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;

namespace Platform.Storage.Templates;

/// <summary>What a template must look like. A refusal has a code and a sentence that says what to do.</summary>
internal static class TemplateRules
{
    public const int MaxTemplates = 100;
    private const int MaxDescription = 1_000;

    public static Refusal NotAnMsp { get; } = new("FORBIDDEN", "Only a client of an MSP has templates.");

    public static Refusal Unknown { get; } = new("NOT_FOUND", "There is no such template.");

    public static Refusal NameTaken { get; } = new("TEMPLATE_EXISTS", "The MSP has a template of this name already; change that one, or choose another name.");

    public static Refusal Full { get; } = new("TOO_MANY_TEMPLATES", $"An MSP has at most {MaxTemplates} templates. Delete one that is no longer needed.");

    public static Refusal UnknownTenant { get; } = new("NOT_FOUND", "One of the tenants is none of this MSP.");

    public static Refusal NotForTenant { get; } = new("TEMPLATE_NOT_FOR_TENANT", "The template is not for one of the tenants; change whom it is for first. Nothing was changed.");

    public static Refusal NothingToUndo { get; } = new("NOTHING_TO_UNDO", "The template was never applied, or its last application is undone already.");

    public static Refusal? Check(Scope scope, NewTemplate template) =>
        DirectoryRules.First(
            DirectoryRules.Name(template.Name) ?? (SafeText.Clean(template.Name, template.Name.Length) == template.Name ? null : new("INVALID_NAME", "The name holds half a character.")),
            template.Description.Length <= MaxDescription && SafeText.Clean(template.Description, MaxDescription) == template.Description
                ? null
                : new("INVALID_DESCRIPTION", $"A description has at most {MaxDescription:N0} characters."),
            Enum.IsDefined(template.Coverage) ? null : new("INVALID_COVERAGE", "A template is for chosen tenants, or for all."),
            template.Tenants.All(scope.Tenants.Contains) ? null : UnknownTenant);

    /// <returns>The values as they are kept.</returns>
    public static (IReadOnlyList<TemplateValue> Values, Refusal? Refusal) Values(IReadOnlyList<TemplateValue> values)
    {
        var (changes, refusal) = PolicyChecks.Check(PolicyLevel.Tenant, [.. values.Select(value => new PolicyChange(value.Setting, value.Value, value.Locked))]);
        return ([.. changes.Select(change => new TemplateValue(change.Setting, change.Value!, change.Locked))], refusal);
    }
}
