using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Spf;

/// <summary>One run of check_host() with all it leads to (RFC 7208, 4): its counts are of the whole run.</summary>
internal sealed class SpfEvaluation(SpfSender sender, MacroValues values, IDnsResolver dns, SpfLimits limits)
{
    private readonly MacroExpander _expander = new(values);
    private readonly SpfPointers _pointers = new(values, limits);

    public int Lookups { get; private set; }

    public int VoidLookups { get; private set; }

    /// <summary>check_host() for a domain (RFC 7208, 4.3 to 4.7).</summary>
    public async ValueTask<SpfVerdict> CheckAsync(string domain, CancellationToken cancellationToken)
    {
        if (!SpfName.TryNormalise(domain, out var name) || !sender.IsUsable)
            return SpfVerdict.WithoutRecord(domain, DnsStatus.NotAsked, AuthenticationResult.None, "The name is not that of a domain with two labels or more.");
        var answer = await dns.QueryAsync(name, DnsType.Txt, cancellationToken);
        if (answer.IsTemporary)
            return SpfVerdict.WithoutRecord(name, answer.Status, AuthenticationResult.TempError, $"DNS gave no answer for the TXT records of {name} ({answer.Status}).");
        var records = answer.Records.OfType<DnsRecord.Text>().Where(text => SpfRecordParser.IsRecord(text.Value)).Take(2).ToList();
        return records.Count switch
        {
            0 => SpfVerdict.WithoutRecord(name, answer.Status, AuthenticationResult.None, $"{name} has no SPF record."),
            1 => await EvaluateAsync(name, records[0].Value, cancellationToken),
            _ => SpfVerdict.WithoutRecord(name, answer.Status, AuthenticationResult.PermError, $"{name} has more than one SPF record."),
        };
    }

    /// <summary>The text for a sender that is refused (RFC 7208, 6.2); null when there is none to be had.</summary>
    public async ValueTask<string?> ExplainAsync(SpfVerdict verdict, CancellationToken cancellationToken)
    {
        if (verdict.Check.Result != AuthenticationResult.Fail || verdict.Explanation is null)
            return null;
        var target = await TargetAsync(verdict.Explanation.Domain, verdict.ExplanationDomain, new SpfQuestions(dns), cancellationToken);
        if (target.Length == 0)
            return null;
        var answer = await dns.QueryAsync(target, DnsType.Txt, cancellationToken);
        if (answer.Records is not [DnsRecord.Text record])
            return null;
        var text = MacroParser.Parse(record.Value, MacroPlace.Explanation, out _);
        if (text is null || !IsExpandable(text))
            return null;
        var validatedName = text.HasValidatedName ? await _pointers.NameForAsync(verdict.ExplanationDomain, new SpfQuestions(dns), cancellationToken) : "";
        var explanation = _expander.Text(text, verdict.ExplanationDomain, validatedName, limits.MaxExplanationLength);
        // HELO and local-part go into it, and may hold what a reply of SMTP must not.
        return explanation.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : explanation;
    }

    private async ValueTask<SpfVerdict> EvaluateAsync(string domain, string text, CancellationToken cancellationToken)
    {
        List<SpfLookup> lookups = [];
        SpfCheck Check(AuthenticationResult result, string? problem) => new(domain, DnsStatus.Found, text, result, problem, lookups);

        if (SpfRecordParser.Parse(text, out var problem) is not { } record)
            return new SpfVerdict(Check(AuthenticationResult.PermError, $"The record of {domain} {problem}."));
        foreach (var directive in record.Directives)
        {
            var term = await TryAsync(directive, domain, lookups, cancellationToken);
            switch (term.Outcome)
            {
                case SpfOutcome.Match:
                    return new SpfVerdict(Check(directive.Result, null), new SpfMatch(directive.Text, domain, term.Within), record.Explanation, domain);
                case SpfOutcome.TempError:
                    return new SpfVerdict(Check(AuthenticationResult.TempError, term.Problem));
                case SpfOutcome.PermError:
                    return new SpfVerdict(Check(AuthenticationResult.PermError, term.Problem));
            }
        }

        if (record.Redirect is null || !IsExpandable(record.Redirect.Domain))
            return new SpfVerdict(Check(AuthenticationResult.Neutral, null));
        var followed = await RedirectAsync(record.Redirect, domain, lookups, cancellationToken);
        return followed with { Check = Check(followed.Check.Result, followed.Check.Problem) };
    }

