using Platform.Engine.Verdicts;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Reports;

/// <summary>A mail to a tenant's report address, after its own inspection.</summary>
/// <param name="Verdict">Of the mail as it came: who sent it stands there; null when it could not be inspected.</param>
public sealed record ReportMail(
    Guid Id, Guid TenantId, BodyReference Body, string MailFrom, string? ClientAddress, string? Subject, string? FromAddress, string? MessageIdHeader, Verdict? Verdict);

/// <summary>The mail that somebody forwarded, as it is kept here.</summary>
public sealed record KeptMail(Guid MessageId, Guid DeliveryId, string? Subject, Verdict? Verdict);

/// <summary>What was found of a forwarded mail, and whom to tell.</summary>
/// <param name="Kept">Null: it is not kept here.</param>
/// <param name="Verdict">Of the mail that was forwarded.</param>
/// <param name="Answer">Facts of the answer.</param>
public sealed record ReportFinding(Guid MailboxId, string Address, string? Language, KeptMail? Kept, VerdictKind? Verdict, IReadOnlyDictionary<string, string> Answer);

/// <summary>Mails to report addresses: which wait, what they are about, and the end of each, once.</summary>
public interface IReportMails
{
    Task<IReadOnlyList<ReportMail>> WaitingAsync(int max, CancellationToken cancellationToken);

    /// <summary>The mail of that mailbox with one of the Message-IDs; else the only one with that subject within 30 days.</summary>
    /// <param name="original">Facts of the mail itself, where it was attached: of several with its Message-ID the one that has them is meant.</param>
    Task<KeptMail?> MatchAsync(Guid tenantId, Guid mailboxId, IReadOnlyList<string> messageIds, string subject, MessageFacts? original, CancellationToken cancellationToken);

    /// <summary>The language of the account whose own the mailbox is; null where there is none.</summary>
    Task<string?> LanguageAsync(Guid mailboxId, CancellationToken cancellationToken);

    /// <summary>Takes the report and orders the answer; null passes the mail over without a word.</summary>
    /// <param name="outcome">Why it is passed over; <c>answered</c>.</param>
    /// <returns>False: another process was first.</returns>
    Task<bool> CompleteAsync(ReportMail mail, string outcome, ReportFinding? finding, CancellationToken cancellationToken);
}

internal sealed class ReportMails(IMoveRunner moves, IReadConnections reads, TimeProvider time) : IReportMails
{
    private const int MaxOfOneId = 50;
    private static readonly TimeSpan Within = TimeSpan.FromDays(30);

