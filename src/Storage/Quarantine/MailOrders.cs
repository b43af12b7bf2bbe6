using System.Text.Json;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Notices;
using Platform.Storage.Transactions;

namespace Platform.Storage.Quarantine;

/// <summary>What <see cref="MailOrder.Kind"/> there is.</summary>
public static class MailOrderKinds
{
    /// <summary>To administrators: somebody asks for a held mail.</summary>
    public const string ReleaseRequested = "release.requested";

    /// <summary>To the person: what became of it.</summary>
    public const string ReleaseDecided = "release.decided";

    /// <summary>To the person: what became of a report.</summary>
    public const string ReportDecided = "report.decided";

    /// <summary>To the person who forwarded a mail: its verdict.</summary>
    public const string ReportAnswered = "report.answered";

    /// <summary>To somebody who is to take an account; the link is made when the mail is.</summary>
    public const string AccountInvited = "account.invited";

    /// <summary>To administrators and MSP: a mailbox exceeded a limit and is blocked.</summary>
    public const string SendingBlocked = "sending.blocked";

    /// <summary>To administrators and MSP: the mailboxes of a place reached a total.</summary>
    public const string SendingLimited = "sending.limited";

    /// <summary>To administrators: a webhook was disabled.</summary>
    public const string WebhookDisabled = "webhook.disabled";

    /// <summary>To a sender: what it sent waits, with links to cancel and confirm.</summary>
    public const string SendingWaits = "sending.waits";

    /// <summary>To a sender: what it sent is held.</summary>
    public const string SendingHeld = "sending.held";

    /// <summary>To approvers: a mail waits for them.</summary>
    public const string ApprovalRequested = "approval.requested";

    /// <summary>To approvers: a mail still waits for them.</summary>
    public const string ApprovalReminder = "approval.reminder";

    /// <summary>To a sender: what became of a mail that needed approval.</summary>
    public const string ApprovalDecided = "approval.decided";
}

/// <summary>A mail that is to be sent.</summary>
/// <param name="Language">Null: of the tenant.</param>
/// <param name="Facts">What it tells of, by name.</param>
public sealed record MailOrder(Guid Id, Guid TenantId, string Recipient, string? Language, string Kind, IReadOnlyDictionary<string, string> Facts);

public enum MailOrderOutcome
{
    Queued,

    /// <summary>There was nothing to send any more, or another process was first.</summary>
    Gone,

    /// <summary>The recipient has had its share of the hour; the order waits until then.</summary>
    PutOff,
}

/// <summary>
/// Mails that were ordered in the transaction of what they tell of, so that none is lost and none tells of what never was. A worker
/// writes and queues them; the order goes in the transaction that queues the mail, so that none goes twice.
/// </summary>
public interface IMailOrders
{
    /// <summary>Oldest first, without those that wait for the next hour of their recipient.</summary>
    /// <param name="maxPerHour">Of one kind to one recipient.</param>
    Task<IReadOnlyList<MailOrder>> WaitingAsync(int max, int maxPerHour, CancellationToken cancellationToken);

    /// <param name="notice">Null: there is nothing to send any more.</param>
    Task<MailOrderOutcome> CompleteAsync(MailOrder order, NewMessage? notice, int maxPerHour, CancellationToken cancellationToken);
}

internal sealed class MailOrders(IMoveRunner moves, IReadConnections reads, IWorkSignal signal, TimeProvider time) : IMailOrders
{
    private const int MaxAdministrators = 20;

