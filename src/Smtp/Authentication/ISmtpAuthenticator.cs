namespace Platform.Smtp;

// AUTH (RFC 4954) carries SASL (RFC 4422): the client names a mechanism, and the two sides exchange base64 lines until the server says
// 235 or refuses. Here are PLAIN (RFC 4616), LOGIN (an older habit without a standard), SCRAM-SHA-256 with and without channel binding
// (RFC 5802, 7677) and OAUTHBEARER (RFC 7628). The first two and the last send the secret itself, so AUTH is offered under TLS alone.

/// <summary>The host's side of AUTH: whose secret is it. One instance serves all sessions of a listener at once.</summary>
public interface ISmtpAuthenticator
{
    /// <summary>A password that was sent as it is.</summary>
    /// <param name="attempt">Who tries, and by which mechanism.</param>
    ValueTask<SmtpAuthResult> CheckPasswordAsync(SmtpAuthAttempt attempt, string password, CancellationToken cancellationToken);

    /// <summary>A bearer token (RFC 6750).</summary>
    /// <param name="attempt">Its user name is null where the client named none.</param>
    ValueTask<SmtpAuthResult> CheckTokenAsync(SmtpAuthAttempt attempt, string token, CancellationToken cancellationToken);

    /// <summary>
    /// What a proof of the user is checked with. Of a user that is not known the same must come each time, made up, with keys that no
    /// password gives: a client learns by the salt whether there is such a user otherwise.
    /// </summary>
    /// <exception cref="SmtpRefusedException">Nothing more is taken from this client or for this user.</exception>
    ValueTask<ScramSecrets> FindSecretsAsync(SmtpAuthAttempt attempt, CancellationToken cancellationToken);

    /// <summary>How a proof came out.</summary>
    /// <param name="reference">Of the keys that it fitted; null: of none.</param>
    ValueTask<SmtpAuthResult> SettleProofAsync(SmtpAuthAttempt attempt, string? reference, CancellationToken cancellationToken);
}

/// <param name="Mechanism">Such as <c>SCRAM-SHA-256</c>.</param>
/// <param name="UserName">As sent, hostile text of at most 255 characters; null: none was sent.</param>
public sealed record SmtpAuthAttempt(SmtpPeer Peer, string Mechanism, string? UserName);

/// <summary>Either who logged in or the reply that refuses it.</summary>
public sealed record SmtpAuthResult
{
    private SmtpAuthResult()
    {
    }

    public SmtpLogin? Login { get; private init; }

    public SmtpReply? Refusal { get; private init; }

    public static SmtpAuthResult Refused(SmtpReply? reply = null) => new() { Refusal = reply ?? SmtpReply.CredentialsInvalid };

    /// <param name="userName">For trace fields and logs of the host.</param>
    /// <param name="reference">The host's own name of what logged in, such as an id.</param>
    public static SmtpAuthResult Accepted(SmtpAuthAttempt attempt, string userName, string reference)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return new() { Login = new SmtpLogin(userName, attempt.Mechanism, reference) };
    }
}

/// <summary>Who is logged in at a session.</summary>
/// <param name="UserName">The host's form of it, not the client's.</param>
/// <param name="Reference">The host's own name of what logged in.</param>
public sealed record SmtpLogin(string UserName, string Mechanism, string Reference);
