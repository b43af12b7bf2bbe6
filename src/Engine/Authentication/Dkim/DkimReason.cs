namespace Platform.Engine.Authentication.Dkim;

/// <summary>Why a signature has its result: the failures of RFC 6376, 6.1, and what this verifier adds by policy.</summary>
public enum DkimReason
{
    /// <summary>It verified (RFC 6376, 6.1.3).</summary>
    Verified,

    /// <summary>The tag list or a value in it is malformed (RFC 6376, 3.2 and 3.5).</summary>
    SignatureSyntax,

    /// <summary>A tag that must be there is not (RFC 6376, 6.1.1).</summary>
    MissingTag,

    /// <summary>The version is not 1 (RFC 6376, 6.1.1).</summary>
    IncompatibleVersion,

    /// <summary>An algorithm or canonicalisation that no standard names (RFC 6376, 3.3 and 3.4).</summary>
    UnknownAlgorithm,

    /// <summary>No way to fetch the key that is known: none of the methods in <c>q=</c> (RFC 6376, 3.5).</summary>
    UnknownQueryMethod,

    /// <summary>The identity in <c>i=</c> is not of the signing domain (RFC 6376, 6.1.1).</summary>
    DomainMismatch,

    /// <summary>From is not signed (RFC 6376, 5.4).</summary>
    FromNotSigned,

    /// <summary>The time in <c>x=</c> has passed (RFC 6376, 3.5).</summary>
    Expired,

    /// <summary>There is no key record (RFC 6376, 6.1.2).</summary>
    NoKey,

    /// <summary>DNS gave no answer now (RFC 6376, 6.1.2).</summary>
    KeyUnavailable,

    /// <summary>The key record is malformed, or holds no usable key (RFC 6376, 3.6.1).</summary>
    KeySyntax,

    /// <summary>The key was revoked: its <c>p=</c> is empty (RFC 6376, 3.6.1).</summary>
    KeyRevoked,

    /// <summary>The key is of another kind than the signature (RFC 6376, 6.1.2).</summary>
    InappropriateKey,

    /// <summary>The key's <c>h=</c> does not name the hash (RFC 6376, 6.1.2).</summary>
    InappropriateHash,

    /// <summary>The key's <c>s=</c> does not name mail (RFC 6376, 3.6.1).</summary>
    NotForMail,

    /// <summary>The body is not the one that was signed (RFC 6376, 6.1.3).</summary>
    BodyAltered,

    /// <summary>The header is not the one that was signed, or another key signed it (RFC 6376, 6.1.3).</summary>
    SignatureMismatch,

    /// <summary>It verified with a key that is too short (RFC 8301, 3.2).</summary>
    KeyTooShort,

    /// <summary>The key is longer than this verifier computes with (RFC 8301, 3.2 asks for 4096 bits).</summary>
    KeyTooLong,

    /// <summary>It verified with rsa-sha1, which proves nothing (RFC 8301, 3.1).</summary>
    HistoricAlgorithm,

    /// <summary>Not looked at: there are more signatures than this verifier checks (RFC 6376, 6.1, 8.4).</summary>
    NotChecked,

    /// <summary>Not to be decided: the header is larger than is read (RFC 6376, 6.1).</summary>
    HeaderTooLarge,
}
