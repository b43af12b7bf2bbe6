using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;
using Platform.Storage.Transactions;

namespace Platform.Storage.Accounts;

/// <summary>Each command: is the owner in reach, then under its lock look, check, write, record.</summary>
internal sealed class AccountCommands(IMoveRunner moves, IReadConnections reads, InvitationTokens tokens, AccountDirectory directory, IEnumerable<IAccountFarewell> farewells) : IAccountCommands
{
    public Task<CommandResult<Guid>> InviteAsync(Scope scope, AccountOwner owner, NewAccount account, CancellationToken cancellationToken) =>
        AddAsync(scope, owner, account, AccountState.Invited, cancellationToken);

    public Task<CommandResult<Guid>> CreateAsync(Scope scope, AccountOwner owner, NewAccount account, CancellationToken cancellationToken) =>
        AddAsync(scope, owner, account, AccountState.Active, cancellationToken);

    public Task<CommandResult<Guid>> InviteAgainAsync(Scope scope, Guid accountId, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        accountId,
        "invite",
        async (session, accounts, before, ct) =>
        {
            if (before.State != AccountState.Invited)
                throw new RefusedException(AccountRules.NotInvited);
            await InviteAsync(session, accounts, accountId, scope.Actor, ct);
            return before;
        },
        cancellationToken);

    public async Task<CommandResult<Guid>> ChangeAsync(Scope scope, Guid accountId, AccountChange change, CancellationToken cancellationToken)
    {
        var address = change.Address is null ? null : AccountRules.Address(change.Address);
        var refusal = DirectoryRules.First(
            AccountRules.Name(change.Name), AccountRules.Language(change.Language), change.Address is not null && address is null ? AccountRules.InvalidAddress : null);
        if (refusal is not null)
            return refusal.As<Guid>();
        var moved = false;
        var changed = await ChangeAsync(
            scope,
            accountId,
            "update",
            async (session, accounts, before, ct) =>
            {
                if (change.MailboxId is { } mailbox)
                    await CheckMailboxAsync(accounts, mailbox, accountId, ct);
                moved = address is not null && address != before.Address;
                if (moved)
                    await CheckDomainAsync(scope, accounts, address!, ct);
                // What was sent to the address of before is void.
                if (moved && before.State == AccountState.Invited)
                    await InviteAsync(session, accounts, accountId, scope.Actor, ct);
                return before with
                {
                    Name = change.Name?.Trim() ?? before.Name,
                    Language = change.Language ?? before.Language,
                    Address = address ?? before.Address,
                    MailboxId = change.MailboxId ?? before.MailboxId,
                };
            },
            cancellationToken);
        return moved ? await PartAsync(changed, farewell => farewell.SignOutAsync(accountId, cancellationToken)) : changed;
    }

    public Task<CommandResult<Guid>> SetRolesAsync(Scope scope, Guid accountId, IReadOnlyCollection<Guid> roles, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        accountId,
        "roles",
        async (_, accounts, before, ct) => before with { Roles = await GivenAsync(scope, accounts, roles, ct) },
        cancellationToken);

    public async Task<CommandResult<Guid>> DisableAsync(Scope scope, Guid accountId, CancellationToken cancellationToken) => await PartAsync(
        await ChangeAsync(
            scope,
            accountId,
            "disable",
            async (_, accounts, before, ct) =>
            {
                await accounts.WithdrawInvitationAsync(accountId, ct);
                return before with { State = AccountState.Disabled };
            },
            cancellationToken),
        farewell => farewell.SignOutAsync(accountId, cancellationToken));

    public Task<CommandResult<Guid>> EnableAsync(Scope scope, Guid accountId, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        accountId,
        "enable",
        (_, _, before, _) => before.State == AccountState.Invited
            ? throw new RefusedException(AccountRules.StillInvited)
            : ValueTask.FromResult<StoredAccount?>(before with { State = AccountState.Active }),
        cancellationToken);

