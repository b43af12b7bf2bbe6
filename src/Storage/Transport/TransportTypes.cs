namespace Platform.Storage.Transport;

/// <summary>How far the way to the mail hosts of a domain outside must be encrypted (IN4, OUT14), as a tenant sets it.</summary>
public enum TransportTls
{
    /// <summary>What the domain itself asks for: DANE where it publishes that, else MTA-STS, else TLS where it is offered.</summary>
    Automatic,

    /// <summary>Never TLS; for hosts that break under it.</summary>
    None,

    /// <summary>TLS where it is offered, else in the clear; what the domain publishes is not asked.</summary>
    May,

    /// <summary>Never in the clear; any certificate.</summary>
    Must,

    /// <summary>Never in the clear; the certificate must be trusted and name the mail host.</summary>
    Verified,

    /// <summary>The domain must have an MTA-STS policy, and it holds.</summary>
    MtaSts,

    /// <summary>The mail host must have TLSA records under DNSSEC, and one must fit.</summary>
    Dane,
}

/// <summary>What held for one session with one mail host.</summary>
public enum TransportPolicyKind
{
    None,
    May,
    Must,
    Verified,

    /// <summary>MTA-STS in the mode enforce.</summary>
    MtaSts,

    /// <summary>MTA-STS in the mode testing: only told.</summary>
    MtaStsTesting,

    Dane,

    /// <summary>TLSA records, none of which can be used: TLS without a check of the certificate (RFC 7672, 2.2).</summary>
    DaneUnusable,
}

/// <summary>Who asked for the policy that held.</summary>
public enum TransportSource
{
    /// <summary>Nobody: what holds where nothing is set and nothing published.</summary>
    Standard,

    /// <summary>The domain, by what it publishes.</summary>
    Published,

    /// <summary>The tenant, for all domains.</summary>
    Tenant,

    /// <summary>The tenant, for this domain.</summary>
    Domain,

    /// <summary>The operator's smart host.</summary>
    Operator,
}