    public async Task<IReadOnlyList<ReportMail>> WaitingAsync(int max, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            $"""
            SELECT m.id, m.tenant_id, m.body_name, m.body_key, m.mail_from, m.client_address, m.subject, m.from_address, m.message_id_header, m.verdict_json FROM messages m
            WHERE m.mode = '{nameof(IntakeMode.Report)}' AND m.scan_state <> '{nameof(ScanState.Pending)}' AND m.body_key IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM report_mails r WHERE r.message_id = m.id)
            ORDER BY m.received_at LIMIT @max
            """,
            row => new ReportMail(
                row.GetGuid(0),
                row.GetGuid(1),
                new BodyReference(row.GetString(2), row.Bytes(3) ?? []),
                row.GetString(4),
                row.Text(5),
                row.Text(6),
                row.Text(7),
                row.Text(8),
                StoredJson.FindVerdict(row.Text(9))),
            cancellationToken,
            ("@max", (long)max));
    }

    public async Task<KeptMail?> MatchAsync(Guid tenantId, Guid mailboxId, IReadOnlyList<string> messageIds, string subject, MessageFacts? original, CancellationToken cancellationToken)
    {
        const string Select =
            $"SELECT m.id, d.id, m.subject, m.verdict_json FROM messages m JOIN deliveries d ON d.message_id = m.id WHERE m.tenant_id = @tenant AND d.mailbox_id = @mailbox AND m.mode IN ({IntakeModes.ToPeople}) AND ";
        await using var sql = await reads.OpenAsync(cancellationToken);
        foreach (var id in messageIds)
        {
            var found = await sql.QueryAsync(
                $"{Select}m.message_id_header = @id ORDER BY {WorstFirst.Order} LIMIT @max",
                Read,
                cancellationToken,
                ("@tenant", tenantId),
                ("@mailbox", mailboxId),
                ("@id", id),
                ("@max", (long)MaxOfOneId));
            if (found.Count > 0)
                return found.Find(mail => IsOf(mail, original)) ?? found[0];
        }

        if (subject.Length == 0)
            return null;
        var alike = await sql.QueryAsync(
            Select + "m.received_at >= @since AND m.subject = @subject LIMIT 2",
            Read,
            cancellationToken,
            ("@tenant", tenantId),
            ("@mailbox", mailboxId),
            ("@since", (time.GetUtcNow() - Within).ToUnixTimeMilliseconds()),
            ("@subject", subject));
        return alike is [var only] ? only : null;

        static KeptMail Read(System.Data.Common.DbDataReader row) => new(row.GetGuid(0), row.GetGuid(1), row.Text(2), StoredJson.FindVerdict(row.Text(3)));
    }

    private static bool IsOf(KeptMail mail, MessageFacts? original) =>
        original is not null && mail.Verdict?.Facts is { } facts
        && facts.FromAddress.Equals(original.FromAddress, StringComparison.OrdinalIgnoreCase)
        && SameContent.Of(facts) is { } content && content == SameContent.Of(original);

    public async Task<string?> LanguageAsync(Guid mailboxId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync("SELECT language FROM accounts WHERE mailbox_id = @id AND state = 'Active' LIMIT 1", row => row.Text(0), cancellationToken, ("@id", mailboxId));
    }

    public Task<bool> CompleteAsync(ReportMail mail, string outcome, ReportFinding? finding, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            if (!await MarkAsync(session, mail, outcome, ct))
                return false;
            if (finding is null)
                return true;
            var refused = await RefusalAsync(session, mail, finding, ct);
            if (refused?.Code == ReportRefusals.TooMany.Code)
                await session.Sql.ExecuteAsync("UPDATE report_mails SET outcome = 'too-many' WHERE message_id = @id", ct, ("@id", mail.Id));
            else
                await MailOrders.AddAsync(session, mail.TenantId, mail.Id, finding.Address, finding.Language, MailOrderKinds.ReportAnswered, finding.Answer, ct);
            return true;
        },
        cancellationToken);

    /// <summary>Why the report is not taken; null when it is. What was reported before is answered all the same.</summary>
    private static async ValueTask<Refusal?> RefusalAsync(MoveSession session, ReportMail mail, ReportFinding finding, CancellationToken cancellationToken)
    {
        var scope = new Scope(new HashSet<Guid> { mail.TenantId }, Permissions.OfMailbox, "mail:" + finding.Address, null, new HashSet<Guid> { finding.MailboxId });
        try
        {
            var report = new NewReport(finding.Kept?.MessageId ?? mail.Id, finding.Kept?.DeliveryId, finding.MailboxId, ReportKind.Missed, ReportVia.Mail, "") { Verdict = finding.Verdict, CarrierId = mail.Id };
            await ReportMoves.AddAsync(session, scope, mail.TenantId, report, cancellationToken);
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private static async ValueTask<bool> MarkAsync(MoveSession session, ReportMail mail, string outcome, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        "INSERT INTO report_mails (message_id, tenant_id, outcome, done_at) VALUES (@id, @tenant, @outcome, @now) ON CONFLICT (message_id) DO NOTHING",
        cancellationToken,
        ("@id", mail.Id),
        ("@tenant", mail.TenantId),
        ("@outcome", outcome),
        ("@now", session.NowMilliseconds)) == 1;
}
