namespace Platform.Smtp.Authentication;

/// <summary>One exchange of one session (RFC 4422, 3), a step for each response of the client.</summary>
internal interface ISaslMechanism
{
    /// <summary>The challenge to a client that sent no initial response; empty where the client is the first to say something.</summary>
    ReadOnlyMemory<byte> Opening { get; }

    /// <param name="response">Decoded.</param>
    ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken);
}

/// <summary>What follows a response: another challenge, or the end.</summary>
internal sealed record SaslStep
{
    private SaslStep()
    {
    }

    public ReadOnlyMemory<byte>? Challenge { get; private init; }

    public SmtpAuthResult? Result { get; private init; }

    public static SaslStep Refused { get; } = End(SmtpAuthResult.Refused());

    public static SaslStep Ask(ReadOnlyMemory<byte> challenge) => new() { Challenge = challenge };

    public static SaslStep End(SmtpAuthResult result) => new() { Result = result };
}
