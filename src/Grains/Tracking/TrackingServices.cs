using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Platform.Grains.Tracking;

public static class TrackingServices
{
    /// <summary><see cref="IReadTracking"/> for the edges. Needs the storage; opens are graded where there is a silo.</summary>
    public static IServiceCollection AddReadTracking(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OpenQueue>();
        services.AddSingleton<IReadTracking, ReadTracking>();
        services.AddHostedService<OpenWriter>();
        return services;
    }

    /// <summary>Grades opens. Needs the storage and a silo.</summary>
    public static IServiceCollection AddOpenGrading(this IServiceCollection services) => services.AddHostedService<OpenGrader>();
}
