using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Spf;

// SPF (RFC 7208): the owner of a domain says in DNS which hosts may send mail in its name. The receiver takes the domain of
// MAIL FROM, or of HELO when MAIL FROM is empty, reads its one TXT record that begins with `v=spf1`, and tries the record's
// mechanisms from left to right on the address of the client: `ip4:192.0.2.0/24 a mx include:other.example -all`.
// The first that matches gives its qualifier as the result: + pass, - fail, ~ softfail, ? neutral. `include` asks the record
// of another domain and matches when that passes; the modifier `redirect=` continues there when nothing matched; `exp=`
// names a text for the sender of refused mail. Names may hold macros: `exists:%{ir}.%{l}.spf.%{d}` asks for a name made of
// the client's address and the sender. Records are written by strangers and each term costs look-ups, so limits belong to
// the standard: ten terms that ask DNS, two that find nothing, ten names each of MX and PTR (4.6.4). A wrong record is
// permerror, no answer of DNS temperror. SPF says who may send, not who wrote: the From header field may name anybody.

/// <summary>Evaluates SPF: the function check_host() of RFC 7208, 4.</summary>
/// <param name="limits">Null: those of RFC 7208, 4.6.4.</param>
/// <param name="clock">Gives the macro <c>t</c> (RFC 7208, 7.3); null: the system's.</param>
public sealed class SpfEvaluator(SpfLimits? limits = null, TimeProvider? clock = null)
{
    private readonly SpfLimits _limits = limits ?? new SpfLimits();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>
    /// Checks one client and its sender (RFC 7208, 2.4; HELO for a null sender). Never throws for what a query or a record
    /// holds; how long DNS may take is the resolver's to bound (RFC 7208, 4.6.4: at least 20 seconds).
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<SpfResult> EvaluateAsync(SpfQuery query, IDnsResolver dns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(dns);
        var sender = SpfSender.Of(query);
        var evaluation = new SpfEvaluation(sender, new MacroValues(query, sender, _clock.GetUtcNow()), dns, _limits);
        var verdict = await evaluation.CheckAsync(sender.Domain, cancellationToken);
        return new SpfResult
        {
            Result = verdict.Check.Result,
            Identity = sender.Identity,
            Domain = sender.Domain,
            Match = verdict.Match,
            Explanation = await evaluation.ExplainAsync(verdict, cancellationToken),
            Problem = verdict.Check.Problem,
            Check = verdict.Check,
            Lookups = evaluation.Lookups,
            VoidLookups = evaluation.VoidLookups,
        };
    }
}
