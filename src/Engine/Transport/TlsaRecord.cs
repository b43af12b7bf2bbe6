namespace Platform.Engine.Transport;

// DANE (RFC 6698, 7671; for SMTP RFC 7672): the domain itself says in DNS which certificate its mail host shows. It counts only where DNSSEC
// proves that the record is the domain's. A TLSA record at `_25._tcp.HOST` has a usage (2: this is the root of the chain; 3: this is the
// host's own certificate), a selector (0: the whole certificate; 1: its public key), a matching type (0: as it is; 1: SHA-256; 2: SHA-512)
// and the data. Several records stand for a key that is being changed: one that fits is enough.

/// <summary>What a record says of the certificate (RFC 6698, 2.1.1; names: RFC 7218, 2.1).</summary>
public enum TlsaUsage
{
    /// <summary>PKIX-TA (RFC 7218, 2.1); of no use for SMTP (RFC 7672, 3.1.3).</summary>
    PkixTa = 0,

    /// <summary>PKIX-EE (RFC 7218, 2.1); of no use for SMTP (RFC 7672, 3.1.3).</summary>
    PkixEe = 1,

    /// <summary>DANE-TA (RFC 7218, 2.1): a root of the chain (RFC 7672, 3.1.2).</summary>
    DaneTa = 2,

    /// <summary>DANE-EE (RFC 7218, 2.1): the host's own certificate (RFC 7672, 3.1.1).</summary>
    DaneEe = 3,
}

/// <summary>The data of a TLSA record (RFC 6698, 2.1).</summary>
/// <param name="Usage">RFC 6698, 2.1.1; a number that has no name is of no use.</param>
/// <param name="Selector">0 certificate, 1 public key (RFC 6698, 2.1.2).</param>
/// <param name="MatchingType">0 as it is, 1 SHA-256, 2 SHA-512 (RFC 6698, 2.1.3).</param>
/// <param name="Data">RFC 6698, 2.1.4.</param>
public sealed record TlsaRecord(TlsaUsage Usage, byte Selector, byte MatchingType, ReadOnlyMemory<byte> Data)
{
    /// <summary>Selector of the whole certificate (RFC 6698, 2.1.2).</summary>
    public const byte Certificate = 0;

    /// <summary>Selector of the public key (RFC 6698, 2.1.2).</summary>
    public const byte PublicKey = 1;

    /// <summary>Matching by the octets as they are (RFC 6698, 2.1.3).</summary>
    public const byte Exact = 0;

    /// <summary>Matching by SHA-256 (RFC 6698, 2.1.3).</summary>
    public const byte Sha256 = 1;

    /// <summary>Matching by SHA-512 (RFC 6698, 2.1.3).</summary>
    public const byte Sha512 = 2;

    private const int Fixed = 3;
    private const int MaxData = 16 * 1024;
    private const byte DerSequence = 0x30;

    /// <summary>Whether a sender of mail can hold a certificate against it (RFC 7672, 2.2 and 3.1.3; RFC 7671, 4.1).</summary>
    public bool IsUsable => Usage is TlsaUsage.DaneTa or TlsaUsage.DaneEe && Selector is Certificate or PublicKey && MatchingType switch
    {
        Exact => Data.Length is > 0 and <= MaxData && Data.Span[0] == DerSequence,
        Sha256 => Data.Length == 32,
        Sha512 => Data.Length == 64,
        _ => false,
    };

    /// <summary>From RDATA (RFC 6698, 2.1); null when it is too short to be a record.</summary>
    public static TlsaRecord? Parse(ReadOnlyMemory<byte> data) =>
        data.Length <= Fixed ? null : new TlsaRecord((TlsaUsage)data.Span[0], data.Span[1], data.Span[2], data[Fixed..].ToArray());

    /// <summary>Those that count: of usable records with the same usage and selector the strongest digest, and what is given in full (RFC 7671, 9).</summary>
    public static IReadOnlyList<TlsaRecord> Strongest(IReadOnlyList<TlsaRecord> records) =>
    [
        .. records.Where(record => record.IsUsable && (record.MatchingType != Sha256
            || !records.Any(other => other.IsUsable && other.MatchingType == Sha512 && other.Usage == record.Usage && other.Selector == record.Selector))),
    ];
}
