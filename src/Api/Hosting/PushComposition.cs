using System.Globalization;
using System.Net;
using Platform.Grains.Egress;
using Platform.Grains.Onboarding;
using Platform.Grains.Push;
using Platform.Grains.Push.Syslog;

namespace Platform.Api.Hosting;

/// <summary>Pushing events to customers, set from the settings of the executable.</summary>
internal static class PushComposition
{
    private const string Section = "Push";

    /// <summary>Leases outlast a request, its connection and the writing of how it ended.</summary>
    private const int LeasesPerTimeout = 3;

    public static IServiceCollection AddPush(this IServiceCollection services, IConfiguration configuration, PlatformSettings settings, bool development)
    {
        services.AddPush(Read(configuration.GetSection(Section), settings.Hostname, development)).AddLdapDirectories();
        if (settings.Roles.HasFlag(Roles.Worker))
            services.AddPushWorkers().AddLdapWorker();
        return services;
    }

    internal static PushSettings Read(IConfiguration section, string hostname, bool development)
    {
        var defaults = new WebhookSettings();
        var timeout = Seconds(section, "WebhookTimeoutSeconds", defaults.Timeout, 1, 60);
        return new PushSettings
        {
            Egress = new EgressSettings
            {
                Networks = Networks(section, development ? "127.0.0.0/8 ::1/128 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7" : ""),
                AllowPlainHttp = Flag(section, "AllowPlainHttp", development),
            },
            Syslog = new SyslogSettings { Hostname = hostname },
            Webhooks = defaults with { Timeout = timeout, Lease = timeout * LeasesPerTimeout, Backoff = Backoff(section) ?? defaults.Backoff },
        };
    }

    private static IPNetwork[] Networks(IConfiguration section, string fallback) =>
        [.. (section["Networks"] ?? fallback).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new SettingsException($"{Section}:Networks holds '{text}', which is no network. Write each as address/prefix, for example 192.0.2.0/24."))];

    private static bool Flag(IConfiguration section, string name, bool fallback) => section[name] is not { Length: > 0 } text
        ? fallback
        : bool.TryParse(text, out var flag) ? flag : throw new SettingsException($"{Section}:{name} is '{text}'. Write true or false.");

    private static TimeSpan Seconds(IConfiguration section, string name, TimeSpan fallback, double least, double most) => section[name] is not { Length: > 0 } text
        ? fallback
        : Number(text) is { } seconds && seconds >= least && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
            : throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"{Section}:{name} is '{text}'; it must be from {least} to {most}."));

    private static TimeSpan[]? Backoff(IConfiguration section)
    {
        const string name = "WebhookBackoffSeconds";
        if (section[name] is not { Length: > 0 } text)
            return null;
        var steps = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray();
        return steps.Length is > 0 and <= 30 && Array.TrueForAll(steps, step => step is > 0 and <= 604_800)
            ? [.. steps.Select(step => TimeSpan.FromSeconds(step!.Value))]
            : throw new SettingsException($"{Section}:{name} is '{text}'. Write the waits between tries in seconds, at most 30, for example '5 300 1800'.");
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
