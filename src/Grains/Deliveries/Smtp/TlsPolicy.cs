namespace Platform.Grains.Deliveries.Smtp;

/// <summary>How far the way to the next hop must be encrypted (IN4).</summary>
internal enum TlsPolicy
{
    None,

    /// <summary>When offered; without it, or when the handshake fails, in the clear (RFC 7435).</summary>
    May,

    /// <summary>Never in the clear; any certificate.</summary>
    Must,

    /// <summary>Never in the clear; the certificate must be valid for the host's name.</summary>
    Verified,

    /// <summary>Never in the clear; the certificate must fit a TLSA record of the host (RFC 7672). No route asks for it.</summary>
    Dane,
}