    public async Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid accountId, CancellationToken cancellationToken) => await PartAsync(
        await ChangeAsync(scope, accountId, "remove", (_, _, _, _) => ValueTask.FromResult<StoredAccount?>(null), cancellationToken),
        farewell => farewell.LeaveAsync(accountId, cancellationToken));

    public async Task<CommandResult<Guid>> ChangeOwnAsync(Guid accountId, string? name, string? language, CancellationToken cancellationToken)
    {
        if (DirectoryRules.First(AccountRules.Name(name), AccountRules.Language(language)) is { } refusal)
            return refusal.As<Guid>();
        if (await OwnerOfAsync(accountId, cancellationToken) is not { } owner)
            return AccountRules.Unknown.As<Guid>();
        return await RunAsync(
            owner,
            "",
            async (_, accounts, ct) =>
            {
                var before = await accounts.ReadAsync(accountId, ct);
                var after = before with { Name = name?.Trim() ?? before.Name, Language = language ?? before.Language };
                var actor = "user:" + accountId;
                await accounts.WriteAsync(after, actor, ct);
                accounts.Record(actor, "update", after);
                return accountId;
            },
            cancellationToken);
    }

    private async Task<CommandResult<Guid>> AddAsync(Scope scope, AccountOwner owner, NewAccount account, AccountState state, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.AccountsWrite);
        var address = AccountRules.Address(account.Address);
        var refusal = AccountRules.Reach(scope, owner)
            ?? DirectoryRules.First(AccountRules.Name(account.Name), AccountRules.Language(account.Language), address is null ? AccountRules.InvalidAddress : null);
        if (refusal is not null)
            return refusal.As<Guid>();
        return await RunAsync(
            owner,
            address!,
            async (session, accounts, ct) =>
            {
                if (await accounts.CountAsync(ct) >= AccountRules.MaxAccounts)
                    throw new RefusedException(AccountRules.Full);
                await CheckDomainAsync(scope, accounts, address!, ct);
                if (account.MailboxId is { } named)
                    await CheckMailboxAsync(accounts, named, null, ct);
                var mailbox = account.MailboxId ?? await FreeMailboxAsync(accounts, address!, ct);
                var made = new StoredAccount(
                    Guid.CreateVersion7(session.Now), address!, account.Name.Trim(), account.Language, state, mailbox, await GivenAsync(scope, accounts, account.Roles, ct));
                await accounts.InsertAsync(made, scope.Actor, ct);
                if (state == AccountState.Invited)
                    await InviteAsync(session, accounts, made.Id, scope.Actor, ct);
                accounts.Record(scope.Actor, state == AccountState.Invited ? "invite" : "create", made);
                return made.Id;
            },
            cancellationToken);
    }

    /// <param name="change">The account after it; null removes it.</param>
    private async Task<CommandResult<Guid>> ChangeAsync(
        Scope scope,
        Guid accountId,
        string action,
        Func<MoveSession, LockedAccounts, StoredAccount, CancellationToken, ValueTask<StoredAccount?>> change,
        CancellationToken cancellationToken)
    {
        scope.Require(Permissions.AccountsWrite);
        if (await OwnerOfAsync(accountId, cancellationToken) is not { } owner || AccountRules.Reach(scope, owner) is not null)
            return AccountRules.Unknown.As<Guid>();
        return await RunAsync(
            owner,
            "",
            async (session, accounts, ct) =>
            {
                var before = await accounts.ReadAsync(accountId, ct);
                if (!AccountRules.HoldsAll(scope, owner, before.Roles))
                    throw new RefusedException(AccountRules.MoreThanOwn);
                var after = await change(session, accounts, before, ct);
                await KeepAnAdministratorAsync(accounts, before, after, ct);
                if (after is null)
                    await accounts.DeleteAsync(accountId, ct);
                else
                    await accounts.WriteAsync(after, scope.Actor, ct);
                if (before.MailboxId is { } mailbox && after?.State is null or AccountState.Disabled)
                    await AppPasswordMoves.RemoveOwnAsync(session, accountId, mailbox, scope.Actor, ct);
                accounts.Record(scope.Actor, action, after ?? before);
                return accountId;
            },
            cancellationToken);
    }

    private static async ValueTask<IReadOnlyList<Role>> GivenAsync(Scope scope, LockedAccounts accounts, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count is 0 or > AccountRules.MaxRoles || ids.Distinct().Count() != ids.Count)
            throw new RefusedException(AccountRules.NoRole);
        var known = await accounts.RolesAsync(cancellationToken);
        List<Role> roles = [];
        foreach (var id in ids)
            roles.Add(known.TryGetValue(id, out var role) ? role : throw new RefusedException(AccountRules.UnknownRole));
        return AccountRules.HoldsAll(scope, accounts.Owner, roles) ? roles : throw new RefusedException(AccountRules.MoreThanOwn);
    }

    private static async ValueTask KeepAnAdministratorAsync(LockedAccounts accounts, StoredAccount before, StoredAccount? after, CancellationToken cancellationToken)
    {
        if (BuiltInRoles.AdministratorOf(accounts.Owner.Kind) is { } role && before.IsActiveWith(role) && after?.IsActiveWith(role) != true
            && await accounts.CountActiveAsync(role, cancellationToken) <= 1)
        {
            throw new RefusedException(AccountRules.LastAdministrator);
        }
    }

    private static async ValueTask CheckMailboxAsync(LockedAccounts accounts, Guid mailbox, Guid? accountId, CancellationToken cancellationToken)
    {
        if (!await accounts.HasMailboxAsync(mailbox, cancellationToken))
            throw new RefusedException(AccountRules.UnknownMailbox);
        if (await accounts.IsTakenAsync(mailbox, accountId, cancellationToken))
            throw new RefusedException(AccountRules.MailboxTaken);
    }

    // Whoever could invite an address of somebody else's domain would keep it from them, and learn which have accounts.
    private static async ValueTask CheckDomainAsync(Scope scope, LockedAccounts accounts, string address, CancellationToken cancellationToken)
    {
        if (await accounts.TenantOfDomainAsync(address, cancellationToken) is { } tenant && !scope.Tenants.Contains(tenant))
            throw new RefusedException(AccountRules.ForeignDomain);
    }

    private async Task<CommandResult<Guid>> PartAsync(CommandResult<Guid> done, Func<IAccountFarewell, Task> part)
    {
        if (done.Code is null)
            foreach (var farewell in farewells)
                await part(farewell);
        return done;
    }

    private static async ValueTask<Guid?> FreeMailboxAsync(LockedAccounts accounts, string address, CancellationToken cancellationToken) =>
        await accounts.MailboxOfAsync(address, cancellationToken) is { } mailbox && !await accounts.IsTakenAsync(mailbox, null, cancellationToken) ? mailbox : null;

    private async ValueTask InviteAsync(MoveSession session, LockedAccounts accounts, Guid accountId, string actor, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        await accounts.InsertInvitationAsync(
            new InvitationRow
            {
                Id = id,
                OwnerId = accounts.Owner.Id,
                AccountId = accountId,
                TokenHash = InvitationTokens.Hash(tokens.Of(id)),
                CreatedAt = session.Now,
                CreatedBy = actor,
                ExpiresAt = session.Now + InvitationTokens.ValidFor,
            },
            cancellationToken);
        await InvitationOrders.AddAsync(session, accounts.Owner, accountId, actor, cancellationToken);
    }

    private async ValueTask<AccountOwner?> OwnerOfAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync(
            "SELECT owner_id, owner_kind FROM accounts WHERE id = @id", row => (AccountOwner?)new AccountOwner(row.GetGuid(0), row.Name<AccountOwnerKind>(1)), cancellationToken, ("@id", accountId));
    }

    private async Task<CommandResult<Guid>> RunAsync(AccountOwner owner, string address, Func<MoveSession, LockedAccounts, CancellationToken, ValueTask<Guid>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await moves.CommandAsync(
                async (session, ct) =>
                {
                    var done = await command(session, await LockedAccounts.OpenAsync(session, owner, ct), ct);
                    session.AfterCommit(directory.Invalidate);
                    return done;
                },
                cancellationToken);
        }
        catch (Exception exception) when (StorageErrors.IsTaken(exception))
        {
            return AccountRules.AddressTaken(address).As<Guid>();
        }
    }
}
