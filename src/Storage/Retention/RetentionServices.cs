using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Storage.ContentAccess;
using Platform.Storage.Departures;
using Platform.Storage.Holds;
using Platform.Storage.Model;
using Platform.Storage.Purging;

namespace Platform.Storage.Retention;

internal static class RetentionServices
{
    /// <summary>How long things are kept, who may open them, and how they go.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSingleton(s =>
        {
            using var context = s.GetRequiredService<IPlatformDbSource>().OpenForSetup();
            return new ErasureTables(context.Model);
        });
        services.AddSingleton<PurgeSignal>();
        services.AddSingleton<MessageErasure>();
        services.TryAddSingleton<ISenderMemory, NoSenderMemory>();
        services.AddSingleton<IPurges, PurgeCommands>();
        services.AddSingleton<IPurgeCompletion, PurgeCompletion>();
        services.AddSingleton<IHoldCommands, HoldCommands>();
        services.AddSingleton<IRetentionRules, RetentionRulesStore>();
        services.AddSingleton<IRetentionRuns, RetentionRuns>();
        services.AddSingleton<IContentAccess, ContentAccessRoom>();
        services.AddSingleton<TenantErasure>();
        services.AddSingleton<ITenantDepartures, TenantDepartures>();
        return services;
    }
}
