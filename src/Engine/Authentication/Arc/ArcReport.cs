namespace Platform.Engine.Authentication.Arc;

/// <summary>
/// What the chain of custody says (RFC 8617, 5.2). It is evidence by those who sealed it and worth as much as they are trusted;
/// by itself it lets no message pass.
/// </summary>
public sealed record ArcReport
{
    /// <summary>None, Pass or Fail (RFC 8617, 4.4).</summary>
    public required AuthenticationResult Result { get; init; }

    /// <summary>What decided, in English and without a full stop (RFC 8617, 5.2).</summary>
    public required string Explanation { get; init; }

    /// <summary>The chain fails for now only: DNS gave no answer for a key (RFC 8617, 5.2).</summary>
    public bool IsTemporary { get; init; }

    /// <summary>From instance 1 up; with a fault in the structure, those before it (RFC 8617, 4.2).</summary>
    public IReadOnlyList<ArcSetReport> Sets { get; init; } = [];

    /// <summary>
    /// The lowest instance from which on every message signature verifies: who changed the message last came before it. 0 when
    /// all of them do, null when the chain does not pass (RFC 8617, 5.2, step 5).
    /// </summary>
    public int? OldestPass { get; init; }

    internal int HighestInstance { get; init; }

    internal bool IsTerminated { get; init; }
}

/// <summary>One set of a chain (RFC 8617, 4.2). Texts are as the sealer wrote them and may be hostile.</summary>
/// <param name="Instance">1 to 50 (RFC 8617, 4.2.1).</param>
/// <param name="SealDomain">Who sealed: <c>d=</c> of ARC-Seal in lower-case A-labels (RFC 8617, 4.1.3).</param>
/// <param name="SealSelector"><c>s=</c> of ARC-Seal (RFC 8617, 4.1.3).</param>
/// <param name="SignatureDomain"><c>d=</c> of ARC-Message-Signature (RFC 8617, 4.1.2).</param>
/// <param name="Validation"><c>cv=</c>: the state the sealer found (RFC 8617, 4.4).</param>
/// <param name="AuthenticationResults">What the sealer had found out, from the authserv-id on (RFC 8617, 4.1.1; RFC 8601, 2.2).</param>
public sealed record ArcSetReport(int Instance, string SealDomain, string SealSelector, string SignatureDomain, string Validation, string AuthenticationResults);
