namespace Platform.Smtp.Authentication;

/// <summary>LOGIN, as old clients know it (draft-murchison-sasl-login): asks for the name, then for the password.</summary>
internal sealed class LoginMechanism(ISmtpAuthenticator authenticator, SmtpPeer peer) : ISaslMechanism
{
    public const string Name = "LOGIN";

    private string? _user;

    public ReadOnlyMemory<byte> Opening => "Username:"u8.ToArray();

    public async ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken)
    {
        if (_user is not { } user)
        {
            if (!SaslText.TryRead(response.Span, SaslText.MaxUserName, out var name) || name.Length == 0)
                return SaslStep.Refused;
            _user = name;
            return SaslStep.Ask("Password:"u8.ToArray());
        }

        return SaslText.TryRead(response.Span, SaslText.MaxSecret, out var password) && password.Length > 0
            ? SaslStep.End(await authenticator.CheckPasswordAsync(new SmtpAuthAttempt(peer, Name, user), password, cancellationToken))
            : SaslStep.Refused;
    }
}
