using Platform.Api.GraphQL.Accounts;
using Platform.Api.GraphQL.Approvals;
using Platform.Api.GraphQL.Audit;
using Platform.Api.GraphQL.Clients;
using Platform.Api.GraphQL.Connectors;
using Platform.Api.GraphQL.ContentAccess;
using Platform.Api.GraphQL.Deliveries;
using Platform.Api.GraphQL.Departures;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Events;
using Platform.Api.GraphQL.Groups;
using Platform.Api.GraphQL.Holds;
using Platform.Api.GraphQL.Imports;
using Platform.Api.GraphQL.Lists;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.NextHops;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Onboarding;
using Platform.Api.GraphQL.Outgoing;
using Platform.Api.GraphQL.Policy;
using Platform.Api.GraphQL.Protection;
using Platform.Api.GraphQL.Purges;
using Platform.Api.GraphQL.Push;
using Platform.Api.GraphQL.Quarantine;
using Platform.Api.GraphQL.Reports;
using Platform.Api.GraphQL.Retention;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Sending;
using Platform.Api.GraphQL.SendRules;
using Platform.Api.GraphQL.SignIn;
using Platform.Api.GraphQL.Submission;
using Platform.Api.GraphQL.Subscriptions;
using Platform.Api.GraphQL.Support;
using Platform.Api.GraphQL.Templates;
using Platform.Api.GraphQL.TenantExports;
using Platform.Api.GraphQL.Viewer;
using Platform.Api.GraphQL.Whence;

namespace Platform.Api.GraphQL.Schema;

/// <summary>The classes whose members are the root fields, in the order of the schema; each is a service of the request.</summary>
internal static class SchemaAreas
{
    public static IReadOnlyList<Type> Queries { get; } =
    [
        typeof(ViewerQueries),
        typeof(NodeQueries),
        typeof(MessageQueries),
        typeof(EventQueries),
        typeof(DirectoryQueries),
        typeof(OnboardingQueries),
        typeof(GroupQueries),
        typeof(PolicyQueries),
        typeof(TemplateQueries),
        typeof(ListQueries),
        typeof(RuleQueries),
        typeof(QuarantineQueries),
        typeof(OutgoingQueries),
        typeof(AttackerQueries),
        typeof(SendRuleQueries),
        typeof(ApprovalQueries),
        typeof(ReportQueries),
        typeof(ImportQueries),
        typeof(AuditQueries),
        typeof(RetentionQueries),
        typeof(HoldQueries),
        typeof(PurgeQueries),
        typeof(ContentAccessQueries),
        typeof(TenantExportQueries),
        typeof(TenantDeletionQueries),
        typeof(WebhookQueries),
        typeof(SyslogQueries),
        typeof(AccountQueries),
        typeof(SignInQueries),
        typeof(ProvisioningQueries),
        typeof(AppPasswordQueries),
        typeof(SendingQueries),
        typeof(NextHopQueries),
        typeof(AccessQueries),
        typeof(ConnectorQueries),
        typeof(SupportQueries),
        typeof(ClientQueries),
    ];

    public static IReadOnlyList<Type> Mutations { get; } =
    [
        typeof(DeliveryMutations),
        typeof(QuarantineMutations),
        typeof(OutgoingMutations),
        typeof(AttackerMutations),
        typeof(ProtectionMutations),
        typeof(SendRuleMutations),
        typeof(ApprovalMutations),
        typeof(ReportMutations),
        typeof(DirectoryMutations),
        typeof(OnboardingMutations),
        typeof(LdapMutations),
        typeof(GroupMutations),
        typeof(PolicyMutations),
        typeof(TemplateMutations),
        typeof(ListMutations),
        typeof(RuleMutations),
        typeof(ReplayMutations),
        typeof(RetentionMutations),
        typeof(HoldMutations),
        typeof(PurgeMutations),
        typeof(ContentAccessMutations),
        typeof(TenantExportMutations),
        typeof(TenantDeletionMutations),
        typeof(WebhookMutations),
        typeof(SyslogMutations),
        typeof(AccountMutations),
        typeof(RoleMutations),
        typeof(SignInMutations),
        typeof(ProvisioningMutations),
        typeof(AppPasswordMutations),
        typeof(SendingMutations),
        typeof(NextHopMutations),
        typeof(AccessMutations),
        typeof(ConnectorMutations),
        typeof(SupportMutations),
        typeof(ClientMutations),
        typeof(ClientKeyMutations),
    ];

    public static IReadOnlyList<Type> Subscriptions { get; } = [typeof(SubscriptionFields)];

    public static IEnumerable<Type> All => [.. Queries, .. Mutations, .. Subscriptions];
}
