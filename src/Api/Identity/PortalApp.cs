namespace Platform.Api.Identity;

/// <summary>The platform's own portal, as a client of the same sign-in that every application uses.</summary>
internal static class PortalApp
{
    public const string ClientId = "portal";

    public static App At(Uri site) => new(
        ClientId,
        "Portal",
        [new Uri(site, "/signin-oidc")],
        [new Uri(site, "/signout-callback-oidc"), new Uri(site, "/")],
        FirstParty: true);
}
