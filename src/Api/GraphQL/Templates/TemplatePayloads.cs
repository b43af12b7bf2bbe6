using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Templates;

[Requires(Permissions.TemplatesWrite)]
[Description("Result of createPolicyTemplate.")]
internal sealed class CreatePolicyTemplatePayload(TemplateNode? template, Outcome outcome, MutationInput input)
{
    [Description("The template; null for a client that may not read templates.")]
    public TemplateNode? Template => template;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.TemplatesWrite)]
[Description("Result of updatePolicyTemplate.")]
internal sealed class UpdatePolicyTemplatePayload(TemplateNode? template, Outcome outcome, MutationInput input)
{
    [Description("The template after the call; null for a client that may not read templates.")]
    public TemplateNode? Template => template;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.TemplatesWrite)]
[Description("Result of deletePolicyTemplate.")]
internal sealed class DeletePolicyTemplatePayload(Outcome outcome, MutationInput input)
{
    [Description("Why it was not deleted; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.TemplatesWrite)]
[Description("Result of applyPolicyTemplate.")]
internal sealed class ApplyPolicyTemplatePayload(TemplateNode? template, Outcome outcome, MutationInput input)
{
    [Description("The template after the call; null for a client that may not read templates.")]
    public TemplateNode? Template => template;

    [Description("Why no tenant was changed; empty when it was applied.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.TemplatesWrite)]
[Description("Result of undoPolicyTemplate.")]
internal sealed class UndoPolicyTemplatePayload(TemplateNode? template, Outcome outcome, MutationInput input)
{
    [Description("The template after the call; null for a client that may not read templates.")]
    public TemplateNode? Template => template;

    [Description("Why nothing was put back; empty when it was undone.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
