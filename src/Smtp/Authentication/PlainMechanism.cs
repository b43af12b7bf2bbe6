namespace Platform.Smtp.Authentication;

/// <summary>RFC 4616: <c>[authzid] NUL authcid NUL passwd</c>. To act for another is not offered.</summary>
internal sealed class PlainMechanism(ISmtpAuthenticator authenticator, SmtpPeer peer) : ISaslMechanism
{
    public const string Name = "PLAIN";

    public ReadOnlyMemory<byte> Opening => default;

    public async ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken) =>
        TryRead(response.Span, out var user, out var password)
            ? SaslStep.End(await authenticator.CheckPasswordAsync(new SmtpAuthAttempt(peer, Name, user), password, cancellationToken))
            : SaslStep.Refused;

    private static bool TryRead(ReadOnlySpan<byte> response, out string user, out string password)
    {
        (user, password) = ("", "");
        var first = response.IndexOf((byte)0);
        var second = first < 0 ? -1 : response[(first + 1)..].IndexOf((byte)0) + first + 1;
        if (first < 0 || second <= first)
            return false;
        var acting = response[..first];
        var name = response[(first + 1)..second];
        return (acting.IsEmpty || acting.SequenceEqual(name))
            && SaslText.TryRead(name, SaslText.MaxUserName, out user)
            && SaslText.TryRead(response[(second + 1)..], SaslText.MaxSecret, out password)
            && user.Length > 0 && password.Length > 0;
    }
}
