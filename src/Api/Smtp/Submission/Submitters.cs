using Platform.Api.Edge.Whence;
using Platform.Engine.Authentication.Author;
using Platform.Smtp;
using Platform.Storage.Access;
using Platform.Storage.Connectors;
using Platform.Storage.Directory;
using Platform.Storage.Submission;

namespace Platform.Api.Smtp.Submission;

/// <summary>Who submits.</summary>
/// <param name="Mailbox">That logged in; where a server of the tenant's own submits, the one whose address it gives as MAIL FROM, null for none.</param>
/// <param name="Connector">By which that server is known; null: a mailbox submits itself.</param>
/// <param name="People">Accounts behind the login.</param>
internal sealed record Submitter(TenantSettings Tenant, MailboxRef? Mailbox, Connector? Connector, IReadOnlyList<Guid> People)
{
    /// <summary>The person whose token it was; null: whose own the mailbox is.</summary>
    public Guid? Account { get; init; }

    /// <summary>Servers of other tenants that know the session as well, of which the author of a report decides; empty: it is decided.</summary>
    public IReadOnlyList<Submitter> Others { get; init; } = [];

    public bool IsDecided => Others.Count == 0;

    /// <summary>The widest bound of whoever it may be; the narrower one of who it is holds with the content.</summary>
    public long Most(Func<TenantLimits, long> limit) => Others.Select(other => limit(other.Tenant.Limits)).Append(limit(Tenant.Limits)).Max();
}

/// <summary>
/// Finds who submits in a session: the mailbox that logged in, or a server of a tenant's own by its login, certificate or address. Looked up anew
/// each time: what was removed sends nothing more, also in a session that goes on.
/// </summary>
internal sealed class Submitters(IRecipientDirectory directory, IAppPasswords passwords, IConnectorBook connectors, AccessGate access)
{
    private static readonly SmtpReply Gone = new(550, "5.7.1", "This mailbox is no longer here");
    private static readonly SmtpReply Ended = new(421, "4.7.0", "The password of this session has ended; log in again");
    private static readonly SmtpReply NotYours = new(550, "5.7.1", "The sender must be an address of the mailbox that is logged in");
    private static readonly SmtpReply NotYourDomain = new(550, "5.7.1", "The sender must be an address in a domain of the organisation that this server sends for");
    private static readonly SmtpReply NotFromHere = new(550, "5.7.1", "The rules of your organisation let nobody send from this address");
    private static readonly SmtpReply ServerGone = new(550, "5.7.1", "This server no longer sends for anybody here");

    /// <summary>At the start of a message: whether its sender may be, the login still holds, and the session may send from there.</summary>
    /// <returns>Either who it is or why it may not.</returns>
    public async ValueTask<(Submitter? Submitter, SmtpReply? Refusal)> BeginAsync(SmtpPeer peer, string reversePath, CancellationToken cancellationToken)
    {
        var (submitter, refusal) = await FindAsync(peer, reversePath, cancellationToken);
        if (submitter is not { IsDecided: true })
            return (submitter, refusal);
        if (peer.Authenticated is { } login && SubmissionLogin.Parse(login.Reference)?.AppPassword is { } used && !await passwords.IsLiveAsync(used, cancellationToken))
            return (null, Ended);
        if (!await AdmitAsync(peer, submitter, cancellationToken))
            return (null, NotFromHere);
        // Programs send reports of their own (RFC 8098) under the null reverse-path.
        return submitter.Connector is not null || submitter.Mailbox is not { } mailbox || reversePath.Length == 0 || (await directory.FindSenderAsync(reversePath, cancellationToken))?.Id == mailbox.Id
            ? (submitter, null)
            : (null, NotYours);
    }

    /// <summary>Whose report it is that servers of several tenants may have handed over: of the one whose domain its author is in.</summary>
    /// <param name="header">The header section of the message.</param>
    public async ValueTask<(Submitter? Submitter, SmtpReply? Refusal)> DecideAsync(SmtpPeer peer, Submitter undecided, ReadOnlyMemory<byte> header, CancellationToken cancellationToken)
    {
        if (MessageAuthor.Read(header.Span) is not { Fault: AuthorFault.None, Domain: { Length: > 0 } domain })
            return (null, NotYourDomain);
        if (undecided.Others.Prepend(undecided with { Others = [] }).FirstOrDefault(one => one.Tenant.Domains.Contains(domain)) is not { } submitter)
            return (null, NotYourDomain);
        return await AdmitAsync(peer, submitter, cancellationToken) ? (submitter, null) : (null, NotFromHere);
    }

