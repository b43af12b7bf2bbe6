using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Platform.Engine.Verdicts;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Transactions;

namespace Platform.Storage.Search;

/// <summary>Makes search documents from rows.</summary>
internal sealed partial class SearchSource(FileBodyStore bodies, ILogger<SearchSource> logger)
{
    /// <returns>Null when there is no such message.</returns>
    public async ValueTask<SearchDocument?> ReadAsync(SqlSession sql, Guid tenantId, Guid messageId, long sequence, CancellationToken cancellationToken)
    {
        var row = await sql.FirstAsync(
            """
            SELECT received_at, subject, from_address, from_name, mail_from, verdict_json, body_name, body_key, sealed
            FROM messages LEFT JOIN message_texts ON message_texts.message_id = id AND NOT EXISTS (SELECT 1 FROM protected_mails p WHERE p.message_id = messages.id AND p.subject IS NOT NULL) WHERE id = @id AND messages.tenant_id = @tenant
            """,
            row => new Row(row.Time(0), row.Text(1), row.Text(2), row.Text(3), row.GetString(4), row.Text(5), new BodyReference(row.GetString(6), row.Bytes(7) ?? []), row.Bytes(8)),
            cancellationToken,
            ("@id", messageId),
            ("@tenant", tenantId));
        if (row is null)
            return null;
        var recipients = await sql.QueryAsync("SELECT recipient FROM deliveries WHERE message_id = @id AND is_copy = FALSE", r => r.GetString(0), cancellationToken, ("@id", messageId));
        var facts = row.VerdictJson is null ? MessageFacts.Empty : StoredJson.ReadVerdict(row.VerdictJson).Facts;
        return new SearchDocument(
            tenantId,
            messageId,
            sequence,
            row.ReceivedAt,
            row.Subject ?? "",
            $"{row.FromName} {row.FromAddress} {row.MailFrom}",
            string.Join(' ', recipients.Concat(facts.To).Concat(facts.Cc)),
            await TextAsync(tenantId, messageId, row, cancellationToken),
            string.Join(' ', facts.Attachments.Select(a => a.Name)));
    }

    /// <summary>Messages of a tenant that are through the scan, in order of id, after <paramref name="after"/>.</summary>
    public static ValueTask<List<Guid>> ScannedAsync(SqlSession sql, Guid tenantId, Guid after, int max, CancellationToken cancellationToken) => sql.QueryAsync(
        $"SELECT id FROM messages WHERE tenant_id = @tenant AND id > @after AND scan_state <> '{nameof(ScanState.Pending)}' ORDER BY id LIMIT @max",
        row => row.GetGuid(0),
        cancellationToken,
        ("@tenant", tenantId),
        ("@after", after),
        ("@max", (long)max));

    private async ValueTask<string> TextAsync(Guid tenantId, Guid messageId, Row row, CancellationToken cancellationToken)
    {
        if (row.SealedText is null)
            return "";
        try
        {
            return MessageText.Open(await bodies.OpenKeyAsync(tenantId, row.Body, cancellationToken), row.SealedText).Body;
        }
        catch (BodyMissingException)
        {
            return "";
        }
        catch (CryptographicException)
        {
            // One damaged text must not keep all later mail out of the index.
            TextDamaged(messageId);
            return "";
        }
    }

    [LoggerMessage(LogLevel.Error, "The stored text of message {MessageId} is damaged; it is indexed without")]
    private partial void TextDamaged(Guid messageId);

    private sealed record Row(DateTimeOffset ReceivedAt, string? Subject, string? FromAddress, string? FromName, string MailFrom, string? VerdictJson, BodyReference Body, byte[]? SealedText);
}
