namespace Platform.Engine.Authentication;

/// <summary>
/// What a method of sender authentication found: the result values registered for Authentication-Results (RFC 8601, 2.7.1 to 2.7.3).
/// A method uses those that its own standard gives it.
/// </summary>
public enum AuthenticationResult
{
    /// <summary>Nothing to check: no signature (RFC 8601, 2.7.1), no record (RFC 7208, 2.6.1).</summary>
    None,

    /// <summary>Verified (RFC 8601, 2.7.1), or authorised (RFC 7208, 2.6.3).</summary>
    Pass,

    /// <summary>Not verified (RFC 8601, 2.7.1), or not authorised (RFC 7208, 2.6.4).</summary>
    Fail,

    /// <summary>SPF alone (RFC 7208, 2.6.5): probably not authorised.</summary>
    SoftFail,

    /// <summary>SPF: no statement is made (RFC 7208, 2.6.2). DKIM: a signature that could not be processed (RFC 8601, 2.7.1).</summary>
    Neutral,

    /// <summary>DKIM: verified, but not acceptable by policy of this verifier, such as a key that is too short (RFC 8601, 2.7.1).</summary>
    Policy,

    /// <summary>A later attempt may give a result; DNS did not answer (RFC 8601, 2.7.1).</summary>
    TempError,

    /// <summary>No later attempt will; a record or signature is wrong (RFC 8601, 2.7.1).</summary>
    PermError,
}
