using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Approvals;

internal sealed class ApprovalMutations(IApprovals approvals, IApprovalChains chains, ApprovalQueries queries, CallerContext caller, MutationRunner runner, TimeProvider time)
{
    private const int MaxBulk = 100;
    private const int DefaultHours = 48;
    private const int DefaultRemindHours = 4;

    [Requires(Permissions.ApprovalsDecide)]
    [Description("Approves or declines mail that waits for the person who asks, whole mails or some of their recipients. API clients decide over none.")]
    public async Task<DecideApprovalsPayload> DecideApprovals([Description("Which mail, and how.")] DecideApprovalsInput input, CancellationToken cancellationToken)
    {
        if (Approver.Of(caller.Current) is not { } approver)
            return new DecideApprovalsPayload(Outcome.Failed(ErrorCodes.Forbidden, "People of the tenant decide over approvals, signed in as themselves."), input);
        if (input.DeliveryIds.Count is 0 or > MaxBulk)
            return new DecideApprovalsPayload(Outcome.Failed(ErrorCodes.BadUserInput, $"Name 1 to {MaxBulk} deliveries.", "deliveryIds"), input);
        List<Guid> deliveries = [.. input.DeliveryIds.Select(id => GlobalId.Find(id, NodeKind.Delivery) ?? Guid.Empty)];
        return new DecideApprovalsPayload(
            await runner.RunAsync(
                caller.Current.Home,
                "decideApprovals",
                input,
                async () => Outcome.Of(await approvals.DecideAsync(approver.TenantId, approver.AccountId, deliveries, input.Approve, input.Comment ?? "", cancellationToken), approver.AccountId),
                cancellationToken),
            input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Makes an approval chain, which sending rules can ask.")]
    public async Task<CreateApprovalChainPayload> CreateApprovalChain([Description("The chain.")] CreateApprovalChainInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(
            input.Tenant, "createApprovalChain", input, async (scope, tenant) => Outcome.Of(await chains.CreateAsync(scope, tenant, Chain(input.Name, input.Steps, input.Hours, input.OnExpiry, input.RemindHours), cancellationToken)), cancellationToken);
        return new CreateApprovalChainPayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Changes an approval chain. What waits already keeps the steps that it began with.")]
    public async Task<UpdateApprovalChainPayload> UpdateApprovalChain([Description("The chain.")] UpdateApprovalChainInput input, CancellationToken cancellationToken)
    {
        var outcome = await ForChainAsync(input.ChainId, "updateApprovalChain", input, id =>
            chains.UpdateAsync(caller.Current.Scope, id, Chain(input.Name, input.Steps, input.Hours, input.OnExpiry, input.RemindHours), cancellationToken), cancellationToken);
        return new UpdateApprovalChainPayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Deletes an approval chain. Mail of rules that still name it waits for nobody and is declined when its time is over.")]
    public async Task<DeleteApprovalChainPayload> DeleteApprovalChain([Description("Which chain.")] DeleteApprovalChainInput input, CancellationToken cancellationToken) =>
        new(await ForChainAsync(input.ChainId, "deleteApprovalChain", input, id => chains.DeleteAsync(caller.Current.Scope, id, cancellationToken), cancellationToken), input);

    [Requires(Permissions.ApprovalsDecide)]
    [Description("Lets somebody decide over approvals in one's place for a time, or, for who administers accounts, in another's. Never over mail that either of them sends.")]
    public async Task<AddApprovalDeputyPayload> AddApprovalDeputy([Description("Who, for whom, and when.")] AddApprovalDeputyInput input, CancellationToken cancellationToken)
    {
        var account = input.AccountId is null ? Approver.Of(caller.Current)?.AccountId ?? Guid.Empty : GlobalId.Find(input.AccountId, NodeKind.Account) ?? Guid.Empty;
        var deputy = new NewDeputy(account, GlobalId.Find(input.DeputyId, NodeKind.Account) ?? Guid.Empty, input.Since ?? time.GetUtcNow(), input.Until);
        return new AddApprovalDeputyPayload(
            await runner.RunForTenantAsync(input.Tenant, "addApprovalDeputy", input, async (scope, tenant) => Outcome.Of(await chains.AddDeputyAsync(scope, tenant, deputy, cancellationToken)), cancellationToken), input);
    }

    [Requires(Permissions.ApprovalsDecide)]
    [Description("Ends a deputy's time at once.")]
    public async Task<RemoveApprovalDeputyPayload> RemoveApprovalDeputy([Description("Which deputy.")] RemoveApprovalDeputyInput input, CancellationToken cancellationToken) => new(
        await runner.RunAsync(caller.Current.Home, "removeApprovalDeputy", input, async () => GlobalId.Find(input.ApprovalDeputyId, NodeKind.ApprovalDeputy) is { } id
            ? Outcome.Of(await chains.RemoveDeputyAsync(caller.Current.Scope, id, cancellationToken))
            : Outcome.Failed(ErrorCodes.NotFound, "No such deputy is in reach of this client.", "approvalDeputyId"), cancellationToken),
        input);

    private static NewApprovalChain Chain(string name, IReadOnlyList<ApprovalStepInput> steps, int? hours, ApprovalExpiry? expiry, int? remind) =>
        new(name, [.. steps.Select(step => step.ToStep())], hours ?? DefaultHours, expiry ?? ApprovalExpiry.Decline, remind ?? DefaultRemindHours);

    private async Task<ApprovalChainNode?> FoundAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Key is { } id ? await queries.ChainAsync(id, cancellationToken) : null;

    private Task<Outcome> ForChainAsync(string chainId, string operation, MutationInput input, Func<Guid, Task<Storage.Directory.CommandResult<Guid>>> command, CancellationToken cancellationToken) =>
        runner.RunAsync(
            caller.Current.Home,
            operation,
            input,
            async () => GlobalId.Find(chainId, NodeKind.ApprovalChain) is { } id ? Outcome.Of(await command(id)) : Outcome.Failed(ErrorCodes.NotFound, "No such approval chain is in reach of this client.", "chainId"),
            cancellationToken);
}
