using System.Collections.Concurrent;

namespace Platform.Smtp.Tests.Hosting;

/// <summary>Knows one user with two passwords and a token, and keeps what it was asked.</summary>
internal sealed class TestAuthenticator : ISmtpAuthenticator
{
    public const string User = "taro@acme.test";
    public const string Password = "pencil";
    public const string OtherPassword = "other pencil";
    public const string Token = "a.b.c";
    private const int Iterations = 4_096;

    public static readonly SmtpServerOptions Options = new() { Hostname = "mx.test", Tls = SmtpTls.WithCertificate(TestCertificate.Certificate), Authenticator = new TestAuthenticator() };

    private static readonly byte[] Salt = Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==");

    public ConcurrentQueue<(SmtpAuthAttempt Attempt, string Secret)> Asked { get; } = new();

    public Func<SmtpReply?> Refuses { get; init; } = () => null;

    public ValueTask<SmtpAuthResult> CheckPasswordAsync(SmtpAuthAttempt attempt, string password, CancellationToken cancellationToken)
    {
        Asked.Enqueue((attempt, password));
        return Answer(attempt, attempt.UserName == User && password is Password or OtherPassword, "password");
    }

    public ValueTask<SmtpAuthResult> CheckTokenAsync(SmtpAuthAttempt attempt, string token, CancellationToken cancellationToken)
    {
        Asked.Enqueue((attempt, token));
        return Answer(attempt, token == Token, "token");
    }

    public ValueTask<ScramSecrets> FindSecretsAsync(SmtpAuthAttempt attempt, CancellationToken cancellationToken)
    {
        if (Refuses() is { } refusal)
            throw new SmtpRefusedException(refusal);
        return ValueTask.FromResult(new ScramSecrets(
            Salt, Iterations, attempt.UserName == User ? [ScramKeys.Of("first", Password, Salt, Iterations), ScramKeys.Of("second", OtherPassword, Salt, Iterations)] : []));
    }

    public ValueTask<SmtpAuthResult> SettleProofAsync(SmtpAuthAttempt attempt, string? reference, CancellationToken cancellationToken)
    {
        Asked.Enqueue((attempt, reference ?? ""));
        return Answer(attempt, reference is not null, reference ?? "");
    }

    private ValueTask<SmtpAuthResult> Answer(SmtpAuthAttempt attempt, bool isRight, string reference) =>
        ValueTask.FromResult(Refuses() is { } refusal ? SmtpAuthResult.Refused(refusal) : isRight ? SmtpAuthResult.Accepted(attempt, User, reference) : SmtpAuthResult.Refused());
}