    private async ValueTask<SpfTerm> TryAsync(SpfDirective directive, string domain, List<SpfLookup> lookups, CancellationToken cancellationToken)
    {
        switch (directive.Mechanism)
        {
            case SpfMechanism.All:
                return SpfTerm.Match;
            case SpfMechanism.Ip4:
                return SpfTerm.Of(SpfPrefix.Matches(values.Client, directive.Network!, directive.Prefix4));
            case SpfMechanism.Ip6:
                return SpfTerm.Of(SpfPrefix.Matches(values.Client, directive.Network!, directive.Prefix6));
        }

        var number = ++Lookups;
        if (number > limits.MaxLookups)
        {
            lookups.Add(new SpfLookup(directive.Text, number, "", SpfOutcome.PermError, IsVoid: false, [], Check: null));
            return SpfTerm.Permanent(TooManyLookups(directive.Text, domain));
        }

        var asked = new SpfQuestions(dns);
        var target = directive.Domain is null ? domain : await TargetAsync(directive.Domain, domain, asked, cancellationToken);
        var term = await LookUpAsync(directive, target, asked, cancellationToken);
        if (term.IsVoid && ++VoidLookups > limits.MaxVoidLookups)
            term = SpfTerm.Permanent($"More than {limits.MaxVoidLookups} terms ask for names that DNS has nothing for; the last is '{directive.Text}' of {domain}.") with { IsVoid = true };
        lookups.Add(new SpfLookup(directive.Text, number, target, term.Outcome, term.IsVoid, asked.Asked, term.Check));
        return term;
    }

    private ValueTask<SpfTerm> LookUpAsync(SpfDirective directive, string target, SpfQuestions asked, CancellationToken cancellationToken)
    {
        if (directive.Domain is not null && !IsExpandable(directive.Domain))
            return ValueTask.FromResult(SpfTerm.NoMatch);
        if (directive.Mechanism == SpfMechanism.Include)
            return IncludeAsync(target, cancellationToken);
        // Macros may give what cannot be a name; nothing is there to be found (RFC 7208, 4.8).
        if (target.Length == 0)
            return ValueTask.FromResult(SpfTerm.NoMatch);
        var mechanisms = new SpfAddressMechanisms(values.Client, limits, asked);
        return directive.Mechanism switch
        {
            SpfMechanism.A => mechanisms.AddressAsync(directive, target, cancellationToken),
            SpfMechanism.Mx => mechanisms.ExchangerAsync(directive, target, cancellationToken),
            SpfMechanism.Exists => mechanisms.ExistsAsync(directive, target, cancellationToken),
            _ => _pointers.MatchAsync(target, asked, cancellationToken),
        };
    }

    // RFC 7208, 5.2: the table of results.
    private async ValueTask<SpfTerm> IncludeAsync(string target, CancellationToken cancellationToken)
    {
        var verdict = await CheckAsync(target, cancellationToken);
        var term = verdict.Check.Result switch
        {
            AuthenticationResult.Pass => SpfTerm.Match,
            AuthenticationResult.TempError => SpfTerm.Temporary(verdict.Check.Problem ?? ""),
            AuthenticationResult.PermError => SpfTerm.Permanent(verdict.Check.Problem ?? ""),
            AuthenticationResult.None => SpfTerm.Permanent($"'{target}' is included and has no SPF record."),
            _ => SpfTerm.NoMatch,
        };
        return term with { Check = verdict.Check, Within = verdict.Match };
    }

    // RFC 7208, 6.1: the result, match and explanation are those of the other record.
    private async ValueTask<SpfVerdict> RedirectAsync(SpfModifier redirect, string domain, List<SpfLookup> lookups, CancellationToken cancellationToken)
    {
        var number = ++Lookups;
        if (number > limits.MaxLookups)
        {
            lookups.Add(new SpfLookup(redirect.Text, number, "", SpfOutcome.PermError, IsVoid: false, [], Check: null));
            return SpfVerdict.WithoutRecord(domain, DnsStatus.NotAsked, AuthenticationResult.PermError, TooManyLookups(redirect.Text, domain));
        }

        var asked = new SpfQuestions(dns);
        var target = await TargetAsync(redirect.Domain, domain, asked, cancellationToken);
        var verdict = await CheckAsync(target, cancellationToken);
        var outcome = verdict.Check.Result switch
        {
            AuthenticationResult.TempError => SpfOutcome.TempError,
            AuthenticationResult.PermError or AuthenticationResult.None => SpfOutcome.PermError,
            _ => SpfOutcome.Match,
        };
        lookups.Add(new SpfLookup(redirect.Text, number, target, outcome, IsVoid: false, asked.Asked, verdict.Check));
        return verdict.Check.Result == AuthenticationResult.None
            ? SpfVerdict.WithoutRecord(domain, verdict.Check.Answer, AuthenticationResult.PermError, $"{domain} redirects to '{target}', which has no SPF record.")
            : verdict;
    }

    /// <summary>Empty when the macros give nothing that could be a name.</summary>
    private async ValueTask<string> TargetAsync(MacroString text, string domain, SpfQuestions asked, CancellationToken cancellationToken)
    {
        if (!IsExpandable(text))
            return "";
        var validatedName = text.HasValidatedName ? await _pointers.NameForAsync(domain, asked, cancellationToken) : "";
        var name = _expander.Name(text, domain, validatedName);
        return System.Text.Ascii.IsValid(name) ? name : "";
    }

    // A term with a local-part that is not ASCII matches nothing (RFC 8616, 4).
    private bool IsExpandable(MacroString text) => !text.HasLocalPart || sender.HasAsciiLocalPart;

    private string TooManyLookups(string term, string domain) =>
        $"More than {limits.MaxLookups} terms ask DNS; the first too many is '{term}' of {domain}.";
}
