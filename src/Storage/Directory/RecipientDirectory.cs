using Platform.Storage.Transactions;

namespace Platform.Storage.Directory;

/// <summary>
/// Answers from a snapshot that is thrown away when the directory's version has moved: at once after a change by this process,
/// within <see cref="MaxAge"/> after one by another.
/// </summary>
internal sealed class RecipientDirectory(IReadConnections reads, TimeProvider time) : IRecipientDirectory, IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _refresh = new(1, 1);
    private volatile Held? _held;
    private int _epoch;

    public async ValueTask<RecipientLookup> FindAsync(string localPart, string domain, CancellationToken cancellationToken)
    {
        if (MailAddress.Domain(domain) is not { } name)
            return new RecipientLookup(null, null);
        var snapshot = await SnapshotAsync(cancellationToken);
        if (MailAddress.LocalPart(localPart) is not { } local)
            return new RecipientLookup(snapshot.TenantOf(name), null);
        if (snapshot.TenantOf(name) is not { } tenant)
            return new RecipientLookup(snapshot.TenantOfJournal($"{local}@{name}"), null);

        var mailbox = await MailboxAsync(snapshot, $"{local}@{name}", cancellationToken);
        if (mailbox is null && MailAddress.WithoutTag(local) is { } untagged)
            mailbox = await MailboxAsync(snapshot, $"{untagged}@{name}", cancellationToken);
        if (mailbox is null && MailAddress.IsRole(local))
            mailbox = await FirstMailboxAsync(snapshot, tenant.Id, cancellationToken);
        return new RecipientLookup(tenant, mailbox);
    }

    public async ValueTask<MailboxRef?> FindSenderAsync(string address, CancellationToken cancellationToken)
    {
        if (!MailAddress.TryParse(address, out var local, out var domain))
            return null;
        var found = await FindAsync(local, domain, cancellationToken);
        if (!MailAddress.IsRole(MailAddress.WithoutTag(local) ?? local))
            return found.Mailbox;
        return found.Mailbox?.Address == $"{local}@{domain}" ? found.Mailbox : null;
    }

    public async ValueTask<TenantSettings?> FindTenantAsync(Guid tenantId, CancellationToken cancellationToken) =>
        (await SnapshotAsync(cancellationToken)).Tenant(tenantId);

    public async ValueTask<IReadOnlyList<TenantSettings>> AllTenantsAsync(CancellationToken cancellationToken) =>
        (await SnapshotAsync(cancellationToken)).Tenants;

    /// <summary>Within a move that changes what is answered here: once it is committed, every process reads anew.</summary>
    public async ValueTask ChangedAsync(MoveSession session, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("UPDATE directory_version SET version = version + 1 WHERE id = 1", cancellationToken);
        session.AfterCommit(Invalidate);
    }

    /// <summary>After a committed change: the next question reads anew.</summary>
    public void Invalidate() => Interlocked.Increment(ref _epoch);

    public void Dispose() => _refresh.Dispose();

    private async ValueTask<DirectorySnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
            return fresh;
        await _refresh.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } refreshed)
                return refreshed;
            // Both before the read: a change that comes during it makes the result old at once.
            var epoch = Volatile.Read(ref _epoch);
            var checkedAt = time.GetTimestamp();
            await using var sql = await reads.OpenAsync(cancellationToken);
            var snapshot = _held is { } held && await DirectorySnapshot.VersionAsync(sql, cancellationToken) == held.Snapshot.Version
                ? held.Snapshot
                : await DirectorySnapshot.LoadAsync(sql, cancellationToken);
            _held = new Held(snapshot, epoch, checkedAt);
            return snapshot;
        }
        finally
        {
            _refresh.Release();
        }
    }

    private DirectorySnapshot? Fresh() =>
        _held is { } held && held.Epoch == Volatile.Read(ref _epoch) && time.GetElapsedTime(held.CheckedAt) < MaxAge ? held.Snapshot : null;

    private ValueTask<MailboxRef?> MailboxAsync(DirectorySnapshot snapshot, string address, CancellationToken cancellationToken) => RememberedAsync(
        snapshot,
        address,
        """
        SELECT id, address, display_name FROM mailboxes WHERE address = @key
        UNION ALL SELECT m.id, m.address, m.display_name FROM mailbox_aliases a JOIN mailboxes m ON m.id = a.mailbox_id WHERE a.address = @key
        """,
        address,
        cancellationToken);

    /// <summary>The mailbox made first, at onboarding: the administrator's, who gets the mail of the roles that no mailbox is named after.</summary>
    private ValueTask<MailboxRef?> FirstMailboxAsync(DirectorySnapshot snapshot, Guid tenantId, CancellationToken cancellationToken) => RememberedAsync(
        snapshot,
        $"first:{tenantId:N}",
        "SELECT id, address, display_name FROM mailboxes WHERE tenant_id = @key ORDER BY created_at, id LIMIT 1",
        tenantId,
        cancellationToken);

    private async ValueTask<MailboxRef?> RememberedAsync(DirectorySnapshot snapshot, string name, string query, object key, CancellationToken cancellationToken)
    {
        if (snapshot.TryMailbox(name, out var known))
            return known;
        await using var sql = await reads.OpenAsync(cancellationToken);
        var mailbox = await sql.FirstAsync(query, row => new MailboxRef(row.GetGuid(0), row.GetString(1), row.Text(2)), cancellationToken, ("@key", key));
        snapshot.Remember(name, mailbox);
        return mailbox;
    }

    private sealed record Held(DirectorySnapshot Snapshot, int Epoch, long CheckedAt);
}
