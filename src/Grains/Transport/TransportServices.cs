using Microsoft.Extensions.DependencyInjection;
using Platform.Grains.Transport.Dane;
using Platform.Grains.Transport.MtaSts;
using Platform.Grains.Transport.Policies;
using Platform.Grains.Transport.Reports;
using Platform.Grains.Transport.Signing;

namespace Platform.Grains.Transport;

internal static class TransportServices
{
    /// <summary>What the relay needs to reach the outside. Needs the storage, DNS and <see cref="FlowSettings"/>.</summary>
    public static IServiceCollection AddTransport(this IServiceCollection services)
    {
        services.AddSingleton<DaneLookup>();
        services.AddSingleton<TransportHttp>();
        services.AddSingleton<MtaStsFetch>();
        services.AddSingleton<MtaStsPolicies>();
        services.AddSingleton<TransportPlanner>();
        services.AddSingleton<OutgoingSigner>();
        return services;
    }

    /// <summary>The background work: keys that sign, reports on TLS. After <see cref="AddTransport"/>.</summary>
    public static IServiceCollection AddTransportWorkers(this IServiceCollection services)
    {
        services.AddSingleton<DkimKeyWorker>();
        services.AddHostedService(s => s.GetRequiredService<DkimKeyWorker>());
        services.AddSingleton<TlsReportRun>();
        services.AddSingleton<TlsReportWorker>();
        services.AddHostedService(s => s.GetRequiredService<TlsReportWorker>());
        return services;
    }
}
