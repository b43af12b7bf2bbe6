using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Templates;

/// <summary>
/// Templates of the caller's MSP. Making and changing one changes no tenant: <see cref="ApplyAsync"/> does, in one transaction with an
/// event and an audit entry for every tenant that it changes, and an entry in the MSP's own chain.
/// </summary>
public interface ITemplateCommands
{
    Task<CommandResult<Guid>> CreateAsync(Scope scope, NewTemplate template, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid templateId, TemplateChange change, CancellationToken cancellationToken);

    /// <summary>What it set stays set, as the tenants' own: locks that it made no longer bind the tenants themselves.</summary>
    Task<CommandResult<Guid>> DeleteAsync(Scope scope, Guid templateId, CancellationToken cancellationToken);

    /// <summary>Sets what differs, for all tenants that the template is for.</summary>
    /// <param name="only">Of those, only these; null: all.</param>
    /// <returns>The id of the application. Code <c>TEMPLATE_NOT_FOR_TENANT</c> when one of <paramref name="only"/> is not among them.</returns>
    Task<CommandResult<Guid>> ApplyAsync(Scope scope, Guid templateId, IReadOnlyList<Guid>? only, CancellationToken cancellationToken);

    /// <summary>Puts back what the last application that changed anything changed, where nobody has changed it since.</summary>
    /// <returns>The id of the application. Code <c>NOTHING_TO_UNDO</c> when there is none, or it is undone.</returns>
    Task<CommandResult<Guid>> UndoAsync(Scope scope, Guid templateId, CancellationToken cancellationToken);
}

public sealed record NewTemplate(string Name, string Description, IReadOnlyList<TemplateValue> Values, TemplateCoverage Coverage, IReadOnlyList<Guid> Tenants);

/// <summary>Null leaves a value as it is.</summary>
public sealed record TemplateChange(
    string? Name = null, string? Description = null, IReadOnlyList<TemplateValue>? Values = null, TemplateCoverage? Coverage = null, IReadOnlyList<Guid>? Tenants = null);
