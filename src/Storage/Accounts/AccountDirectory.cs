using System.Collections.Concurrent;
using Platform.Storage.Directory;
using Platform.Storage.Transactions;

namespace Platform.Storage.Accounts;

/// <summary>An account as sign-in and the check of a token need it.</summary>
/// <param name="TenantId">Whose account it is, when a tenant's.</param>
/// <param name="MspId">Whose account it is, when an MSP's: it reaches all tenants of that MSP. Both null: of the operator of the installation.</param>
/// <param name="Permissions">Of all its roles together.</param>
/// <param name="Mailboxes">The only mailboxes in its reach; null: all of its tenants.</param>
public sealed record SignInAccount(
    Guid Id,
    string Address,
    string Name,
    string? Language,
    AccountState State,
    Guid? TenantId,
    Guid? MspId,
    IReadOnlySet<string> Permissions,
    IReadOnlySet<Guid>? Mailboxes)
{
    /// <summary>The mailbox that was made the account's own; null: none was.</summary>
    public Guid? MailboxId { get; init; }

    /// <summary>Whether the mailbox is the account's own, by <see cref="OwnMailbox"/>. Who reaches the own mailbox alone reaches none that was not made its own.</summary>
    public bool Owns(Guid tenantId, MailboxRef mailbox)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        return TenantId == tenantId && (MailboxId is { } own ? own == mailbox.Id : Mailboxes is null && OwnMailbox.IsAddress(Address, mailbox.Address));
    }
}

/// <summary>Looks accounts up without a scope: for sign-in and the check of tokens alone, since these make the scope.</summary>
public interface IAccountDirectory
{
    /// <summary>Answered from memory for up to ten seconds; a change by this process is seen at once.</summary>
    Task<SignInAccount?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <param name="address">As a person types it.</param>
    Task<SignInAccount?> FindByAddressAsync(string address, CancellationToken cancellationToken);
}

internal sealed class AccountDirectory(IReadConnections reads, TimeProvider time) : IAccountDirectory
{
    private const int MaxKept = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, Kept> _kept = new();
    private int _epoch;

    public async Task<SignInAccount?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        // Before the read: a change that comes during it makes the answer old at once.
        var epoch = Volatile.Read(ref _epoch);
        if (_kept.TryGetValue(id, out var kept) && kept.Epoch == epoch && time.GetElapsedTime(kept.At) < KeptFor)
            return kept.Account;
        var at = time.GetTimestamp();
        var found = await ReadAsync("id", id, cancellationToken);
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        _kept[id] = new Kept(found, epoch, at);
        return found;
    }

    public async Task<SignInAccount?> FindByAddressAsync(string address, CancellationToken cancellationToken) =>
        MailAddress.TryParse(address.Trim(), out var local, out var domain) ? await ReadAsync("address", $"{local}@{domain}", cancellationToken) : null;

    /// <summary>After a committed change: the next question reads anew.</summary>
    public void Invalidate() => Interlocked.Increment(ref _epoch);

    private async Task<SignInAccount?> ReadAsync(string column, object key, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var account = await sql.FirstAsync(
            $"SELECT id, address, name, language, state, owner_id, owner_kind, mailbox_id FROM accounts WHERE {column} = @key",
            row => new Found(row.GetGuid(0), row.GetString(1), row.GetString(2), row.Text(3), row.Name<AccountState>(4), new AccountOwner(row.GetGuid(5), row.Name<AccountOwnerKind>(6)), row.Id(7)),
            cancellationToken,
            ("@key", key));
        if (account is null)
            return null;
        var reach = AccountReach.Of(await StoredRoles.OfAccountAsync(sql, account.Id, cancellationToken));
        return new SignInAccount(
            account.Id,
            account.Address,
            account.Name,
            account.Language,
            account.State,
            account.Owner.Kind == AccountOwnerKind.Tenant ? account.Owner.Id : null,
            account.Owner.Kind == AccountOwnerKind.Msp ? account.Owner.Id : null,
            reach.Permissions,
            reach.OwnMailboxOnly ? account.MailboxId is { } mailbox ? new HashSet<Guid> { mailbox } : new HashSet<Guid>() : null)
        {
            MailboxId = account.MailboxId,
        };
    }

    private sealed record Found(Guid Id, string Address, string Name, string? Language, AccountState State, AccountOwner Owner, Guid? MailboxId);

    private sealed record Kept(SignInAccount? Account, int Epoch, long At);
}
