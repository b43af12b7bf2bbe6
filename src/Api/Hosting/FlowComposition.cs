using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Dns;
using Platform.Engine.Learning;
using Platform.Engine.Links;
using Platform.Feeds;
using Platform.Feeds.Hosting;
using Platform.Grains;
using Platform.Grains.Deliveries;
using Platform.Grains.Onboarding;
using Platform.Grains.Transport;
using Platform.Scanning;

namespace Platform.Api.Hosting;

/// <summary>The flow after acceptance, set from the settings of the executable.</summary>
internal static class FlowComposition
{
    public static IServiceCollection AddFlow(this IServiceCollection services, IConfiguration configuration, PlatformSettings settings)
    {
        var scanners = Scanners(configuration);
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
                Attempt = settings.RelayAttempt,
                SmartHost = SmartHost(configuration["Relay:SmartHost"]),
                RouteNetworks = settings.RouteNetworks,
                MaildirRoots = MaildirRoots(configuration["Relay:MaildirRoots"] ?? ""),
            },
            Imports = new ImportSettings { MaxMessageBytes = settings.MaxMessageBytes },
            Notices = Notices(configuration, settings),
            Dns = Dns(configuration),
            Onboarding = Onboarding(configuration, settings),
            Transport = new TransportSettings { SendsReports = Flag(configuration, "Transport:TlsReports", fallback: true) },
        });
        if (settings.Roles.HasFlag(Roles.Worker))
            services.AddPlatformFlowWorkers();
        return services;
    }

    private static DnsSettings Dns(IConfiguration configuration)
    {
        var dns = new DnsSettings { Servers = DnsServers(configuration["Dns:Servers"] ?? ""), IsValidating = Flag(configuration, "Dns:Validating", fallback: false) };
        return dns is { IsValidating: true, Servers.Count: 0 }
            ? throw new SettingsException("Dns:Validating is true, but Dns:Servers names nobody. Name the resolvers that validate, on this machine or in a network of your own.")
            : dns;
    }

    private static bool Flag(IConfiguration configuration, string name, bool fallback) => configuration[name] switch
    {
        null or "" => fallback,
        var text => bool.TryParse(text, out var value) ? value : throw new SettingsException($"{name} is '{text}'; it must be true or false."),
    };

    private static NoticeSettings Notices(IConfiguration configuration, PlatformSettings settings)
    {
        var address = configuration["Mails:FromAddress"];
        if (address is { Length: > 0 } && (address.Count(c => c == '@') != 1 || !System.Net.Mail.MailAddress.TryCreate(address, out _)))
            throw new SettingsException($"Mails:FromAddress is '{address}'. Write it as name@domain.");
        var name = configuration["Mails:FromName"] is { Length: > 0 } given ? given : "Mail Inspection";
        return new NoticeSettings
        {
            FromName = name,
            FromAddress = address is { Length: > 0 } ? address : null,
            Logo = configuration["Mails:Logo"] is { Length: > 0 } logo ? logo : name,
            PublicAddress = settings.HttpPublicAddress ?? PublicAddress(settings.Http),
        };
    }

    private static OnboardingSettings Onboarding(IConfiguration configuration, PlatformSettings settings)
    {
        var listener = configuration["Onboarding:TestListener"];
        return new OnboardingSettings
        {
            MailHosts = (configuration["Onboarding:MailHosts"] ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
            SpfInclude = configuration["Onboarding:SpfInclude"] is { Length: > 0 } include ? include : null,
            Listener = string.IsNullOrWhiteSpace(listener)
                ? settings.Roles.HasFlag(Roles.Smtp) && settings.SmtpInbound.Port != 0 ? Own(settings.SmtpInbound) : null
                : IPEndPoint.TryParse(listener, out var end) && end.Port != 0
                    ? end
                    : throw new SettingsException($"Onboarding:TestListener is '{listener}'. Write it as address:port, such as 192.0.2.25:2525."),
        };
    }

    private static IPEndPoint Own(ListenAddress listen) =>
        new(listen.Address is null || listen.Address.Equals(IPAddress.Any) || listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : listen.Address, listen.Port);

    private static Uri PublicAddress(ListenAddress listen) =>
        new($"{(listen.Secure ? "https" : "http")}://{(listen.Localhost || listen.Address is null ? "localhost" : new IPEndPoint(listen.Address, 0).ToString()[..^2])}:{listen.Port}/");

    /// <summary>Antivirus, feeds and lists, tried out here so that a wrong setting stops the start with its sentence.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, IConfiguration configuration, PlatformSettings settings)
    {
        try
        {
            var feeds = FeedRegistration.Read(configuration, Path.Combine(settings.DataDirectory, "feeds"));
            using var trial = new FeedRoom(feeds, resolver: null, online: false, TimeProvider.System, NullLogger.Instance);
            return trial.IsEmpty ? services : services.AddFeeds(feeds);
        }
        catch (Exception problem) when (problem is InvalidOperationException or FeedSettingsException)
        {
            throw new SettingsException(problem.Message, problem);
        }
    }

    private static ScannerPoolOptions Scanners(IConfiguration configuration)
    {
        try
        {
            var options = configuration.GetSection(ScannerPoolOptions.Section).Get<ScannerPoolOptions>() ?? new ScannerPoolOptions();
            options.Validate();
            return options with { PublicSuffixList = PublicSuffixList(configuration), Model = Model(options.Model) };
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException)
        {
            // The binder's sentence names the setting and its value, and so does the check's.
            throw new SettingsException(problem.Message, problem);
        }
    }

    // Read here for its sentence alone: each scanner process reads it for itself.
    private static string? PublicSuffixList(IConfiguration configuration)
    {
        var path = configuration["Domains:PublicSuffixList"];
        if (string.IsNullOrWhiteSpace(path))
            return null;
        try
        {
            PublicSuffixFile.Open(path);
            return path;
        }
        catch (PublicSuffixException problem)
        {
            throw new SettingsException($"Domains:PublicSuffixList: {problem.Message}", problem);
        }
    }

    // Likewise.
    private static string? Model(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
            return null;
        try
        {
            ModelFile.Open(path);
            return path;
        }
        catch (ModelException problem)
        {
            throw new SettingsException($"Scanner:Model: {problem.Message}", problem);
        }
    }

    private static string? SmartHost(string? text) =>
        string.IsNullOrWhiteSpace(text) || (text.StartsWith("smtp:", StringComparison.Ordinal) && DeliveryRoute.Parse(text, out _) is not null)
            ? text
            : throw new SettingsException($"Relay:SmartHost is '{text}'. Write it as smtp://host:port.");

    private static string[] MaildirRoots(string text)
    {
        var roots = text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(roots, root => !Path.IsPathFullyQualified(root)) is { } wrong
            ? throw new SettingsException($"Relay:MaildirRoots holds '{wrong}'. Write each folder in full, from the root on, with '{Path.PathSeparator}' between.")
            : roots;
    }

    internal static IPEndPoint[] DnsServers(string text) =>
        [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(server => DnsSettings.TryParseServer(server, out var parsed)
            ? parsed
            : throw new SettingsException($"Dns:Servers holds '{server}', which is no name server. Write each as address or address:port."))];
}
