namespace Platform.Engine.Authentication.Dkim;

/// <summary>What this verifier asks beyond the syntax (RFC 6376, 6.3: the verifier's own policy).</summary>
public sealed record DkimOptions
{
    /// <summary>RSA keys below it never pass, in bits (RFC 8301, 3.2: 1024).</summary>
    public int MinimumRsaBits { get; init; } = 1024;

    /// <summary>RSA keys below it pass and are noted as weak, in bits (RFC 8301, 3.2: signers should use 2048).</summary>
    public int StrongRsaBits { get; init; } = 2048;

    /// <summary>RSA keys above it are not computed with, in bits (RFC 8301, 3.2 asks for 4096 at least).</summary>
    public int MaximumRsaBits { get; init; } = 8192;

    /// <summary>Signatures of a message that are verified; further ones are reported as not checked (RFC 6376, 8.4).</summary>
    public int MaximumSignatures { get; init; } = 10;

    /// <summary>Clocks may differ by this much when <c>t=</c> and <c>x=</c> are compared (RFC 6376, 3.5).</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    // To see with old test vectors that all other rules hold; RFC 8301, 3.1 forbids it for mail.
    internal bool AcceptsRsaSha1 { get; init; }
}
