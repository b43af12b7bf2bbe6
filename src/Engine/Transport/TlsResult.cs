namespace Platform.Engine.Transport;

/// <summary>How TLS towards a mail host went (RFC 8460, 4.3), success beside the failures.</summary>
public enum TlsResult
{
    /// <summary>As the policy asks (RFC 8460, 4.2: a successful session).</summary>
    Success,

    /// <summary>The host does not offer STARTTLS, or refuses it (RFC 8460, 4.3.1).</summary>
    StartTlsNotSupported,

    /// <summary>The certificate names another host (RFC 8460, 4.3.1).</summary>
    CertificateHostMismatch,

    /// <summary>The certificate is not good at this time (RFC 8460, 4.3.1).</summary>
    CertificateExpired,

    /// <summary>No way from the certificate to what is trusted: an unknown root, or no TLSA record that fits (RFC 8460, 4.3.1).</summary>
    CertificateNotTrusted,

    /// <summary>Anything else: a handshake that breaks, a host that the policy does not name (RFC 8460, 4.3.1).</summary>
    ValidationFailure,

    /// <summary>No TLSA record is one that can be used (RFC 8460, 4.3.2.1).</summary>
    TlsaInvalid,

    /// <summary>DNSSEC proves nothing: the look-up of TLSA records failed (RFC 8460, 4.3.2.1).</summary>
    DnssecInvalid,

    /// <summary>The sender asks for DANE and the host has no records (RFC 8460, 4.3.2.1).</summary>
    DaneRequired,

    /// <summary>The policy could not be fetched (RFC 8460, 4.3.2.2).</summary>
    StsPolicyFetchError,

    /// <summary>What was fetched is no policy (RFC 8460, 4.3.2.2).</summary>
    StsPolicyInvalid,

    /// <summary>The host of the policy shows a certificate that is not trusted (RFC 8460, 4.3.2.2).</summary>
    StsWebpkiInvalid,
}

/// <summary>The words of reports (RFC 8460, 4.3 and the IANA registry "STARTTLS Validation Result Types").</summary>
public static class TlsResultName
{
    /// <summary>As reports write it; <c>success</c>, which is counted apart, by that word (RFC 8460, 4.3).</summary>
    public static string Of(TlsResult result) => result switch
    {
        TlsResult.Success => "success",
        TlsResult.StartTlsNotSupported => "starttls-not-supported",
        TlsResult.CertificateHostMismatch => "certificate-host-mismatch",
        TlsResult.CertificateExpired => "certificate-expired",
        TlsResult.CertificateNotTrusted => "certificate-not-trusted",
        TlsResult.ValidationFailure => "validation-failure",
        TlsResult.TlsaInvalid => "tlsa-invalid",
        TlsResult.DnssecInvalid => "dnssec-invalid",
        TlsResult.DaneRequired => "dane-required",
        TlsResult.StsPolicyFetchError => "sts-policy-fetch-error",
        TlsResult.StsPolicyInvalid => "sts-policy-invalid",
        TlsResult.StsWebpkiInvalid => "sts-webpki-invalid",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
