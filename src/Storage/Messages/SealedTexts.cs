using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Platform.Storage.Bodies;
using Platform.Storage.Transactions;

namespace Platform.Storage.Messages;

/// <summary>The visible text of mails, which lies apart from their verdicts, encrypted by the key of the body.</summary>
internal sealed partial class SealedTexts(FileBodyStore bodies, ILogger<SealedTexts> logger)
{
    /// <returns>Empty: the mail has no text. Null: the text is gone.</returns>
    public async ValueTask<OpenedText?> ReadAsync(SqlSession sql, Guid tenantId, Guid messageId, CancellationToken cancellationToken)
    {
        var (body, text) = await sql.FirstAsync(
            "SELECT m.body_name, m.body_key, t.sealed FROM messages m LEFT JOIN message_texts t ON t.message_id = m.id WHERE m.id = @id AND m.tenant_id = @tenant",
            row => (new BodyReference(row.GetString(0), row.Bytes(1) ?? []), row.Bytes(2)),
            cancellationToken,
            ("@id", messageId),
            ("@tenant", tenantId));
        return body is null || body.WrappedKey.Length == 0 ? null : text is null ? new OpenedText("", "") : await OpenAsync(tenantId, messageId, body, text, cancellationToken);
    }

    /// <returns>Null: the mail has no text, or it is gone.</returns>
    public async ValueTask<OpenedText?> OpenAsync(Guid tenantId, Guid messageId, BodyReference body, byte[]? text, CancellationToken cancellationToken)
    {
        if (text is null || body.WrappedKey.Length == 0)
            return null;
        try
        {
            var key = await bodies.OpenKeyAsync(tenantId, body, cancellationToken);
            var opened = MessageText.Open(key, text);
            CryptographicOperations.ZeroMemory(key);
            return opened;
        }
        catch (Exception exception) when (exception is BodyMissingException or CryptographicException)
        {
            NotRead(messageId, exception);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The stored text of message {MessageId} cannot be read; it is gone on without")]
    private partial void NotRead(Guid messageId, Exception exception);
}
