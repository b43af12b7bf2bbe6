using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Platform.Scanning;

public static class ScannerPoolRegistration
{
    /// <summary>
    /// Registers the pool of scanner processes as <see cref="IScannerPool"/>, set by section <c>Scanner</c> and, for what all rooms
    /// share of domains (<see cref="ScannerPoolOptions.PublicSuffixList"/>), by section <c>Domains</c>;
    /// started and stopped with the host. Refuses to start in Production when poison is let in.
    /// </summary>
    public static IServiceCollection AddScannerPool(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ScannerPoolOptions>()
            .Bind(configuration.GetSection(ScannerPoolOptions.Section))
            .Bind(configuration.GetSection("Domains"))
            .Validate<IHostEnvironment>(
                static (options, environment) => !(options.PoisonForTests && environment.IsProduction()),
                "Scanner:PoisonForTests lets a mail harm its scanner process; it is refused in Production.")
            .ValidateOnStart();
        services.AddSingleton<ScannerPool>();
        services.AddSingleton<IScannerPool>(static provider => provider.GetRequiredService<ScannerPool>());
        services.AddHostedService(static provider => provider.GetRequiredService<ScannerPool>());
        return services;
    }
}