    /// <returns>Either who it is or why it is nobody.</returns>
    public ValueTask<(Submitter? Submitter, SmtpReply? Refusal)> FindAsync(SmtpPeer peer, string reversePath, CancellationToken cancellationToken) => peer.Authenticated switch
    {
        null => OfSessionAsync(peer, reversePath, cancellationToken),
        { } login when SubmissionLogin.ConnectorOf(login.Reference) is { } connector => OfConnectorLoginAsync(peer, connector, reversePath, cancellationToken),
        { } login => OfMailboxAsync(login, cancellationToken),
    };

    private async ValueTask<(Submitter? Submitter, SmtpReply? Refusal)> OfMailboxAsync(SmtpLogin login, CancellationToken cancellationToken)
    {
        var found = await directory.FindOwnAsync(login.UserName, cancellationToken);
        return found is { Tenant: { } tenant, Mailbox: { } mailbox } && SubmissionLogin.Parse(login.Reference) is { } known && mailbox.Id == known.Mailbox
            ? (new Submitter(tenant, mailbox, null, known.People) { Account = known.Account }, null)
            : (null, Gone);
    }

    /// <summary>A connector with networks has a rule of its own; the others are under the tenant's.</summary>
    private async ValueTask<bool> AdmitAsync(SmtpPeer peer, Submitter submitter, CancellationToken cancellationToken)
    {
        var (tenant, connector) = (submitter.Tenant, submitter.Connector);
        var mailbox = connector is null ? submitter.Mailbox : null;
        if (connector is not { Networks.Count: > 0 }
            && !await access.AdmitsAsync(new AccessWho(tenant.Id, mailbox?.Id, submitter.Account), mailbox?.Address ?? "", AccessService.Submission, peer.RemoteAddress, cancellationToken))
            return false;
        if (connector is not null)
            await connectors.NoteUseAsync(connector, access.SourceOf(peer.RemoteAddress), cancellationToken);
        return true;
    }

    private async ValueTask<(Submitter? Submitter, SmtpReply? Refusal)> OfConnectorLoginAsync(SmtpPeer peer, Guid id, string reversePath, CancellationToken cancellationToken)
    {
        if (await connectors.FindAsync(id, cancellationToken) is not { Keys: not null } connector || !connector.TakesFrom(peer.RemoteAddress))
            return (null, ServerGone);
        return await OfConnectorsAsync([connector], reversePath, cancellationToken);
    }

    private async ValueTask<(Submitter? Submitter, SmtpReply? Refusal)> OfSessionAsync(SmtpPeer peer, string reversePath, CancellationToken cancellationToken)
    {
        var known = await connectors.KnowingAsync(peer.RemoteAddress, peer.Tls?.ClientCertificate, cancellationToken);
        return known.Count == 0 ? (null, SmtpReply.AuthenticationRequired) : await OfConnectorsAsync(known, reversePath, cancellationToken);
    }

    /// <summary>
    /// Which tenant it is says the sender's domain: a certificate is no secret, and anybody could name it, or an address, as its own. A report
    /// (null reverse-path) says so with its author, once its header is there.
    /// </summary>
    private async ValueTask<(Submitter? Submitter, SmtpReply? Refusal)> OfConnectorsAsync(IReadOnlyList<Connector> known, string reversePath, CancellationToken cancellationToken)
    {
        if (reversePath.Length == 0)
            return await OfReportAsync(known, cancellationToken);
        if (await directory.FindTenantOfAuthorAsync(reversePath, cancellationToken) is not { } tenant || known.FirstOrDefault(connector => connector.TenantId == tenant.Id) is not { } sending)
            return (null, NotYourDomain);
        return (new Submitter(tenant, await directory.FindSenderAsync(reversePath, cancellationToken), sending, sending.Makers), null);
    }

    private async ValueTask<(Submitter? Submitter, SmtpReply? Refusal)> OfReportAsync(IReadOnlyList<Connector> known, CancellationToken cancellationToken)
    {
        List<Submitter> may = [];
        foreach (var connector in known.DistinctBy(connector => connector.TenantId))
            if (await directory.FindTenantAsync(connector.TenantId, cancellationToken) is { } tenant)
                may.Add(new Submitter(tenant, null, connector, connector.Makers));
        return may is [var first, .. var others] ? (first with { Others = others }, null) : (null, NotYourDomain);
    }
}
