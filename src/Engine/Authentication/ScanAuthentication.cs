using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Intelligence;
using Platform.Engine.Links;

namespace Platform.Engine.Authentication;

/// <summary>Authenticates the sender for one scan: which connection counts, who answers, how much is asked.</summary>
/// <param name="resolver">Null: nobody; then only requests with a snapshot are authenticated.</param>
internal sealed class ScanAuthentication(IDnsResolver? resolver, IOrganisationalDomains domains, TimeProvider time)
{
    private const string Unnamed = "unknown";
    private const int MaxAuthors = 3;

    private readonly Lock _gate = new();
    private (string ServiceId, Authenticator Of)? _known;

    /// <summary>Null when it is nobody's sender: our own mail going out, or nobody to ask.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<Authenticated?> RunAsync(ScanRequest request, Origin origin, CancellationToken cancellationToken)
    {
        if (request.Envelope.Direction != MailDirection.Inbound || ResolverFor(request) is not { } answers)
            return null;
        var recording = new RecordingResolver(answers);
        await AskAboutAuthorAsync(request.Message, recording, cancellationToken).ConfigureAwait(false);
        var report = await AuthenticatorFor(request.Context).AuthenticateAsync(request.Message, Sender(request.Envelope, origin), recording, domains, request.Context.Now, cancellationToken).ConfigureAwait(false);
        return new Authenticated(report, recording.Snapshot, recording.LeftOut);
    }

    // Before anything that a sender chooses: servers of his own that are slow on purpose, or records that ask without end, must not
    // use up what is left for the domain that he borrows.
    private async ValueTask AskAboutAuthorAsync(ReadOnlyMemory<byte> message, RecordingResolver answers, CancellationToken cancellationToken)
    {
        foreach (var domain in MessageAuthor.Read(message.Span).Domains.Take(MaxAuthors))
        {
            await DmarcEvaluator.EvaluateAsync(new DmarcInput(domain, [], []), answers, domains, DmarcOptions.Default, cancellationToken).ConfigureAwait(false);
            if (domains.Of(domain) is { Length: > 0 } organisation && organisation != domain)
                await answers.QueryAsync($"_dmarc.{organisation}", DnsType.Txt, cancellationToken).ConfigureAwait(false);
        }
    }

    private IDnsResolver? ResolverFor(ScanRequest request)
    {
        if (request.Context.Dns is { } snapshot)
            return new SnapshotResolver(snapshot);
        return resolver is null ? null : new BudgetedResolver(resolver, request.Limits.MaxDnsQuestions, request.Limits.MaxDnsTime, time);
    }

    // One serves many scans: it keeps the keys that it has read.
    private Authenticator AuthenticatorFor(ScanContext context)
    {
        var serviceId = string.IsNullOrEmpty(context.ServiceId) ? Unnamed : context.ServiceId;
        lock (_gate)
        {
            if (_known is not { } known || known.ServiceId != serviceId)
                _known = known = (serviceId, new Authenticator(new AuthenticatorOptions(serviceId)));
            return known.Of;
        }
    }

    // SPF is about the host that spoke to the tenant's border (RFC 7208, 2.2): behind a relay of the tenant's own it is the one that
    // the relay wrote down, and what it said in HELO is not known.
    private static Envelope Sender(Envelope envelope, Origin origin) => origin.Source switch
    {
        "connection" => envelope,
        "received" when envelope.ClientAddress is not null => envelope with { ClientAddress = origin.Address, Helo = null },
        _ => envelope with { ClientAddress = null },
    };
}

/// <param name="Answers">What DNS said.</param>
/// <param name="LeftOut">Not all questions were asked.</param>
internal sealed record Authenticated(AuthenticationReport Report, DnsSnapshot Answers, bool LeftOut);
