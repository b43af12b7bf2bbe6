using System.Text;

namespace Platform.Smtp.Authentication;

/// <summary>RFC 7628: <c>n,a=user, ^A auth=Bearer TOKEN ^A ^A</c>. A refusal is told as JSON first, which the client answers by <c>^A</c>.</summary>
internal sealed class OAuthBearerMechanism(ISmtpAuthenticator authenticator, SmtpPeer peer) : ISaslMechanism
{
    public const string Name = "OAUTHBEARER";

    private const int MaxToken = 8_000;
    private const byte Separator = 1;
    private SmtpAuthResult? _refused;

    public ReadOnlyMemory<byte> Opening => default;

    public async ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken)
    {
        if (_refused is { } told)
            return SaslStep.End(told);
        if (!TryRead(response.Span, out var user, out var token))
            return SaslStep.Refused;
        var result = await authenticator.CheckTokenAsync(new SmtpAuthAttempt(peer, Name, user), token, cancellationToken);
        if (result.Refusal is null)
            return SaslStep.End(result);
        _refused = result;
        return SaslStep.Ask("""{"status":"invalid_token"}"""u8.ToArray());
    }

    private static bool TryRead(ReadOnlySpan<byte> response, out string? user, out string token)
    {
        (user, token) = (null, "");
        var end = response.IndexOf(Separator);
        if (end < 0 || !TryReadHeader(response[..end], out user))
            return false;
        foreach (var range in response[end..].Split(Separator))
        {
            var pair = response[end..][range];
            if (pair.StartsWith("auth="u8) && Ascii.EqualsIgnoreCase(pair[5..Math.Min(pair.Length, 12)], "Bearer "u8) && token.Length == 0)
                SaslText.TryRead(pair[12..].Trim((byte)' '), MaxToken, out token);
        }

        return token.Length > 0;
    }

    /// <summary>The header of GS2 (RFC 5801, 4) without channel binding: <c>n,</c> or <c>y,</c>, perhaps <c>a=</c> and the user, a comma.</summary>
    private static bool TryReadHeader(ReadOnlySpan<byte> header, out string? user)
    {
        user = null;
        if (header.Length < 3 || (header[0] is not ((byte)'n' or (byte)'y')) || header[1] != ',' || header[^1] != ',')
            return false;
        var named = header[2..^1];
        if (named.IsEmpty)
            return true;
        return named.StartsWith("a="u8) && ScramText.TryReadName(named[2..], out user);
    }
}
