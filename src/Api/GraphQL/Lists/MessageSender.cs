using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Engine.Feeds;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Lists;

/// <summary>Whom to list for a message that somebody looks at.</summary>
internal sealed class MessageSender(IPlatformDbFactory databases)
{
    private const int MaxNote = 200;

    /// <exception cref="ApiException">The message is unknown or out of reach, names no author, or was not proven to be of the author who is to be allowed.</exception>
    public async Task<ListedSender> FindAsync(Scope scope, string messageId, ListAction list, SenderPart part, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        var row = GlobalId.Find(messageId, NodeKind.Message) is { } id
            ? await db.Messages.AsNoTracking().SingleOrDefaultAsync(message => message.Id == id, cancellationToken)
            : null;
        if (row is null)
            throw ApiException.NotFound("messageId", "No such message is in reach of this client.");
        if (row.FromAddress is not { } author || author.LastIndexOf('@') is not (> 0 and var at))
            throw new ApiException("LIST_SENDER_UNKNOWN", "The message names no author, or is not inspected yet; list an address by addListEntry.", 422, "messageId");
        if (list == ListAction.Allow && StoredJson.IsDisowned(row.VerdictJson))
        {
            throw new ApiException(
                "LIST_SENDER_UNPROVEN", "Authentication says that this message is not of the author it names; an allow entry would not hold for such mail. If you know the true sender, list it by addListEntry.", 422, "messageId");
        }

        var subject = new string([.. (row.Subject ?? "").Where(c => !char.IsControl(c)).Take(MaxNote)]);
        return part == SenderPart.Address
            ? new ListedSender(row.TenantId, ListEntryKind.Address, author, subject)
            : new ListedSender(row.TenantId, ListEntryKind.Domain, author[(at + 1)..], subject);
    }
}

/// <param name="Note">When the caller gives none.</param>
internal sealed record ListedSender(Guid TenantId, ListEntryKind Kind, string Value, string Note);