    public async Task<IReadOnlyList<MailOrder>> WaitingAsync(int max, int maxPerHour, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            """
            SELECT o.id, o.tenant_id, o.recipient, o.language, o.kind, o.facts FROM mail_orders o
            WHERE NOT EXISTS (SELECT 1 FROM notice_counts n WHERE n.tenant_id = o.tenant_id AND n.address = o.kind || ':' || LOWER(o.recipient) AND n.since > @ended AND n.count >= @most)
            ORDER BY o.created_at, o.id LIMIT @max
            """,
            row => new MailOrder(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.Text(3), row.GetString(4), JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(5)) ?? []),
            cancellationToken,
            ("@ended", NoticeShare.Hourly("", maxPerHour, time.GetUtcNow()).Since.ToUnixTimeMilliseconds()),
            ("@most", maxPerHour),
            ("@max", (long)max));
    }

    public async Task<MailOrderOutcome> CompleteAsync(MailOrder order, NewMessage? notice, int maxPerHour, CancellationToken cancellationToken)
    {
        try
        {
            return await moves.RunAsync(
                async (session, ct) =>
                {
                    if (await session.Sql.ExecuteAsync("DELETE FROM mail_orders WHERE id = @id", ct, ("@id", order.Id)) != 1 || notice is null)
                        return MailOrderOutcome.Gone;
                    return await NoticeQueue.InsertAsync(session, signal, notice, NoticeShare.Hourly(order.Kind, maxPerHour, session.Now), ct) ? MailOrderOutcome.Queued : throw new PutOffException();
                },
                cancellationToken);
        }
        catch (PutOffException)
        {
            return MailOrderOutcome.PutOff;
        }
    }

    /// <summary>Within the transaction of what the mail tells of.</summary>
    /// <param name="once">Not while such a mail about the same message is ordered for the recipient.</param>
    public static async ValueTask AddAsync(
        MoveSession session, Guid tenantId, Guid? messageId, string recipient, string? language, string kind, IReadOnlyDictionary<string, string> facts, CancellationToken cancellationToken, bool once = false)
    {
        if (once && await IsOrderedAsync(session, tenantId, messageId, recipient, kind, cancellationToken))
            return;
        await session.Sql.ExecuteAsync(
            "INSERT INTO mail_orders (id, tenant_id, recipient, language, kind, facts, message_id, created_at) VALUES (@id, @tenant, @recipient, @language, @kind, @facts, @message, @now)",
            cancellationToken,
            ("@id", Guid.CreateVersion7(session.Now)),
            ("@tenant", tenantId),
            ("@recipient", recipient),
            ("@language", language),
            ("@kind", kind),
            ("@facts", JsonSerializer.Serialize(facts)),
            ("@message", messageId),
            ("@now", session.NowMilliseconds));
    }

    /// <summary>To those who administer the tenant and hold a permission there; where nobody of the tenant does, to those of its MSP.</summary>
    /// <param name="mspToo">To those of the MSP in any case.</param>
    public static async ValueTask AddForAdministratorsAsync(
        MoveSession session, Guid tenantId, Guid? messageId, string permission, string kind, IReadOnlyDictionary<string, string> facts, CancellationToken cancellationToken, bool mspToo = false)
    {
        var people = await HoldersAsync(session, AccountOwner.Tenant(tenantId), permission, cancellationToken);
        if ((mspToo || people.Count == 0) && await session.Sql.FirstAsync("SELECT msp_id FROM tenants WHERE id = @id", row => row.Id(0), cancellationToken, ("@id", tenantId)) is { } msp)
            people = [.. people.Union(await HoldersAsync(session, AccountOwner.Msp(msp), permission, cancellationToken))];
        foreach (var (address, language) in people)
            await AddAsync(session, tenantId, messageId, address, language, kind, facts, cancellationToken);
    }

    /// <summary>To the owner of a mailbox, in the language of the account whose own it is.</summary>
    public static async ValueTask AddForMailboxAsync(
        MoveSession session, Guid tenantId, Guid? messageId, Guid mailboxId, string kind, IReadOnlyDictionary<string, string> facts, CancellationToken cancellationToken, bool once = false)
    {
        var (address, language) = await session.Sql.FirstAsync(
            "SELECT m.address, (SELECT a.language FROM accounts a WHERE a.mailbox_id = m.id AND a.state = 'Active' LIMIT 1) FROM mailboxes m WHERE m.id = @id",
            row => (row.GetString(0), row.Text(1)),
            cancellationToken,
            ("@id", mailboxId));
        if (address is not null)
            await AddAsync(session, tenantId, messageId, address, language, kind, facts, cancellationToken, once);
    }

    /// <summary>
    /// To who sent a mail: the mailbox; of what a server of the tenant's own submitted for none, the author's; where neither is known, the address that it
    /// gave as MAIL FROM, within the tenant alone.
    /// </summary>
    public static async ValueTask AddForSenderAsync(
        MoveSession session, Guid tenantId, Guid messageId, string kind, IReadOnlyDictionary<string, string> facts, CancellationToken cancellationToken, bool once = false)
    {
        var (mailbox, from) = await session.Sql.FirstAsync(
            "SELECT sender_mailbox_id, author_mailbox_id, mail_from FROM messages WHERE id = @id", row => (row.Id(0) ?? row.Id(1), row.GetString(2)), cancellationToken, ("@id", messageId));
        if (mailbox is { } sender)
        {
            await AddForMailboxAsync(session, tenantId, messageId, sender, kind, facts, cancellationToken, once);
        }
        else if (MailAddress.TryParse(from ?? "", out _, out var domain)
            && await session.Sql.FirstAsync("SELECT 1 FROM domains WHERE name = @domain AND tenant_id = @tenant", _ => true, cancellationToken, ("@domain", domain), ("@tenant", tenantId)))
        {
            await AddAsync(session, tenantId, messageId, from!, null, kind, facts, cancellationToken, once);
        }
    }

    private static async ValueTask<List<(string Address, string? Language)>> HoldersAsync(MoveSession session, AccountOwner owner, string permission, CancellationToken cancellationToken)
    {
        var roles = await StoredRoles.OfOwnerAsync(session.Sql, owner, cancellationToken);
        var held = await session.Sql.QueryAsync(
            "SELECT a.address, a.language, r.role_id FROM accounts a JOIN account_roles r ON r.account_id = a.id WHERE a.owner_id = @owner AND a.state = 'Active' ORDER BY a.created_at, a.id",
            row => (Address: row.GetString(0), Language: row.Text(1), Role: row.GetGuid(2)),
            cancellationToken,
            ("@owner", owner.Id));
        return [.. held
            .Where(account => roles.TryGetValue(account.Role, out var role) && !role.OwnMailboxOnly && role.Permissions.Contains(permission))
            .Select(account => (account.Address, account.Language))
            .Distinct()
            .Take(MaxAdministrators)];
    }

    private static async ValueTask<bool> IsOrderedAsync(MoveSession session, Guid tenantId, Guid? messageId, string recipient, string kind, CancellationToken cancellationToken)
    {
        (string, object?)[] named = [("@tenant", tenantId), ("@recipient", recipient), ("@kind", kind)];
        const string Ordered = "SELECT 1 FROM mail_orders WHERE tenant_id = @tenant AND recipient = @recipient AND kind = @kind AND message_id";
        return messageId is { } message
            ? await session.Sql.FirstAsync(Ordered + " = @message LIMIT 1", _ => true, cancellationToken, [.. named, ("@message", message)])
            : await session.Sql.FirstAsync(Ordered + " IS NULL LIMIT 1", _ => true, cancellationToken, named);
    }

    /// <summary>Takes the transaction back, and the end of the order with it.</summary>
    private sealed class PutOffException : Exception;
}
