using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Api.Edge.Whence;
using Platform.Api.GraphQL;
using Platform.Api.GraphQL.Transport;
using Platform.Api.Identity;
using Platform.Api.Identity.Pages;
using Platform.Api.Links;
using Platform.Api.Reader;
using Platform.Api.Reference;
using Platform.Api.Rest;
using Platform.Api.Scim;
using Platform.Api.Tracking;
using Platform.Engine.Intelligence;
using Platform.Grains.Accounts;
using Platform.Grains.Protection;
using Platform.Grains.Quarantine;
using Platform.Grains.Tracking;
using Platform.Mails;
using Platform.Scanning;

namespace Platform.Api.Edge;

/// <summary>The API of the platform as one part of a host: services, then pipeline and routes.</summary>
public static class PlatformApi
{
    /// <summary>
    /// Registers identity, GraphQL and REST. The host registers storage, scanner pool and imports, and awaits
    /// <see cref="IIdentitySetup.PrepareAsync"/> before it listens.
    /// </summary>
    public static IServiceCollection AddPlatformApi(this IServiceCollection services, ApiSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddPlatformIdentity(settings);
        services.AddSingleton<MspTenants>().AddSingleton<ClientScopes>().AddSingleton<AccountScopes>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<ContentTurns>();
        services.AddSingleton<MessageContent>();
        services.AddSingleton<MailboxList>();
        services.AddSingleton<EventReading>();
        services.AddSingleton<FeedFollower>();
        services.AddSingleton<TokenCaller>();
        services.TryAddSingleton<IAccountPlaces, NoAccountPlaces>();
        services.TryAddSingleton(NetworkDataOf);
        services.AddSingleton<AccessGate>();
        services.AddScoped<CallerContext>();
        services.AddHeldMailLinks();
        services.TryAddSingleton<MailRenderer>();
        services.AddSingleton<LinkPages>();
        services.AddSingleton<LinkRoutes>();
        services.AddProtectedReader();
        services.AddReader();
        services.AddReadTracking();
        services.AddSingleton<PictureRoutes>();
        services.AddPlatformGraphQL();
        services.AddPlatformRest();
        services.AddScim();
        return services;
    }

    /// <summary>Puts the API's pipeline into the host and maps its routes.</summary>
    public static WebApplication MapPlatformApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<PageErrors>();
        // Frames of its own tell a dead line; what is said on a live one is the protocol's business.
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
        app.UseRouting();
        // OpenIddict answers some endpoints from within UseAuthentication: guesses at secrets are counted before, clients after.
        app.UseWhen(context => IsSignIn(context), branch => branch.UseMiddleware<RateLimitMiddleware>());
        app.UseAuthentication();
        app.UseMiddleware<CallerMiddleware>();
        app.UseWhen(context => !IsSignIn(context), branch => branch.UseMiddleware<RateLimitMiddleware>());
        app.UseMiddleware<AccessMiddleware>();
        app.MapIdentity();
        app.MapGraphQL();
        app.MapRest();
        app.MapScim();
        app.MapReference();
        LinkRoutes.Map(app);
        app.MapReader();
        PictureRoutes.Map(app);
        return app;
    }

    /// <summary>As the scanners have it.</summary>
    private static INetworkData NetworkDataOf(IServiceProvider services) =>
        services.GetService<IOptions<ScannerPoolOptions>>()?.Value.NetworkData is { Count: > 0 } files ? MmdbNetworkData.Open(files) : NetworkTable.Embedded;

    private static bool IsSignIn(HttpContext context) => context.Request.Path.StartsWithSegments("/connect") || context.Request.Path.StartsWithSegments("/account");
}
