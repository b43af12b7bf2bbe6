using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Platform.Dns;
using Platform.Engine.Authentication.Dns;
using Platform.Grains.Bounces;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Maildir;
using Platform.Grains.Deliveries.Smtp;
using Platform.Grains.Imports;
using Platform.Grains.Inspection;
using Platform.Grains.Notices;
using Platform.Grains.Onboarding;
using Platform.Grains.Outgoing;
using Platform.Grains.Protection;
using Platform.Grains.Policy.Replays;
using Platform.Grains.Pressure;
using Platform.Grains.Quarantine;
using Platform.Grains.Retention;
using Platform.Grains.Sending;
using Platform.Grains.TenantExports;
using Platform.Grains.Tracking;
using Platform.Grains.Transport;
using Platform.Scanning;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;

namespace Platform.Grains;

public static class FlowServices
{
    /// <summary>
    /// What the edges call: <see cref="MessageInspector"/> and <see cref="IImports"/>. Needs the storage and an
    /// <see cref="IScannerPool"/>; an <see cref="ISenderHistory"/> registered before or after is used, else there is none.
    /// </summary>
    public static IServiceCollection AddPlatformFlow(this IServiceCollection services, FlowSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);

        services.TryAddSingleton<IProcessorTime>(_ => new ProcStat());
        services.AddSingleton<IntakePressure>();
        services.TryAddSingleton<ISenderHistory, NoSenderHistory>();
        services.AddSingleton<HistoryRecorder>();
        services.AddHostedService(s => s.GetRequiredService<HistoryRecorder>());
        services.AddSingleton<TenantPeople>();
        services.AddSingleton<RecipientCheck>();
        services.AddSingleton(s => new MessageInspector(
            s.GetRequiredService<IMessageFlow>(),
            s.GetRequiredService<IBodyStore>(),
            s.GetRequiredService<IRecipientDirectory>(),
            s.GetRequiredService<IScannerPool>(),
            s.GetRequiredService<ISenderHistory>(),
            s.GetRequiredService<HistoryRecorder>(),
            s.GetRequiredService<TenantPeople>(),
            s.GetRequiredService<ITenantLists>(),
            s.GetRequiredService<IRuleBook>(),
            s.GetRequiredService<IPolicyBook>(),
            s.GetRequiredService<IMailboxSenders>(),
            s.GetRequiredService<ISenderGroups>(),
            s.GetRequiredService<RecipientCheck>(),
            settings,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<MessageInspector>>()));

        services.AddSingleton<MaildirWriter>();
        services.AddSingleton<SmtpClient>();
        services.TryAddSingleton<IDnsResolver>(s => new PlatformResolver(settings.Dns, s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IMailExchangers, DnsMailExchangers>();
        services.AddSingleton<IBounceSender, BounceSender>();
        services.AddTransport();
        services.AddSingleton<NoticeWriter>();
        services.AddSingleton<RouteFinder>();
        services.AddSingleton<RouteGuard>();
        services.AddSingleton<IRouteRule>(s => s.GetRequiredService<RouteGuard>());
        services.AddSingleton<OutgoingForms>();
        services.AddSingleton<ITrackedCopies, TrackedCopies>();
        services.AddSingleton<DeliveryRelay>();

        services.TryAddSingleton<ISendGuard, NoSendGuard>();
        services.AddSystemMails();
        services.AddQuarantineMails();

        services.AddSingleton<ImportSignal>();
        services.AddSingleton<IImports, ImportService>();
        services.AddSingleton<ImportJobs>();
        services.AddSingleton<ImportEnvelope>();
        services.AddSingleton<ImportRun>();
        return services.AddRuleReplays(settings).AddTenantExports().AddDomainProofs().AddSendUses();
    }

    /// <summary><see cref="ITenantExports"/> alone, for a host without the rest of the flow.</summary>
    public static IServiceCollection AddTenantExports(this IServiceCollection services)
    {
        services.AddSingleton<TenantExportJobs>();
        services.AddSingleton<TenantBundle>();
        services.AddSingleton<ITenantExports, TenantExportService>();
        return services;
    }

    /// <summary><see cref="IRuleReplays"/> alone, for a host without the rest of the flow. Needs the storage.</summary>
    public static IServiceCollection AddRuleReplays(this IServiceCollection services, FlowSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(settings);
        services.TryAddSingleton<IProcessorTime>(_ => new ProcStat());
        services.TryAddSingleton<IntakePressure>();
        services.AddSingleton<ReplaySignal>();
        services.AddSingleton<ReplayJobs>();
        services.AddSingleton<IRuleReplays, ReplayService>();
        services.AddSingleton<ISendRuleTrials, SendRuleTrials>();
        return services;
    }

    /// <summary>The background work of <see cref="AddRuleReplays"/>.</summary>
    public static IServiceCollection AddRuleReplayWorker(this IServiceCollection services)
    {
        services.AddSingleton<ReplayWorker>();
        services.AddHostedService(s => s.GetRequiredService<ReplayWorker>());
        return services;
    }

    /// <summary>The background work of the role <c>worker</c>: scans, relay, imports. After <see cref="AddPlatformFlow"/>.</summary>
    public static IServiceCollection AddPlatformFlowWorkers(this IServiceCollection services)
    {
        services.AddSingleton<ScanWorker>();
        services.AddSingleton<RelayWorker>();
        services.AddSingleton<ImportWorker>();
        services.AddSingleton<StageWorker>();
        services.AddHostedService(s => s.GetRequiredService<ScanWorker>());
        services.AddHostedService(s => s.GetRequiredService<RelayWorker>());
        services.AddHostedService(s => s.GetRequiredService<ImportWorker>());
        services.AddHostedService(s => s.GetRequiredService<StageWorker>());
        return services.AddRuleReplayWorker().AddRetentionWorkers().AddQuarantineWorkers().AddOnboardingWorkers().AddTransportWorkers().AddHostedService<SendBlockWorker>();
    }

    /// <summary>What expires, is purged, taken out or deleted in the background.</summary>
    public static IServiceCollection AddRetentionWorkers(this IServiceCollection services)
    {
        services.AddSingleton<RetentionWorker>();
        services.AddHostedService(s => s.GetRequiredService<RetentionWorker>());
        services.AddHostedService<PurgeWorker>();
        services.AddHostedService<DepartureWorker>();
        services.AddSingleton<TenantExportWorker>();
        services.AddHostedService(s => s.GetRequiredService<TenantExportWorker>());
        return services;
    }
}
