using Platform.Storage.Scopes;

namespace Platform.Storage.Audit;

/// <summary>Append-only, hash-chained for each tenant and each MSP. Moves of deliveries write theirs in their own transaction.</summary>
public interface IAuditLog
{
    Task AppendAsync(Scope scope, Guid ownerId, string action, string target, string detail, CancellationToken cancellationToken);

    Task AppendAsync(Scope scope, NewAudit entry, CancellationToken cancellationToken);

    /// <summary>The number of the first entry that does not follow from the one before it; null when the chain holds.</summary>
    Task<long?> FindBreakAsync(Scope scope, Guid ownerId, CancellationToken cancellationToken);

    /// <summary>Follows the whole chain of a tenant or MSP, in constant memory.</summary>
    Task<AuditVerification> VerifyAsync(Scope scope, Guid ownerId, CancellationToken cancellationToken);

    /// <param name="signedHead">A head signed before, which the chain must still hold; null: none.</param>
    /// <exception cref="AuditHeadException">It is not one of this chain, or not signed by this installation.</exception>
    Task<AuditVerification> VerifyAsync(Scope scope, Guid ownerId, string? signedHead, CancellationToken cancellationToken);

    /// <summary>Whose chain a signed head is of; null when it is not signed by this installation.</summary>
    Guid? OwnerOf(string signedHead);

    /// <summary>All chains there are; for an operator on the machine itself.</summary>
    Task<IReadOnlyList<AuditChainInfo>> ChainsAsync(CancellationToken cancellationToken);
}

/// <param name="Slug">Short name of the tenant or MSP; its id where it is gone.</param>
public sealed record AuditChainInfo(Guid OwnerId, string Slug, bool IsMsp);

public sealed class AuditHeadException() : Exception("The signed head is not one of this chain, or was not signed by this installation.");

/// <param name="OwnerId">A tenant, or the MSP of the scope.</param>
public sealed record NewAudit(Guid OwnerId, string Action, string Target, string Detail)
{
    /// <summary>The message it is about: a purge of it erases the entry's personal fields.</summary>
    public Guid? MessageId { get; init; }
}

/// <param name="Entries">Links that follow, from the first on.</param>
/// <param name="Erased">Of them, those with an erased personal field.</param>
/// <param name="Unproven">Of the erased, those of the first form, whose own content can no longer be recomputed.</param>
/// <param name="FirstBreak">Null: the chain holds, up to its head.</param>
/// <param name="Head">Hash of the last link that follows.</param>
/// <param name="SignedHead">The same with its number, signed (JWS, RFC 7515): kept elsewhere and compared later, it shows a tail that was cut off.</param>
public sealed record AuditVerification(Guid OwnerId, long Entries, long Erased, long Unproven, long? FirstBreak, string Head, string SignedHead)
{
    public bool Holds => FirstBreak is null;
}
