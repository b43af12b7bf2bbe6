using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Engine.Preview;
using Platform.Scanning;
using Platform.Storage.Audit;
using Platform.Storage.Bodies;
using Platform.Storage.ContentAccess;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>The content of stored messages. Each access needs the permission and is on the audit log before a byte is read (QUA4).</summary>
internal sealed class MessageContent(IPlatformDbFactory databases, IBodyStore bodies, IAuditLog audit, IContentAccess access, IMailboxRights rights, IScannerPool scanners, ContentTurns turns)
{
    /// <summary>Opens the original, byte for byte.</summary>
    /// <param name="right">That the owner of a mailbox needs for it.</param>
    /// <param name="reason">Why it is opened; needed as the tenant's rules say.</param>
    /// <exception cref="ApiException">No such message in scope, purged, or not to be opened this way.</exception>
    public async Task<(Stream Body, long Size)> OpenAsync(Scope scope, Guid messageId, string purpose, QuarantineRights right, string? reason, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.MessagesContent);
        await using var db = databases.Open(scope);
        var message = await db.Messages.AsNoTracking().Where(row => row.Id == messageId)
            .Select(row => new { row.TenantId, row.Mode, row.BodyName, row.BodyKey, row.Size })
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiException.NotFound("id", "No such message is in reach of this client.");
        if (!scope.AllowsFor(message.TenantId, Permissions.MessagesContent))
            throw new ApiException(ErrorCodes.ContentClosed, "This tenant keeps its MSP from the content of its messages. Its own people can open them, or allow it.", 403, "id");
        // Its links are the right of whom it was sent to.
        if (message.Mode == IntakeMode.Notice)
            throw new ApiException(ErrorCodes.ContentClosed, "A mail of the platform itself is for its recipient alone: its links act in that person's place.", 403, "id");
        if (!await rights.AllowMessageAsync(scope, messageId, right, cancellationToken))
            throw new ApiException(ErrorCodes.RightMissing, "The policy of this mailbox keeps its owner from that. Ask an administrator.", 403, "id");
        if (message.BodyKey is null)
            throw new BodyMissingException(message.BodyName);
        var permit = await access.CheckAsync(scope, message.TenantId, messageId, reason, cancellationToken);
        if (permit.Code is not null)
            throw new ApiException(permit.Code, permit.Message!, permit.Code == ErrorCodes.ReasonRequired ? 400 : 403, "reason");
        await audit.AppendAsync(
            scope, new NewAudit(message.TenantId, "message.content." + purpose, "message:" + messageId, Detail(permit)) { MessageId = messageId }, cancellationToken);
        return (await bodies.OpenReadAsync(message.TenantId, new BodyReference(message.BodyName, message.BodyKey), cancellationToken), message.Size);
    }

    /// <summary>A preview made in a scanner process, away from keys and network.</summary>
    /// <exception cref="ApiException">No such message, purged, or its content broke the scanner.</exception>
    /// <param name="right">As for <see cref="OpenAsync"/>.</param>
    public async Task<SafePreview> PreviewAsync(Scope scope, Guid messageId, QuarantineRights right, string? reason, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(scope.Actor, cancellationToken);
        var (body, size) = await OpenAsync(scope, messageId, "preview", right, reason, cancellationToken);
        await using (body)
        {
            var bytes = new byte[size];
            await body.ReadExactlyAsync(bytes, cancellationToken);
            var result = await scanners.PreviewAsync(bytes, cancellationToken);
            return result.Value ?? throw FailureOf(result.Failure);
        }
    }

    private static string Detail(ContentPermit permit)
    {
        var detail = new JsonObject();
        if (permit.Reason is { } reason)
            detail["reason"] = reason;
        if (permit.Request is { } request)
            detail["request"] = request;
        return detail.ToJsonString(JsonSerializerOptions.Web);
    }

    /// <summary>What a failed scanner means to the one who asked.</summary>
    public static ApiException FailureOf(ScannerFailure? failure) => failure switch
    {
        ScannerFailure.Crashed or ScannerFailure.TimedOut => new ApiException(ErrorCodes.ContentUnreadable, "This message could not be read: it broke or outlasted the reader. The original can still be downloaded.", 422),
        _ => new ApiException(ErrorCodes.ScannerUnavailable, "No scanner process is free or can be started. Try again in a moment.", 503),
    };
}
