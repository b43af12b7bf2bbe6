using System.Text.Encodings.Web;
using System.Text.Unicode;
using GraphQL;
using GraphQL.Execution;
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
using Platform.Api.GraphQL.Schema;
using Platform.Api.GraphQL.Subscriptions;
using Platform.Api.GraphQL.Support;
using Platform.Api.GraphQL.Templates;
using Platform.Api.GraphQL.TenantExports;
using Platform.Api.GraphQL.Transport;
using Platform.Api.GraphQL.Transport.Live;
using Platform.Api.GraphQL.Viewer;

namespace Platform.Api.GraphQL;

internal static class GraphQLServices
{
    /// <summary>How many rows a list within a list is taken to have; docs/api.md says what was counted.</summary>
    private const int ListMultiplier = 5;

    public static IServiceCollection AddPlatformGraphQL(this IServiceCollection services)
    {
        services.AddSingleton<ResolverFailures>();
        services.AddSingleton<GraphQLEndpoint>();
        services.AddSingleton<PersistedDocuments>().AddSingleton<LiveEndpoint>().AddSingleton<LiveConnectionServices>().AddSingleton<LiveOperations>().AddSingleton<LiveSignIn>().AddSingleton<EventStreamEndpoint>();
        services.AddScoped<SubscriptionFields>().AddScoped<SubscriptionFlow>().AddScoped<LiveScope>();
        services.AddSingleton<IDocumentBuilder, BoundedDocuments>();
        services.AddScoped<ViewerQueries>().AddScoped<NodeQueries>().AddScoped<MessageQueries>().AddScoped<EventQueries>()
            .AddScoped<DirectoryQueries>().AddScoped<GroupQueries>().AddScoped<TemplateQueries>().AddScoped<PolicyQueries>().AddScoped<RuleQueries>().AddScoped<ListQueries>().AddScoped<ImportQueries>().AddScoped<AuditQueries>().AddScoped<ClientQueries>();
        services.AddScoped<DeliveryMutations>().AddScoped<DirectoryMutations>().AddScoped<GroupMutations>().AddScoped<TemplateMutations>().AddScoped<PolicyMutations>().AddScoped<RuleMutations>().AddScoped<ReplayMutations>().AddScoped<ListMutations>().AddScoped<ClientMutations>().AddScoped<ClientKeyMutations>();
        services.AddScoped<RetentionQueries>().AddScoped<HoldQueries>().AddScoped<PurgeQueries>().AddScoped<ContentAccessQueries>().AddScoped<TenantExportQueries>().AddScoped<TenantDeletionQueries>();
        services.AddScoped<RetentionMutations>().AddScoped<HoldMutations>().AddScoped<PurgeMutations>().AddScoped<ContentAccessMutations>().AddScoped<TenantExportMutations>().AddScoped<TenantDeletionMutations>();
        services.AddScoped<WebhookQueries>().AddScoped<WebhookMutations>().AddScoped<SyslogQueries>().AddScoped<SyslogMutations>().AddScoped<WebhookLoaders>();
        services.AddScoped<MessageLoaders>().AddScoped<TenantLoaders>().AddScoped<MailboxLoaders>().AddScoped<PolicyLoaders>().AddScoped<GroupLoaders>().AddScoped<MutationRunner>().AddScoped<MessageSender>();
        services.AddScoped<AccountQueries>().AddScoped<AccountMutations>().AddScoped<RoleMutations>().AddScoped<AccountLoaders>();
        services.AddScoped<SupportQueries>().AddScoped<SupportMutations>();

        services.AddGraphQL(builder => builder
            .AddSystemTextJson(json => json.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All))
            .AddErrorInfoProvider<GraphErrors>()
            .AddSchema<PlatformSchema>()
            .AddAutoClrMappings()
            .AddGraphTypes(typeof(PlatformSchema).Assembly)
            .AddValidationRule<OperationRule>()
            .AddValidationRule<IntrospectionRule>()
            .AddValidationRule<PermissionRule>()
            .AddComplexityAnalyzer(complexity =>
            {
                complexity.DefaultListImpactMultiplier = ListMultiplier;
                complexity.ValidateComplexityDelegate = DocumentCost.CheckAsync;
            })
            .ConfigureExecutionOptions(options =>
            {
                options.ThrowOnUnhandledException = false;
                options.MaxParallelExecutionCount = 8;
                var failures = options.RequestServices!.GetRequiredService<ResolverFailures>();
                options.UnhandledExceptionDelegate = context =>
                {
                    failures.Handle(context);
                    return Task.CompletedTask;
                };
            }));
        return services;
    }
}
