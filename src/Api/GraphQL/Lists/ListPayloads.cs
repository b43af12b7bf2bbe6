using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Lists;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Lists;

[Requires(Permissions.ListsWrite)]
[Description("Result of addListEntry.")]
internal sealed class AddListEntryPayload(ListEntryNode? entry, Outcome outcome, MutationInput input)
{
    [Description("The new entry.")]
    public ListEntryNode? Entry => entry;

    [Description("Why it was not added; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ListsWrite)]
[Description("Result of updateListEntry.")]
internal sealed class UpdateListEntryPayload(ListEntryNode? entry, Outcome outcome, MutationInput input)
{
    [Description("The entry after the call.")]
    public ListEntryNode? Entry => entry;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ListsWrite)]
[Description("Result of removeListEntry.")]
internal sealed class RemoveListEntryPayload(Outcome outcome, RemoveListEntryInput input)
{
    [Id]
    [Description("The id of the entry that is gone; null when it is not.")]
    public string? RemovedEntryId => outcome.Error is null ? input.EntryId : null;

    [Description("Why it was not removed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ListsWrite)]
[Description("Result of listSenderOfMessage.")]
internal sealed class ListSenderOfMessagePayload(ListEntryNode? entry, Outcome outcome, MutationInput input)
{
    [Description("The new entry.")]
    public ListEntryNode? Entry => entry;

    [Description("Why it was not added; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

/// <summary>How an import ended, in a form that an idempotency key can keep.</summary>
internal sealed record ImportOutcome(ListImport? Import, MutationError? Error);

[Requires(Permissions.ListsWrite)]
[Description("Result of importListEntries. Every line that holds something is counted once: added, unchanged or refused.")]
internal sealed class ImportListEntriesPayload(ImportOutcome outcome, MutationInput input)
{
    [Description("Entries added.")]
    public int Added => outcome.Import?.Added ?? 0;

    [Description("Lines whose value stands in the list already, or stood in an earlier line.")]
    public int Unchanged => outcome.Import?.Unchanged ?? 0;

    [Description("Lines that were not taken, in their order; the others were.")]
    public IReadOnlyList<RefusedLineNode> Refused => [.. (outcome.Import?.Refused ?? []).Select(line => new RefusedLineNode(line))];

    [Description("Why nothing was taken at all; empty when the lines were read.")]
    public IReadOnlyList<MutationError> Errors => outcome.Error is null ? [] : [outcome.Error];

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Named("RefusedLine")]
[Requires(Permissions.ListsWrite)]
[Description("A line of an import that was not taken.")]
internal sealed class RefusedLineNode(RefusedLine line)
{
    [Description("Its number, from 1.")]
    public int Line => line.Line;

    [Description("Its text, cut to 200 characters.")]
    public string Text => line.Text;

    [Description("Stable code to branch on.")]
    public string Code => line.Code;

    [Description("A sentence that says what to do.")]
    public string Message => line.Message;
}
