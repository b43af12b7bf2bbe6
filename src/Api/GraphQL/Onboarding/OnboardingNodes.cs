using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Onboarding.Guides;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Onboarding;

[Named("Onboarding")]
[Requires(Permissions.DirectoryRead)]
[Description("How far a tenant is on its way in.")]
internal sealed class OnboardingNode(
    Guid tenantId, DateTimeOffset? readyAt, IReadOnlyList<DomainClaimNode> claims, IReadOnlyList<FlowCheckNode> checks, LdapDirectoryNode? directory, PlanUsage usage)
{
    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, tenantId);

    [Description("When its first test mail came through to a mailbox of a proven domain; null before.")]
    public DateTimeOffset? ReadyAt => readyAt;

    [Description("Its claims to domains, proven ones among them, by name.")]
    public IReadOnlyList<DomainClaimNode> DomainClaims => claims;

    [Description("Its checks of mail flow, newest first, at most 20.")]
    public IReadOnlyList<FlowCheckNode> FlowChecks => checks;

    [Description("Its own directory, from which mailboxes and groups are kept; null: it has none.")]
    public LdapDirectoryNode? LdapDirectory => directory;

    [Description("What it may have; null: nothing is limited.")]
    public TenantPlanNode? Plan => usage.Plan is { } plan ? new TenantPlanNode(plan) : null;

    [Description("Mailboxes that it has.")]
    public int MailboxCount => usage.Mailboxes;

    [Description("Domains that it has, open claims among them.")]
    public int DomainCount => usage.Domains;
}

[Named("TenantPlan")]
[Requires(Permissions.DirectoryRead)]
[Description("What a tenant may have. Null: as many as it wants.")]
internal sealed class TenantPlanNode(TenantPlan plan)
{
    [Description("Name of the plan for people.")]
    public string Name => plan.Name;

    [Description("Mailboxes.")]
    public int? Mailboxes => plan.Mailboxes;

    [Description("Domains, open claims among them.")]
    public int? Domains => plan.Domains;

    [Description("API clients.")]
    public int? ApiClients => plan.ApiClients;
}

[Named("MailFlowGuide")]
[Requires(Permissions.DirectoryRead)]
[Description("How a mail system is put behind the inspection, filled with a tenant's values.")]
internal sealed class MailFlowGuideNode(MailFlowGuide guide)
{
    [Description("Title for people.")]
    public string Title => guide.Title;

    [Description("DNS records to publish.")]
    public IReadOnlyList<GuideRecordNode> Records => [.. guide.Records.Select(record => new GuideRecordNode(record))];

    [Description("What to do, in order.")]
    public IReadOnlyList<string> Steps => guide.Steps;
}

[Named("GuideRecord")]
[Requires(Permissions.DirectoryRead)]
[Description("A DNS record to publish.")]
internal sealed class GuideRecordNode(GuideRecord record)
{
    [Description("Such as 'MX'.")]
    public string Type => record.Type;

    [Description("Name of the record.")]
    public string Name => record.Name;

    [Description("What it holds.")]
    public string Value => record.Value;

    [Description("What it is for.")]
    public string Purpose => record.Purpose;
}
