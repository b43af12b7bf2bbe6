using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Protection;

/// <summary>
/// Protected mail after it has left (OUT8): its sender, and whoever acts on all of the tenant's mail, withdraws it, gives it back, and says
/// what may be done with it. Each holds with the next request of a reader. Codes: <c>NOT_FOUND</c>, <c>NOT_PROTECTED</c>, <c>DESTROYED</c>.
/// </summary>
public interface IProtectedMails
{
    /// <param name="deliveryIds">Of the message; null: all that are protected.</param>
    /// <param name="destroy">Only for all of them: the key goes too, and nobody, the sender neither, reads the mail again. Beside the codes above <c>NOT_ALL</c>, <c>LEGAL_HOLD</c>.</param>
    /// <returns>How many recipients read it no more.</returns>
    Task<CommandResult<int>> WithdrawAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, bool destroy, CancellationToken cancellationToken);

    /// <summary>Undoes a withdrawal.</summary>
    Task<CommandResult<int>> RestoreAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, CancellationToken cancellationToken);

    /// <param name="viewOnly">Null: as it is.</param>
    /// <param name="expiresAt">Null: as it is; at most 366 days from now. Beside the codes above <c>INVALID_EXPIRY</c>, and <c>NOT_ALLOWED_BY_RULE</c> where a mailbox asks for more than the mail was sent with.</param>
    Task<CommandResult<int>> ChangeAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, bool? viewOnly, DateTimeOffset? expiresAt, CancellationToken cancellationToken);

    /// <summary>The subject of a mail of which all is protected; null: it is no secret, or destroyed.</summary>
    Task<string?> SubjectAsync(Scope scope, Guid messageId, CancellationToken cancellationToken);
}

/// <summary>What one recipient may read.</summary>
/// <param name="LargerThan">Bytes; of <see cref="ProtectedExtent.LargeFiles"/> alone.</param>
public sealed record ProtectedDelivery(
    Guid DeliveryId,
    Guid TenantId,
    Guid MessageId,
    Guid? SenderMailboxId,
    string Recipient,
    ProtectedExtent Extent,
    long? LargerThan,
    bool ViewOnly,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? WithdrawnAt,
    bool IsDangerous,
    DateTimeOffset? CheckedAt);
