using Platform.Storage.Model;

namespace Platform.Storage.Outgoing.Approvals;

// Who may let a mail out is a chain: steps one after another, each of accounts and at most one group, any of whom or all of whom approve.
// A delivery that needs a chain gets an approval of its own with the steps as they were then, so that recipients are decided over one by
// one and a change of the chain frees nothing that waits. Nobody approves what the own mailbox sends, nor in another's place. One person decides
// one step, in one place of it.

/// <summary>A chain of approvers of a tenant.</summary>
public sealed class ApprovalChainRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required string Name { get; set; }

    /// <summary>The name in lower case; unique for the tenant.</summary>
    public required string NameKey { get; set; }

    /// <summary>JSON array of <see cref="ApprovalStep"/>.</summary>
    public required string Steps { get; set; }

    /// <summary>Hours for all steps together.</summary>
    public required int Hours { get; set; }
    public required ApprovalExpiry OnExpiry { get; set; }

    /// <summary>Hours between two reminders; 0: none.</summary>
    public required int RemindHours { get; set; }
    public required int Revision { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>What happens to a mail that nobody decided over in time.</summary>
public enum ApprovalExpiry
{
    /// <summary>It is declined.</summary>
    Decline,

    /// <summary>It goes on, if there was anybody who could have decided.</summary>
    Send,
}

/// <param name="Accounts">Who decides.</param>
/// <param name="GroupId">Whose members decide too; null: no group.</param>
/// <param name="All">Each of them approves; else any.</param>
public sealed record ApprovalStep(IReadOnlyList<Guid> Accounts, Guid? GroupId, bool All);

public enum ApprovalState
{
    Waiting,
    Approved,
    Declined,

    /// <summary>Nobody decided in time; the state of the delivery says what came of it.</summary>
    Expired,

    /// <summary>The mail was called back.</summary>
    Cancelled,
}

/// <summary>That a chain is asked over one delivery.</summary>
public sealed class ApprovalRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid DeliveryId { get; init; }

    /// <summary>That sends the mail; empty: none of the tenant's.</summary>
    public required Guid MailboxId { get; init; }

    /// <summary>Of the author of what a server of the tenant's own submitted; null: none.</summary>
    public Guid? AuthorMailboxId { get; init; }

    /// <summary>Accounts that counted as the sender when it began, as <see cref="Accounts.AccountIds"/>; null: none.</summary>
    public string? Senders { get; init; }
    public required Guid ChainId { get; init; }
    public required string Chain { get; init; }

    /// <summary>JSON array of <see cref="ApprovalStep"/>, as it was when the mail came.</summary>
    public required string Steps { get; init; }

    /// <summary>From 0.</summary>
    public required int Step { get; set; }
    public required ApprovalExpiry OnExpiry { get; init; }

    /// <summary>JSON array of <see cref="SendReason"/>.</summary>
    public required string Reasons { get; init; }
    public required ApprovalState State { get; set; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? RemindAt { get; set; }
    public required int RemindHours { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What somebody said over one step.</summary>
public sealed class ApprovalVoteRow : ITenantOwned
{
    public required Guid ApprovalId { get; init; }
    public required int Step { get; init; }

    /// <summary>Who said it.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>In whose place; the same where it was one's own.</summary>
    public required Guid ForId { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MessageId { get; init; }
    public required bool Approved { get; init; }
    public required string Comment { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>For a time, somebody decides in another's place too.</summary>
public sealed class ApprovalDeputyRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid AccountId { get; init; }
    public required Guid DeputyId { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset Until { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}
