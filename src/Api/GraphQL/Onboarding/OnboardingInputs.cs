using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Onboarding.Mailboxes;

namespace Platform.Api.GraphQL.Onboarding;

[Description("Input of addDomain.")]
internal sealed record AddDomainInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Name of the domain.")]
    public required string Name { get; init; }
}

[Description("Input of checkDomain.")]
internal sealed record CheckDomainInput : MutationInput
{
    [Id]
    [Description("The claim to look for.")]
    public required string ClaimId { get; init; }
}

[Description("Input of withdrawDomainClaim.")]
internal sealed record WithdrawDomainClaimInput : MutationInput
{
    [Id]
    [Description("The claim to take back.")]
    public required string ClaimId { get; init; }
}

[Description("Input of startFlowCheck.")]
internal sealed record StartFlowCheckInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Address of the mailbox that the test mail goes to; by default the tenant's first.")]
    public string? Address { get; init; }
}

[Description("Input of importMailboxes.")]
internal sealed record ImportMailboxesInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("CSV whose first line names the columns: address, displayName, aliases, groups. Several values in one cell have semicolons between.")]
    public required string Csv { get; init; }

    [Description("What it changes.")]
    public required MailboxImportMode Mode { get; init; }
}

[Description("Input of setTenantPlan.")]
internal sealed record SetTenantPlanInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("What it may have; left out, nothing is limited.")]
    public TenantPlanInput? Plan { get; init; }
}

[Description("What a tenant may have. What is left out is not limited; limits are from 0 to 1,000,000.")]
internal sealed record TenantPlanInput
{
    [Description("Name of the plan for people.")]
    public required string Name { get; init; }

    [Description("Mailboxes.")]
    public int? Mailboxes { get; init; }

    [Description("Domains, open claims among them.")]
    public int? Domains { get; init; }

    [Description("API clients.")]
    public int? ApiClients { get; init; }
}
