using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Platform.Grains.Egress;

public static class EgressServices
{
    /// <summary>The one way to addresses that customers name.</summary>
    public static IServiceCollection AddEgress(this IServiceCollection services, EgressSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<EgressPolicy>();
        services.AddSingleton(s => new EgressConnector(s.GetRequiredService<EgressPolicy>(), s.GetRequiredService<EgressSettings>()));
        services.AddSingleton<EgressHttp>();
        services.AddSingleton<IOutsideHttp, OutsideHttp>();
        return services;
    }
}
