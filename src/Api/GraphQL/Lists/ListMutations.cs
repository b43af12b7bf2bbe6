using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Lists;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Lists;

internal sealed class ListMutations(IListCommands commands, IListReading reading, MessageSender senders, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.ListsWrite)]
    [Description("Adds an entry to an allow or block list. It holds for mail inspected from then on.")]
    public async Task<AddListEntryPayload> AddListEntry([Description("The entry.")] AddListEntryInput input, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(
            input.Tenant,
            input.Origin,
            "addListEntry",
            input,
            async (scope, owner) => Outcome.Of(await commands.AddAsync(
                scope,
                owner,
                new NewListEntry(input.List, input.Kind, input.Value, input.IncludesSubdomains == false, input.Networks ?? [], input.Note ?? "", input.ExpiresAt),
                cancellationToken)),
            Outcome.Refused,
            cancellationToken);
        return new AddListEntryPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.ListsWrite)]
    [Description("Changes an entry. What it names stays: for another value make another entry.")]
    public async Task<UpdateListEntryPayload> UpdateListEntry([Description("The change.")] UpdateListEntryInput input, CancellationToken cancellationToken)
    {
        var change = new ListEntryChange(
            input.List, input.IncludesSubdomains is { } below ? !below : null, input.Networks, input.Note, input.ExpiresAt, input.NeverExpires == true);
        var outcome = await runner.RunAsync(caller.Current.Home, "updateListEntry", input, async () => GlobalId.Find(input.EntryId, NodeKind.ListEntry) is { } id
            ? Outcome.Of(await commands.UpdateAsync(caller.Current.Scope, id, change, cancellationToken))
            : Unknown(), cancellationToken);
        return new UpdateListEntryPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.ListsWrite)]
    [Description("Removes an entry. Mail inspected before keeps its verdict.")]
    public async Task<RemoveListEntryPayload> RemoveListEntry([Description("Which entry.")] RemoveListEntryInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(caller.Current.Home, "removeListEntry", input, async () => GlobalId.Find(input.EntryId, NodeKind.ListEntry) is { } id
            ? Outcome.Of(await commands.RemoveAsync(caller.Current.Scope, id, cancellationToken))
            : Unknown(), cancellationToken);
        return new RemoveListEntryPayload(outcome, input);
    }

    [Requires(Permissions.ListsWrite)]
    [Description("Adds what a text names, line by line. Lines that are refused are told one by one; the others are added all the same.")]
    public async Task<ImportListEntriesPayload> ImportListEntries([Description("The text.")] ImportListEntriesInput input, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(
            input.Tenant,
            input.Origin,
            "importListEntries",
            input,
            async (scope, owner) =>
            {
                var result = await commands.ImportAsync(scope, owner, input.List, input.Text, cancellationToken);
                return new ImportOutcome(result.Value, result.Succeeded ? null : new MutationError(result.Code!, result.Message ?? "", "text"));
            },
            error => new ImportOutcome(null, error),
            cancellationToken);
        return new ImportListEntriesPayload(outcome, input);
    }

    [Requires(Permissions.ListsWrite)]
    [Description("Lists the author of a message: the address or domain of its From field, in the list of the tenant that received it.")]
    public async Task<ListSenderOfMessagePayload> ListSenderOfMessage([Description("Whom, and where.")] ListSenderOfMessageInput input, CancellationToken cancellationToken)
    {
        var scope = caller.Current.Scope;
        var outcome = await runner.RunAsync(caller.Current.Home, "listSenderOfMessage", input, async () =>
        {
            var sender = await senders.FindAsync(scope, input.MessageId, input.List, input.Part, cancellationToken);
            return Outcome.Of(await commands.AddAsync(
                scope,
                ListOwner.Tenant(sender.TenantId),
                new NewListEntry(input.List, sender.Kind, sender.Value, IsExact: false, [], input.Note ?? sender.Note, input.ExpiresAt),
                cancellationToken));
        }, cancellationToken);
        return new ListSenderOfMessagePayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    private static Outcome Unknown() => Outcome.Failed(ErrorCodes.NotFound, "No such entry is in reach of this client.", "entryId");

    private async Task<ListEntryNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Key is { } id && caller.Current.Scope.Allows(Permissions.ListsRead) && await reading.FindAsync(caller.Current.Scope, id, cancellationToken) is { } entry
            ? new ListEntryNode(entry)
            : null;

    /// <summary>Finds whose list is meant, then runs.</summary>
    private Task<TAnswer> RunAsync<TAnswer>(
        string? tenant,
        ListOrigin? origin,
        string operation,
        MutationInput input,
        Func<Scope, ListOwner, Task<TAnswer>> command,
        Func<MutationError, TAnswer> refused,
        CancellationToken cancellationToken) =>
        runner.RunForAsync(() => OwnerOf(tenant, origin), place => place.Owner.Id, operation, input, place => command(place.Scope, place.Owner), refused, cancellationToken);

    private (Scope Scope, ListOwner Owner) OwnerOf(string? tenant, ListOrigin? origin)
    {
        if (origin != ListOrigin.Msp)
        {
            var (scope, id) = caller.Current.ForTenant(tenant);
            return (scope, ListOwner.Tenant(id));
        }

        if (tenant is not null)
            throw ApiException.BadInput("tenant", "The list of the MSP is no tenant's: leave 'tenant' out, or make 'origin' TENANT.");
        return caller.Current.Scope.MspId is { } msp
            ? (caller.Current.Scope, ListOwner.Msp(msp))
            : throw new ApiException(ErrorCodes.Forbidden, "Only a client of an MSP changes the list of the MSP.", 403, "origin");
    }
}
