using System.ComponentModel;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Onboarding;

[Requires(Permissions.DirectoryWrite)]
[Description("Result of addDomain.")]
internal sealed class AddDomainPayload(DomainClaimNode? claim, DomainNode? domain, Outcome outcome, MutationInput input)
{
    [Description("The domain; null before it is proven, which a repeat under the same key may see.")]
    public DomainNode? Domain => domain;

    [Description("The claim; the domain is the tenant's once it is proven.")]
    public DomainClaimNode? Claim => claim;

    [Description("Why it was not claimed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of checkDomain.")]
internal sealed class CheckDomainPayload(DomainClaimNode? claim, Outcome outcome, MutationInput input)
{
    [Description("The claim after the look.")]
    public DomainClaimNode? Claim => claim;

    [Description("Why it was not looked for; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of withdrawDomainClaim.")]
internal sealed class WithdrawDomainClaimPayload(Outcome outcome, WithdrawDomainClaimInput input)
{
    [Id]
    [Description("The id of the claim that is gone; null when it is not.")]
    public string? WithdrawnClaimId => outcome.Error is null ? input.ClaimId : null;

    [Description("Why it was not taken back; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of startFlowCheck.")]
internal sealed class StartFlowCheckPayload(FlowCheckNode? check, Outcome outcome, MutationInput input)
{
    [Description("The check, which runs in the background.")]
    public FlowCheckNode? Check => check;

    [Description("Why it was not begun; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of setTenantPlan.")]
internal sealed class SetTenantPlanPayload(TenantPlanNode? plan, Outcome outcome, MutationInput input)
{
    [Description("The plan after the call; null: nothing is limited.")]
    public TenantPlanNode? Plan => plan;

    [Description("Why it was not set; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

/// <summary>How an import ended, in a form that an idempotency key can keep.</summary>
internal sealed record MailboxImportOutcome(MailboxImportReport? Report, MutationError? Error);

[Requires(Permissions.DirectoryWrite)]
[Description("Result of importMailboxes. Every line counts once: created, changed, unchanged or refused.")]
internal sealed class ImportMailboxesPayload(MailboxImportOutcome outcome, MutationInput input)
{
    [Description("What was done, or would be; null when the list was not taken.")]
    public MailboxImportReportNode? Report => outcome.Report is { } report ? new MailboxImportReportNode(report) : null;

    [Description("Why the list was not taken; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Error is null ? [] : [outcome.Error];

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Named("MailboxImportReport")]
[Requires(Permissions.DirectoryWrite)]
[Description("What a list of mailboxes did, or would do.")]
internal sealed class MailboxImportReportNode(MailboxImportReport report)
{
    [Description("Lines of the list.")]
    public int Lines => report.Lines;

    [Description("Mailboxes made.")]
    public int Created => report.Created;

    [Description("Mailboxes changed.")]
    public int Changed => report.Changed;

    [Description("Mailboxes that were so already.")]
    public int Unchanged => report.Unchanged;

    [Description("Lines that were refused.")]
    public int Refused => report.Refused;

    [Description("Groups that were missing, by name.")]
    public IReadOnlyList<string> NewGroups => report.Groups;

    [Description("Faults line by line, the first 200.")]
    public IReadOnlyList<MailboxLineErrorNode> LineErrors => [.. report.Errors.Select(error => new MailboxLineErrorNode(error))];

    [Description("False: nothing was changed, since it was a preview or a line was refused.")]
    public bool Applied => report.Applied;
}

[Named("MailboxLineError")]
[Requires(Permissions.DirectoryWrite)]
[Description("Why a line was refused.")]
internal sealed class MailboxLineErrorNode(MailboxLineError error)
{
    [Description("Its number, from 1; the line that names the columns is the first.")]
    public int Line => error.Line;

    [Description("Stable code to branch on.")]
    public string Code => error.Code;

    [Description("A sentence that says what to do.")]
    public string Message => error.Message;

    [Description("'address', 'displayName', 'aliases' or 'groups'.")]
    public string Field => error.Field;
}
