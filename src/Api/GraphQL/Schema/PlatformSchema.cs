using GraphQL;
using GraphQL.Types;
using Platform.Api.GraphQL.Accounts;
using Platform.Api.GraphQL.Audit;
using Platform.Api.GraphQL.Clients;
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
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Policy;
using Platform.Api.GraphQL.Purges;
using Platform.Api.GraphQL.Push;
using Platform.Api.GraphQL.Retention;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Subscriptions;
using Platform.Api.GraphQL.Support;
using Platform.Api.GraphQL.Templates;
using Platform.Api.GraphQL.TenantExports;
using Platform.Api.GraphQL.Viewer;

namespace Platform.Api.GraphQL.Schema;

/// <summary>The whole schema; docs/graphql/schema.graphql is printed from it.</summary>
internal sealed class PlatformSchema : global::GraphQL.Types.Schema
{
    public PlatformSchema(IServiceProvider services)
        : base(services)
    {
        this.MapScalarsAndEnums();
        Query = new ObjectGraphType { Name = "Query", Description = "What can be asked. Every list is a connection with opaque cursors, newest first unless it says otherwise." }
            .With<ViewerQueries>()
            .With<NodeQueries>()
            .With<MessageQueries>()
            .With<EventQueries>()
            .With<DirectoryQueries>()
            .With<GroupQueries>()
            .With<PolicyQueries>()
            .With<TemplateQueries>()
            .With<ListQueries>()
            .With<RuleQueries>()
            .With<ImportQueries>()
            .With<AuditQueries>()
            .With<RetentionQueries>()
            .With<HoldQueries>()
            .With<PurgeQueries>()
            .With<ContentAccessQueries>()
            .With<TenantExportQueries>()
            .With<TenantDeletionQueries>()
            .With<WebhookQueries>()
            .With<SyslogQueries>()
            .With<AccountQueries>()
            .With<SupportQueries>()
            .With<ClientQueries>();
        Mutation = new ObjectGraphType { Name = "Mutation", Description = "What can be done. Each takes one input, echoes clientMutationId, acts once for one idempotencyKey, and tells what went wrong in errors." }
            .With<DeliveryMutations>()
            .With<DirectoryMutations>()
            .With<GroupMutations>()
            .With<PolicyMutations>()
            .With<TemplateMutations>()
            .With<ListMutations>()
            .With<RuleMutations>()
            .With<ReplayMutations>()
            .With<RetentionMutations>()
            .With<HoldMutations>()
            .With<PurgeMutations>()
            .With<ContentAccessMutations>()
            .With<TenantExportMutations>()
            .With<TenantDeletionMutations>()
            .With<WebhookMutations>()
            .With<SyslogMutations>()
            .With<AccountMutations>()
            .With<RoleMutations>()
            .With<SupportMutations>()
            .With<ClientMutations>()
            .With<ClientKeyMutations>();
        Subscription = new ObjectGraphType { Name = "Subscription", Description = "What can be followed, over WebSocket (graphql-transport-ws) or server-sent events. Each ends with the token it was asked with." }
            .With<SubscriptionFields>();
        // What introspection tells is in memory already, and IntrospectionRule keeps it from nesting without end: the queries of common tools must fit what a person may spend.
        this.WithIntrospectionComplexityImpact(0.02);
    }
}
