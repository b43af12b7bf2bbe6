using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Dkim;

// DKIM (RFC 6376): a domain takes responsibility for a message by signing it. The field DKIM-Signature holds a list of
// tags: `d=` the domain, `s=` which of its keys, `h=` the fields that are signed, `bh=` the hash of the body, `b=` the
// signature over those fields and this one, `c=` how octets are put into a canonical form before. The public key is a
// TXT record at `s._domainkey.d`. A message may carry several signatures; each stands for itself and one that verifies
// is enough. A signature that fails means no more than none at all. Newer rules: no rsa-sha1 and no RSA keys below 1024
// bits (RFC 8301), Ed25519 (RFC 8463), underscored names (RFC 8553), internationalised names (RFC 8616). What is not
// signed is as telling as what is: octets behind `l=`, fields that were added.

/// <summary>Verifies the DKIM signatures of a message (RFC 6376, 6).</summary>
/// <param name="options">Policy beyond the syntax (RFC 6376, 6.3); the defaults follow RFC 8301, 3.</param>
/// <param name="keys">Keys that were read before (RFC 6376, 3.6.1); its own when null.</param>
public sealed class DkimVerifier(DkimOptions? options = null, DkimKeyCache? keys = null)
{
    private const int MaxRead = 100;

    private readonly DkimOptions _options = options ?? new DkimOptions();
    private readonly DkimKeyCache _keys = keys ?? new DkimKeyCache();

    /// <summary>
    /// A result for each signature (RFC 6376, 6.1), for the first 100 of them where there are more. Never throws for what a message or DNS holds; DNS is asked at most once for each name.
    /// </summary>
    /// <param name="now">The time against which <c>t=</c> and <c>x=</c> are held (RFC 6376, 3.5).</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async ValueTask<DkimReport> VerifyAsync(RawMessage message, IDnsResolver dns, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var indices = message.IndicesOf(DkimSignature.FieldName);
        if (indices.Count == 0)
            return new DkimReport([]);
        var verification = new SignatureVerification(message, new DkimKeys(dns, _keys), _options);
        var signatures = new List<(DkimSignature Signature, DkimFinding? Fault)>(indices.Count);
        var accepted = 0;
        foreach (var index in indices)
        {
            if (signatures.Count == MaxRead)
                break;
            var signature = DkimSignature.Parse(index, message.Fields[index]);
            var fault = message.IsCut ? DkimFinding.Permanent(DkimReason.HeaderTooLarge, "the header is larger than is read")
                : signature.Fault ?? signature.Tags.FaultAt(now, _options.ClockSkew);
            if (fault is null && ++accepted > _options.MaximumSignatures)
                fault = new DkimFinding(AuthenticationResult.Neutral, DkimReason.NotChecked, $"not checked, as {_options.MaximumSignatures} others were");
            if (fault is null)
                verification.Prepare(signature.Tags, cancellationToken);
            signatures.Add((signature, fault));
        }

        var results = new List<DkimSignatureResult>(signatures.Count);
        foreach (var (signature, fault) in signatures)
        {
            var check = fault is null
                ? await verification.CheckAsync(signature.FieldIndex, signature.Tags, signature.IsIdentityOfSubdomain, cancellationToken).ConfigureAwait(false)
                : new SignatureCheck(fault, null, 0, null);
            results.Add(Result(signature, check, now));
        }

        return new DkimReport(results);
    }

    private DkimSignatureResult Result(DkimSignature signature, SignatureCheck check, DateTimeOffset now)
    {
        var tags = signature.Tags;
        var bits = check.Lookup?.Key?.Bits;
        return new DkimSignatureResult
        {
            Result = check.Finding.Result,
            Reason = check.Finding.Reason,
            Explanation = check.Finding.Explanation,
            FieldIndex = signature.FieldIndex,
            Domain = tags.Domain,
            Selector = tags.Selector,
            Algorithm = tags.AlgorithmName,
            Identity = signature.Identity,
            Signature = tags.List?.Compact("b") ?? "",
            KeyBits = bits,
            IsKeyWeak = bits < _options.StrongRsaBits && tags.Algorithm.KeyType == "rsa",
            IsTesting = check.Lookup?.Record?.IsTesting ?? false,
            SignedFields = tags.SignedNames,
            OverSigned = check.Fields?.OverSigned ?? [],
            Uncovered = check.Fields?.Uncovered ?? [],
            UnsignedOctets = check.UnsignedOctets,
            CopiedFields = signature.CopiedFields,
            SignedAt = Time(tags.SignedAt),
            IsFromFuture = Time(tags.SignedAt) > now + _options.ClockSkew,
            ExpiresAt = Time(tags.ExpiresAt),
        };
    }

    private static DateTimeOffset? Time(long? seconds) =>
        seconds is >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;
}
