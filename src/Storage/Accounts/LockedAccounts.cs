using Platform.Storage.Events;
using Platform.Storage.Groups;
using Platform.Storage.Transactions;

namespace Platform.Storage.Accounts;

internal sealed record StoredAccount(Guid Id, string Address, string Name, string? Language, AccountState State, Guid? MailboxId, IReadOnlyList<Role> Roles)
{
    public bool IsActiveWith(Role role) => State == AccountState.Active && Roles.Any(held => held.Id == role.Id);
}

/// <summary>The accounts of one owner inside a move that holds the lock of their revision: what is read here no other move changes before the end.</summary>
internal sealed class LockedAccounts
{
    private readonly MoveSession _session;

    private LockedAccounts(MoveSession session, AccountOwner owner)
    {
        _session = session;
        Owner = owner;
    }

    public AccountOwner Owner { get; }

    public static async ValueTask<LockedAccounts> OpenAsync(MoveSession session, AccountOwner owner, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            "INSERT INTO account_revisions (owner_id, revision) VALUES (@owner, 1) ON CONFLICT (owner_id) DO UPDATE SET revision = account_revisions.revision + 1",
            cancellationToken,
            ("@owner", owner.Id));
        return new LockedAccounts(session, owner);
    }

    /// <exception cref="RefusedException">It is gone.</exception>
    public async ValueTask<StoredAccount> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await _session.Sql.FirstAsync(
            "SELECT address, name, language, state, mailbox_id FROM accounts WHERE id = @id AND owner_id = @owner",
            row => new StoredAccount(id, row.GetString(0), row.GetString(1), row.Text(2), row.Name<AccountState>(3), row.Id(4), []),
            cancellationToken,
            ("@id", id),
            ("@owner", Owner.Id)) ?? throw new RefusedException(AccountRules.Unknown);
        return found with { Roles = await StoredRoles.OfAccountAsync(_session.Sql, id, cancellationToken) };
    }

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        await _session.Sql.FirstAsync("SELECT COUNT(*) FROM accounts WHERE owner_id = @owner", row => row.GetInt64(0), cancellationToken, ("@owner", Owner.Id));

    public async ValueTask<long> CountActiveAsync(Role role, CancellationToken cancellationToken) => await _session.Sql.FirstAsync(
        $"SELECT COUNT(*) FROM accounts a JOIN account_roles r ON r.account_id = a.id WHERE a.owner_id = @owner AND r.role_id = @role AND a.state = '{nameof(AccountState.Active)}'",
        row => row.GetInt64(0),
        cancellationToken,
        ("@owner", Owner.Id),
        ("@role", role.Id));

    public ValueTask<IReadOnlyDictionary<Guid, Role>> RolesAsync(CancellationToken cancellationToken) => StoredRoles.OfOwnerAsync(_session.Sql, Owner, cancellationToken);

    /// <summary>The mailbox of the tenant with this address.</summary>
    public ValueTask<Guid?> MailboxOfAsync(string address, CancellationToken cancellationToken) => _session.Sql.FirstAsync(
        "SELECT id FROM mailboxes WHERE tenant_id = @owner AND address = @address", row => (Guid?)row.GetGuid(0), cancellationToken, ("@owner", Owner.Id), ("@address", address));

    /// <summary>The tenant, whichever it is, that the address's domain belongs to.</summary>
    public ValueTask<Guid?> TenantOfDomainAsync(string address, CancellationToken cancellationToken) => _session.Sql.FirstAsync(
        "SELECT tenant_id FROM domains WHERE name = @domain", row => (Guid?)row.GetGuid(0), cancellationToken, ("@domain", address[(address.LastIndexOf('@') + 1)..]));

    public async ValueTask<bool> HasMailboxAsync(Guid mailboxId, CancellationToken cancellationToken) => await _session.Sql.FirstAsync(
        "SELECT 1 FROM mailboxes WHERE tenant_id = @owner AND id = @id", _ => true, cancellationToken, ("@owner", Owner.Id), ("@id", mailboxId));

    public async ValueTask<bool> IsTakenAsync(Guid mailboxId, Guid? by, CancellationToken cancellationToken) => await _session.Sql.FirstAsync(
        "SELECT id FROM accounts WHERE owner_id = @owner AND mailbox_id = @mailbox", row => (Guid?)row.GetGuid(0), cancellationToken, ("@owner", Owner.Id), ("@mailbox", mailboxId)) is { } other && other != by;

    public async ValueTask InsertAsync(StoredAccount account, string actor, CancellationToken cancellationToken)
    {
        await _session.Sql.ExecuteAsync(
            """
            INSERT INTO accounts (id, owner_id, owner_kind, address, name, language, state, mailbox_id, created_at, created_by, changed_at, changed_by)
            VALUES (@id, @owner, @kind, @address, @name, @language, @state, @mailbox, @now, @actor, @changed, @changer)
            """,
            cancellationToken,
            ("@id", account.Id),
            ("@owner", Owner.Id),
            ("@kind", Owner.Kind.ToString()),
            ("@address", account.Address),
            ("@name", account.Name),
            ("@language", account.Language),
            ("@state", account.State.ToString()),
            ("@mailbox", account.MailboxId),
            ("@now", _session.NowMilliseconds),
            ("@actor", actor),
            ("@changed", _session.NowMilliseconds),
            ("@changer", actor));
        await GiveRolesAsync(account, cancellationToken);
    }

    public async ValueTask WriteAsync(StoredAccount account, string actor, CancellationToken cancellationToken)
    {
        await _session.Sql.ExecuteAsync(
            """
            UPDATE accounts SET address = @address, name = @name, language = @language, state = @state, mailbox_id = @mailbox, changed_at = @now, changed_by = @actor
            WHERE id = @id AND owner_id = @owner
            """,
            cancellationToken,
            ("@address", account.Address),
            ("@name", account.Name),
            ("@language", account.Language),
            ("@state", account.State.ToString()),
            ("@mailbox", account.MailboxId),
            ("@now", _session.NowMilliseconds),
            ("@actor", actor),
            ("@id", account.Id),
            ("@owner", Owner.Id));
        await _session.Sql.ExecuteAsync("DELETE FROM account_roles WHERE account_id = @id", cancellationToken, ("@id", account.Id));
        await GiveRolesAsync(account, cancellationToken);
        await LockedGroups.AccountChangedAsync(_session, account.Id, removed: false, cancellationToken);
    }

    public async ValueTask DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await WithdrawInvitationAsync(id, cancellationToken);
        await LockedGroups.AccountChangedAsync(_session, id, removed: true, cancellationToken);
        await _session.Sql.ExecuteAsync("DELETE FROM account_roles WHERE account_id = @id", cancellationToken, ("@id", id));
        await _session.Sql.ExecuteAsync("DELETE FROM provisioned_accounts WHERE account_id = @id", cancellationToken, ("@id", id));
        await _session.Sql.ExecuteAsync("DELETE FROM access_rules WHERE subject_id = @id", cancellationToken, ("@id", id));
        await _session.Sql.ExecuteAsync("DELETE FROM accounts WHERE id = @id AND owner_id = @owner", cancellationToken, ("@id", id), ("@owner", Owner.Id));
    }

    public async ValueTask InsertInvitationAsync(InvitationRow invitation, CancellationToken cancellationToken)
    {
        await WithdrawInvitationAsync(invitation.AccountId, cancellationToken);
        await _session.Sql.ExecuteAsync(
            """
            INSERT INTO invitations (id, owner_id, account_id, token_hash, created_at, created_by, expires_at)
            VALUES (@id, @owner, @account, @hash, @created, @actor, @expires)
            """,
            cancellationToken,
            ("@id", invitation.Id),
            ("@owner", Owner.Id),
            ("@account", invitation.AccountId),
            ("@hash", invitation.TokenHash),
            ("@created", invitation.CreatedAt.ToUnixTimeMilliseconds()),
            ("@actor", invitation.CreatedBy),
            ("@expires", invitation.ExpiresAt.ToUnixTimeMilliseconds()));
    }

    public ValueTask<int> WithdrawInvitationAsync(Guid accountId, CancellationToken cancellationToken) =>
        _session.Sql.ExecuteAsync("DELETE FROM invitations WHERE account_id = @id", cancellationToken, ("@id", accountId));

    /// <summary>On the owner's audit log, and in the feed of a tenant.</summary>
    /// <param name="action"><c>invite</c>, <c>create</c>, <c>accept</c>, <c>update</c>, <c>roles</c>, <c>disable</c>, <c>enable</c>, <c>remove</c>.</param>
    public void Record(string actor, string action, StoredAccount account)
    {
        var data = AccountJson.Of(actor, action, account);
        if (Owner.Kind == AccountOwnerKind.Tenant)
            _session.Record(new PendingEvent(Owner.Id, action == "invite" ? EventKinds.AccountInvited : EventKinds.AccountChanged, _session.Now, null, null, data));
        _session.Record(new PendingAudit(Owner.Id, actor, "account." + action, "account:" + account.Id, data));
    }

    private async ValueTask GiveRolesAsync(StoredAccount account, CancellationToken cancellationToken)
    {
        foreach (var role in account.Roles)
        {
            await _session.Sql.ExecuteAsync(
                "INSERT INTO account_roles (account_id, role_id, owner_id) VALUES (@account, @role, @owner)",
                cancellationToken,
                ("@account", account.Id),
                ("@role", role.Id),
                ("@owner", Owner.Id));
        }
    }
}
