using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Holds;
using Platform.Storage.Outgoing;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Protection;

internal sealed class ProtectedMails(IMoveRunner moves, IReadConnections reads, ProtectionKeys keys) : IProtectedMails
{
    private const string NoDetail = "{}";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private static readonly Refusal Unknown = new("NOT_FOUND", "There is no such outgoing mail.");

    private static readonly Refusal NotProtected = new("NOT_PROTECTED", "Nothing of this mail is protected, so that it cannot be withdrawn or changed after it has left.");

    private static readonly Refusal Destroyed = new("DESTROYED", "The key of this mail was destroyed; nothing brings it back.");

    private static readonly Refusal Expiry = new("INVALID_EXPIRY", "A protected mail can be read until a moment in the next 366 days.");

    private static readonly Refusal NotAll = new("NOT_ALL", "The key of a mail is destroyed for all of its recipients, or for none.");

    private static readonly Refusal Held = new("LEGAL_HOLD", "Mail is under a legal hold; nothing of it was purged or destroyed. Release the hold first.");

    private static readonly Refusal NotByRule = new("NOT_ALLOWED_BY_RULE", "A rule or the policy protects this mail more strictly. Its sender may tighten that and not loosen it; ask an administrator.");

    public Task<CommandResult<int>> WithdrawAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, bool destroy, CancellationToken cancellationToken) => ActAsync(
        scope,
        messageId,
        deliveryIds,
        "withdrawn",
        async (session, delivery, ct) =>
        {
            if (delivery.WithdrawnAt is not null)
                return null;
            await session.Sql.ExecuteAsync(
                "UPDATE protected_deliveries SET withdrawn_at = @now, withdrawn_by = @actor WHERE delivery_id = @id",
                ct,
                ("@now", session.NowMilliseconds),
                ("@actor", scope.Actor),
                ("@id", delivery.DeliveryId));
            await ProtectionMoves.EndSessionsAsync(session, delivery.DeliveryId, ct);
            ProtectionMoves.Tell(session, delivery, EventKinds.ProtectionChanged, new ToldProtection(delivery.Recipient) { Change = "withdrawn", Actor = scope.Actor });
            return NoDetail;
        },
        cancellationToken,
        destroy);

    public Task<CommandResult<int>> RestoreAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, CancellationToken cancellationToken) => ActAsync(
        scope,
        messageId,
        deliveryIds,
        "restored",
        async (session, delivery, ct) =>
        {
            if (delivery.WithdrawnAt is null)
                return null;
            await session.Sql.ExecuteAsync("UPDATE protected_deliveries SET withdrawn_at = NULL, withdrawn_by = NULL WHERE delivery_id = @id", ct, ("@id", delivery.DeliveryId));
            ProtectionMoves.Tell(session, delivery, EventKinds.ProtectionChanged, new ToldProtection(delivery.Recipient) { Change = "restored", Actor = scope.Actor });
            return NoDetail;
        },
        cancellationToken);

    public Task<CommandResult<int>> ChangeAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, bool? viewOnly, DateTimeOffset? expiresAt, CancellationToken cancellationToken) => ActAsync(
        scope,
        messageId,
        deliveryIds,
        "changed",
        async (session, delivery, ct) =>
        {
            if (expiresAt is { } end && (end <= session.Now || end > session.Now + Longest))
                throw new RefusedException(Expiry);
            var (view, until) = (viewOnly ?? delivery.ViewOnly, expiresAt ?? delivery.ExpiresAt);
            if (view == delivery.ViewOnly && until == delivery.ExpiresAt)
                return null;
            if (!scope.IsWhole && await LoosensAsync(session, delivery, view, until, ct))
                throw new RefusedException(NotByRule);
            await session.Sql.ExecuteAsync(
                "UPDATE protected_deliveries SET view_only = @view, expires_at = @until WHERE delivery_id = @id",
                ct,
                ("@view", view),
                ("@until", until.ToUnixTimeMilliseconds()),
                ("@id", delivery.DeliveryId));
            ProtectionMoves.Tell(session, delivery, EventKinds.ProtectionChanged, new ToldProtection(delivery.Recipient) { Change = "changed", Actor = scope.Actor, ViewOnly = view, ExpiresAt = until });
            return ProtectionJson.Write(new ChangedTerms(new ReadingTerms(delivery.ViewOnly, delivery.ExpiresAt), new ReadingTerms(view, until)));
        },
        cancellationToken);

    public async Task<string?> SubjectAsync(Scope scope, Guid messageId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var (tenant, sender, subject) = await FindAsync(messageId, cancellationToken);
        return scope.Tenants.Contains(tenant) && scope.AllowsFor(tenant, Permissions.MessagesContent) && scope.Reaches(sender) ? await keys.SubjectAsync(messageId, subject, cancellationToken) : null;
    }

    private async ValueTask<(Guid Tenant, Guid? Sender, byte[]? Subject)> FindAsync(Guid messageId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync(
            "SELECT m.tenant_id, m.sender_mailbox_id, p.subject FROM messages m JOIN protected_mails p ON p.message_id = m.id WHERE m.id = @id",
            row => (row.GetGuid(0), row.Id(1), row.Bytes(2)),
            cancellationToken,
            ("@id", messageId));
    }

    /// <summary>Asks for more than the form with which the mail was sent; what somebody else loosened before may stay.</summary>
    private static async ValueTask<bool> LoosensAsync(MoveSession session, ProtectedDelivery delivery, bool viewOnly, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (form, since) = await session.Sql.FirstAsync(
            "SELECT d.form_json, p.created_at FROM deliveries d JOIN protected_mails p ON p.message_id = d.message_id WHERE d.id = @id",
            row => (row.Text(0), row.Time(1)),
            cancellationToken,
            ("@id", delivery.DeliveryId));
        return SendJson.ReadForm(form).Protect is { } rule
            && ((rule.ViewOnly && delivery.ViewOnly && !viewOnly) || (until > delivery.ExpiresAt && until > since + TimeSpan.FromDays(rule.Days)));
    }

    /// <param name="act">Gives what the audit log tells of it; null: it was so already.</param>
    private async Task<CommandResult<int>> ActAsync(
        Scope scope,
        Guid messageId,
        IReadOnlyList<Guid>? deliveryIds,
        string change,
        Func<MoveSession, ProtectedDelivery, CancellationToken, ValueTask<string?>> act,
        CancellationToken cancellationToken,
        bool destroy = false)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.MessagesAct);
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var (tenant, sender) = await session.Sql.FirstAsync(
                    "SELECT tenant_id, sender_mailbox_id FROM messages WHERE id = @id", row => (row.GetGuid(0), row.Id(1)), ct, ("@id", messageId));
                if (tenant == Guid.Empty || !scope.Tenants.Contains(tenant) || !scope.AllowsFor(tenant, Permissions.MessagesAct) || (sender is { } mailbox ? !scope.Reaches(mailbox) : !scope.IsWhole))
                    throw new RefusedException(Unknown);
                // Before the rows of the mail, as a purge does it. What a protected mail says no index knows, so that a hold by words covers it.
                var holds = destroy ? await ActiveHolds.LoadAsync(session, tenant, SearchedHolds.None, ct) : null;
                var all = await ProtectionMoves.OfMessageAsync(session.Sql, messageId, session.Dialect.ForUpdate, ct);
                var named = deliveryIds is null ? all : all.FindAll(delivery => deliveryIds.Contains(delivery.DeliveryId));
                if (named.Count == 0 || named.Count < (deliveryIds?.Distinct().Count() ?? 1))
                    throw new RefusedException(NotProtected);
                if (destroy && named.Count < all.Count)
                    throw new RefusedException(NotAll);
                if (!await session.Sql.FirstAsync("SELECT 1 FROM protected_mails WHERE message_id = @id AND wrapped_key IS NOT NULL", _ => true, ct, ("@id", messageId)))
                    throw new RefusedException(Destroyed);
                if (holds is { Any: true } && await HeldMail.FindAsync(session.Sql, messageId, ct) is { } mail && holds.Cover(mail))
                    throw new RefusedException(Held);
                var done = 0;
                foreach (var delivery in named)
                {
                    if (await act(session, delivery, ct) is not { } detail)
                        continue;
                    session.Record(new PendingAudit(tenant, scope.Actor, "protection." + change, delivery.DeliveryId.ToString(), detail) { MessageId = messageId });
                    done++;
                }

                if (destroy)
                    await DestroyAsync(session, scope, tenant, named[0], ct);
                return done;
            },
            cancellationToken);
    }

    private static async ValueTask DestroyAsync(MoveSession session, Scope scope, Guid tenant, ProtectedDelivery one, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("UPDATE protected_mails SET wrapped_key = NULL, subject = NULL WHERE message_id = @id", cancellationToken, ("@id", one.MessageId));
        await session.Sql.ExecuteAsync("DELETE FROM message_texts WHERE message_id = @id", cancellationToken, ("@id", one.MessageId));
        ProtectionMoves.Tell(session, one, EventKinds.ProtectionChanged, new ToldProtection("*") { Change = "destroyed", Actor = scope.Actor });
        session.Record(new PendingAudit(tenant, scope.Actor, "protection.destroyed", one.MessageId.ToString(), NoDetail) { MessageId = one.MessageId });
    }
}
