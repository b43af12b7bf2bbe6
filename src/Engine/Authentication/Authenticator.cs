using System.Net;
using Platform.Engine.Authentication.Arc;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Links;

namespace Platform.Engine.Authentication;

/// <summary>
/// All methods of sender authentication over one message (RFC 8601, 1.2): who connected may send for the domain of the envelope (SPF), who
/// signed (DKIM), who passed it on (ARC), who is the author, and whether the author's domain is proven by the first two (DMARC).
/// A function of its arguments: DNS, suffix list and clock are given. May be used by several threads; keeps the keys it has read.
/// </summary>
public sealed class Authenticator(AuthenticatorOptions options)
{
    private const int MaxCandidates = 5;

    private readonly DkimKeyCache _keys = new();

    /// <summary>Never throws for what a message, an envelope or DNS holds (RFC 8601, 2.7; RFC 9989, 5.3).</summary>
    /// <param name="message">The raw message as received.</param>
    /// <param name="envelope">Without a client address or a reverse-path SPF is not checked (RFC 7208, 2.2).</param>
    /// <param name="now">The time of receipt (RFC 6376, 3.5).</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async ValueTask<AuthenticationReport> AuthenticateAsync(ReadOnlyMemory<byte> message, Envelope envelope, IDnsResolver dns, IOrganisationalDomains domains, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var raw = RawMessage.Read(message);
        var mailFrom = SpfAsync(envelope, envelope.MailFrom, dns, cancellationToken).AsTask();
        var helo = HasOwnHelo(envelope) ? SpfAsync(envelope, "", dns, cancellationToken).AsTask() : Task.FromResult<SpfResult?>(null);
        var dkim = new DkimVerifier(options.Dkim, _keys).VerifyAsync(raw, dns, now, cancellationToken).AsTask();
        var arc = new ArcValidator(options.Dkim, _keys).ValidateAsync(raw, dns, now, cancellationToken).AsTask();
        await Task.WhenAll(mailFrom, helo, dkim, arc).ConfigureAwait(false);

        var fields = LenientFields.Read(message.Span, out var isCut);
        var author = MessageAuthor.Read(message.Span, fields, isCut);
        var signatures = await dkim.ConfigureAwait(false);
        var sender = await mailFrom.ConfigureAwait(false);
        var input = new DmarcInput(
            author.Domain,
            [.. signatures.Signatures.Select(signature => new DkimIdentifier(signature.Domain, signature.Result))],
            sender is null ? [] : [new SpfIdentifier(sender.Domain, sender.Result)]);
        var report = new AuthenticationReport
        {
            Author = author,
            MailFrom = sender,
            Helo = await helo.ConfigureAwait(false),
            Dkim = signatures,
            Arc = await arc.ConfigureAwait(false),
            Dmarc = await DmarcAsync(author, input, dns, domains, cancellationToken).ConfigureAwait(false),
            Incoming = IncomingResults.Read(message.Span, isCut ? LenientFields.ReadAll(message.Span) : fields, [options.ServiceId, .. options.OtherServiceIds]),
        };
        return report with { Results = ReportedResults.Of(report, envelope, options.ServiceId) };
    }

    private async ValueTask<SpfResult?> SpfAsync(Envelope envelope, string? mailFrom, IDnsResolver dns, CancellationToken cancellationToken)
    {
        if (mailFrom is null || !IPAddress.TryParse(envelope.ClientAddress, out var address))
            return null;
        var query = new SpfQuery(address, envelope.Helo ?? "", mailFrom) { Receiver = options.ServiceId };
        return await new SpfEvaluator(options.Spf, options.Clock).EvaluateAsync(query, dns, cancellationToken).ConfigureAwait(false);
    }

    // With a null reverse-path the check of MAIL FROM is that of HELO (RFC 7208, 2.4).
    private static bool HasOwnHelo(Envelope envelope) => !string.IsNullOrEmpty(envelope.Helo) && !string.IsNullOrEmpty(envelope.MailFrom);

    private async ValueTask<DmarcOutcome> DmarcAsync(AuthorIdentity author, DmarcInput input, IDnsResolver dns, IOrganisationalDomains domains, CancellationToken cancellationToken)
    {
        if (author.Fault == AuthorFault.None)
            return await DmarcEvaluator.EvaluateAsync(input, dns, domains, options.Dmarc, cancellationToken).ConfigureAwait(false);

        // No pass without one author. But a From with two domains must not take its victim's policy away either, so the
        // strictest of those that fail is asked for (RFC 9989, 11.5; RFC 7489, 6.6.1).
        var worst = new DmarcOutcome(AuthenticationResult.PermError, "", $"The message has no single author domain: {author.Fault}.");
        foreach (var domain in author.Domains.Take(MaxCandidates))
        {
            var outcome = await DmarcEvaluator.EvaluateAsync(input with { AuthorDomain = domain }, dns, domains, options.Dmarc, cancellationToken).ConfigureAwait(false);
            if (outcome.Result == AuthenticationResult.Fail && (worst.Result != AuthenticationResult.Fail || outcome.RequestedPolicy > worst.RequestedPolicy))
                worst = outcome with { Reason = $"{worst.Reason} {outcome.Reason}" };
        }

        return worst;
    }
}
