using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Platform.Api.Edge;
using Platform.Storage.Scopes;

namespace Platform.Api.Identity;

internal static class IdentityServices
{
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
        services.AddSingleton<LastUse>();

        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDb>())
            .AddServer(server =>
            {
                server.SetTokenEndpointUris("connect/token")
                    .SetConfigurationEndpointUris(".well-known/openid-configuration", ".well-known/oauth-authorization-server")
                    .SetJsonWebKeySetEndpointUris(".well-known/jwks");
                if (settings.Issuer is { } issuer)
                    server.SetIssuer(issuer);
                server.AllowClientCredentialsFlow();
                server.RegisterScopes([.. Permissions.All]);
                server.IgnoreScopePermissions();
                server.SetAccessTokenLifetime(settings.AccessTokenLifetime);
                server.DisableAccessTokenEncryption();
                // Nothing is written per token: a client that has ended is refused at the edge (docs/decisions/0040).
                server.DisableTokenStorage();
                server.DisableAuthorizationStorage();
                var hosting = server.UseAspNetCore().EnableTokenEndpointPassthrough();
                if (settings.AllowPlainHttp)
                    hosting.DisableTransportSecurityRequirement();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                // Without an address of its own a server is reached under several; that a token is ours is proven by its signature.
                if (settings.Issuer is null)
                    validation.Configure(options => options.TokenValidationParameters.IssuerValidator = (issuer, _, _) => issuer);
                validation.UseAspNetCore();
            });
        return services;
    }
}
