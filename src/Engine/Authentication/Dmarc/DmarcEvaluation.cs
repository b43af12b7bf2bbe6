namespace Platform.Engine.Authentication.Dmarc;

/// <summary>One evaluation (RFC 9989, 5.3.2 to 5.3.6).</summary>
internal sealed class DmarcEvaluation(string author, DmarcSpecification specification, DmarcLookup lookup, IPolicyDiscovery discovery)
{
    private enum Vouching
    {
        No,
        Yes,

        /// <summary>It would, if a question to DNS had been answered.</summary>
        Unknown,
    }

    private string? _organisation;

    public async ValueTask<DmarcOutcome> RunAsync(IReadOnlyList<DkimIdentifier> dkim, IReadOnlyList<SpfIdentifier> spf, CancellationToken cancellationToken)
    {
        var own = await lookup.FindAsync(author, cancellationToken).ConfigureAwait(false);
        if (own.Found == DmarcFound.Several)
            return Outcome(AuthenticationResult.None, $"_dmarc.{author} has more than one DMARC record: none counts.");
        DmarcNode? node = own.Found is DmarcFound.Record or DmarcFound.Unknown ? own : await discovery.AboveAsync(author, cancellationToken).ConfigureAwait(false);
        if (node is not { } found)
            return Outcome(AuthenticationResult.None, $"{author} has no DMARC record, nor has a domain above it.");
        if (found.Record is not { } record)
            return Outcome(AuthenticationResult.TempError, $"DNS gave no answer on the DMARC record of {author}.");
        var applying = Outcome(AuthenticationResult.None, $"The record at _dmarc.{found.Domain} has neither a valid policy nor a report address.") with { Record = record, PolicyDomain = found.Domain };
        if (!record.IsUsable)
            return applying;
        applying = await WithPolicyAsync(applying, record, found.Domain, cancellationToken).ConfigureAwait(false);
        return await DecideAsync(applying, record, dkim, spf, cancellationToken).ConfigureAwait(false);
    }

    private DmarcOutcome Outcome(AuthenticationResult result, string reason) => new(result, author, reason);

    private async ValueTask<DmarcOutcome> WithPolicyAsync(DmarcOutcome outcome, DmarcRecord record, string policyDomain, CancellationToken cancellationToken)
    {
        if (specification == DmarcSpecification.Rfc7489)
            return outcome with { RequestedPolicy = policyDomain == author ? record.EffectivePolicy : record.PolicyBelow(exists: true) };
        var policy = record.EffectivePolicy;
        var isNonexistent = false;
        if (policyDomain != author)
        {
            policy = record.PolicyBelow(exists: true);
            var below = record.PolicyBelow(exists: false);
            if (below != policy)
            {
                // Without an answer the milder of the two is all that is sure to be asked for.
                var exists = await lookup.ExistsAsync(author, cancellationToken).ConfigureAwait(false);
                isNonexistent = exists == false;
                policy = exists switch { true => policy, false => below, null => (DmarcPolicy)Math.Min((int)policy, (int)below) };
            }
        }

        if (record.IsTest && policy != DmarcPolicy.None)
            policy--;
        return outcome with { RequestedPolicy = policy, IsAuthorNonexistent = isNonexistent };
    }

    private async ValueTask<DmarcOutcome> DecideAsync(DmarcOutcome outcome, DmarcRecord record, IReadOnlyList<DkimIdentifier> dkim, IReadOnlyList<SpfIdentifier> spf, CancellationToken cancellationToken)
    {
        var byDkim = await AnyAsync(dkim.Select(signature => (signature.Domain, signature.Result)), record.DkimAlignment, cancellationToken).ConfigureAwait(false);
        var bySpf = await AnyAsync(spf.Select(check => (check.Domain, check.Result)), record.SpfAlignment, cancellationToken).ConfigureAwait(false);
        outcome = outcome with { IsDkimAligned = byDkim == Vouching.Yes, IsSpfAligned = bySpf == Vouching.Yes, OrganisationalDomain = _organisation };

        // RFC 7489, 11.2 has a result for a syntactically incorrect record; RFC 9989, 4.7 lets the rest of it count.
        if (specification == DmarcSpecification.Rfc7489 && record.HasSyntaxFault)
            return outcome with { Result = AuthenticationResult.PermError, Reason = $"The record at _dmarc.{outcome.PolicyDomain} is syntactically incorrect: {record.Faults[0].Part}" };
        if (byDkim == Vouching.Yes || bySpf == Vouching.Yes)
            return outcome with { Result = AuthenticationResult.Pass, Reason = $"{(byDkim == Vouching.Yes ? "A DKIM signature" : "SPF")} vouches for a domain aligned with {author}." };
        if (byDkim == Vouching.Unknown || bySpf == Vouching.Unknown)
            return outcome with { Result = AuthenticationResult.TempError, Reason = "DNS gave no answer on what could have made it pass." };
        return outcome with { Result = AuthenticationResult.Fail, Reason = $"Neither DKIM nor SPF vouches for a domain aligned with {author}." };
    }

    private async ValueTask<Vouching> AnyAsync(IEnumerable<(string Domain, AuthenticationResult Result)> identifiers, DmarcAlignment mode, CancellationToken cancellationToken)
    {
        var any = Vouching.No;
        foreach (var (domain, result) in identifiers)
        {
            if (result is not (AuthenticationResult.Pass or AuthenticationResult.TempError))
                continue;
            var aligned = await AlignedAsync(IdentifierAlignment.Name(domain), mode, cancellationToken).ConfigureAwait(false);
            if (aligned == true && result == AuthenticationResult.Pass)
                return Vouching.Yes;
            if (aligned != false)
                any = Vouching.Unknown;
        }

        return any;
    }

    // Null when DNS gave no answer (RFC 9989, 5.3.6: neither pass nor fail).
    private async ValueTask<bool?> AlignedAsync(string identifier, DmarcAlignment mode, CancellationToken cancellationToken)
    {
        if (identifier.Length == 0)
            return false;
        if (identifier == author)
            return true;
        if (mode == DmarcAlignment.Strict || !IdentifierAlignment.ShareTopLabel(identifier, author))
            return false;
        _organisation ??= await discovery.OrganisationAsync(author, cancellationToken).ConfigureAwait(false);
        if (_organisation is null)
            return null;
        if (_organisation.Length == 0 || !IsAtOrBelow(identifier, _organisation))
            return false;
        var other = await discovery.OrganisationAsync(identifier, cancellationToken).ConfigureAwait(false);
        return other is null ? null : other == _organisation;
    }

    private static bool IsAtOrBelow(string name, string domain) =>
        name.EndsWith(domain, StringComparison.Ordinal) && (name.Length == domain.Length || name[^(domain.Length + 1)] == '.');
}
