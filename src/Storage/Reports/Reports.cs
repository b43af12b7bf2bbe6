using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Reports;

/// <summary>People say that a verdict is wrong; whoever may act on mail confirms or refuses, and a confirmed report acts (QUA2).</summary>
public interface IReports
{
    /// <summary>Reports the mail of a delivery.</summary>
    /// <returns>The id of the report. Codes: <c>NOT_FOUND</c>, <c>INVALID_NOTE</c>, <c>ALREADY_REPORTED</c>, <c>TOO_MANY_REPORTS</c>.</returns>
    Task<CommandResult<Guid>> ReportAsync(Scope scope, Guid deliveryId, ReportKind kind, string comment, CancellationToken cancellationToken);

    /// <summary>The delivery in reach of the mail that has this Message-ID, as mail programs know it; of several the worst (<see cref="WorstFirst"/>). Null when there is none.</summary>
    /// <param name="recipient">Only to this address; null: to any.</param>
    Task<Guid?> FindAsync(Scope scope, string messageIdHeader, string? recipient, CancellationToken cancellationToken);

    /// <summary>Confirms or refuses. What is confirmed acts on the same mail to others and is told to all who reported it.</summary>
    /// <param name="list">Of a confirmed report, put the sender on the tenant's list too.</param>
    /// <returns>The id of the report. Codes: <c>NOT_FOUND</c>, <c>INVALID_NOTE</c>, <c>ALREADY_DECIDED</c>.</returns>
    Task<CommandResult<Guid>> DecideAsync(Scope scope, Guid reportId, bool confirm, bool list, string note, CancellationToken cancellationToken);
}

internal sealed class Reports(IMoveRunner moves, IReadConnections reads, ReportDecision decision, IWorkSignal signal) : IReports
{
    private const int MaxNote = 500;

    public async Task<CommandResult<Guid>> ReportAsync(Scope scope, Guid deliveryId, ReportKind kind, string comment, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.MessagesRead);
        return IsNote(comment)
            ? await moves.CommandAsync((session, ct) => ReportMoves.AddAsync(session, scope, deliveryId, kind, ReportVia.Api, comment.Trim(), ct), cancellationToken)
            : ReportRefusals.InvalidComment.As<Guid>();
    }

    public async Task<Guid?> FindAsync(Scope scope, string messageIdHeader, string? recipient, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.MessagesRead);
        var header = messageIdHeader.Trim().Trim('<', '>');
        await using var sql = await reads.OpenAsync(cancellationToken);
        List<(Guid Id, Guid? Mailbox, string Recipient, VerdictKind? Verdict, DateTimeOffset At)> found = [];
        if (header.Length == 0)
            return null;
        foreach (var tenant in scope.Tenants)
        {
            found.AddRange(await sql.QueryAsync(
                $"""
                SELECT d.id, d.mailbox_id, d.recipient, m.verdict, m.received_at FROM messages m JOIN deliveries d ON d.message_id = m.id
                WHERE m.tenant_id = @tenant AND m.message_id_header = @header ORDER BY {WorstFirst.Order} LIMIT 200
                """,
                row => (row.GetGuid(0), row.Id(1), row.GetString(2), row.IsDBNull(3) ? (VerdictKind?)null : row.Name<VerdictKind>(3), row.Time(4)),
                cancellationToken,
                ("@tenant", tenant),
                ("@header", header)));
        }

        var mine = found.Where(delivery => scope.Reaches(delivery.Mailbox) && (recipient is null || delivery.Recipient.Equals(recipient.Trim(), StringComparison.OrdinalIgnoreCase))).ToList();
        return mine.Count == 0 ? null : mine.MaxBy(delivery => (WorstFirst.Rank(delivery.Verdict), delivery.At)).Id;
    }

    public async Task<CommandResult<Guid>> DecideAsync(Scope scope, Guid reportId, bool confirm, bool list, string note, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.MessagesAct);
        if (!IsNote(note))
            return ReportRefusals.InvalidComment.As<Guid>();
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                await decision.DecideAsync(session, scope, reportId, confirm, list, note.Trim(), ct);
                session.AfterCommit(signal.RelaysReady);
                return reportId;
            },
            cancellationToken);
    }

    private static bool IsNote(string note) => note.Trim().Length <= MaxNote && !note.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
}
