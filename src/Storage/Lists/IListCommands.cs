using Platform.Engine.Feeds;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Lists;

/// <summary>
/// Changes of lists, each with its event and audit entry in the same transaction: those of a tenant's list in the tenant's feed and
/// chain, those of an MSP's list in the feed and chain of every tenant of the MSP.
/// </summary>
public interface IListCommands
{
    /// <returns>The id of the entry.</returns>
    Task<CommandResult<Guid>> AddAsync(Scope scope, ListOwner owner, NewListEntry entry, CancellationToken cancellationToken);

    /// <returns>The id of the entry.</returns>
    Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid entryId, ListEntryChange change, CancellationToken cancellationToken);

    /// <returns>The id of the entry that is gone.</returns>
    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid entryId, CancellationToken cancellationToken);

    /// <summary>Adds what a text names, line by line (<see cref="ListText"/>). What is good is added, though other lines are refused.</summary>
    /// <param name="action">Of lines that do not say it.</param>
    Task<CommandResult<ListImport>> ImportAsync(Scope scope, ListOwner owner, ListAction action, string text, CancellationToken cancellationToken);
}
