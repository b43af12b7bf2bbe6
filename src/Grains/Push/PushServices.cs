using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Grains.Egress;
using Platform.Grains.Push.Syslog;
using Platform.Grains.Push.Webhooks;
using Platform.Storage.Push;

namespace Platform.Grains.Push;

public static class PushServices
{
    /// <summary>What says whereto events may be pushed. Needs the storage; before or after it.</summary>
    public static IServiceCollection AddPush(this IServiceCollection services, PushSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(settings);
        services.AddEgress(settings.Egress);
        services.Replace(ServiceDescriptor.Singleton<IPushAddressRule>(s => s.GetRequiredService<EgressPolicy>()));
        return services;
    }

    /// <summary>The background work: webhooks and syslog. After <see cref="AddPush"/>.</summary>
    public static IServiceCollection AddPushWorkers(this IServiceCollection services)
    {
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookWorker>();
        services.AddHostedService(s => s.GetRequiredService<WebhookWorker>());
        services.AddSingleton<SyslogStream>();
        services.AddSingleton<SyslogWorker>();
        services.AddHostedService(s => s.GetRequiredService<SyslogWorker>());
        return services;
    }
}
