using Platform.Engine.Feeds;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Quarantine;

/// <summary>
/// Senders that owners of mailboxes blocked or allowed, each for the own mailbox alone. A block holds their mail; an allowance lets through
/// what is unwanted, never an attack or a sender that failed authentication (DET10).
/// </summary>
public interface IMailboxSenders
{
    /// <summary>Lists the author of a delivery. What was said of the same author before is replaced.</summary>
    /// <returns>The id of the entry. Codes: <c>NOT_FOUND</c>, <c>RIGHT_MISSING</c>, and those of the tenant's lists.</returns>
    Task<CommandResult<Guid>> ListAsync(Scope scope, Guid deliveryId, ListAction action, bool wholeDomain, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid id, CancellationToken cancellationToken);

    /// <summary>What the tenant's mailboxes say of an author, by mailbox; the address before its domain, a longer domain before a shorter.</summary>
    ValueTask<IReadOnlyDictionary<Guid, ListAction>> OfAsync(Guid tenantId, string author, CancellationToken cancellationToken);
}

internal sealed class MailboxSenders(IMoveRunner moves, IReadConnections reads, IMailboxRights rights) : IMailboxSenders
{
    /// <summary>Names that are looked up for one author: the address, its domain, and what that stands below.</summary>
    private const int MaxNames = 8;

    private const int MaxOfMailbox = 500;

