using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Smtp.Authentication;

/// <summary>
/// SCRAM-SHA-256 (RFC 5802, RFC 7677): the client proves to know the password, the server that it knows the client's keys, and neither
/// sends them. With <c>-PLUS</c> the proof covers the server's certificate (<c>tls-server-end-point</c>, RFC 5929, 4), so that nobody in
/// the middle can pass it on.
/// </summary>
/// <param name="binding">Of this TLS session; null: there is none.</param>
internal sealed class ScramMechanism(ISmtpAuthenticator authenticator, SmtpPeer peer, bool isBound, byte[]? binding) : ISaslMechanism
{
    public const string Name = "SCRAM-SHA-256";
    public const string BoundName = Name + "-PLUS";

    private const string BindingType = "tls-server-end-point";
    private readonly string _mechanism = isBound ? BoundName : Name;
    private byte[] _header = [];
    private string _first = "";
    private string _nonce = "";
    private SmtpAuthAttempt? _attempt;
    private ScramSecrets? _secrets;
    private SmtpAuthResult? _result;

    public ReadOnlyMemory<byte> Opening => default;

    public ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken) => (_secrets, _result) switch
    {
        (null, _) => BeginAsync(response, cancellationToken),
        (_, null) => ProveAsync(response, cancellationToken),
        // The client has seen our proof and says nothing more (RFC 4954, 4).
        _ => ValueTask.FromResult(response.IsEmpty ? SaslStep.End(_result) : SaslStep.Refused),
    };

    private async ValueTask<SaslStep> BeginAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken)
    {
        if (!TryReadFirst(response.Span, out var user, out var clientNonce))
            return SaslStep.Refused;
        _attempt = new SmtpAuthAttempt(peer, _mechanism, user);
        var secrets = await authenticator.FindSecretsAsync(_attempt, cancellationToken);
        _nonce = clientNonce + Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        var first = string.Create(CultureInfo.InvariantCulture, $"r={_nonce},s={Convert.ToBase64String(secrets.Salt.Span)},i={secrets.Iterations}");
        _first = $"{_first},{first}";
        _secrets = secrets;
        return SaslStep.Ask(Encoding.ASCII.GetBytes(first));
    }

    /// <summary><c>gs2-header n=user,r=nonce</c>, perhaps with extensions behind, which are passed over.</summary>
    private bool TryReadFirst(ReadOnlySpan<byte> message, out string? user, out string nonce)
    {
        (user, nonce) = (null, "");
        var flagEnd = message.IndexOf((byte)',');
        var headerEnd = flagEnd < 0 ? -1 : message[(flagEnd + 1)..].IndexOf((byte)',');
        if (headerEnd < 0 || !IsBindingRight(message[..flagEnd]))
            return false;
        headerEnd += flagEnd + 2;
        // To act for another is not offered.
        if (headerEnd != flagEnd + 2 && !IsSameName(message[(flagEnd + 1)..(headerEnd - 1)], message[headerEnd..]))
            return false;
        var bare = message[headerEnd..];
        _header = message[..headerEnd].ToArray();
        var nameEnd = bare.IndexOf((byte)',');
        if (nameEnd < 0 || !ScramText.TryRead(bare[..nameEnd], 'n', out var name) || !ScramText.TryReadName(name, out user))
            return false;
        var rest = bare[(nameEnd + 1)..];
        var nonceEnd = rest.IndexOf((byte)',');
        if (!ScramText.TryRead(nonceEnd < 0 ? rest : rest[..nonceEnd], 'r', out var given) || !ScramText.IsNonce(given) || !SaslText.TryRead(bare, 2 * SaslText.MaxSecret, out _first))
            return false;
        nonce = Encoding.ASCII.GetString(given);
        return true;
    }

    /// <summary>A client that could bind and believes that we cannot (<c>y</c>) was lied to by somebody in the middle (RFC 5802, 6).</summary>
    private bool IsBindingRight(ReadOnlySpan<byte> flag) => isBound
        ? binding is not null && flag.SequenceEqual(Encoding.ASCII.GetBytes("p=" + BindingType))
        : flag.SequenceEqual("n"u8) || (flag.SequenceEqual("y"u8) && binding is null);

    private static bool IsSameName(ReadOnlySpan<byte> acting, ReadOnlySpan<byte> bare)
    {
        var end = bare.IndexOf((byte)',');
        return end > 2 && acting.Length > 2 && acting.StartsWith("a="u8) && bare.StartsWith("n="u8) && acting[2..].SequenceEqual(bare[2..end]);
    }

    private async ValueTask<SaslStep> ProveAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken)
    {
        var fitting = TryReadFinal(response.Span, out var message, out var proof) ? Fitting(message, proof) : null;
        var result = await authenticator.SettleProofAsync(_attempt!, fitting?.Reference, cancellationToken);
        if (result.Refusal is not null || fitting is null)
            return result.Refusal is null ? SaslStep.Refused : SaslStep.End(result);
        _result = result;
        return SaslStep.Ask(Encoding.ASCII.GetBytes("v=" + Convert.ToBase64String(HMACSHA256.HashData(fitting.ServerKey.Span, message))));
    }

    /// <summary><c>c=binding,r=nonce,p=proof</c>, perhaps with extensions before the proof.</summary>
    private bool TryReadFinal(ReadOnlySpan<byte> message, out byte[] authMessage, out byte[] proof)
    {
        (authMessage, proof) = ([], []);
        var last = message.LastIndexOf((byte)',');
        var first = message.IndexOf((byte)',');
        if (last <= 0 || first == last
            || !ScramText.TryRead(message[..first], 'c', out var bound) || !ScramText.TryDecode(bound, out var header)
            || !ScramText.TryRead(message[(last + 1)..], 'p', out var given) || !ScramText.TryDecode(given, out proof) || proof.Length != SHA256.HashSizeInBytes)
            return false;
        var rest = message[(first + 1)..last];
        var nonceEnd = rest.IndexOf((byte)',');
        if (!ScramText.TryRead(nonceEnd < 0 ? rest : rest[..nonceEnd], 'r', out var nonce) || !nonce.SequenceEqual(Encoding.ASCII.GetBytes(_nonce)))
            return false;
        byte[] expected = [.. _header, .. isBound ? binding! : []];
        if (!CryptographicOperations.FixedTimeEquals(header, expected))
            return false;
        authMessage = [.. Encoding.UTF8.GetBytes(_first), (byte)',', .. message[..last]];
        return true;
    }

    private ScramKeys? Fitting(byte[] message, byte[] proof)
    {
        Span<byte> key = stackalloc byte[SHA256.HashSizeInBytes];
        ScramKeys? found = null;
        foreach (var keys in _secrets!.Keys)
        {
            HMACSHA256.HashData(keys.StoredKey.Span, message, key);
            for (var i = 0; i < key.Length; i++)
                key[i] ^= proof[i];
            if (CryptographicOperations.FixedTimeEquals(SHA256.HashData(key), keys.StoredKey.Span))
                found = keys;
        }

        return found;
    }
}
