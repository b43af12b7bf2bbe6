using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Templates;

namespace Platform.Api.GraphQL.Templates;

[Description("Input of createPolicyTemplate.")]
internal sealed record CreatePolicyTemplateInput : MutationInput
{
    [Description("Name for people, 1 to 200 characters, unique for the MSP.")]
    public required string Name { get; init; }

    [Description("What it is for, in your words; up to 1,000 characters.")]
    public string? Description { get; init; }

    [Description("What it sets for each tenant; each setting once.")]
    public required IReadOnlyList<TemplateValueInput> Values { get; init; }

    [Description("Which tenants it is for; by default those named.")]
    public TemplateCoverage? Coverage { get; init; }

    [Id]
    [Description("The tenants that it is for, or, where it is for all, those that it is not for.")]
    public IReadOnlyList<string>? Tenants { get; init; }
}

[Description("Input of updatePolicyTemplate. What is left out stays.")]
internal sealed record UpdatePolicyTemplateInput : MutationInput
{
    [Id]
    [Description("The template to change.")]
    public required string TemplateId { get; init; }

    [Description("Name for people, 1 to 200 characters, unique for the MSP.")]
    public string? Name { get; init; }

    [Description("What it is for, in your words; up to 1,000 characters.")]
    public string? Description { get; init; }

    [Description("All that it sets from now on.")]
    public IReadOnlyList<TemplateValueInput>? Values { get; init; }

    [Description("Which tenants it is for.")]
    public TemplateCoverage? Coverage { get; init; }

    [Id]
    [Description("All tenants that it names from now on.")]
    public IReadOnlyList<string>? Tenants { get; init; }
}

[Description("A value that a template is to set.")]
internal sealed record TemplateValueInput
{
    [Description("Key of the setting: 'action.spam'. policySettings lists them.")]
    public required string Setting { get; init; }

    [Description("The value.")]
    public required string Value { get; init; }

    [Description("Neither the tenant nor its groups and mailboxes can change it. By default they can.")]
    public bool? Locked { get; init; }
}

[Description("Input of deletePolicyTemplate.")]
internal sealed record DeletePolicyTemplateInput : MutationInput
{
    [Id]
    [Description("The template to delete.")]
    public required string TemplateId { get; init; }
}

[Description("Input of applyPolicyTemplate.")]
internal sealed record ApplyPolicyTemplateInput : MutationInput
{
    [Id]
    [Description("The template to apply.")]
    public required string TemplateId { get; init; }

    [Id]
    [Description("Of the tenants that it is for, only these; by default all.")]
    public IReadOnlyList<string>? Tenants { get; init; }
}

[Description("Input of undoPolicyTemplate.")]
internal sealed record UndoPolicyTemplateInput : MutationInput
{
    [Id]
    [Description("The template whose last application is to be undone.")]
    public required string TemplateId { get; init; }
}
