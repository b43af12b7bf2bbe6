using Platform.Storage.Transactions;

namespace Platform.Storage.Audit;

/// <summary>
/// The audit log of a tenant or an MSP as a hash chain: each link's hash covers the hash before it and its own fields, so that a
/// link changed, removed or put in later breaks every hash after it. The row of the chain's head is the lock that orders it.
/// </summary>
internal static class AuditChain
{
    /// <summary>Appends at the end of a move; the head stays locked until the commit.</summary>
    public static async ValueTask AppendAsync(MoveSession session, PendingAudit entry, CancellationToken cancellationToken)
    {
        var (sequence, previous) = await session.Sql.FirstAsync(
            """
            INSERT INTO audit_heads (owner_id, sequence, hash) VALUES (@owner, 1, @origin)
            ON CONFLICT (owner_id) DO UPDATE SET sequence = audit_heads.sequence + 1 RETURNING sequence, hash
            """,
            row => (row.GetInt64(0), row.GetString(1)),
            cancellationToken,
            ("@owner", entry.OwnerId),
            ("@origin", AuditForm.Origin));
        var link = new AuditLink(
            entry.OwnerId, sequence, session.NowMilliseconds, entry.Action, AuditForm.Committed, AuditField.Of(entry.Actor), AuditField.Of(entry.Target), AuditField.Of(entry.Detail), "", Erased: false);
        var hash = AuditForm.Hash(link, previous!);
        var id = Guid.CreateVersion7(session.Now);
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO audit (id, owner_id, sequence, at, action, form, actor_commitment, target_commitment, detail_commitment, hash)
            VALUES (@id, @owner, @sequence, @at, @action, @form, @actor, @target, @detail, @hash)
            """,
            cancellationToken,
            ("@id", id),
            ("@owner", entry.OwnerId),
            ("@sequence", sequence),
            ("@at", link.At),
            ("@action", entry.Action),
            ("@form", link.Form),
            ("@actor", link.Actor.Commitment),
            ("@target", link.Target.Commitment),
            ("@detail", link.Detail.Commitment),
            ("@hash", hash));
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO audit_personal (id, actor, target, detail, actor_salt, target_salt, detail_salt, message_id)
            VALUES (@id, @actor, @target, @detail, @actorSalt, @targetSalt, @detailSalt, @message)
            """,
            cancellationToken,
            ("@id", id),
            ("@actor", entry.Actor),
            ("@target", entry.Target),
            ("@detail", entry.Detail),
            ("@actorSalt", link.Actor.Salt),
            ("@targetSalt", link.Target.Salt),
            ("@detailSalt", link.Detail.Salt),
            ("@message", entry.MessageId));
        await session.Sql.ExecuteAsync("UPDATE audit_heads SET hash = @hash WHERE owner_id = @owner", cancellationToken, ("@hash", hash), ("@owner", entry.OwnerId));
    }
}
