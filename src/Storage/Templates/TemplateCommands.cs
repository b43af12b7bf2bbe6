using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Templates;

/// <summary>Each command: is the caller of an MSP, then under the lock of its policy look, check, write, record.</summary>
internal sealed class TemplateCommands(IMoveRunner moves, RecipientDirectory directory) : ITemplateCommands
{
    public Task<CommandResult<Guid>> CreateAsync(Scope scope, NewTemplate template, CancellationToken cancellationToken)
    {
        var (values, refusal) = TemplateRules.Values(template.Values);
        return RunAsync(
            scope,
            TemplateRules.Check(scope, template) ?? refusal,
            async (templates, ct) =>
            {
                var all = await templates.AllAsync(ct);
                if (all.Count >= TemplateRules.MaxTemplates)
                    throw new RefusedException(TemplateRules.Full);
                var made = new StoredTemplate(
                    Guid.CreateVersion7(templates.Moves.Now), template.Name.Trim(), template.Description, values, template.Coverage, [.. template.Tenants.Distinct()], Revision: 1, IsApplied: false);
                CheckUnique(all, made);
                await templates.InsertAsync(made, scope.Actor, ct);
                templates.Record(scope.Actor, "create", made);
                return made.Id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid templateId, TemplateChange change, CancellationToken cancellationToken) => RunAsync(
        scope,
        refusal: null,
        async (templates, ct) =>
        {
            var all = await templates.AllAsync(ct);
            var before = Find(all, templateId);
            var (values, refusal) = change.Values is null ? (before.Values, null) : TemplateRules.Values(change.Values);
            refusal ??= TemplateRules.Check(scope, new NewTemplate(change.Name ?? before.Name, change.Description ?? before.Description, values, change.Coverage ?? before.Coverage, change.Tenants ?? []));
            if (refusal is not null)
                throw new RefusedException(refusal);
            var after = before with
            {
                Name = change.Name?.Trim() ?? before.Name,
                Description = change.Description ?? before.Description,
                Values = values,
                Coverage = change.Coverage ?? before.Coverage,
                Tenants = change.Tenants is null ? before.Tenants : [.. change.Tenants.Distinct()],
                Revision = before.Revision + 1,
            };
            CheckUnique(all, after);
            await templates.WriteAsync(after, scope.Actor, ct);
            templates.Record(scope.Actor, "update", after);
            return templateId;
        },
        cancellationToken);

    public Task<CommandResult<Guid>> DeleteAsync(Scope scope, Guid templateId, CancellationToken cancellationToken) => RunAsync(
        scope,
        refusal: null,
        async (templates, ct) =>
        {
            var template = Find(await templates.AllAsync(ct), templateId);
            await templates.DeleteAsync(templateId, ct);
            templates.Record(scope.Actor, "delete", template);
            return templateId;
        },
        cancellationToken);

    public Task<CommandResult<Guid>> ApplyAsync(Scope scope, Guid templateId, IReadOnlyList<Guid>? only, CancellationToken cancellationToken) => RunAsync(
        scope,
        only?.All(scope.Tenants.Contains) == false ? TemplateRules.UnknownTenant : null,
        async (templates, ct) =>
        {
            var template = Find(await templates.AllAsync(ct), templateId);
            if (only?.All(template.IsFor) == false)
                throw new RefusedException(TemplateRules.NotForTenant);
            List<AppliedChange> changes = [];
            foreach (var tenant in (await templates.TenantsAsync(ct)).Where(tenant => template.IsFor(tenant) && (only is null || only.Contains(tenant))))
                changes.AddRange(await templates.ApplyAsync(template, tenant, scope.Actor, ct));
            templates.Record(scope.Actor, "apply", template, changes.DistinctBy(change => change.TenantId).Count());
            return await templates.NoteAsync(template, changes, scope.Actor, ct);
        },
        cancellationToken);

    public Task<CommandResult<Guid>> UndoAsync(Scope scope, Guid templateId, CancellationToken cancellationToken) => RunAsync(
        scope,
        refusal: null,
        async (templates, ct) =>
        {
            var template = Find(await templates.AllAsync(ct), templateId);
            var (application, changes) = await templates.LastAsync(templateId, ct) ?? throw new RefusedException(TemplateRules.NothingToUndo);
            var own = (await templates.TenantsAsync(ct)).ToHashSet();
            var undone = 0;
            // A tenant that has left the MSP since is no longer the MSP's to change.
            foreach (var tenant in changes.GroupBy(change => change.TenantId).Where(tenant => own.Contains(tenant.Key)).OrderBy(tenant => tenant.Key))
                undone += await templates.UndoAsync(template, tenant.Key, tenant, scope.Actor, ct) ? 1 : 0;
            await templates.NoteUndoneAsync(application, scope.Actor, ct);
            templates.Record(scope.Actor, "undo", template, undone);
            return application;
        },
        cancellationToken);

    private async Task<CommandResult<Guid>> RunAsync(Scope scope, Refusal? refusal, Func<TemplateSession, CancellationToken, ValueTask<Guid>> command, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.TemplatesWrite);
        if (scope.MspId is not { } msp)
            return TemplateRules.NotAnMsp.As<Guid>();
        if (refusal is not null)
            return refusal.As<Guid>();
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var result = await command(await TemplateSession.OpenAsync(session, msp, ct), ct);
                await directory.ChangedAsync(session, ct);
                return result;
            },
            cancellationToken);
    }

    private static StoredTemplate Find(List<StoredTemplate> all, Guid id) => all.Find(template => template.Id == id) ?? throw new RefusedException(TemplateRules.Unknown);

    private static void CheckUnique(List<StoredTemplate> all, StoredTemplate template)
    {
        if (all.Exists(other => other.Id != template.Id && other.NameKey == template.NameKey))
            throw new RefusedException(TemplateRules.NameTaken);
    }
}
