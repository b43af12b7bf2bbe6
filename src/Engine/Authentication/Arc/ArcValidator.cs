using System.Buffers;
using System.Security.Cryptography;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Arc;

// ARC (RFC 8617): who forwards a message changes it and breaks what the sender signed. So the forwarder writes down what it
// found before, and signs that. It adds a set of three fields with one number, `i=`: ARC-Authentication-Results, its
// findings; ARC-Message-Signature, like DKIM, over the message as it leaves; ARC-Seal, over all ARC fields of all sets so
// far, with `cv=`, the state in which it found the chain. A chain passes when it has every number from 1 up once, each
// seal verifies, and the newest message signature does; older ones may be broken by later changes, and how far back they
// hold tells who changed the message. A chain that has failed once stays failed.

/// <summary>Validates the chain of a message (RFC 8617, 5.2).</summary>
/// <param name="options">Policy for keys and clocks, as for DKIM (RFC 6376, 6.3).</param>
/// <param name="keys">Keys that were read before (RFC 6376, 3.6.1); its own when null.</param>
public sealed class ArcValidator(DkimOptions? options = null, DkimKeyCache? keys = null)
{
    private readonly DkimOptions _options = options ?? new DkimOptions();
    private readonly DkimKeyCache _keys = keys ?? new DkimKeyCache();

    /// <summary>Never throws for what a message or DNS holds (RFC 8617, 5.2).</summary>
    /// <param name="now">The time against which the newest message signature is held (RFC 6376, 3.5).</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async ValueTask<ArcReport> ValidateAsync(RawMessage message, IDnsResolver dns, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var chain = ArcChain.Read(message);
        var report = new ArcReport
        {
            Result = AuthenticationResult.Fail,
            Explanation = chain.Fault ?? "",
            Sets = [.. chain.Sets.Select(Shown)],
            HighestInstance = chain.HighestInstance,
            IsTerminated = chain.IsTerminated,
        };
        if (message.IsCut)
            return report with { Explanation = "the header is larger than is read" };
        if (chain.Fault is not null)
            return report;
        if (chain.Sets.Count == 0)
            return report with { Result = AuthenticationResult.None, Explanation = "there is no chain" };
        return await VerifyAsync(report, chain.Sets, message, new DkimKeys(dns, _keys), now, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ArcReport> VerifyAsync(ArcReport report, IReadOnlyList<ArcSet> sets, RawMessage message, DkimKeys keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var verification = new SignatureVerification(message, keys, _options);
        var newest = sets[^1];
        var finding = newest.Message.FaultAt(now, _options.ClockSkew)
            ?? await MessageFindingAsync(newest, verification, cancellationToken).ConfigureAwait(false);
        if (finding.Result != AuthenticationResult.Pass)
            return Failed(report, $"message signature {newest.Instance}", finding);
        foreach (var set in sets)
            keys.Begin(set.Seal.Key, cancellationToken);
        for (var index = sets.Count - 1; index >= 0; index--)
        {
            finding = await SealFindingAsync(sets, index, keys, cancellationToken).ConfigureAwait(false);
            if (finding.Result != AuthenticationResult.Pass)
                return Failed(report, $"seal {sets[index].Instance}", finding);
        }

        var oldestPass = await OldestPassAsync(sets, verification, cancellationToken).ConfigureAwait(false);
        return report with { Result = AuthenticationResult.Pass, Explanation = $"the chain of {sets.Count} verifies", OldestPass = oldestPass };
    }

    // A message signature over a part of the body does not tell who changed it, and would ask for one more hash of it.
    private static async ValueTask<int> OldestPassAsync(IReadOnlyList<ArcSet> sets, SignatureVerification verification, CancellationToken cancellationToken)
    {
        for (var index = sets.Count - 2; index >= 0; index--)
        {
            if (sets[index].Message.BodyLength is not null)
                return sets[index + 1].Instance;
            var finding = await MessageFindingAsync(sets[index], verification, cancellationToken).ConfigureAwait(false);
            if (finding.Result != AuthenticationResult.Pass)
                return sets[index + 1].Instance;
        }

        return 0;
    }

    // Without c= the form is simple (RFC 6376, 3.5); but there are sealers that mean relaxed then, the only form of a seal.
    private static async ValueTask<DkimFinding> MessageFindingAsync(ArcSet set, SignatureVerification verification, CancellationToken cancellationToken)
    {
        var check = await verification.CheckAsync(set.MessageIndex, set.Message, false, cancellationToken).ConfigureAwait(false);
        if (check.Finding.Result == AuthenticationResult.Fail && !set.Message.List!.Has("c"))
            check = await verification.CheckAsync(set.MessageIndex, SignatureTags.Parse(set.Message.Field, "relaxed/relaxed"), false, cancellationToken).ConfigureAwait(false);
        return check.Finding;
    }

    private async ValueTask<DkimFinding> SealFindingAsync(IReadOnlyList<ArcSet> sets, int index, DkimKeys keys, CancellationToken cancellationToken)
    {
        var seal = sets[index].Seal;
        var lookup = await keys.FindAsync(seal.Key, false, cancellationToken).ConfigureAwait(false);
        if (lookup.Fault is not null)
            return lookup.Fault;
        if (lookup.Key!.Bits > _options.MaximumRsaBits)
            return DkimFinding.Permanent(DkimReason.KeyTooLong, $"the key has {lookup.Key.Bits} bits");
        cancellationToken.ThrowIfCancellationRequested();
        var header = new ArrayBufferWriter<byte>(4096);
        for (var before = 0; before < index; before++)
            ArcScope.WriteSet(header, sets[before]);
        ArcScope.WriteOpenSet(header, sets[index].Results, sets[index].Message.Field);
        HeaderCanonicalisation.WriteUnsigned(header, seal.Field, true, seal.SignatureRange);
        if (!lookup.Key.Verify(CryptographicOperations.HashData(seal.Key.Algorithm.Hash, header.WrittenSpan), seal.Signature, seal.Key.Algorithm.Hash))
            return new DkimFinding(AuthenticationResult.Fail, DkimReason.SignatureMismatch, "the signature does not match the ARC fields and key");
        return SignatureVerification.PolicyOf(seal.Key.Algorithm, lookup.Key, _options)
            ?? new DkimFinding(AuthenticationResult.Pass, DkimReason.Verified, "the seal verifies");
    }

    private static ArcReport Failed(ArcReport report, string what, DkimFinding finding) =>
        report with { Explanation = $"{what}: {finding.Explanation}", IsTemporary = finding.Result == AuthenticationResult.TempError };

    private static ArcSetReport Shown(ArcSet set) =>
        new(set.Instance, set.Seal.Key.Domain, set.Seal.Key.Selector, set.Message.Domain, set.Seal.Validation, set.ResultsText);
}
