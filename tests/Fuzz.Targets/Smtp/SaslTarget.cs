using System.Net;
using System.Text;
using Platform.Smtp;
using Platform.Smtp.Authentication;

namespace Platform.Fuzz.Targets.Smtp;

/// <summary>Responses of a client that wants to log in, a line each, by every mechanism. Nobody gets in, whatever is said.</summary>
public static class SaslTarget
{
    public const string Tokens = "\n|\0|\u0001|,|=|n,,|y,,|p=tls-server-end-point,,|n=taro|r=abc|a=taro|c=biws|p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=|auth=Bearer |=2C|=3D|m=";

    private static readonly byte[] Binding = new byte[32];
    private static readonly SmtpPeer Peer = new() { SessionId = "fuzz", RemoteAddress = IPAddress.Loopback, ConnectionAddress = IPAddress.Loopback };

    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = input.ToArray();
        foreach (var name in Mechanisms.Offered(Binding))
        {
            var authenticator = new Nobody();
            var mechanism = Mechanisms.Begin(name, authenticator, Peer, Binding) ?? throw new InvalidOperationException($"{name} is offered and not there.");
            foreach (var response in Lines(text))
            {
                var step = mechanism.StepAsync(response, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                Hold(step.Challenge is null != (step.Result is null), "a step asks or ends");
                Hold(step.Result?.Login is null, "nobody gets in");
                if (step.Result is not null)
                    break;
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(byte[] text)
    {
        ReadOnlyMemory<byte> rest = text;
        while (rest.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            yield return rest[..end];
            rest = rest[(end + 1)..];
        }

        yield return rest;
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }

    private sealed class Nobody : ISmtpAuthenticator
    {
        private static readonly ScramKeys Keys = ScramKeys.Of("", "a password that nobody guesses", new byte[16], 1);

        public ValueTask<SmtpAuthResult> CheckPasswordAsync(SmtpAuthAttempt attempt, string password, CancellationToken cancellationToken) => Refuse(attempt);

        public ValueTask<SmtpAuthResult> CheckTokenAsync(SmtpAuthAttempt attempt, string token, CancellationToken cancellationToken) => Refuse(attempt);

        public ValueTask<ScramSecrets> FindSecretsAsync(SmtpAuthAttempt attempt, CancellationToken cancellationToken) => ValueTask.FromResult(new ScramSecrets(new byte[16], 1, [Keys]));

        public ValueTask<SmtpAuthResult> SettleProofAsync(SmtpAuthAttempt attempt, string? reference, CancellationToken cancellationToken)
        {
            Hold(reference is null, "no proof fits");
            return Refuse(attempt);
        }

        private static ValueTask<SmtpAuthResult> Refuse(SmtpAuthAttempt attempt)
        {
            Hold(attempt.UserName is null || (attempt.UserName.Length <= 255 && !attempt.UserName.Contains('\0', StringComparison.Ordinal)), "a user name is bounded");
            Hold(Encoding.UTF8.GetByteCount(attempt.UserName ?? "") <= 765, "a user name is text");
            return ValueTask.FromResult(SmtpAuthResult.Refused());
        }
    }
}
