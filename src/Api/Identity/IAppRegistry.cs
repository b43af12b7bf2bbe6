namespace Platform.Api.Identity;

/// <summary>An application that people sign in to: it gets tokens of theirs, by code with PKCE or, without a browser, by device code.</summary>
/// <param name="RedirectUris">Where a browser may be sent back to; empty for a device.</param>
/// <param name="FirstParty">Ours: the person is not asked for consent.</param>
/// <param name="Native">Runs on the person's machine: at a loopback address any port will do (RFC 8252, section 7.3).</param>
/// <param name="Device">May ask for device codes (RFC 8628).</param>
public sealed record App(
    string ClientId,
    string DisplayName,
    IReadOnlyList<Uri> RedirectUris,
    IReadOnlyList<Uri> PostLogoutRedirectUris,
    bool FirstParty = false,
    bool Native = false,
    bool Device = false);

/// <summary>Applications of people, beside the API clients of <see cref="IClientRegistry"/>.</summary>
public interface IAppRegistry
{
    /// <summary>Makes the application, or brings the one there is to this state.</summary>
    /// <param name="secret">Null for what cannot keep one: a browser, an installed program.</param>
    Task EnsureAsync(App app, string? secret, CancellationToken cancellationToken);
}
