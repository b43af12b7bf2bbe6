using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Reports;

/// <summary>What a report says of which mail.</summary>
/// <param name="DeliveryId">Null: the mail is not kept here.</param>
internal sealed record NewReport(Guid MessageId, Guid? DeliveryId, Guid? MailboxId, ReportKind Kind, ReportVia Via, string Comment)
{
    public VerdictKind? Verdict { get; init; }

    /// <summary>The mail that carried it.</summary>
    public Guid? CarrierId { get; init; }
}

/// <summary>Taking a report within a transaction.</summary>
internal static class ReportMoves
{
    /// <summary>From one mailbox.</summary>
    private const int MaxPerDay = 100;

    /// <exception cref="RefusedException">It was reported before, or too many were.</exception>
    public static async ValueTask<Guid> AddAsync(MoveSession session, Scope scope, Guid tenantId, NewReport report, CancellationToken cancellationToken)
    {
        if (report.MailboxId is { } mailbox)
        {
            var (before, today) = await session.Sql.FirstAsync(
                "SELECT COUNT(CASE WHEN message_id = @message THEN 1 END), COUNT(CASE WHEN reported_at > @since THEN 1 END) FROM reports WHERE mailbox_id = @mailbox",
                row => (row.GetInt64(0), row.GetInt64(1)),
                cancellationToken,
                ("@message", report.MessageId),
                ("@since", (session.Now - TimeSpan.FromDays(1)).ToUnixTimeMilliseconds()),
                ("@mailbox", mailbox));
            if (before > 0)
                throw new RefusedException(ReportRefusals.ReportedBefore);
            if (today >= MaxPerDay)
                throw new RefusedException(ReportRefusals.TooMany);
        }

        var id = Guid.CreateVersion7(session.Now);
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO reports (id, tenant_id, message_id, delivery_id, mailbox_id, carrier_id, kind, via, comment, verdict, reported_by, reported_at, state, held, released, listed)
            VALUES (@id, @tenant, @message, @delivery, @mailbox, @carrier, @kind, @via, @comment, @verdict, @actor, @now, @state, @held, @released, @listed)
            """,
            cancellationToken,
            ("@id", id),
            ("@tenant", tenantId),
            ("@message", report.MessageId),
            ("@delivery", report.DeliveryId),
            ("@mailbox", report.MailboxId),
            ("@carrier", report.CarrierId),
            ("@kind", report.Kind.ToString()),
            ("@via", report.Via.ToString()),
            ("@comment", report.Comment),
            ("@verdict", report.Verdict?.ToString()),
            ("@actor", scope.Actor),
            ("@now", session.NowMilliseconds),
            ("@state", nameof(ReportState.Waiting)),
            ("@held", 0),
            ("@released", 0),
            ("@listed", false));
        var told = ReportJson.Write(new ToldReport(scope.Actor, id.ToString(), NameOf(report.Kind), "waiting") { Via = report.Via.ToString().ToLowerInvariant(), Note = report.Comment });
        session.Record(new PendingEvent(tenantId, EventKinds.ReportReceived, session.Now, report.MessageId, report.DeliveryId, told) { Verdict = report.Verdict });
        session.Record(new PendingAudit(tenantId, scope.Actor, "report.create", "message:" + report.MessageId, told) { MessageId = report.MessageId });
        return id;
    }

    /// <summary>Of the mail of a delivery, as the one who has it sees it.</summary>
    /// <exception cref="RefusedException">There is no such delivery in reach, or it cannot be reported.</exception>
    public static async ValueTask<Guid> AddAsync(MoveSession session, Scope scope, Guid deliveryId, ReportKind kind, ReportVia via, string comment, CancellationToken cancellationToken)
    {
        var (tenant, message, mailbox, verdict, mode) = await session.Sql.FirstAsync(
            "SELECT d.tenant_id, d.message_id, d.mailbox_id, m.verdict, m.mode FROM deliveries d JOIN messages m ON m.id = d.message_id WHERE d.id = @id",
            row => (row.GetGuid(0), row.GetGuid(1), row.Id(2), row.IsDBNull(3) ? (VerdictKind?)null : row.Name<VerdictKind>(3), row.Name<IntakeMode>(4)),
            cancellationToken,
            ("@id", deliveryId));
        if (tenant == default || mode is IntakeMode.Bounce or IntakeMode.Notice || !scope.Tenants.Contains(tenant) || !scope.Reaches(mailbox))
            throw new RefusedException(ReportRefusals.UnknownMail);
        return await AddAsync(session, scope, tenant, new NewReport(message, deliveryId, mailbox, kind, via, comment) { Verdict = verdict }, cancellationToken);
    }

    public static string NameOf(ReportKind kind) => kind == ReportKind.Missed ? "missed" : "falsePositive";
}
