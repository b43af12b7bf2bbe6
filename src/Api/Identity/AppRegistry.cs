using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Api.Identity;

internal sealed class AppRegistry(IServiceScopeFactory scopes) : IAppRegistry
{
    public async Task EnsureAsync(App app, string? secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = app.ClientId,
            ClientSecret = secret,
            ClientType = secret is null ? ClientTypes.Public : ClientTypes.Confidential,
            ApplicationType = app.Native ? ApplicationTypes.Native : ApplicationTypes.Web,
            ConsentType = app.FirstParty ? ConsentTypes.Implicit : ConsentTypes.Explicit,
            DisplayName = app.DisplayName,
            Permissions =
            {
                Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        if (app.RedirectUris.Count > 0)
            descriptor.Permissions.UnionWith([Permissions.Endpoints.Authorization, Permissions.GrantTypes.AuthorizationCode]);
        if (app.Device)
            descriptor.Permissions.UnionWith([Permissions.Endpoints.DeviceAuthorization, Permissions.GrantTypes.DeviceCode]);
        if (secret is not null)
            descriptor.Permissions.Add(Permissions.Endpoints.Introspection);
        descriptor.RedirectUris.UnionWith(app.RedirectUris);
        descriptor.PostLogoutRedirectUris.UnionWith(app.PostLogoutRedirectUris);

        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await applications.FindByClientIdAsync(app.ClientId, cancellationToken) is { } known)
            await applications.UpdateAsync(known, descriptor, cancellationToken);
        else
            await applications.CreateAsync(descriptor, cancellationToken);
    }
}
