using System.Text.Encodings.Web;
using System.Text.Unicode;
using GraphQL;
using GraphQL.Execution;
using Platform.Api.GraphQL.Accounts;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Groups;
using Platform.Api.GraphQL.Lists;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.NextHops;
using Platform.Api.GraphQL.Outgoing;
using Platform.Api.GraphQL.Protection;
using Platform.Api.GraphQL.Push;
using Platform.Api.GraphQL.Quarantine;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Schema;
using Platform.Api.GraphQL.Subscriptions;
using Platform.Api.GraphQL.Tracking;
using Platform.Api.GraphQL.Transport;
using Platform.Api.GraphQL.Transport.Live;

namespace Platform.Api.GraphQL;

internal static class GraphQLServices
{
    /// <summary>How many rows a list within a list is taken to have; docs/api.md says what was counted.</summary>
    private const int ListMultiplier = 5;

    public static IServiceCollection AddPlatformGraphQL(this IServiceCollection services)
    {
        services.AddSingleton<ResolverFailures>();
        services.AddSingleton<GraphQLEndpoint>();
        services.AddSingleton<PersistedDocuments>();
        services.AddSingleton<IDocumentBuilder, BoundedDocuments>();
        services.AddSingleton<LiveEndpoint>().AddSingleton<LiveConnectionServices>().AddSingleton<LiveOperations>().AddSingleton<LiveSignIn>().AddSingleton<EventStreamEndpoint>();
        services.AddScoped<SubscriptionFlow>().AddScoped<LiveScope>();
        foreach (var area in SchemaAreas.All)
            services.AddScoped(area);
        services.AddScoped<WebhookLoaders>();
        services.AddScoped<MessageLoaders>();
        services.AddScoped<ProtectionLoaders>();
        services.AddScoped<TenantLoaders>();
        services.AddScoped<MailboxLoaders>();
        services.AddScoped<TransportLoaders>();
        services.AddScoped<PolicyLoaders>();
        services.AddScoped<GroupLoaders>();
        services.AddScoped<MutationRunner>();
        services.AddScoped<RuleOwnerRunner>();
        services.AddScoped<SentMailRunner>();
        services.AddScoped<MessageSender>();
        services.AddScoped<RightsLoader>();
        services.AddScoped<ReadLoader>();
        services.AddScoped<AccountLoaders>();

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
