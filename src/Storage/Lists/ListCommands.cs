using Platform.Engine.Feeds;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Lists;

/// <summary>Each command: is the list in reach, then under its lock look, check, write, record.</summary>
internal sealed class ListCommands(IMoveRunner moves, IReadConnections reads, IRecipientDirectory directory, TenantLists lists) : IListCommands
{
    public async Task<CommandResult<Guid>> AddAsync(Scope scope, ListOwner owner, NewListEntry entry, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.ListsWrite);
        if (Unreachable(scope, owner) is { } refusal)
            return refusal.As<Guid>();
        return await RunAsync(
            owner,
            async (session, list, ct) =>
            {
                var good = Good(ListRules.Check(entry, await list.DomainsAsync(ct)), ListRules.Expiry(entry.ExpiresAt, session.Now));
                if (await list.FindAsync(good, ct) is { } there)
                    throw new RefusedException(there.Action == good.Action ? ListRules.Exists : ListRules.Contradicts);
                if (await list.CountAsync(ct) >= ListRules.MaxEntries)
                    throw new RefusedException(ListRules.Full);
                var id = await list.InsertAsync(good, scope.Actor, ct);
                await list.RecordAsync(scope.Actor, "add", [good], ct);
                return id;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid entryId, ListEntryChange change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.ListsWrite);
        var (owner, refusal) = await OwnerOfAsync(scope, entryId, cancellationToken);
        if (refusal is not null)
            return refusal.As<Guid>();
        return await RunAsync(
            owner,
            async (session, list, ct) =>
            {
                var before = await list.ReadAsync(entryId, ct) ?? throw new RefusedException(ListRules.Unknown);
                var wanted = new NewListEntry(
                    change.Action ?? before.Action,
                    before.Kind,
                    before.Value,
                    change.IsExact ?? before.IsExact,
                    change.Networks ?? before.Networks,
                    change.Note ?? before.Note,
                    change.NeverExpires ? null : change.ExpiresAt ?? before.ExpiresAt);
                var good = Good(ListRules.Check(wanted, await list.DomainsAsync(ct)), ListRules.Expiry(change.ExpiresAt, session.Now));
                if (await list.FindAsync(good, ct) is { } there && there.Id != entryId)
                    throw new RefusedException(there.Action == good.Action ? ListRules.Exists : ListRules.Contradicts);
                await list.UpdateAsync(entryId, good, scope.Actor, ct);
                await list.RecordAsync(scope.Actor, "update", [good], ct);
                return entryId;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid entryId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.ListsWrite);
        var (owner, refusal) = await OwnerOfAsync(scope, entryId, cancellationToken);
        if (refusal is not null)
            return refusal.As<Guid>();
        return await RunAsync(
            owner,
            async (_, list, ct) =>
            {
                var before = await list.ReadAsync(entryId, ct) ?? throw new RefusedException(ListRules.Unknown);
                await list.DeleteAsync(entryId, ct);
                await list.RecordAsync(scope.Actor, "remove", [before], ct);
                return entryId;
            },
            cancellationToken);
    }

    public async Task<CommandResult<ListImport>> ImportAsync(Scope scope, ListOwner owner, ListAction action, string text, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.ListsWrite);
        if (Unreachable(scope, owner) is { } refusal)
            return refusal.As<ListImport>();
        var (lines, unreadable) = ListText.Read(text, action);
        if (unreadable is not null)
            return unreadable.As<ListImport>();
        return await RunAsync(
            owner,
            async (session, list, ct) =>
            {
                var domains = await list.DomainsAsync(ct);
                var keys = await list.KeysAsync(ct);
                List<CheckedEntry> added = [];
                List<RefusedLine> refused = [];
                foreach (var line in lines)
                {
                    var (good, problem) = line.Entry is { } entry ? ListRules.Check(entry, domains) : (null, line.Refusal);
                    problem ??= good is null ? null : ListRules.Expiry(good.ExpiresAt, session.Now);
                    if (problem is null && keys.TryGetValue(good!.Key, out var there))
                    {
                        if (there == good.Action)
                            continue;
                        problem = ListRules.Contradicts;
                    }
                    else if (problem is null && keys.Count >= ListRules.MaxEntries)
                        problem = ListRules.Full;

                    if (problem is not null)
                    {
                        refused.Add(new RefusedLine(line.Number, line.Shown, problem.Code, problem.Message));
                        continue;
                    }

                    keys.Add(good!.Key, good.Action);
                    await list.InsertAsync(good, scope.Actor, ct);
                    added.Add(good);
                }

                if (added.Count > 0)
                    await list.RecordAsync(scope.Actor, "import", added, ct);
                return new ListImport(added.Count, lines.Count - added.Count - refused.Count, refused);
            },
            cancellationToken);
    }

    private static CheckedEntry Good((CheckedEntry? Entry, Refusal? Refusal) check, Refusal? expiry) =>
        check.Entry is { } entry && expiry is null ? entry : throw new RefusedException(check.Refusal ?? expiry!);

    private static Refusal? Unreachable(Scope scope, ListOwner owner) =>
        owner.IsMsp
            ? scope.MspId == owner.Id ? null : new Refusal("FORBIDDEN", "Only a client of an MSP changes the list of the MSP.")
            : scope.Tenants.Contains(owner.Id) ? null : Refusal.NoTenant;

    private async ValueTask<(ListOwner Owner, Refusal? Refusal)> OwnerOfAsync(Scope scope, Guid entryId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var owner = await sql.FirstAsync("SELECT owner_id FROM list_entries WHERE id = @id", row => (Guid?)row.GetGuid(0), cancellationToken, ("@id", entryId));
        if (owner is not { } id)
            return (default, ListRules.Unknown);
        if (scope.Tenants.Contains(id))
            return (ListOwner.Tenant(id), null);
        if (scope.MspId == id)
            return (ListOwner.Msp(id), null);
        foreach (var tenant in scope.Tenants)
            if ((await directory.FindTenantAsync(tenant, cancellationToken))?.MspId == id)
                return (default, ListRules.Inherited);
        return (default, ListRules.Unknown);
    }

    private Task<CommandResult<T>> RunAsync<T>(ListOwner owner, Func<MoveSession, LockedList, CancellationToken, ValueTask<T>> command, CancellationToken cancellationToken) => moves.CommandAsync(
        async (session, ct) =>
        {
            var result = await command(session, await LockedList.OpenAsync(session, owner, ct), ct);
            session.AfterCommit(() => lists.Invalidate(owner.Id));
            return result;
        },
        cancellationToken);
}
