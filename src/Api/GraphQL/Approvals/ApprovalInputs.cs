using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Approvals;

[Description("Input of decideApprovals.")]
internal sealed record DecideApprovalsInput : MutationInput
{
    [Id]
    [Description("The deliveries to decide over, 1 to 100, of one mail or several.")]
    public required IReadOnlyList<string> DeliveryIds { get; init; }

    [Description("True: let them out. False: decline them.")]
    public required bool Approve { get; init; }

    [Description("What the sender is told, at most 500 characters.")]
    public string? Comment { get; init; }
}

[Description("A step of an approval chain: 1 to 20 accounts of the tenant, or a group, or both.")]
internal sealed record ApprovalStepInput
{
    [Id]
    [Description("Accounts that decide.")]
    public IReadOnlyList<string>? AccountIds { get; init; }

    [Id]
    [Description("A group whose people decide too.")]
    public string? GroupId { get; init; }

    [Description("True: each of them approves; by default one of them.")]
    public bool? All { get; init; }

    public ApprovalStep ToStep() => new(
        [.. (AccountIds ?? []).Select(id => GlobalId.Find(id, NodeKind.Account) ?? Guid.Empty)], GroupId is null ? null : GlobalId.Find(GroupId, NodeKind.Group) ?? Guid.Empty, All == true);
}

[Description("Input of createApprovalChain.")]
internal sealed record CreateApprovalChainInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Name for people, 1 to 200 characters.")]
    public required string Name { get; init; }

    [Description("1 to 5 steps.")]
    public required IReadOnlyList<ApprovalStepInput> Steps { get; init; }

    [Description("Hours for all steps together, 1 to 720; by default 48.")]
    public int? Hours { get; init; }

    [Description("What happens to a mail that nobody decided over in time; by default it is declined.")]
    public ApprovalExpiry? OnExpiry { get; init; }

    [Description("Hours between two reminders, 0 (none) to 720; by default 4.")]
    public int? RemindHours { get; init; }
}

[Description("Input of updateApprovalChain. The whole chain is named anew.")]
internal sealed record UpdateApprovalChainInput : MutationInput
{
    [Id]
    [Description("The chain.")]
    public required string ChainId { get; init; }

    [Description("Name for people, 1 to 200 characters.")]
    public required string Name { get; init; }

    [Description("1 to 5 steps.")]
    public required IReadOnlyList<ApprovalStepInput> Steps { get; init; }

    [Description("Hours for all steps together, 1 to 720; by default 48.")]
    public int? Hours { get; init; }

    [Description("What happens to a mail that nobody decided over in time; by default it is declined.")]
    public ApprovalExpiry? OnExpiry { get; init; }

    [Description("Hours between two reminders, 0 (none) to 720; by default 4.")]
    public int? RemindHours { get; init; }
}

[Description("Input of deleteApprovalChain.")]
internal sealed record DeleteApprovalChainInput : MutationInput
{
    [Id]
    [Description("The chain.")]
    public required string ChainId { get; init; }
}

[Description("Input of addApprovalDeputy.")]
internal sealed record AddApprovalDeputyInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Id]
    [Description("In whose place; left out: in one's own. Another's asks for accounts.write.")]
    public string? AccountId { get; init; }

    [Id]
    [Description("Who decides.")]
    public required string DeputyId { get; init; }

    [Description("From when on; by default now.")]
    public DateTimeOffset? Since { get; init; }

    [Description("Until when, at most 366 days.")]
    public required DateTimeOffset Until { get; init; }
}

[Description("Input of removeApprovalDeputy.")]
internal sealed record RemoveApprovalDeputyInput : MutationInput
{
    [Id]
    [Description("The deputy.")]
    public required string ApprovalDeputyId { get; init; }
}

[Requires(Permissions.ApprovalsDecide)]
[Description("Result of decideApprovals.")]
internal sealed class DecideApprovalsPayload(Outcome outcome, DecideApprovalsInput input)
{
    [Id]
    [Description("The deliveries that were decided over; empty when none were.")]
    public IReadOnlyList<string> DecidedIds => outcome.Error is null ? input.DeliveryIds : [];

    [Description("Why nothing was decided; empty when it was. All are decided, or none.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of createApprovalChain.")]
internal sealed class CreateApprovalChainPayload(ApprovalChainNode? chain, Outcome outcome, MutationInput input)
{
    [Description("The chain.")]
    public ApprovalChainNode? Chain => chain;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of updateApprovalChain.")]
internal sealed class UpdateApprovalChainPayload(ApprovalChainNode? chain, Outcome outcome, MutationInput input)
{
    [Description("The chain after the call.")]
    public ApprovalChainNode? Chain => chain;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of deleteApprovalChain.")]
internal sealed class DeleteApprovalChainPayload(Outcome outcome, DeleteApprovalChainInput input)
{
    [Id]
    [Description("The id of the chain that is gone; null when it is not.")]
    public string? DeletedChainId => outcome.Error is null ? input.ChainId : null;

    [Description("Why it was not deleted; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ApprovalsDecide)]
[Description("Result of addApprovalDeputy.")]
internal sealed class AddApprovalDeputyPayload(Outcome outcome, MutationInput input)
{
    [Id]
    [Description("Id of the deputy; null when none was added.")]
    public string? ApprovalDeputyId => outcome.Key is { } id ? GlobalId.Of(NodeKind.ApprovalDeputy, id) : null;

    [Description("Why it was not added; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ApprovalsDecide)]
[Description("Result of removeApprovalDeputy.")]
internal sealed class RemoveApprovalDeputyPayload(Outcome outcome, MutationInput input)
{
    [Description("Why it was not removed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
