using Platform.Storage.Keys;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Audit;

internal sealed class AuditLog(IMoveRunner moves, IReadConnections reads, IReceiptSigner signer, TimeProvider time) : IAuditLog
{
    private const int Page = 1_000;

    public Task AppendAsync(Scope scope, Guid ownerId, string action, string target, string detail, CancellationToken cancellationToken) =>
        AppendAsync(scope, new NewAudit(ownerId, action, target, detail), cancellationToken);

    public Task AppendAsync(Scope scope, NewAudit entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(entry);
        scope.RequireOwner(entry.OwnerId);
        return moves.RunAsync(
            (session, _) =>
            {
                session.Record(new PendingAudit(entry.OwnerId, scope.Actor, entry.Action, entry.Target, entry.Detail) { MessageId = entry.MessageId });
                return ValueTask.FromResult(true);
            },
            cancellationToken);
    }

    public async Task<long?> FindBreakAsync(Scope scope, Guid ownerId, CancellationToken cancellationToken) =>
        (await VerifyAsync(scope, ownerId, cancellationToken)).FirstBreak;

    public Task<AuditVerification> VerifyAsync(Scope scope, Guid ownerId, CancellationToken cancellationToken) => VerifyAsync(scope, ownerId, signedHead: null, cancellationToken);

    public async Task<AuditVerification> VerifyAsync(Scope scope, Guid ownerId, string? signedHead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.RequireOwner(ownerId);
        scope.Require(Permissions.AuditRead);
        var known = signedHead is null ? null : SignedHead.Read(signer, signedHead);
        if (signedHead is not null && known?.Owner != ownerId)
            throw new AuditHeadException();
        await using var sql = await reads.OpenAsync(cancellationToken);
        // The head before the links: what is appended meanwhile lies behind it and is left for the next time.
        var (last, hash) = await sql.FirstAsync(
            "SELECT sequence, hash FROM audit_heads WHERE owner_id = @owner", row => (row.GetInt64(0), row.GetString(1)), cancellationToken, ("@owner", ownerId));
        var check = new AuditCheck(known);
        for (var after = 0L; check.FirstBreak is null;)
        {
            var links = await PageAsync(sql, ownerId, after, last, cancellationToken);
            foreach (var link in links)
                check.Add(link);
            if (links.Count < Page)
                break;
            after = links[^1].Sequence;
        }

        check.CompareEnd(last, hash ?? AuditForm.Origin);
        return new AuditVerification(
            ownerId, check.Entries, check.Erased, check.Unproven, check.FirstBreak, check.Head, SignedHead.Write(signer, new ChainHead(ownerId, check.Entries, check.Head), time.GetUtcNow()));
    }

    public Guid? OwnerOf(string signedHead) => SignedHead.Read(signer, signedHead)?.Owner;

    public async Task<IReadOnlyList<AuditChainInfo>> ChainsAsync(CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            "SELECT owner_id, tenants.slug, msps.slug FROM audit_heads LEFT JOIN tenants ON tenants.id = owner_id LEFT JOIN msps ON msps.id = owner_id ORDER BY tenants.slug, msps.slug",
            row => new AuditChainInfo(row.GetGuid(0), row.Text(1) ?? row.Text(2) ?? row.GetGuid(0).ToString(), !row.IsDBNull(2)),
            cancellationToken);
    }

    private static ValueTask<List<AuditLink>> PageAsync(SqlSession sql, Guid ownerId, long after, long last, CancellationToken cancellationToken) => sql.QueryAsync(
        """
        SELECT sequence, at, action, form, hash, actor_commitment, target_commitment, detail_commitment, actor, target, detail, actor_salt, target_salt, detail_salt, erased_at
        FROM audit LEFT JOIN audit_personal ON audit_personal.id = audit.id
        WHERE owner_id = @owner AND sequence > @after AND sequence <= @last ORDER BY sequence LIMIT @page
        """,
        row => new AuditLink(
            ownerId,
            row.GetInt64(0),
            row.GetInt64(1),
            row.GetString(2),
            row.GetInt32(3),
            new AuditField(row.Text(8) ?? "", row.Bytes(11), row.GetString(5)),
            new AuditField(row.Text(9) ?? "", row.Bytes(12), row.GetString(6)),
            new AuditField(row.Text(10) ?? "", row.Bytes(13), row.GetString(7)),
            row.GetString(4),
            !row.IsDBNull(14)),
        cancellationToken,
        ("@owner", ownerId),
        ("@after", after),
        ("@last", last),
        ("@page", (long)Page));
}
