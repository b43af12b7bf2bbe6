using GraphQL.Types;
using Platform.Storage.Templates;

namespace Platform.Api.GraphQL.Templates;

internal sealed class TemplateCoverageEnum : EnumerationGraphType
{
    public TemplateCoverageEnum()
    {
        Name = "TemplateCoverage";
        Description = "Which tenants a template is for.";
        Add("CHOSEN", TemplateCoverage.Chosen, "For the tenants that it names.");
        Add("ALL", TemplateCoverage.All, "For all tenants of the MSP but those that it names; once applied, also for tenants made later.");
    }
}

internal sealed class TemplateDifferenceKindEnum : EnumerationGraphType
{
    public TemplateDifferenceKindEnum()
    {
        Name = "TemplateDifferenceKind";
        Description = "Why what a tenant has set is not what the template says.";
        Add("NOT_APPLIED", TemplateDifferenceKind.NotApplied, "The template was not applied to the tenant since it has the setting.");
        Add("OUTDATED", TemplateDifferenceKind.Outdated, "Set by this template, which was changed since.");
        Add("CHANGED", TemplateDifferenceKind.Changed, "Somebody set another value.");
        Add("UNSET", TemplateDifferenceKind.Unset, "Somebody unset it.");
        Add("OTHER_TEMPLATE", TemplateDifferenceKind.OtherTemplate, "Another template set another value.");
        Add("NO_LONGER_IN_TEMPLATE", TemplateDifferenceKind.NoLongerInTemplate, "Set by this template, which no longer has the setting: applying it again unsets it.");
    }
}
