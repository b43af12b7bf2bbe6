namespace Platform.Engine.Authentication.Dkim;

/// <summary>What one signature says and whether it holds (RFC 6376, 6.1). Names are as the signer wrote them and may be hostile.</summary>
public sealed record DkimSignatureResult
{
    /// <summary>Pass, Fail, Policy, Neutral, TempError or PermError (RFC 8601, 2.7.1).</summary>
    public required AuthenticationResult Result { get; init; }

    /// <summary>The one thing that decided (RFC 6376, 6.1).</summary>
    public required DkimReason Reason { get; init; }

    /// <summary><see cref="Reason"/> in words, in English and without a full stop (RFC 6376, 6.1).</summary>
    public required string Explanation { get; init; }

    /// <summary>Where the signature stands in <see cref="RawMessage.Fields"/> (RFC 6376, 3.5).</summary>
    public required int FieldIndex { get; init; }

    /// <summary><c>d=</c> in lower-case A-labels (RFC 6376, 3.5; RFC 8616, 5); empty when it cannot be read.</summary>
    public required string Domain { get; init; }

    /// <summary><c>s=</c> in lower-case A-labels (RFC 6376, 3.5); empty when it cannot be read.</summary>
    public required string Selector { get; init; }

    /// <summary><c>a=</c> as written (RFC 6376, 3.5).</summary>
    public required string Algorithm { get; init; }

    /// <summary><c>i=</c>, or <c>@</c> and the domain without one (RFC 6376, 3.5).</summary>
    public required string Identity { get; init; }

    /// <summary><c>b=</c> without white space, to tell signatures apart (RFC 6008, 4); empty when it cannot be read.</summary>
    public required string Signature { get; init; }

    /// <summary>Length of the key in bits; null when there was none (RFC 8301, 3.2; 256 for Ed25519, RFC 8463, 3).</summary>
    public int? KeyBits { get; init; }

    /// <summary>The key is one that signers should no longer use (RFC 8301, 3.2: below 2048 bits).</summary>
    public bool IsKeyWeak { get; init; }

    /// <summary>The domain tries DKIM out: <c>t=y</c> of its key (RFC 6376, 3.6.1).</summary>
    public bool IsTesting { get; init; }

    /// <summary>The names in <c>h=</c>, in order (RFC 6376, 3.5).</summary>
    public IReadOnlyList<string> SignedFields { get; init; } = [];

    /// <summary>Names signed more often than they stand in the message, so that none can be added (RFC 6376, 8.15).</summary>
    public IReadOnlyList<string> OverSigned { get; init; } = [];

    /// <summary>Signed names of which the message holds more fields than are signed; for other than trace fields a sign that one was added (RFC 6376, 8.15).</summary>
    public IReadOnlyList<string> Uncovered { get; init; } = [];

    /// <summary>Octets of the canonical body behind what <c>l=</c> signs: anyone may have added them (RFC 6376, 8.2). 0 without <c>l=</c>.</summary>
    public long UnsignedOctets { get; init; }

    /// <summary>Fields copied by the signer into <c>z=</c>, <c>Name:value</c> (RFC 6376, 3.5).</summary>
    public IReadOnlyList<string> CopiedFields { get; init; } = [];

    /// <summary><c>t=</c>; null when absent or out of range (RFC 6376, 3.5).</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary><c>t=</c> is later than now by more than clocks may differ; noted, since signers' clocks are wrong at times (RFC 6376, 3.5: may be ignored).</summary>
    public bool IsFromFuture { get; init; }

    /// <summary><c>x=</c>; null when absent or out of range (RFC 6376, 3.5).</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>All signatures of a message (RFC 6376, 6.1).</summary>
/// <param name="Signatures">From the top of the header down (RFC 6376, 6.1), one for each of the first 100 DKIM-Signature fields; empty without one.</param>
public sealed record DkimReport(IReadOnlyList<DkimSignatureResult> Signatures)
{
    /// <summary>A signature that passes comes first, one that could not be judged now last (RFC 6376, 6.1: any one that verifies is enough).</summary>
    public DkimSignatureResult? Best => Signatures.MinBy(signature => Rank(signature.Result));

    /// <summary>The result of <see cref="Best"/>; None without a signature (RFC 8601, 2.7.1).</summary>
    public AuthenticationResult Result => Best?.Result ?? AuthenticationResult.None;

    private static int Rank(AuthenticationResult result) => result switch
    {
        AuthenticationResult.Pass => 0,
        AuthenticationResult.Fail => 1,
        AuthenticationResult.Policy => 2,
        AuthenticationResult.PermError => 3,
        AuthenticationResult.TempError => 4,
        _ => 5,
    };
}
