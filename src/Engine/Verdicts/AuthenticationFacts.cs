using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Detectors;

namespace Platform.Engine.Verdicts;

/// <summary>
/// What sender authentication found, kept with the verdict: what lists, events and deliveries show of an
/// <see cref="AuthenticationReport"/>. All lists and texts are bounded; domains, selectors and reasons are a stranger's text.
/// </summary>
/// <param name="Spf">Of the reverse-path, or of HELO when that is null; null when there was no connection to check.</param>
/// <param name="Helo">Of HELO beside it; null when it was not checked by itself.</param>
/// <param name="Dkim">One a signature, from the top of the header down; at most <see cref="MaxListed"/>.</param>
/// <param name="Incoming">Results fields that came with the message, claims of others; at most <see cref="MaxListed"/>.</param>
/// <param name="Results">As written into the message on delivery (RFC 8601, 2.2).</param>
public sealed record AuthenticationFacts(
    SpfFacts? Spf,
    SpfFacts? Helo,
    IReadOnlyList<DkimFacts> Dkim,
    DmarcFacts Dmarc,
    ArcFacts Arc,
    IReadOnlyList<ClaimFacts> Incoming,
    IReadOnlyList<MethodResult> Results)
{
    public const int MaxListed = 20;
    public const int MaxText = 255;
    private const int MaxResults = 30;

    public static AuthenticationFacts Of(AuthenticationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new AuthenticationFacts(
            Of(report.MailFrom),
            Of(report.Helo),
            [.. report.Dkim.Signatures.Take(MaxListed).Select(Of)],
            Of(report.Dmarc),
            new ArcFacts(report.Arc.Result, Cut(report.Arc.Explanation), [.. report.Arc.Sets.Take(MaxListed).Select(set => Cut(set.SealDomain))]),
            [.. report.Incoming.Claims.Take(MaxListed).Select(Of)],
            [.. report.Results.Results.Take(MaxResults).Select(Bounded)]);
    }

    /// <summary>
    /// The author domain stands behind the mail: by DMARC, or where it has no record for that, by SPF or a signature of the very same domain.
    /// Without it anybody may have written the name.
    /// </summary>
    public bool ProvesAuthor() =>
        Dmarc is { Result: AuthenticationResult.Pass } or { SpfAligned: true } or { DkimAligned: true }
        || (Dmarc is { Result: AuthenticationResult.None, Domain.Length: > 0 } && (IsOfAuthor(Spf) || Dkim.Any(IsOfAuthor)));

    private bool IsOfAuthor(SpfFacts? spf) => spf is { Result: AuthenticationResult.Pass, Identity: SpfIdentity.MailFrom } && spf.Domain.Equals(Dmarc.Domain, StringComparison.OrdinalIgnoreCase);

    private bool IsOfAuthor(DkimFacts signature) => signature.Result == AuthenticationResult.Pass && signature.Domain.Equals(Dmarc.Domain, StringComparison.OrdinalIgnoreCase);

    private static SpfFacts? Of(SpfResult? spf) => spf is null
        ? null
        : new SpfFacts(spf.Result, Cut(spf.Domain), spf.Identity, Cut(spf.Problem ?? (spf.Match is { } match ? $"{match.Term} ({match.Domain})" : "")));

    private static DkimFacts Of(DkimSignatureResult signature) =>
        new(signature.Result, Cut(signature.Domain), Cut(signature.Selector), Cut(signature.Algorithm), signature.KeyBits, signature.UnsignedOctets, Cut(signature.Explanation));

    private static DmarcFacts Of(DmarcOutcome dmarc) =>
        new(dmarc.Result, Cut(dmarc.AuthorDomain), dmarc.Record is null ? null : dmarc.RequestedPolicy, dmarc.PolicyDomain is { } domain ? Cut(domain) : null, dmarc.IsSpfAligned, dmarc.IsDkimAligned, Cut(dmarc.Reason));

    private static ClaimFacts Of(ResultsClaim claim) => claim.Field is { } field
        ? new ClaimFacts(Cut(field.ServiceId), [.. field.Results.Take(MaxListed).Select(result => Cut($"{result.Method}={result.Result}"))])
        : new ClaimFacts("", []);

    private static MethodResult Bounded(MethodResult result) => result with
    {
        Reason = result.Reason is { } reason ? Cut(reason) : null,
        Properties = [.. result.Properties.Take(MaxListed).Select(property => property with { Value = Cut(property.Value) })],
    };

    private static string Cut(string text) => Seen.Cut(text, MaxText);
}

/// <param name="Identity">Which name of the client was checked.</param>
/// <param name="Reason">What decided: a mechanism and whose record it stands in, or what was wrong; empty when nothing did.</param>
public sealed record SpfFacts(AuthenticationResult Result, string Domain, SpfIdentity Identity, string Reason);

/// <param name="Domain">Who signed; empty when it cannot be read.</param>
/// <param name="KeyBits">Null when there was no key.</param>
/// <param name="UnsignedOctets">Of the body, behind what is signed: anyone may have added them.</param>
public sealed record DkimFacts(AuthenticationResult Result, string Domain, string Selector, string Algorithm, int? KeyBits, long UnsignedOctets, string Reason);

/// <param name="Domain">The author domain; empty when there is no single one.</param>
/// <param name="Policy">What the owner asks for mail that fails; null without a record.</param>
/// <param name="PolicyDomain">Where the record was found; null without one.</param>
public sealed record DmarcFacts(AuthenticationResult Result, string Domain, DmarcPolicy? Policy, string? PolicyDomain, bool SpfAligned, bool DkimAligned, string Reason);

/// <param name="Sealers">Domains that sealed, from the first on.</param>
public sealed record ArcFacts(AuthenticationResult Result, string Reason, IReadOnlyList<string> Sealers);

/// <summary>An Authentication-Results field that came with the message: said by whoever wrote it, trusted by nobody.</summary>
/// <param name="ServiceId">Who claims to have looked; empty when the field cannot be read.</param>
/// <param name="Results"><c>spf=pass</c> and the like.</param>
public sealed record ClaimFacts(string ServiceId, IReadOnlyList<string> Results);
