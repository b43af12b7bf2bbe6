using System.Buffers;
using System.Security.Cryptography;

namespace Platform.Engine.Authentication.Dkim;

/// <param name="UnsignedOctets">Of the canonical body, behind what <c>l=</c> signs.</param>
internal sealed record SignatureCheck(DkimFinding Finding, KeyLookup? Lookup, long UnsignedOctets, SignedFields? Fields);

/// <summary>Verifies signatures of one message over fields and body (RFC 6376, 6.1.2 and 6.1.3); DKIM and ARC share it.</summary>
internal sealed class SignatureVerification(RawMessage message, DkimKeys keys, DkimOptions options)
{
    private readonly BodyDigests _bodies = new(message.Body);
    private readonly ArrayBufferWriter<byte> _header = new(4096);

    /// <summary>Announces a signature that will be checked: its key is asked for, its body hash joins the others.</summary>
    public void Prepare(SignatureTags signature, CancellationToken cancellationToken)
    {
        keys.Begin(signature.Key, cancellationToken);
        _bodies.Want(signature.Body);
    }

    /// <param name="index">Where the signature stands in <see cref="RawMessage.Fields"/>.</param>
    /// <param name="signature">One without a fault.</param>
    public async ValueTask<SignatureCheck> CheckAsync(int index, SignatureTags signature, bool isIdentityOfSubdomain, CancellationToken cancellationToken)
    {
        var lookup = await keys.FindAsync(signature.Key, isIdentityOfSubdomain, cancellationToken).ConfigureAwait(false);
        if (lookup.Fault is not null)
            return new SignatureCheck(lookup.Fault, lookup, 0, null);
        if (lookup.Key!.Bits > options.MaximumRsaBits)
            return new SignatureCheck(DkimFinding.Permanent(DkimReason.KeyTooLong, $"the key has {lookup.Key.Bits} bits"), lookup, 0, null);
        cancellationToken.ThrowIfCancellationRequested();
        var body = _bodies.Of(signature.Body);
        var unsigned = signature.BodyLength is { } length ? Math.Max(0, body.CanonicalLength - length) : 0;
        var fields = SignedFields.Select(message, signature.SignedNames, index);
        return new SignatureCheck(Compare(signature, lookup.Key, body, fields), lookup, unsigned, fields);
    }

    private DkimFinding Compare(SignatureTags signature, DkimPublicKey key, BodyDigest body, SignedFields fields)
    {
        if (signature.BodyLength > body.CanonicalLength)
            return Fail(DkimReason.BodyAltered, "the body is shorter than l= says");
        if (!CryptographicOperations.FixedTimeEquals(body.Octets, signature.BodyHash))
            return Fail(DkimReason.BodyAltered, "the body was altered after signing");
        if (!key.Verify(HeaderHash(signature, fields), signature.Signature, signature.Algorithm.Hash))
            return Fail(DkimReason.SignatureMismatch, "the signature does not match the header and key");
        return PolicyOf(signature.Algorithm, key, options) ?? new DkimFinding(AuthenticationResult.Pass, DkimReason.Verified, "the signature verifies");
    }

    private byte[] HeaderHash(SignatureTags signature, SignedFields fields)
    {
        _header.ResetWrittenCount();
        foreach (var index in fields.Indices)
            HeaderCanonicalisation.Write(_header, message.Fields[index], signature.IsHeaderRelaxed);
        HeaderCanonicalisation.WriteUnsigned(_header, signature.Field, signature.IsHeaderRelaxed, signature.SignatureRange);
        return CryptographicOperations.HashData(signature.Algorithm.Hash, _header.WrittenSpan);
    }

    /// <summary>Why what verified is not accepted; null when it is.</summary>
    public static DkimFinding? PolicyOf(DkimAlgorithm algorithm, DkimPublicKey key, DkimOptions options)
    {
        if (algorithm.IsHistoric && !options.AcceptsRsaSha1)
            return new DkimFinding(AuthenticationResult.Policy, DkimReason.HistoricAlgorithm, "verified with rsa-sha1, which proves nothing");
        return algorithm.KeyType == "rsa" && key.Bits < options.MinimumRsaBits
            ? new DkimFinding(AuthenticationResult.Policy, DkimReason.KeyTooShort, $"verified with a key of {key.Bits} bits")
            : null;
    }

    private static DkimFinding Fail(DkimReason reason, string explanation) => new(AuthenticationResult.Fail, reason, explanation);
}
