using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Platform.Api.Demo;
using Platform.Api.Edge;
using Platform.Api.Identity;
using Platform.Api.Rest;
using Platform.Api.Smtp;
using Platform.Grains.Hosting;
using Platform.Grains.Tracking;
using Platform.Scanning;
using Platform.Storage.Setup;

namespace Platform.Api.Hosting;

/// <summary>Builds, starts and ends the one executable. What each part needs is registered by the part itself.</summary>
internal static class PlatformHost
{
    /// <summary>EX_CONFIG of sysexits: a supervisor should not restart what a setting keeps from starting.</summary>
    private const int ConfigurationError = 78;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await PrepareAsync(app);
            TryAddresses(app.Services.GetRequiredService<PlatformSettings>());
            await app.StartAsync();
            await StartedAsync(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception problem) when (IsOfTheSurroundings(problem))
        {
            await Console.Error.WriteLineAsync("The platform did not start. " + problem.Message);
            return ConfigurationError;
        }
    }

    /// <summary>Does a chore with everything prepared and nothing started; with SQLite the servers on the same folder must be stopped.</summary>
    public static async Task<int> RunPreparedAsync(string[] args, Func<IServiceProvider, CancellationToken, Task<int>> chore, TextWriter error, CancellationToken cancellationToken)
    {
        // What is no setting would be passed over, and the chore done elsewhere than was meant.
        if (args.FirstOrDefault(arg => !IsSetting(arg)) is { } unknown)
        {
            await error.WriteLineAsync($"Unknown option '{unknown}'. Settings are given as for the servers, such as --Data:Directory=FOLDER.");
            return ConfigurationError;
        }

        try
        {
            await using var app = Build(args);
            await PrepareAsync(app);
            return await chore(app.Services, cancellationToken);
        }
        catch (Exception problem) when (IsOfTheSurroundings(problem))
        {
            await error.WriteLineAsync(problem.Message);
            return ConfigurationError;
        }
    }

    // Settings without a section are named here; all others say where they belong.
    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal)
        && argument.Split('=', 2) is [var name, _]
        && (name.Contains(':', StringComparison.Ordinal) || name[2..].ToUpperInvariant() is "ENVIRONMENT" or "DEMO" or "ROLES");

    // Settings, keys, folders, addresses: what the one who starts it can put right, told in a sentence and not as a trace.
    private static bool IsOfTheSurroundings(Exception problem) => problem
        is SettingsException or StorageSetupException or MissingKeyException or OptionsValidationException
        or IOException or UnauthorizedAccessException;

    private static async Task PrepareAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        await app.Services.GetRequiredService<IStorageSetup>().PrepareAsync(stopping);
        await app.Services.GetRequiredService<IIdentitySetup>().PrepareAsync(stopping);
        if (app.Services.GetService<DemoSeed>() is { } seed)
            await seed.PrepareAsync(stopping);
        if (app.Services.GetService<DemoPeople>() is { } people)
            await people.PrepareAsync(stopping);
    }

    // Only now: until it left the data folder, the process before this one may listen there.
    private static void TryAddresses(PlatformSettings settings)
    {
        Listeners.EnsureFree("Http:Listen", settings.Http);
        if (settings.Roles.HasFlag(Roles.Smtp))
        {
            Listeners.EnsureFree("Smtp:Inbound", settings.SmtpInbound);
            foreach (var (name, address) in new[] { ("Smtp:Submission", settings.SmtpSubmission), ("Smtp:SubmissionTls", settings.SmtpSubmissionTls) })
            {
                if (address is not null)
                    Listeners.EnsureFree(name, address);
            }
        }
    }

    private static async Task StartedAsync(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<PlatformSettings>();
        var server = app.Services.GetRequiredService<IServer>();
        // In the order they were bound in, where the system chose the port.
        var http = Listeners.Bound(server, settings.Http, 0);
        var smtp = settings.Roles.HasFlag(Roles.Smtp) ? Listeners.Bound(server, settings.SmtpInbound, 1) : null;
        var submission = smtp is not null && settings.SmtpSubmission is { } address ? Listeners.Bound(server, address, 2) : null;
        if (smtp is not null && app.Services.GetService<DemoMailSeeder>() is { } mails)
            await mails.SendAsync(smtp, app.Lifetime.ApplicationStopping);
        app.Services.GetRequiredService<StartupHealth>().Complete();
        await StartupMessage.WriteAsync(Console.Out, settings, http, smtp, submission);
    }

    private static WebApplication Build(string[] args)
    {
        // Settings lie beside the program, whatever folder it is started from; data lies where it is started.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var development = builder.Environment.IsDevelopment();
        var settings = PlatformSettings.Read(builder.Configuration, builder.Environment);
        // One spelling of the folder for every part, whatever the working directory.
        builder.Configuration["Data:Directory"] = settings.DataDirectory;
        var storage = StorageSettings.Read(builder.Configuration, development);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));

        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPlatformStorage(storage);
        if (settings.Roles.HasFlag(Roles.Silo))
        {
            builder.AddPlatformSilo(new SiloSettings { Storage = storage, Clustered = settings.ClusterAddress is not null, Address = settings.ClusterAddress, Port = settings.ClusterPort });
            builder.Services.AddOpenGrading();
        }

        builder.Services.AddScannerPool(builder.Configuration);
        builder.Services.AddFeeds(builder.Configuration, settings);
        builder.Services.AddFlow(builder.Configuration, settings);
        builder.Services.AddPush(builder.Configuration, settings, development);
        builder.Services.AddPlatformApi(ApiSettingsOf(builder, settings, development));
        builder.Services.AddSmtpEdge(settings);
        builder.Services.AddSingleton<StartupHealth>();
        builder.Services.AddHealthChecks().AddCheck<StartupHealth>("startup", tags: [HealthRoutes.ReadyTag]);
        if (settings.Demo)
            builder.Services.AddSingleton<DemoSeed>().AddSingleton<DemoPeople>().AddSingleton<DemoMailSeeder>();

        builder.WebHost.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.ListenHttp(settings);
            if (settings.Roles.HasFlag(Roles.Smtp))
                kestrel.ListenSmtp(settings, development);
        });

        var app = builder.Build();
        app.UseForwardedHeaders(Forwarded(settings));
        app.MapPlatformApi();
        return app;
    }

    private static ForwardedHeadersOptions Forwarded(PlatformSettings settings)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.HttpTrustedProxies)
            options.KnownIPNetworks.Add(network);
        return options;
    }

    private static ApiSettings ApiSettingsOf(WebApplicationBuilder builder, PlatformSettings settings, bool development) => new()
    {
        DataDirectory = settings.DataDirectory,
        Provider = builder.Configuration["Storage:Provider"] is { Length: > 0 } provider ? provider : "embedded",
        ConnectionString = builder.Configuration["Storage:ConnectionString"],
        Issuer = settings.HttpPublicAddress,
        Site = settings.HttpPublicAddress ?? (settings.Http.Port == 0 ? null : settings.Http.ToUri()),
        AllowPlainHttp = development,
        CreateMissingKeys = development,
        BreachedPasswordsFile = builder.Configuration["Identity:BreachedPasswords"],
        MaxMessageBytes = settings.MaxMessageBytes,
        RateLimits = settings.RateLimits,
    };
}
