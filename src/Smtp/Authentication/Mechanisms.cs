namespace Platform.Smtp.Authentication;

/// <summary>Which mechanisms a session offers, the strongest first, and how one begins.</summary>
internal static class Mechanisms
{
    /// <param name="binding">Of the TLS session; null: none, and the mechanism that binds to it is not offered.</param>
    public static IReadOnlyList<string> Offered(byte[]? binding) =>
    [
        .. binding is null ? Array.Empty<string>() : [ScramMechanism.BoundName],
        ScramMechanism.Name, OAuthBearerMechanism.Name, PlainMechanism.Name, LoginMechanism.Name,
    ];

    /// <returns>Null: there is none of that name here.</returns>
    public static ISaslMechanism? Begin(string name, ISmtpAuthenticator authenticator, SmtpPeer peer, byte[]? binding) => name.ToUpperInvariant() switch
    {
        ScramMechanism.BoundName when binding is not null => new ScramMechanism(authenticator, peer, isBound: true, binding),
        ScramMechanism.Name => new ScramMechanism(authenticator, peer, isBound: false, binding),
        OAuthBearerMechanism.Name => new OAuthBearerMechanism(authenticator, peer),
        PlainMechanism.Name => new PlainMechanism(authenticator, peer),
        LoginMechanism.Name => new LoginMechanism(authenticator, peer),
        _ => null,
    };
}
