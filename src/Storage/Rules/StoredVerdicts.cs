using Platform.Engine;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Rules;

/// <summary>The verdicts of a period with what is kept beside them, newest first: what a rule can be tried on. No message is opened.</summary>
public interface IStoredVerdicts
{
    Task<int> CountAsync(Scope scope, Guid tenantId, VerdictPeriod period, int most, CancellationToken cancellationToken);

    /// <param name="after">The last one of the page before; null for the newest.</param>
    /// <param name="withText">Also the text of the body, which is kept encrypted apart from the verdict.</param>
    Task<IReadOnlyList<StoredVerdict>> ReadAsync(Scope scope, Guid tenantId, VerdictPeriod period, VerdictPlace? after, int max, bool withText, CancellationToken cancellationToken);
}

/// <param name="Until">Not included.</param>
public readonly record struct VerdictPeriod(DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Only what mailboxes of the tenant sent.</summary>
    public bool SentOnly { get; init; }

    internal string Which => SentOnly ? " AND sender_mailbox_id IS NOT NULL" : "";
}

public readonly record struct VerdictPlace(DateTimeOffset ReceivedAt, Guid MessageId);

/// <param name="Verdict">With the text of the body where it was asked for and is still there.</param>
/// <param name="TextGone">The text was asked for and is not there.</param>
public sealed record StoredVerdict(VerdictPlace Place, Verdict Verdict, Envelope Envelope, long Size, IReadOnlyList<StoredFate> Deliveries, bool TextGone)
{
    /// <summary>The mailbox that sent it; null: it came from elsewhere.</summary>
    public Guid? SenderMailboxId { get; init; }
}

/// <summary>What became of a delivery.</summary>
public sealed record StoredFate(string Recipient, DeliveryState State, bool Released)
{
    /// <summary>Null: of no mailbox.</summary>
    public Guid? MailboxId { get; init; }

    /// <summary>What was found of the recipient when it was decided over; of mail that mailboxes send.</summary>
    public IReadOnlyList<SendFinding> Findings { get; init; } = [];
}

internal sealed class StoredVerdicts(IReadConnections reads, SealedTexts texts) : IStoredVerdicts
{
    private const string InPeriod = "tenant_id = @tenant AND received_at >= @since AND received_at < @until AND scan_state = 'Done' AND verdict_json IS NOT NULL";

    public async Task<int> CountAsync(Scope scope, Guid tenantId, VerdictPeriod period, int most, CancellationToken cancellationToken)
    {
        Require(scope, tenantId);
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync(
            $"SELECT COUNT(*) FROM (SELECT 1 FROM messages WHERE {InPeriod}{period.Which} LIMIT @most) AS page",
            row => (int)row.GetInt64(0),
            cancellationToken,
            ("@tenant", tenantId),
            ("@since", period.Since.ToUnixTimeMilliseconds()),
            ("@until", period.Until.ToUnixTimeMilliseconds()),
            ("@most", (long)most));
    }

    public async Task<IReadOnlyList<StoredVerdict>> ReadAsync(
        Scope scope, Guid tenantId, VerdictPeriod period, VerdictPlace? after, int max, bool withText, CancellationToken cancellationToken)
    {
        Require(scope, tenantId);
        await using var sql = await reads.OpenAsync(cancellationToken);
        var rows = await sql.QueryAsync(
            $"""
            SELECT id, received_at, client_address, client_name, helo, mail_from, mode, direction, size, verdict_json, body_name, body_key, sender_mailbox_id{(withText ? ", sealed" : "")}
            FROM messages {(withText ? "LEFT JOIN (SELECT message_id, sealed FROM message_texts) AS texts ON texts.message_id = id" : "")}
            WHERE {InPeriod}{period.Which} AND (received_at < @at OR (received_at = @at AND id < @id)) ORDER BY received_at DESC, id DESC LIMIT @max
            """,
            row => new Row(
                new VerdictPlace(row.Time(1), row.GetGuid(0)),
                // An imported file has no envelope; a null reverse-path is an empty one.
                new Envelope(row.Text(2), row.Text(3), row.Text(4), row.GetString(5) is { Length: 0 } && row.Name<IntakeMode>(6) == IntakeMode.Import ? null : row.GetString(5), [], row.Name<MailDirection>(7)),
                row.GetInt64(8),
                row.GetString(9),
                new BodyReference(row.GetString(10), row.Bytes(11) ?? []),
                row.Id(12),
                withText ? row.Bytes(13) : null),
            cancellationToken,
            ("@tenant", tenantId),
            ("@since", period.Since.ToUnixTimeMilliseconds()),
            ("@until", period.Until.ToUnixTimeMilliseconds()),
            ("@at", after?.ReceivedAt.ToUnixTimeMilliseconds() ?? long.MaxValue),
            ("@id", after?.MessageId ?? Guid.Empty),
            ("@max", (long)max));
        var found = new List<StoredVerdict>(rows.Count);
        foreach (var row in rows)
            found.Add(await StoredAsync(sql, tenantId, row, withText, cancellationToken));
        return found;
    }

    private async ValueTask<StoredVerdict> StoredAsync(SqlSession sql, Guid tenantId, Row row, bool withText, CancellationToken cancellationToken)
    {
        var fates = await sql.QueryAsync(
            "SELECT recipient, state, released_by, mailbox_id, decision_json FROM deliveries WHERE message_id = @message AND is_copy = FALSE ORDER BY id",
            fate => new StoredFate(fate.GetString(0), fate.Name<DeliveryState>(1), !fate.IsDBNull(2))
            {
                MailboxId = fate.Id(3),
                Findings = row.SenderMailboxId is null ? [] : RuleJson.FindDecision(fate.Text(4))?.Findings ?? [],
            },
            cancellationToken,
            ("@message", row.Place.MessageId));
        var verdict = StoredJson.ReadVerdict(row.VerdictJson);
        var text = withText ? await texts.OpenAsync(tenantId, row.Place.MessageId, row.Body, row.SealedText, cancellationToken) : null;
        return new StoredVerdict(
            row.Place,
            text is null ? verdict : verdict with { Facts = verdict.Facts with { Text = text.Body, FilesText = text.Files } },
            row.Envelope with { Recipients = [.. fates.Select(fate => fate.Recipient)] },
            row.Size,
            fates,
            // A mail without any text has none sealed; a purged one has no key.
            TextGone: withText && text is null && (row.SealedText is not null || row.Body.WrappedKey.Length == 0))
        {
            SenderMailboxId = row.SenderMailboxId,
        };
    }

    private static void Require(Scope scope, Guid tenantId)
    {
        scope.Require(tenantId);
        scope.Require(Permissions.MessagesRead);
    }

    private sealed record Row(VerdictPlace Place, Envelope Envelope, long Size, string VerdictJson, BodyReference Body, Guid? SenderMailboxId, byte[]? SealedText);
}
