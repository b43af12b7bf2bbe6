using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Templates;

namespace Platform.Api.GraphQL.Templates;

internal sealed class TemplateMutations(ITemplateCommands commands, TemplateQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.TemplatesWrite)]
    [Description("Makes a template of the client's MSP. No tenant is changed until it is applied.")]
    public async Task<CreatePolicyTemplatePayload> CreatePolicyTemplate([Description("The template.")] CreatePolicyTemplateInput input, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync("createPolicyTemplate", input, async () => Outcome.Of(await commands.CreateAsync(
            caller.Current.Scope,
            new NewTemplate(input.Name, input.Description ?? "", Values(input.Values), input.Coverage ?? TemplateCoverage.Chosen, Tenants(input.Tenants ?? [])),
            cancellationToken)), cancellationToken);
        return new CreatePolicyTemplatePayload(await FoundAsync(outcome.Key, cancellationToken), outcome, input);
    }

    [Requires(Permissions.TemplatesWrite)]
    [Description("Changes a template. What is left out stays. No tenant is changed until it is applied again.")]
    public async Task<UpdatePolicyTemplatePayload> UpdatePolicyTemplate([Description("The change.")] UpdatePolicyTemplateInput input, CancellationToken cancellationToken)
    {
        var outcome = await ForTemplateAsync(input.TemplateId, "updatePolicyTemplate", input, id => commands.UpdateAsync(
            caller.Current.Scope,
            id,
            new TemplateChange(input.Name, input.Description, input.Values is null ? null : Values(input.Values), input.Coverage, input.Tenants is null ? null : Tenants(input.Tenants)),
            cancellationToken), cancellationToken);
        return new UpdatePolicyTemplatePayload(await FoundAsync(outcome.Key, cancellationToken), outcome, input);
    }

    [Requires(Permissions.TemplatesWrite)]
    [Description("Deletes a template. What it set stays set as the tenants' own.")]
    public async Task<DeletePolicyTemplatePayload> DeletePolicyTemplate([Description("Which template.")] DeletePolicyTemplateInput input, CancellationToken cancellationToken)
    {
        var outcome = await ForTemplateAsync(input.TemplateId, "deletePolicyTemplate", input, id => commands.DeleteAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);
        return new DeletePolicyTemplatePayload(outcome, input);
    }

    [Requires(Permissions.TemplatesWrite)]
    [Description("Sets for the tenants that a template is for what differs from it. PolicyTemplate.tenants shows before what that would change.")]
    public async Task<ApplyPolicyTemplatePayload> ApplyPolicyTemplate([Description("Which template, and for whom.")] ApplyPolicyTemplateInput input, CancellationToken cancellationToken)
    {
        var outcome = await ForTemplateAsync(input.TemplateId, "applyPolicyTemplate", input, id =>
            commands.ApplyAsync(caller.Current.Scope, id, input.Tenants is null ? null : Tenants(input.Tenants), cancellationToken), cancellationToken);
        return new ApplyPolicyTemplatePayload(await AfterAsync(input.TemplateId, outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.TemplatesWrite)]
    [Description("Puts back what the last application of a template changed, where nobody has changed it since.")]
    public async Task<UndoPolicyTemplatePayload> UndoPolicyTemplate([Description("Which template.")] UndoPolicyTemplateInput input, CancellationToken cancellationToken)
    {
        var outcome = await ForTemplateAsync(input.TemplateId, "undoPolicyTemplate", input, id => commands.UndoAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);
        return new UndoPolicyTemplatePayload(await AfterAsync(input.TemplateId, outcome, cancellationToken), outcome, input);
    }

    private static List<TemplateValue> Values(IReadOnlyList<TemplateValueInput> values) => [.. values.Select(value => new TemplateValue(value.Setting, value.Value, value.Locked ?? false))];

    /// <summary>An id that is none of a tenant stands for one that nobody has, which the command then refuses.</summary>
    private static List<Guid> Tenants(IReadOnlyList<string> ids) => [.. ids.Select(id => GlobalId.Find(id, NodeKind.Tenant) ?? Guid.Empty)];

    private Task<Outcome> RunAsync(string operation, MutationInput input, Func<Task<Outcome>> command, CancellationToken cancellationToken) =>
        runner.RunAsync(caller.Current.Home, operation, input, command, cancellationToken);

    private Task<Outcome> ForTemplateAsync(string templateId, string operation, MutationInput input, Func<Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken) =>
        RunAsync(operation, input, async () => GlobalId.Find(templateId, NodeKind.PolicyTemplate) is { } id
            ? Outcome.Of(await command(id))
            : Outcome.Failed(ErrorCodes.NotFound, "No such template is in reach of this client.", "templateId"), cancellationToken);

    private async Task<TemplateNode?> AfterAsync(string templateId, Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Error is null ? await FoundAsync(GlobalId.Find(templateId, NodeKind.PolicyTemplate), cancellationToken) : null;

    private async Task<TemplateNode?> FoundAsync(Guid? id, CancellationToken cancellationToken) =>
        id is { } key && caller.Current.Scope.Allows(Permissions.TemplatesRead) ? await queries.FindAsync(key, cancellationToken) : null;
}
