using Platform.Api.Edge.Whence;
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
internal sealed record Submitter(TenantSettings Tenant, MailboxRef? Mailbox, Connector? Connector, IReadOnlyList<Guid> People);

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
        if (submitter is null)
            return (null, refusal);
        var (tenant, mailbox, connector, _) = submitter;
        if (peer.Authenticated is { } login && SubmissionLogin.Parse(login.Reference)?.AppPassword is { } used && !await passwords.IsLiveAsync(used, cancellationToken))
            return (null, Ended);
        // A connector with networks has a rule of its own; the others are under the tenant's.
        if (connector is not { Networks.Count: > 0 }
            && !await access.AdmitsAsync(new AccessWho(tenant.Id, connector is null ? mailbox?.Id : null), connector is null ? mailbox?.Address ?? "" : "", AccessService.Submission, peer.RemoteAddress, cancellationToken))
            return (null, NotFromHere);
        if (connector is not null)
            await connectors.NoteUseAsync(connector, access.SourceOf(peer.RemoteAddress), cancellationToken);
        // Programs send reports of their own (RFC 8098) under the null reverse-path.
        return connector is not null || reversePath.Length == 0 || (await directory.FindSenderAsync(reversePath, cancellationToken))?.Id == mailbox?.Id ? (submitter, null) : (null, NotYours);
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
        return found is { Tenant: { } tenant, Mailbox: { } mailbox } && SubmissionLogin.Parse(login.Reference) is { } of && of.Mailbox == mailbox.Id ? (new Submitter(tenant, mailbox, null, of.People), null) : (null, Gone);
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
    /// (null reverse-path) is taken where all that know the session are of one tenant.
    /// </summary>
    private async ValueTask<(Submitter? Submitter, SmtpReply? Refusal)> OfConnectorsAsync(IReadOnlyList<Connector> known, string reversePath, CancellationToken cancellationToken)
    {
        TenantSettings? tenant;
        if (reversePath.Length == 0)
        {
            tenant = known.Select(connector => connector.TenantId).Distinct().Count() == 1 ? await directory.FindTenantAsync(known[0].TenantId, cancellationToken) : null;
        }
        else
        {
            tenant = await directory.FindTenantOfAuthorAsync(reversePath, cancellationToken);
        }

        if (tenant is null || known.FirstOrDefault(connector => connector.TenantId == tenant.Id) is not { } sending)
            return (null, NotYourDomain);
        return (new Submitter(tenant, await directory.FindSenderAsync(reversePath, cancellationToken), sending, sending.Makers), null);
    }
}
