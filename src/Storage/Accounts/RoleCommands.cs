using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Accounts;

/// <summary>Each command: is the owner in reach, then under the lock of its accounts look, check, write, record.</summary>
internal sealed class RoleCommands(IMoveRunner moves, IReadConnections reads, AccountDirectory directory) : IRoleCommands
{
    public async Task<CommandResult<Guid>> CreateAsync(Scope scope, AccountOwner owner, NewRole role, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.RolesWrite);
        var refusal = AccountRules.Reach(scope, owner) ?? DirectoryRules.First(
            RoleRules.Name(role.Name), RoleRules.Description(role.Description), RoleRules.Permissions(role.Permissions, owner.Kind, role.OwnMailboxOnly));
        if (refusal is not null)
            return refusal.As<Guid>();
        return await RunAsync(
            owner,
            role.Name,
            async (session, roles, ct) =>
            {
                var made = new StoredRole(
                    new Role(Guid.CreateVersion7(session.Now), role.Name.Trim(), owner.Kind, role.Permissions.ToHashSet(StringComparer.Ordinal), role.OwnMailboxOnly), role.Description.Trim());
                RequireHeld(scope, owner, made.Role);
                if (await roles.CountAsync(ct) >= RoleRules.MaxRoles)
                    throw new RefusedException(RoleRules.Full);
                await roles.InsertAsync(made, scope.Actor, ct);
                roles.Record(scope.Actor, "create", made);
                return made.Role.Id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> ChangeAsync(Scope scope, Guid roleId, RoleChange change, CancellationToken cancellationToken)
    {
        var refusal = DirectoryRules.First(
            change.Name is null ? null : RoleRules.Name(change.Name), change.Description is null ? null : RoleRules.Description(change.Description));
        return refusal is not null ? Task.FromResult(refusal.As<Guid>()) : OnAsync(
            scope,
            roleId,
            change.Name ?? "",
            async (roles, before, ct) =>
            {
                if (change.Permissions is { } permissions && RoleRules.Permissions(permissions, roles.Owner.Kind, before.Role.OwnMailboxOnly) is { } bad)
                    throw new RefusedException(bad);
                var after = new StoredRole(
                    before.Role with
                    {
                        Name = change.Name?.Trim() ?? before.Role.Name,
                        Permissions = change.Permissions?.ToHashSet(StringComparer.Ordinal) ?? before.Role.Permissions,
                    },
                    change.Description?.Trim() ?? before.Description);
                RequireHeld(scope, roles.Owner, after.Role);
                await roles.WriteAsync(after, scope.Actor, ct);
                roles.Record(scope.Actor, "update", after);
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid roleId, Guid? replacement, CancellationToken cancellationToken) => OnAsync(
        scope,
        roleId,
        "",
        async (roles, before, ct) =>
        {
            if (replacement is { } other)
            {
                var known = await roles.AllAsync(ct);
                if (other == roleId || !known.TryGetValue(other, out var role))
                    throw new RefusedException(RoleRules.UnknownReplacement);
                RequireHeld(scope, roles.Owner, role);
                await roles.ReplaceAsync(roleId, other, ct);
            }
            else if (await roles.IsInUseAsync(roleId, ct))
            {
                throw new RefusedException(RoleRules.InUse);
            }

            await roles.DeleteAsync(roleId, ct);
            roles.Record(scope.Actor, "remove", before);
        },
        cancellationToken);

    private async Task<CommandResult<Guid>> OnAsync(
        Scope scope, Guid roleId, string name, Func<LockedRoles, StoredRole, CancellationToken, ValueTask> command, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.RolesWrite);
        if (BuiltInRoles.Find(roleId) is not null)
            return RoleRules.BuiltIn.As<Guid>();
        if (await OwnerOfAsync(scope, roleId, cancellationToken) is not { } owner)
            return RoleRules.Unknown.As<Guid>();
        return await RunAsync(
            owner,
            name,
            async (_, roles, ct) =>
            {
                var before = await roles.ReadAsync(roleId, ct);
                RequireHeld(scope, owner, before.Role);
                await command(roles, before, ct);
                return roleId;
            },
            cancellationToken);
    }

    private static void RequireHeld(Scope scope, AccountOwner owner, Role role)
    {
        if (!AccountRules.HoldsAll(scope, owner, [role]))
            throw new RefusedException(AccountRules.MoreThanOwn);
    }

    /// <summary>Null when it is unknown or out of reach.</summary>
    private async ValueTask<AccountOwner?> OwnerOfAsync(Scope scope, Guid roleId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var owner = await sql.FirstAsync(
            "SELECT owner_id, owner_kind FROM roles WHERE id = @id", row => (AccountOwner?)new AccountOwner(row.GetGuid(0), row.Name<AccountOwnerKind>(1)), cancellationToken, ("@id", roleId));
        return owner is { } known && AccountRules.Reach(scope, known) is null ? known : null;
    }

    private async Task<CommandResult<Guid>> RunAsync(AccountOwner owner, string name, Func<MoveSession, LockedRoles, CancellationToken, ValueTask<Guid>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await moves.CommandAsync(
                async (session, ct) =>
                {
                    var done = await command(session, await LockedRoles.OpenAsync(session, owner, ct), ct);
                    session.AfterCommit(directory.Invalidate);
                    return done;
                },
                cancellationToken);
        }
        catch (Exception exception) when (StorageErrors.IsTaken(exception))
        {
            return RoleRules.NameTaken(name.Trim()).As<Guid>();
        }
    }
}
