namespace Platform.Engine.Authentication.Dmarc;

/// <summary>What the owner of a domain asks for mail that fails (RFC 9989, 4.7, tag <c>p</c>). From mild to strict.</summary>
public enum DmarcPolicy
{
    /// <summary><c>none</c>: nothing is asked (RFC 9989, 4.7).</summary>
    None,

    /// <summary><c>quarantine</c>: to be taken as suspicious (RFC 9989, 4.7).</summary>
    Quarantine,

    /// <summary><c>reject</c>: to be refused (RFC 9989, 4.7).</summary>
    Reject,
}

/// <summary>How an identifier must match the author domain (RFC 9989, 4.4).</summary>
public enum DmarcAlignment
{
    /// <summary>The same organisational domain (RFC 9989, 4.4.1).</summary>
    Relaxed,

    /// <summary>The same domain (RFC 9989, 4.4.1).</summary>
    Strict,
}

/// <summary>What the record says of its place in the tree (RFC 9989, 4.7, tag <c>psd</c>).</summary>
public enum DmarcPlace
{
    /// <summary><c>psd=u</c>: found by the tree walk (RFC 9989, 4.10.2).</summary>
    Undeclared,

    /// <summary><c>psd=y</c>: others register domains below it (RFC 9989, 4.10.2).</summary>
    PublicSuffix,

    /// <summary><c>psd=n</c>: an organisational domain (RFC 9989, 4.10.2).</summary>
    Organisation,
}

/// <summary>A DMARC policy record (RFC 9989, 4.7), or one of RFC 7489, 6.3, with its defaults where a tag is absent or broken.</summary>
public sealed record DmarcRecord
{
    /// <summary>The record as published, at most 4,096 characters of it (RFC 9989, 4.5).</summary>
    public required string Text { get; init; }

    /// <summary>Tag <c>p</c>; null when it is absent or no policy (RFC 9989, 4.7).</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>Tag <c>sp</c>, for existing sub-domains (RFC 9989, 4.7); null when absent.</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    /// <summary>Tag <c>np</c>, for sub-domains that do not exist (RFC 9989, 4.7); null when absent.</summary>
    public DmarcPolicy? NonexistentPolicy { get; init; }

    /// <summary><c>sp</c> or <c>np</c> is there and no policy (RFC 9989, 4.10.1).</summary>
    public bool HasBrokenSubdomainPolicy { get; init; }

    /// <summary>Tag <c>adkim</c> (RFC 9989, 4.7).</summary>
    public DmarcAlignment DkimAlignment { get; init; }

    /// <summary>Tag <c>aspf</c> (RFC 9989, 4.7).</summary>
    public DmarcAlignment SpfAlignment { get; init; }

    /// <summary>Tag <c>psd</c> (RFC 9989, 4.7).</summary>
    public DmarcPlace Place { get; init; }

    /// <summary>Tag <c>t</c> is <c>y</c>: one step milder is asked for (RFC 9989, 4.7).</summary>
    public bool IsTest { get; init; }

    /// <summary>
    /// Tag <c>pct</c> of RFC 7489, 6.3: the share of failing mail, 0 to 100, for which the policy is asked; RFC 9989, A.6 gave it up.
    /// A share that cannot be read is 0, the least the owner can have meant.
    /// </summary>
    public int Percent { get; init; } = 100;

    /// <summary>Tag <c>ri</c> of RFC 7489, 6.3: seconds between aggregate reports.</summary>
    public uint ReportInterval { get; init; } = 86_400;

    /// <summary>Tag <c>fo</c> (RFC 9989, 4.7): of 0, 1, d, s, in the order of the record.</summary>
    public IReadOnlyList<char> FailureOptions { get; init; } = ['0'];

    /// <summary>Tag <c>rf</c> of RFC 7489, 6.3: formats of failure reports, lower-case; RFC 9989, 4.7 gave it up.</summary>
    public IReadOnlyList<string> FailureFormats { get; init; } = ["afrf"];

    /// <summary>Tag <c>rua</c>: where aggregate reports go (RFC 9989, 4.6). Only <c>mailto</c>, at most 20.</summary>
    public IReadOnlyList<DmarcReportAddress> AggregateReports { get; init; } = [];

    /// <summary>Tag <c>ruf</c>: where failure reports go (RFC 9989, 4.6). Only <c>mailto</c>, at most 20.</summary>
    public IReadOnlyList<DmarcReportAddress> FailureReports { get; init; } = [];

    /// <summary>What was left out as broken (RFC 9989, 4.7), in the order of the record.</summary>
    public IReadOnlyList<DmarcFault> Faults { get; init; } = [];

    /// <summary>A part is no <c>tag=value</c> at all: a syntactically incorrect record to RFC 7489, 11.2.</summary>
    public bool HasSyntaxFault => Faults.Any(fault => fault.Kind == DmarcFaultKind.Syntax);

    /// <summary>
    /// Whether the record asks for anything (RFC 9989, 4.10.1): a policy, or reports, or that it marks a public suffix, which needs no <c>p</c>.
    /// Without it no DMARC processing is applied.
    /// </summary>
    public bool IsUsable => (Policy is not null && !HasBrokenSubdomainPolicy) || AggregateReports.Count > 0 || (Place == DmarcPlace.PublicSuffix && Policy is null);

    /// <summary>The policy for the domain of the record itself; <c>none</c> in place of a broken one (RFC 9989, 4.10.1).</summary>
    public DmarcPolicy EffectivePolicy => HasBrokenSubdomainPolicy ? DmarcPolicy.None : Policy ?? DmarcPolicy.None;

    /// <summary>The policy for a domain below that of the record (RFC 9989, 4.10.1), before <c>t</c>.</summary>
    /// <param name="exists">Whether the domain exists in DNS (RFC 9989, 3.2.13).</param>
    public DmarcPolicy PolicyBelow(bool exists)
    {
        if (Policy is null || HasBrokenSubdomainPolicy)
            return DmarcPolicy.None;
        var existing = SubdomainPolicy ?? Policy.Value;
        return exists ? existing : NonexistentPolicy ?? existing;
    }
}

/// <summary>A report address (RFC 9989, 4.6; RFC 6068, 2).</summary>
/// <param name="Uri">As published, without the size of RFC 7489, 6.2.</param>
/// <param name="Domain">Of the mailbox (RFC 6068, 2), lower-case A-labels.</param>
/// <param name="MaxBytes">The size after the <c>!</c> of RFC 7489, 6.2; null when none is given.</param>
public sealed record DmarcReportAddress(string Uri, string Domain, long? MaxBytes);

/// <summary>Why a part of a record was left out (RFC 9989, 4.7).</summary>
public enum DmarcFaultKind
{
    /// <summary>No <c>tag=value</c> (RFC 9989, 4.8).</summary>
    Syntax,

    /// <summary>A value that the tag does not have (RFC 9989, 4.7).</summary>
    Value,

    /// <summary>A tag that comes twice: neither counts (RFC 6376, 3.2).</summary>
    Duplicate,
}

/// <param name="Kind">What kind of fault (RFC 9989, 4.7).</param>
/// <param name="Part">What is wrong, as published, at most 100 characters (RFC 9989, 4.8).</param>
public sealed record DmarcFault(DmarcFaultKind Kind, string Part);
