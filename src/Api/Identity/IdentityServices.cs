using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using Platform.Api.Edge;
using Platform.Api.Identity.Connect;
using Platform.Api.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Permissions = Platform.Storage.Scopes.Permissions;

namespace Platform.Api.Identity;

internal static class IdentityServices
{
    /// <summary>A client that was not used for as long asks the person to sign in again.</summary>
    private static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(14);

    public static IServiceCollection AddPlatformIdentity(this IServiceCollection services, ApiSettings settings)
    {
        if (settings.Provider == "postgres")
        {
            services.AddDbContext<PostgresIdentityDb>(options => options.UseNpgsql(settings.ConnectionString).UseOpenIddict());
            services.AddScoped<IdentityDb>(provider => provider.GetRequiredService<PostgresIdentityDb>());
        }
        else
        {
            var file = Path.Combine(settings.DataDirectory, "identity.db");
            services.AddDbContext<SqliteIdentityDb>(options => options.UseSqlite($"Data Source={file}").UseOpenIddict());
            services.AddScoped<IdentityDb>(provider => provider.GetRequiredService<SqliteIdentityDb>());
        }

        services.AddSingleton<TokenKeys>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<TokenKeys>());
        services.AddSingleton<IClientRegistry, ClientRegistry>();
        services.AddSingleton<IIdentitySetup, IdentitySetup>();
        services.AddSingleton<IAppRegistry, AppRegistry>();
        services.AddSingleton<LastUse>();
        services.AddHostedService<ClientExpiryWatch>();
        services.AddScoped(provider => (RotatingSecrets)provider.GetRequiredService<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>>());
        services.AddPeople(settings);

        services.AddOpenIddict()
            .AddCore(core =>
            {
                core.UseEntityFrameworkCore().UseDbContext<IdentityDb>();
                core.ReplaceApplicationManager<OpenIddictEntityFrameworkCoreApplication, RotatingSecrets>();
            })
            .AddServer(server =>
            {
                server.SetTokenEndpointUris("connect/token")
                    .SetAuthorizationEndpointUris("connect/authorize")
                    .SetDeviceAuthorizationEndpointUris("connect/device")
                    .SetEndUserVerificationEndpointUris("connect/verify")
                    .SetUserInfoEndpointUris("connect/userinfo")
                    .SetEndSessionEndpointUris("connect/logout")
                    .SetIntrospectionEndpointUris("connect/introspect")
                    .SetRevocationEndpointUris("connect/revoke")
                    .SetConfigurationEndpointUris(".well-known/openid-configuration", ".well-known/oauth-authorization-server")
                    .SetJsonWebKeySetEndpointUris(".well-known/jwks");
                if (settings.Issuer is { } issuer)
                    server.SetIssuer(issuer);
                server.AllowClientCredentialsFlow()
                    .AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange()
                    .AllowRefreshTokenFlow()
                    .AllowDeviceAuthorizationFlow();
                server.Configure(options =>
                {
                    options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
                    // A code in the fragment is for nobody that we serve.
                    options.ResponseModes.Remove(ResponseModes.Fragment);
                });
                server.RegisterScopes([Scopes.OpenId, Scopes.Profile, Scopes.Email, .. Permissions.All, .. Permissions.OfPlatform]);
                server.RegisterClaims(Claims.Subject, Claims.Name, Claims.Locale, Claims.Email, Claims.EmailVerified, Claims.AuthenticationTime, Claims.AuthenticationMethodReference, Visitors.SessionClaim);
                server.IgnoreScopePermissions();
                server.SetAccessTokenLifetime(settings.AccessTokenLifetime);
                server.SetRefreshTokenLifetime(RefreshTokenLifetime);
                // A refresh token that was used is worth nothing at once: whoever shows it again ends the family (RFC 9700, section 4.14).
                server.SetRefreshTokenReuseLeeway(null);
                server.DisableAccessTokenEncryption();
                server.AddEventHandler(TokenRows.Descriptor);
                var hosting = server.UseAspNetCore()
                    .EnableTokenEndpointPassthrough()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableEndUserVerificationEndpointPassthrough()
                    .EnableUserInfoEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    .EnableErrorPassthrough();
                if (settings.AllowPlainHttp)
                    hosting.DisableTransportSecurityRequirement();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.AddAudiences(UserTokens.Audience);
                // Without an address of its own a server is reached under several; that a token is ours is proven by its signature.
                if (settings.Issuer is null)
                    validation.Configure(options => options.TokenValidationParameters.IssuerValidator = (issuer, _, _) => issuer);
                validation.UseAspNetCore();
            });
        return services;
    }
}
