using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;

namespace Platform.Feeds.Hosting;

public static class FeedRegistration
{
    /// <summary>Registers antivirus, feeds and lists as <see cref="IFeeds"/>, refreshed in the background of the host.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, FeedSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new FeedRoom(
            settings, provider.GetService<IDnsResolver>(), online: true, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FeedRoom>>()));
        services.AddSingleton<IFeeds>(provider => provider.GetRequiredService<FeedRoom>());
        services.AddHostedService<FeedRefresher>();
        return services;
    }

    /// <summary>Reads the sections <c>Feeds</c> and <c>Antivirus</c>.</summary>
    /// <param name="folder">Where copies of feeds are kept; null: nowhere.</param>
    /// <exception cref="InvalidOperationException">A value is of the wrong type; the message names it.</exception>
    public static FeedSettings Read(IConfiguration configuration, string? folder)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = configuration.GetSection(FeedSettings.Section).Get<FeedSettings>() ?? new FeedSettings();
        return settings with
        {
            Antivirus = configuration.GetSection(AntivirusSettings.Section).Get<AntivirusSettings>() ?? new AntivirusSettings(),
            Folder = folder,
        };
    }
}

/// <summary>Keeps the feeds fresh while the host runs.</summary>
internal sealed class FeedRefresher(FeedRoom room) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await room.RunAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends.
        }
    }
}
