using Platform.Grains;
using Platform.Scanning;

namespace Platform.Api.Hosting;

/// <summary>The flow after acceptance, set from the settings of the executable.</summary>
internal static class FlowComposition
{
    public static IServiceCollection AddFlow(this IServiceCollection services, IConfiguration configuration, PlatformSettings settings)
    {
        var scanners = configuration.GetSection(ScannerPoolOptions.Section).Get<ScannerPoolOptions>() ?? new ScannerPoolOptions();
        services.AddPlatformFlow(new FlowSettings
        {
            DataDirectory = settings.DataDirectory,
            Hostname = settings.Hostname,
            PlatformId = settings.PlatformId,
            Inspection = new InspectionSettings
            {
                Concurrency = scanners.Size,
                // What no scanner takes is held for a person; it would else wait for one for ever.
                MaxMessageBytes = Math.Min(settings.MaxMessageBytes, scanners.MaxMessageBytes),
                // Three deadlines: the wait for a free process, the scan, and the reading of a journal report before it.
                Lease = scanners.Deadline * 3,
            },
            Relay = new RelaySettings
            {
                SmartHost = configuration["Relay:SmartHost"],
                DnsServers = (configuration["Dns:Servers"] ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
            },
            Imports = new ImportSettings { MaxMessageBytes = settings.MaxMessageBytes },
        });
        if (settings.Roles.HasFlag(Roles.Worker))
            services.AddPlatformFlowWorkers();
        return services;
    }
}
