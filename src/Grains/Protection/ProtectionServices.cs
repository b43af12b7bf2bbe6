using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Platform.Grains.Protection;

public static class ProtectionServices
{
    /// <summary>What the secure reader needs. Needs the storage, scanners and <see cref="FlowSettings"/>.</summary>
    public static IServiceCollection AddProtectedReader(this IServiceCollection services)
    {
        services.TryAddSingleton<IProtectedContent, ProtectedContent>();
        services.TryAddSingleton<IReaderReplies, ReaderReplies>();
        return services;
    }
}
