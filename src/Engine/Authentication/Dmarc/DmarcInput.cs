using Platform.Engine.Authentication.Spf;

namespace Platform.Engine.Authentication.Dmarc;

/// <summary>What DMARC is evaluated over: the author domain and the identifiers that other methods looked at (RFC 9989, 5.3.3).</summary>
/// <param name="AuthorDomain">Any form of a domain name (RFC 9989, 5.3.1).</param>
/// <param name="Dkim">One a signature: its <c>d=</c> (RFC 9989, 4.4.1). The first 20 different ones count.</param>
/// <param name="Spf">What SPF checked (RFC 9989, 4.4.2).</param>
public sealed record DmarcInput(string AuthorDomain, IReadOnlyList<DkimIdentifier> Dkim, IReadOnlyList<SpfIdentifier> Spf);

/// <param name="Domain">The <c>d=</c> of a signature (RFC 6376, 3.5).</param>
/// <param name="Result">Of that signature (RFC 8601, 2.7.1).</param>
public sealed record DkimIdentifier(string Domain, AuthenticationResult Result);

/// <param name="Domain">The domain that SPF was asked for (RFC 7208, 2.4).</param>
/// <param name="Result">Of that check (RFC 7208, 2.6).</param>
/// <param name="Identity">DMARC relies on MAIL FROM alone (RFC 9989, 4.4.2); with a null reverse-path that is <c>postmaster@</c> HELO (RFC 7208, 2.4).</param>
public sealed record SpfIdentifier(string Domain, AuthenticationResult Result, SpfIdentity Identity = SpfIdentity.MailFrom);

/// <summary>By which standard the policy and the organisational domain are found (RFC 9989, 4.10; RFC 7489, 3.2 and 6.6.3).</summary>
public enum DmarcSpecification
{
    /// <summary>DNS tree walk (RFC 9989, 4.10).</summary>
    Rfc9989,

    /// <summary>Public suffix list, <c>pct</c> in place of <c>t</c>, no <c>np</c> (RFC 7489, 3.2 and 6.6.3).</summary>
    Rfc7489,
}

/// <summary>Settings of an evaluation (RFC 9989, 4.10).</summary>
public sealed record DmarcOptions
{
    /// <summary>RFC 9989, 4.10, for records of both standards.</summary>
    public static DmarcOptions Default { get; } = new();

    /// <summary>The standard to follow (RFC 9989, 4.10, or RFC 7489, 6.6.3).</summary>
    public DmarcSpecification Specification { get; init; } = DmarcSpecification.Rfc9989;

    /// <summary>TXT questions that one evaluation may ask, 8 or more (RFC 9989, 4.10 allows 8 a walk); one more gives <see cref="AuthenticationResult.TempError"/>.</summary>
    public int MaxQueries { get; init; } = 60;
}

/// <summary>What DMARC found (RFC 9989, 5.3.5).</summary>
/// <param name="Result">None, Pass, Fail, TempError or PermError (RFC 9989, 9.2).</param>
/// <param name="AuthorDomain">Lower-case A-labels (RFC 9989, 5.3.1).</param>
/// <param name="Reason">One English sentence on how the result came about (RFC 9989, 5.3.1 to 5.3.5).</param>
public sealed record DmarcOutcome(AuthenticationResult Result, string AuthorDomain, string Reason)
{
    /// <summary>What the owner asks for mail of this domain that fails, after <c>sp</c>, <c>np</c> and <c>t</c> (RFC 9989, 4.10.1).</summary>
    public DmarcPolicy RequestedPolicy { get; init; }

    /// <summary>What the owner asks for this mail: the requested policy when it failed, else none (RFC 9989, 5.3.6).</summary>
    public DmarcPolicy AppliedPolicy => Result == AuthenticationResult.Fail ? RequestedPolicy : DmarcPolicy.None;

    /// <summary>The record that applies (RFC 9989, 4.10.1); null without one.</summary>
    public DmarcRecord? Record { get; init; }

    /// <summary>Where that record was found, without <c>_dmarc.</c> (RFC 9989, 4.10.1); null without one.</summary>
    public string? PolicyDomain { get; init; }

    /// <summary>The organisational domain of the author domain (RFC 9989, 4.10.2); null where it did not have to be found.</summary>
    public string? OrganisationalDomain { get; init; }

    /// <summary>A DKIM signature passed and its domain is aligned (RFC 9989, 4.4.1).</summary>
    public bool IsDkimAligned { get; init; }

    /// <summary>SPF passed for MAIL FROM and its domain is aligned (RFC 9989, 4.4.2).</summary>
    public bool IsSpfAligned { get; init; }

    /// <summary>The author domain does not exist in DNS (RFC 9989, 3.2.13); false also where it did not have to be found.</summary>
    public bool IsAuthorNonexistent { get; init; }

    /// <summary>Names asked for TXT, in order (RFC 9989, 4.10).</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];
}