    public async Task<CommandResult<Guid>> ListAsync(Scope scope, Guid deliveryId, ListAction action, bool wholeDomain, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.MessagesAct);
        if (!await rights.AllowDeliveryAsync(scope, deliveryId, QuarantineRights.List, cancellationToken))
            return QuarantineRefusals.RightMissing.As<Guid>();
        return await moves.CommandAsync((session, ct) => ListAsync(session, scope, deliveryId, action, wholeDomain, ct), cancellationToken);
    }

    public async Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid id, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.MessagesAct);
        return await moves.RunAsync(
            async (session, ct) =>
            {
                var entry = await session.Sql.FirstAsync(
                    "SELECT s.tenant_id, s.mailbox_id, s.value, COALESCE(m.address, '') FROM mailbox_senders s LEFT JOIN mailboxes m ON m.id = s.mailbox_id WHERE s.id = @id",
                    row => new Listed(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3)),
                    ct,
                    ("@id", id));
                if (entry is null || !scope.Tenants.Contains(entry.TenantId) || !scope.Reaches(entry.MailboxId))
                    return QuarantineRefusals.UnknownEntry.As<Guid>();
                await session.Sql.ExecuteAsync("DELETE FROM mailbox_senders WHERE id = @id", ct, ("@id", id));
                Tell(session, scope, entry.TenantId, "remove", entry.Address, entry.Value);
                return new CommandResult<Guid>(id, null, null);
            },
            cancellationToken);
    }

    public async ValueTask<IReadOnlyDictionary<Guid, ListAction>> OfAsync(Guid tenantId, string author, CancellationToken cancellationToken)
    {
        var names = NamesOf(author);
        if (names.Count == 0)
            return new Dictionary<Guid, ListAction>();
        await using var sql = await reads.OpenAsync(cancellationToken);
        var found = await sql.QueryAsync(
            $"SELECT mailbox_id, action, value FROM mailbox_senders WHERE tenant_id = @tenant AND value IN ({string.Join(", ", Enumerable.Range(0, MaxNames).Select(n => "@name" + n))})",
            row => (Mailbox: row.GetGuid(0), Action: row.Name<ListAction>(1), Value: row.GetString(2)),
            cancellationToken,
            [("@tenant", tenantId), .. Enumerable.Range(0, MaxNames).Select(n => ("@name" + n, (object?)names[Math.Min(n, names.Count - 1)]))]);
        return found.GroupBy(entry => entry.Mailbox).ToDictionary(of => of.Key, of => of.MinBy(entry => names.IndexOf(entry.Value)).Action);
    }

    /// <summary>Within the transaction of a link that is used.</summary>
    /// <exception cref="RefusedException">It cannot be listed.</exception>
    public static async ValueTask<Guid> ListAsync(MoveSession session, Scope scope, Guid deliveryId, ListAction action, bool wholeDomain, CancellationToken cancellationToken)
    {
        var sender = await session.Sql.FirstAsync(
            """
            SELECT d.tenant_id, d.mailbox_id, COALESCE(b.address, ''), m.from_address, m.verdict_json FROM deliveries d JOIN messages m ON m.id = d.message_id
                LEFT JOIN mailboxes b ON b.id = d.mailbox_id WHERE d.id = @id
            """,
            row => new Sender(row.GetGuid(0), row.Id(1), row.GetString(2), row.Text(3), row.Text(4)),
            cancellationToken,
            ("@id", deliveryId));
        if (sender is not { MailboxId: { } mailbox } || !scope.Tenants.Contains(sender.TenantId) || !scope.Reaches(mailbox))
            throw new RefusedException(QuarantineRefusals.UnknownDelivery);
        var domains = await session.Sql.QueryAsync("SELECT name FROM domains WHERE tenant_id = @tenant", row => row.GetString(0), cancellationToken, ("@tenant", sender.TenantId));
        var value = ValueOf(sender, action, wholeDomain, domains);
        if (await session.Sql.FirstAsync("SELECT COUNT(*) FROM mailbox_senders WHERE mailbox_id = @mailbox", row => row.GetInt64(0), cancellationToken, ("@mailbox", mailbox)) >= MaxOfMailbox)
            throw new RefusedException(QuarantineRefusals.TooManySenders);
        var id = await session.Sql.FirstAsync(
            """
            INSERT INTO mailbox_senders (id, tenant_id, mailbox_id, action, value, created_at, created_by) VALUES (@id, @tenant, @mailbox, @action, @value, @now, @actor)
            ON CONFLICT (mailbox_id, value) DO UPDATE SET action = excluded.action, created_at = excluded.created_at, created_by = excluded.created_by
            RETURNING id
            """,
            row => row.GetGuid(0),
            cancellationToken,
            ("@id", Guid.CreateVersion7(session.Now)),
            ("@tenant", sender.TenantId),
            ("@mailbox", mailbox),
            ("@action", action.ToString()),
            ("@value", value),
            ("@now", session.NowMilliseconds),
            ("@actor", scope.Actor));
        Tell(session, scope, sender.TenantId, action == ListAction.Block ? "block" : "allow", sender.Address, value);
        return id;
    }

    private static string ValueOf(Sender sender, ListAction action, bool wholeDomain, List<string> domains)
    {
        if (sender.From is not { } from || from.LastIndexOf('@') is not (> 0 and var at))
            throw new RefusedException(QuarantineRefusals.NoSender);
        if (action == ListAction.Allow && StoredJson.IsDisowned(sender.VerdictJson))
            throw new RefusedException(QuarantineRefusals.Unproven);
        var entry = new NewListEntry(action, wholeDomain ? ListEntryKind.Domain : ListEntryKind.Address, wholeDomain ? from[(at + 1)..] : from, IsExact: false, [], "", null);
        var (good, refusal) = ListRules.Check(entry, domains);
        if (good is null)
            throw new RefusedException(refusal!);
        return wholeDomain && domains.Contains(good.Value) ? throw new RefusedException(QuarantineRefusals.OwnDomain) : good.Value;
    }

    private static List<string> NamesOf(string author)
    {
        if (ListValue.Normalise(ListEntryKind.Address, author) is not { } address)
            return [];
        List<string> names = [address, address[(address.LastIndexOf('@') + 1)..]];
        while (names.Count < MaxNames && names[^1].IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && names[^1].IndexOf('.', dot + 1) > 0)
            names.Add(names[^1][(dot + 1)..]);
        return names;
    }

    private static void Tell(MoveSession session, Scope scope, Guid tenantId, string action, string mailbox, string value)
    {
        var told = QuarantineJson.Write(new ToldSender(scope.Actor, action, mailbox, value));
        session.Record(new PendingEvent(tenantId, EventKinds.MailboxListChanged, session.Now, null, null, told));
        session.Record(new PendingAudit(tenantId, scope.Actor, "mailbox-list." + action, value, told));
    }

    private sealed record Listed(Guid TenantId, Guid MailboxId, string Value, string Address);

    private sealed record Sender(Guid TenantId, Guid? MailboxId, string Address, string? From, string? VerdictJson);
}
