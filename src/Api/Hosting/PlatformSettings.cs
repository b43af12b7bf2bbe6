using System.Net;
using Platform.Api.Edge;

namespace Platform.Api.Hosting;

/// <summary>All settings of the executable, read once at start. Names as in docs/settings.md.</summary>
internal sealed record PlatformSettings
{
    public required string DataDirectory { get; init; }
    public required ListenAddress Http { get; init; }

    /// <summary>PEM certificate and key of HTTPS; needed where <see cref="Http"/> says https.</summary>
    public required string? HttpCertificate { get; init; }
    public required string? HttpCertificateKey { get; init; }

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: TLS may end there.</summary>
    public required IReadOnlyList<IPNetwork> HttpTrustedProxies { get; init; }

    /// <summary>The address people and programs use, under which tokens are issued; null: the one each request was sent to.</summary>
    public required Uri? HttpPublicAddress { get; init; }

    public required ListenAddress SmtpInbound { get; init; }

    /// <summary>For mail going out, with STARTTLS and a login; null: there is no such listener.</summary>
    public required ListenAddress? SmtpSubmission { get; init; }

    /// <summary>The same with TLS from the first byte (RFC 8314); null: there is no such listener.</summary>
    public required ListenAddress? SmtpSubmissionTls { get; init; }
    public required string Hostname { get; init; }

