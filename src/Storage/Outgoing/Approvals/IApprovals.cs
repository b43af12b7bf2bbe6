using Platform.Engine.Verdicts;
using Platform.Storage.Directory;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>
/// What waits for somebody's approval, and the decision over it (OUT5). Whoever the steps of a chain name decides, or a deputy in that
/// place, with a sign-in of their own: no client, no link, and never over what the own mailbox sends.
/// </summary>
public interface IApprovals
{
    /// <summary>The mails that wait for the account now, the next to expire first.</summary>
    Task<IReadOnlyList<ApprovalMail>> QueueAsync(Guid tenantId, Guid accountId, int max, CancellationToken cancellationToken);

    /// <summary>A mail that waits for the account, with all that a decision needs; the look is on the audit log. Null: it does not wait for this account.</summary>
    Task<ApprovalView?> LookAsync(Guid tenantId, Guid accountId, Guid messageId, CancellationToken cancellationToken);

    /// <param name="accountId">Of the tenant.</param>
    /// <param name="deliveryIds">Which recipients; each is decided by itself.</param>
    /// <returns>How many were decided. Codes: <c>NOT_FOUND</c>: one of them does not wait for this account; <c>INVALID_NOTE</c>.</returns>
    Task<CommandResult<int>> DecideAsync(Guid tenantId, Guid accountId, IReadOnlyList<Guid> deliveryIds, bool approve, string comment, CancellationToken cancellationToken);
}

/// <summary>A mail in the queue of an approver.</summary>
public sealed record ApprovalMail(Guid MessageId, string From, string? Subject, DateTimeOffset SentAt, string Chain, DateTimeOffset ExpiresAt, IReadOnlyList<ApprovalDelivery> Deliveries, IReadOnlyList<SendReason> Reasons);

public sealed record ApprovalDelivery(Guid DeliveryId, string Recipient);

/// <param name="Text">The begin of its text; null: it is gone, or none was found.</param>
public sealed record ApprovalView(ApprovalMail Mail, Verdict? Verdict, string? Text);
