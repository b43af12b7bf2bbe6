using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Groups;

/// <summary>Each command: is the tenant in reach, then under the lock of its policy look, check, write, record.</summary>
internal sealed class GroupCommands(IMoveRunner moves, RecipientDirectory directory) : IGroupCommands
{
    public Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, NewGroup group, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.GroupsWrite);
        var refusal = scope.Tenants.Contains(tenantId) ? GroupRules.Name(group.Name) ?? GroupRules.ExternalId(group.ExternalId) : Refusal.NoTenant;
        return refusal is not null ? Task.FromResult(refusal.As<Guid>()) : RunAsync(
            async (session, ct) =>
            {
                var groups = await LockedGroups.OpenAsync(session, tenantId, ct);
                var all = await groups.AllAsync(ct);
                if (all.Count >= GroupLimits.MaxGroups)
                    throw new RefusedException(GroupRules.Full);
                var made = new StoredGroup(Guid.CreateVersion7(session.Now), group.Name.Trim(), Given(group.ExternalId), all.Select(other => other.Position).DefaultIfEmpty().Max() + 1);
                CheckUnique(all, made);
                await groups.CheckRolesAsync(scope, NamesOf(made), ct);
                await groups.InsertAsync(made, scope.Actor, ct);
                groups.Record(scope.Actor, "create", made.Id, Told(made));
                return made.Id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid groupId, GroupChange change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.GroupsWrite);
        var refusal = GroupRules.Name(change.Name) ?? GroupRules.ExternalId(change.ExternalId);
        return refusal is not null ? Task.FromResult(refusal.As<Guid>()) : ChangeAsync(
            scope,
            groupId,
            async (groups, before, ct) =>
            {
                var after = before with { Name = change.Name?.Trim() ?? before.Name, ExternalId = change.ExternalId is null ? before.ExternalId : Given(change.ExternalId) };
                if (after == before)
                    return;
                CheckUnique(await groups.AllAsync(ct), after);
                await groups.CheckRolesAsync(scope, NamesOf(before, after), ct);
                await groups.WriteAsync(after, scope.Actor, ct);
                groups.Record(scope.Actor, "update", groupId, Told(after));
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> DeleteAsync(Scope scope, Guid groupId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.GroupsWrite);
        return ChangeAsync(
            scope,
            groupId,
            async (groups, before, ct) =>
            {
                await groups.CheckRolesAsync(scope, NamesOf(before), ct);
                await groups.DeleteAsync(groupId, ct);
                groups.Record(scope.Actor, "delete", groupId, Told(before));
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> ReorderAsync(Scope scope, Guid tenantId, IReadOnlyList<Guid> order, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.GroupsWrite);
        return !scope.Tenants.Contains(tenantId) ? Task.FromResult(Refusal.NoTenant.As<Guid>()) : RunAsync(
            async (session, ct) =>
            {
                var groups = await LockedGroups.OpenAsync(session, tenantId, ct);
                var all = (await groups.AllAsync(ct)).ToDictionary(group => group.Id);
                if (order.Count != all.Count || order.Distinct().Count() != order.Count || !order.All(all.ContainsKey))
                    throw new RefusedException(GroupRules.OrderIncomplete);
                for (var i = 0; i < order.Count; i++)
                    if (all[order[i]].Position != i + 1)
                        await groups.WriteAsync(all[order[i]] with { Position = i + 1 }, scope.Actor, ct);
                groups.Record(scope.Actor, "reorder", tenantId, new ToldGroup { Order = [.. order.Select(id => all[id].Name)] });
                return tenantId;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> ChangeMembersAsync(
        Scope scope, Guid groupId, IReadOnlyList<GroupMember> add, IReadOnlyList<GroupMember> remove, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.GroupsWrite);
        return add.Count + remove.Count is 0 or > GroupLimits.MaxChange ? Task.FromResult(GroupRules.TooManyAtOnce.As<Guid>()) : ChangeAsync(
            scope,
            groupId,
            async (groups, group, ct) =>
            {
                await groups.CheckRolesAsync(scope, NamesOf(group), ct);
                List<string> added = [], removed = [];
                foreach (var member in remove)
                {
                    var name = await groups.NameOfAsync(member, ct);
                    if (await groups.RemoveAsync(groupId, member, ct))
                        removed.Add(name ?? member.Id.ToString());
                }

                foreach (var member in add)
                {
                    var name = await groups.NameOfAsync(member, ct) ?? throw new RefusedException(GroupRules.MemberUnknown);
                    if (await groups.AddAsync(groupId, member, ct))
                        added.Add(name);
                }

                if (await groups.CountMembersAsync(groupId, ct) > GroupLimits.MaxMembers)
                    throw new RefusedException(GroupRules.TooManyMembers);
                if (added.Count + removed.Count > 0)
                    groups.Record(scope.Actor, "members", groupId, Told(group) with { Added = ToldMembers.Of(added), Removed = ToldMembers.Of(removed) });
            },
            cancellationToken);
    }

    private Task<CommandResult<Guid>> ChangeAsync(Scope scope, Guid groupId, Func<LockedGroups, StoredGroup, CancellationToken, ValueTask> change, CancellationToken cancellationToken) => RunAsync(
        async (session, ct) =>
        {
            if (await LockedGroups.TenantOfAsync(session, groupId, ct) is not { } tenant || !scope.Tenants.Contains(tenant))
                throw new RefusedException(GroupRules.Unknown);
            var groups = await LockedGroups.OpenAsync(session, tenant, ct);
            // Deleted while this waited for the lock.
            var before = (await groups.AllAsync(ct)).Find(group => group.Id == groupId) ?? throw new RefusedException(GroupRules.Unknown);
            await change(groups, before, ct);
            return groupId;
        },
        cancellationToken);

    private Task<CommandResult<Guid>> RunAsync(Func<MoveSession, CancellationToken, ValueTask<Guid>> command, CancellationToken cancellationToken) => moves.CommandAsync(
        async (session, ct) =>
        {
            var result = await command(session, ct);
            await directory.ChangedAsync(session, ct);
            return result;
        },
        cancellationToken);

    private static void CheckUnique(List<StoredGroup> all, StoredGroup group)
    {
        if (all.Exists(other => other.Id != group.Id
            && (other.NameKey == group.NameKey || (group.ExternalId is not null && other.ExternalId == group.ExternalId))))
            throw new RefusedException(GroupRules.NameTaken);
    }

    private static HashSet<string> NamesOf(params IEnumerable<StoredGroup> groups) => [.. groups.SelectMany(group => new[] { group.Name, group.ExternalId ?? group.Name })];

    private static string? Given(string? externalId) => string.IsNullOrEmpty(externalId) ? null : externalId;

    private static ToldGroup Told(StoredGroup group) => new() { Name = group.Name, ExternalId = group.ExternalId, Position = group.Position };
}
