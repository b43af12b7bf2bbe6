using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using Platform.Api.Rest.AuthPolicy;

namespace Platform.Api.Rest;

internal static class RestRoutes
{
    public static IServiceCollection AddPlatformRest(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        services.AddPlatformOpenApi();
        services.AddHealthChecks().AddCheck<StorageHealth>("storage", HealthStatus.Unhealthy, [HealthRoutes.ReadyTag]);
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Platform.*")
            .AddPrometheusExporter());
        services.AddSingleton<ScanRoute>();
        services.AddSingleton<ImportRoutes>();
        services.AddSingleton<MessageRoutes>();
        services.AddSingleton<EventRoutes>();
        services.AddSingleton<ProvisioningRoutes>();
        services.AddSingleton<ListRoutes>();
        services.AddSingleton<AuditRoutes>();
        services.AddSingleton<TenantExportRoutes>();
        services.AddSingleton<GroupRoutes>();
        services.AddSingleton<PolicyRoutes>();
        services.AddSingleton<WebhookRoutes>();
        services.AddSingleton<AccountRoutes>();
        services.AddSingleton<ReportRoutes>();
        services.AddSingleton<TenantRoutes>();
        services.AddSingleton<DomainClaimRoutes>();
        services.AddSingleton<MailboxListRoutes>();
        services.AddSingleton<FlowCheckRoutes>();
        services.AddSingleton<LoginPolicy>().AddSingleton<AuthPolicyRoutes>().AddSingleton<BasicCaller>();
        return services;
    }

    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1");
        ScanRoute.Map(v1);
        ImportRoutes.Map(v1);
        MessageRoutes.Map(v1);
        EventRoutes.Map(v1);
        ProvisioningRoutes.Map(v1);
        ListRoutes.Map(v1);
        AuditRoutes.Map(v1);
        TenantExportRoutes.Map(v1);
        ReceiptRoutes.Map(v1);
        GroupRoutes.Map(v1);
        PolicyRoutes.Map(v1);
        WebhookRoutes.Map(v1);
        AccountRoutes.Map(v1);
        ReportRoutes.Map(v1);
        TenantRoutes.Map(v1);
        DomainClaimRoutes.Map(v1);
        MailboxListRoutes.Map(v1);
        FlowCheckRoutes.Map(v1);
        AuthPolicyRoutes.Map(v1);
        HealthRoutes.Map(routes);
        OpenApiDocument.Map(routes);
    }
}
