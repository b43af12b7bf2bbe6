using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Grains.Outgoing;
using Platform.Grains.Reports;

namespace Platform.Grains.Quarantine;

public static class QuarantineMailServices
{
    /// <summary>Digests, and mails about held mail. Needs the storage and <see cref="FlowSettings"/>.</summary>
    public static IServiceCollection AddQuarantineMails(this IServiceCollection services)
    {
        services.AddHeldMailLinks();
        services.AddSingleton<DigestRun>();
        services.AddSingleton<SendingMails>();
        services.AddSingleton<OrderedMails>();
        services.AddSingleton<ReportMailRun>();
        services.AddSingleton<ITenantFeedback, TenantFeedback>();
        return services;
    }

    /// <summary><see cref="HeldMailLinks"/> alone, for the pages behind links.</summary>
    public static IServiceCollection AddHeldMailLinks(this IServiceCollection services)
    {
        services.TryAddSingleton<HeldMailLinks>();
        return services;
    }

    /// <summary>The background work of <see cref="AddQuarantineMails"/>.</summary>
    public static IServiceCollection AddQuarantineWorkers(this IServiceCollection services)
    {
        services.AddSingleton<MailOrderWorker>();
        services.AddHostedService(s => s.GetRequiredService<MailOrderWorker>());
        services.AddHostedService<DigestWorker>();
        services.AddHostedService<ReportMailWorker>();
        return services;
    }
}
