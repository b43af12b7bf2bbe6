using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Onboarding.Domains;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Onboarding;

internal sealed class OnboardingMutations(
    IDomainClaims claims, IDomainProofs proofs, IFlowChecks checks, IMailboxImport mailboxes, ITenantPlans plans, OnboardingQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.DirectoryWrite)]
    [Description("Claims a domain for a tenant. The claim names the TXT record to publish; once that is seen, the domain takes mail.")]
    public async Task<AddDomainPayload> AddDomain([Description("The domain.")] AddDomainInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "addDomain", input, async (scope, tenant) => Outcome.Of(await claims.ClaimAsync(scope, tenant, input.Name, cancellationToken)), cancellationToken);
        return outcome.Key is { } id
            ? new AddDomainPayload(await queries.FindClaimAsync(id, cancellationToken), await queries.FindDomainAsync(id, cancellationToken), outcome, input)
            : new AddDomainPayload(null, null, outcome, input);
    }

    [Requires(Permissions.DirectoryWrite)]
    [Description("Looks for the record of a claim now. What was found stands in the claim.")]
    public async Task<CheckDomainPayload> CheckDomain([Description("Which claim.")] CheckDomainInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(caller.Current.Home, "checkDomain", input, async () => GlobalId.Find(input.ClaimId, NodeKind.DomainClaim) is { } id
            ? Outcome.Of(await proofs.CheckAsync(caller.Current.Scope, id, cancellationToken))
            : Outcome.Failed(ErrorCodes.NotFound, "No such claim is in reach of this client.", "claimId"), cancellationToken);
        return new CheckDomainPayload(outcome.Key is { } found ? await queries.FindClaimAsync(found, cancellationToken) : null, outcome, input);
    }

    [Requires(Permissions.DirectoryWrite)]
    [Description("Takes back a claim that is not proven.")]
    public async Task<WithdrawDomainClaimPayload> WithdrawDomainClaim([Description("Which claim.")] WithdrawDomainClaimInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(caller.Current.Home, "withdrawDomainClaim", input, async () => GlobalId.Find(input.ClaimId, NodeKind.DomainClaim) is { } id
            ? Outcome.Of(await claims.WithdrawAsync(caller.Current.Scope, id, cancellationToken))
            : Outcome.Failed(ErrorCodes.NotFound, "No such claim is in reach of this client.", "claimId"), cancellationToken);
        return new WithdrawDomainClaimPayload(outcome, input);
    }

    [Requires(Permissions.DirectoryWrite)]
    [Description("Checks a tenant's mail flow and sends a test mail through it, in the background: ask flowCheck for its progress. Asked for again meanwhile, the check that runs is given.")]
    public async Task<StartFlowCheckPayload> StartFlowCheck([Description("Whose, and to which mailbox.")] StartFlowCheckInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "startFlowCheck", input, async (scope, tenant) => Outcome.Of(await checks.StartAsync(scope, tenant, input.Address, cancellationToken)), cancellationToken);
        return new StartFlowCheckPayload(outcome.Key is { } id ? await queries.FindCheckAsync(id, cancellationToken) : null, outcome, input);
    }

    [Requires(Permissions.DirectoryWrite)]
    [Description("Makes and changes mailboxes by CSV. What a line says already changes nothing; mailboxes that are not in the list stay.")]
    public async Task<ImportMailboxesPayload> ImportMailboxes([Description("The list.")] ImportMailboxesInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForAsync(
            () => (Place: caller.Current.ForTenant(input.Tenant), Lines: MailboxCsv.Read(input.Csv)),
            found => found.Place.TenantId,
            "importMailboxes",
            input,
            async found =>
            {
                var result = await mailboxes.RunAsync(found.Place.Scope, found.Place.TenantId, found.Lines, input.Mode, cancellationToken);
                return new MailboxImportOutcome(result.Value, result.Succeeded ? null : new MutationError(result.Code!, result.Message ?? "", "csv"));
            },
            error => new MailboxImportOutcome(null, error),
            cancellationToken);
        return new ImportMailboxesPayload(outcome, input);
    }

    [Requires(Permissions.DirectoryWrite)]
    [Description("Says what a tenant may have; of its MSP. What is there already stays; the event plan.usage tells of 80 and 100 %.")]
    public async Task<SetTenantPlanPayload> SetTenantPlan([Description("The plan.")] SetTenantPlanInput input, CancellationToken cancellationToken)
    {
        var plan = input.Plan is { } given ? new TenantPlan(given.Name, given.Mailboxes, given.Domains, given.ApiClients) : null;
        var outcome = await runner.RunForTenantAsync(input.Tenant, "setTenantPlan", input, async (scope, tenant) => Outcome.Of(await plans.SetAsync(scope, tenant, plan, cancellationToken)), cancellationToken);
        return new SetTenantPlanPayload(outcome.Key is { } id ? await queries.FindPlanAsync(id, cancellationToken) : null, outcome, input);
    }
}