    /// <summary>PEM certificate and key of STARTTLS; null in Development, where one is made.</summary>
    public required string? SmtpCertificate { get; init; }
    public required string? SmtpCertificateKey { get; init; }
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }
    public required IReadOnlyList<IPNetwork> TrustedXclient { get; init; }
    public required Roles Roles { get; init; }

    /// <summary>Under which the other processes of the cluster reach this one; null: this process is the whole cluster.</summary>
    public required IPAddress? ClusterAddress { get; init; }

    /// <summary>0: a free one.</summary>
    public required int ClusterPort { get; init; }

    /// <summary>How long a session waits for a verdict when policy may reject.</summary>
    public required TimeSpan SessionScanWait { get; init; }

    /// <summary>One attempt of a delivery, up to the end of the content.</summary>
    public required TimeSpan RelayAttempt { get; init; }
    public required long MaxMessageBytes { get; init; }
    public required int MaxConnections { get; init; }
    public required int MaxConnectionsPerAddress { get; init; }

    /// <summary>Requests a minute; more get 429.</summary>
    public required RateLimitSettings RateLimits { get; init; }

    /// <summary>Names this installation in trace fields; the same on all its hosts.</summary>
    public required string PlatformId { get; init; }

    /// <summary>Where mail to &lt;postmaster&gt; without a domain goes (RFC 5321, 4.5.1); null refuses it.</summary>
    public required string? Postmaster { get; init; }

    /// <summary>Inside networks in which the host of a tenant's route may lie.</summary>
    public required IReadOnlyList<IPNetwork> RouteNetworks { get; init; }

    /// <summary>Demo tenants, clients and mails; only ever in Development.</summary>
    public required bool Demo { get; init; }

    public static PlatformSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var development = environment.IsDevelopment();
        var demo = development && !string.Equals(configuration["Demo"], "false", StringComparison.OrdinalIgnoreCase);
        var hostname = configuration["Smtp:Hostname"] ?? (development ? "mx.platform.test" : System.Net.Dns.GetHostName());
        RefuseWhatIsNotThere(configuration);
        var data = Path.GetFullPath(configuration["Data:Directory"] ?? "data");
        return new PlatformSettings
        {
            DataDirectory = data,
            Http = ListenHttp(),
            HttpCertificate = configuration["Http:Certificate"],
            HttpCertificateKey = configuration["Http:CertificateKey"],
            HttpTrustedProxies = Networks("Http:TrustedProxies", "127.0.0.0/8 ::1/128"),
            HttpPublicAddress = PublicAddress(configuration["Http:PublicAddress"]),
            SmtpInbound = Listen("Smtp:Inbound", development ? "127.0.0.1:2525" : ":2525"),
            SmtpSubmission = ListenIf("Smtp:Submission", development ? "127.0.0.1:2587" : ":2587"),
            SmtpSubmissionTls = ListenIf("Smtp:SubmissionTls", "off"),
            Hostname = hostname,
            SmtpCertificate = configuration["Smtp:Certificate"],
            SmtpCertificateKey = configuration["Smtp:CertificateKey"],
            TrustedProxies = Networks("Smtp:TrustedProxies", ""),
            TrustedXclient = Networks("Smtp:TrustedXclient", development ? "127.0.0.0/8 ::1/128" : ""),
            RouteNetworks = Networks("Relay:RouteNetworks", development ? "127.0.0.0/8 ::1/128 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7" : ""),
            Roles = ReadRoles(configuration["Roles"]),
            ClusterAddress = Address("Cluster:Address"),
            ClusterPort = (int)Number("Cluster:Port", 0, 0, 65_535),
            RelayAttempt = TimeSpan.FromSeconds(Number("Relay:AttemptSeconds", 600, 60, 3_600)),
            SessionScanWait = TimeSpan.FromSeconds(Number("Smtp:SessionScanWaitSeconds", 20, 1, 300)),
            MaxConnections = (int)Number("Smtp:MaxConnections", 1_000, 1, 100_000),
            MaxConnectionsPerAddress = (int)Number("Smtp:MaxConnectionsPerAddress", 50, 1, 100_000),
            RateLimits = new RateLimitSettings((int)Number("Http:ClientPerMinute", 6_000, 60, 10_000_000), (int)Number("Http:AddressPerMinute", 300, 30, 10_000_000)),
            PlatformId = configuration["Platform:Id"] ?? hostname,
            MaxMessageBytes = Number("Smtp:MaxMessageBytes", 50L * 1024 * 1024, 64 * 1024, 1L << 31),
            Postmaster = configuration["Smtp:Postmaster"] ?? (demo ? "admin@acme.test" : null),
            Demo = demo,
        };

        ListenAddress ListenHttp()
        {
            var address = Listen("Http:Listen", "http://localhost:5080");
            return !address.Secure || configuration["Http:Certificate"] is { Length: > 0 }
                ? address
                : throw new SettingsException("Http:Certificate is missing. Http:Listen says https: name the PEM file of its certificate, and its key in Http:CertificateKey.");
        }

        ListenAddress? ListenIf(string name, string fallback) => (configuration[name] ?? fallback) is "off" or "" ? null : Listen(name, fallback);

        ListenAddress Listen(string name, string fallback) => ListenAddress.Parse(name, configuration[name] ?? fallback);

        IReadOnlyList<IPNetwork> Networks(string name, string fallback) =>
            [.. (configuration[name] ?? fallback).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(text =>
                IPNetwork.TryParse(text, out var network)
                    ? network
                    : throw new SettingsException($"{name} holds '{text}', which is no network. Write each as address/prefix, for example 192.0.2.0/24."))];

        IPAddress? Address(string name) => configuration[name] is not { Length: > 0 } text
            ? null
            : IPAddress.TryParse(text, out var address) ? address : throw new SettingsException($"{name} is '{text}', which is no address. Write it as 192.0.2.1.");

        long Number(string name, long fallback, long least, long most)
        {
            var text = configuration[name];
            if (text is null)
                return fallback;
            return long.TryParse(text, out var value) && value >= least && value <= most
                ? value
                : throw new SettingsException($"{name} is '{text}'; it must be a whole number from {least} to {most}.");
        }
    }

    // Whoever names another store must not find the mail kept in this one.
    private static void RefuseWhatIsNotThere(IConfiguration configuration)
    {
        foreach (var (name, known) in (ReadOnlySpan<(string, string)>)[("Search:Provider", "embedded"), ("Blobs:Provider", "files")])
            if (configuration[name] is { Length: > 0 } value && !string.Equals(value, known, StringComparison.OrdinalIgnoreCase))
                throw new SettingsException($"{name} is '{value}'; this version knows only '{known}'.");
    }

    private static Uri? PublicAddress(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingsException($"Http:PublicAddress is '{text}'. Write it as https://name/.");
    }

    private static Roles ReadRoles(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Roles.All;
        var roles = Roles.None;
        foreach (var name in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            roles |= Enum.TryParse<Roles>(name, ignoreCase: true, out var role) && !int.TryParse(name, out _)
                ? role
                : throw new SettingsException($"Roles holds '{name}'. Known roles are web, smtp, worker, silo and portal.");
        return roles;
    }
}

/// <summary>What one process does; all of it by default (OPS1).</summary>
[Flags]
internal enum Roles
{
    None = 0,
    Web = 1,
    Smtp = 2,
    Worker = 4,
    Silo = 8,
    Portal = 16,
    All = Web | Smtp | Worker | Silo | Portal,
}
