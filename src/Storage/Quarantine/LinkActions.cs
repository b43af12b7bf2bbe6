using System.Data.Common;
using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Policies;
using Platform.Storage.Reports;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Quarantine;

/// <summary>What a link leads to, as it stands now.</summary>
/// <param name="Mail">Null for a link that is about no mail.</param>
/// <param name="Language"><c>ja</c> or <c>en</c>, of the mailbox's digest.</param>
/// <param name="Used">It acted before.</param>
public sealed record LinkedThing(string Mailbox, string Language, TimeZoneInfo Zone, LinkedMail? Mail, QuarantineRights Rights, bool Used)
{
    /// <summary>What a link about outgoing mail is about.</summary>
    public WaitingMail? Sending { get; init; }
}

/// <param name="Verdict">That it counts as; null: it could not be inspected.</param>
public sealed record LinkedMail(
    Guid MessageId, DateTimeOffset ReceivedAt, string? FromAddress, string? FromName, string? Subject, VerdictKind? Verdict, IReadOnlyList<Reason> Reasons, DeliveryState State);

/// <summary>
/// Carries out what links of mails ask for. Whoever holds a link acts as the owner of the one mailbox it was sent to: in the scope of that
/// mailbox, with the rights its policy gives now.
/// </summary>
public interface ILinkActions
{
    /// <returns>Null: the mailbox, or the mail, is gone.</returns>
    Task<LinkedThing?> LookAsync(ActionLink link, CancellationToken cancellationToken);

    /// <summary>Acts once, in one transaction with the mark that the link was used.</summary>
    /// <returns>Codes beside those of the commands: <c>LINK_USED</c>, <c>NOT_FOUND</c>.</returns>
    Task<CommandResult<bool>> ActAsync(ActionLink link, CancellationToken cancellationToken);

    /// <summary>The owner of the mailbox that the link was sent to; null when the mailbox is gone.</summary>
    Task<Scope?> ScopeOfAsync(ActionLink link, CancellationToken cancellationToken);
}

internal sealed class LinkActions(IMoveRunner moves, IReadConnections reads, IRecipientDirectory directory, IPolicyBook book, IPolicyCommands policies, IMailboxRights rights, IOutgoingMail outgoing, IWorkSignal signal) : ILinkActions
{
    private const int MaxReasons = 5;

    private static readonly Refusal Used = new("LINK_USED", "This link has acted already.");

    public static QuarantineRights RightOf(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.View => QuarantineRights.Headers,
        LinkPurpose.Release => QuarantineRights.Release,
        LinkPurpose.RequestRelease => QuarantineRights.Request,
        LinkPurpose.Delete => QuarantineRights.Delete,
        LinkPurpose.BlockSender or LinkPurpose.BlockDomain or LinkPurpose.AllowSender or LinkPurpose.AllowDomain => QuarantineRights.List,
        _ => QuarantineRights.None,
    };

    public async Task<LinkedThing?> LookAsync(ActionLink link, CancellationToken cancellationToken)
    {
        if (await directory.FindTenantAsync(link.TenantId, cancellationToken) is not { } tenant)
            return null;
        await using var sql = await reads.OpenAsync(cancellationToken);
        var (address, language) = await sql.FirstAsync(
            "SELECT m.address, (SELECT a.language FROM accounts a WHERE a.mailbox_id = m.id AND a.state = 'Active' LIMIT 1) FROM mailboxes m WHERE m.id = @id AND m.tenant_id = @tenant",
            row => (row.GetString(0), row.Text(1)),
            cancellationToken,
            ("@id", link.MailboxId),
            ("@tenant", link.TenantId));
        if (address is null)
            return null;
        var policy = (await book.OfAsync(tenant, cancellationToken)).OfMailbox(link.MailboxId);
        var digest = policy.DigestOf();
        var spoken = digest.Language ?? language ?? tenant.Language;
        var used = await UsedLinks.IsUsedAsync(sql, link, cancellationToken);
        if (link.Purpose == LinkPurpose.StopDigest)
            return new LinkedThing(address, spoken, digest.Zone, null, QuarantineRights.None, used);
        if (link.Purpose is LinkPurpose.CancelSending or LinkPurpose.ConfirmSending)
        {
            return await outgoing.FindAsync(link.TenantId, link.MailboxId, link.DeliveryId, cancellationToken) is { } sending
                ? new LinkedThing(address, spoken, digest.Zone, null, QuarantineRights.None, used) { Sending = sending }
                : null;
        }

        var mail = await sql.FirstAsync(
            """
            SELECT m.id, m.received_at, m.from_address, m.from_name, m.subject, m.verdict, m.verdict_json, d.state, d.decision_json FROM deliveries d JOIN messages m ON m.id = d.message_id
            WHERE d.id = @delivery AND d.mailbox_id = @mailbox AND d.tenant_id = @tenant
            """,
            row => Read(row, policy),
            cancellationToken,
            ("@delivery", link.DeliveryId),
            ("@mailbox", link.MailboxId),
            ("@tenant", link.TenantId));
        return mail is null ? null : new LinkedThing(address, spoken, digest.Zone, mail.Mail, mail.Rights, used);
    }

    public async Task<CommandResult<bool>> ActAsync(ActionLink link, CancellationToken cancellationToken)
    {
        if (await ScopeOfAsync(link, cancellationToken) is not { } scope)
            return QuarantineRefusals.UnknownDelivery.As<bool>();
        if (link.Purpose == LinkPurpose.StopDigest)
            return await StopAsync(link, scope.Actor, cancellationToken);
        if (link.Purpose is LinkPurpose.CancelSending or LinkPurpose.ConfirmSending)
            return await SendingAsync(link, scope, cancellationToken);
        if (!await rights.AllowDeliveryAsync(scope, link.DeliveryId, RightOf(link.Purpose), cancellationToken))
            return QuarantineRefusals.RightMissing.As<bool>();
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                if (!await UsedLinks.UseAsync(session, link, ct))
                    throw new RefusedException(Used);
                await ActAsync(session, scope, link, ct);
                session.AfterCommit(signal.RelaysReady);
                return true;
            },
            cancellationToken);
    }

    public async Task<Scope?> ScopeOfAsync(ActionLink link, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync("SELECT address FROM mailboxes WHERE id = @id AND tenant_id = @tenant", row => row.GetString(0), cancellationToken, ("@id", link.MailboxId), ("@tenant", link.TenantId)) is { } address
            ? new Scope(new HashSet<Guid> { link.TenantId }, Permissions.OfMailbox, "link:" + address, null, new HashSet<Guid> { link.MailboxId })
            : null;
    }

    private static SeenMail Read(DbDataReader row, EffectivePolicy policy)
    {
        VerdictKind? verdict = row.IsDBNull(5) ? null : row.Name<VerdictKind>(5);
        var decision = RuleJson.FindDecision(row.Text(8));
        var reasons = StoredJson.FindVerdict(row.Text(6))?.Reasons ?? [];
        return new SeenMail(
            new LinkedMail(
                row.GetGuid(0),
                row.Time(1),
                row.Text(2),
                row.Text(3),
                row.Text(4),
                HeldMailRights.CountsAs(verdict, decision),
                [.. reasons.OrderByDescending(reason => reason.Weight).Take(MaxReasons)],
                row.Name<DeliveryState>(7)),
            policy.RightsOf(verdict, decision));
    }

    /// <exception cref="RefusedException">It cannot be done; the link stays unused.</exception>
    private static async ValueTask ActAsync(MoveSession session, Scope scope, ActionLink link, CancellationToken cancellationToken)
    {
        switch (link.Purpose)
        {
            case LinkPurpose.Release:
                await MoveAsync(session, scope, link.DeliveryId, DeliveryState.Released, cancellationToken);
                break;
            case LinkPurpose.Delete:
                await MoveAsync(session, scope, link.DeliveryId, DeliveryState.Deleted, cancellationToken);
                break;
            case LinkPurpose.RequestRelease:
                await RequestMoves.AskAsync(session, scope, link.DeliveryId, "", cancellationToken);
                break;
            case LinkPurpose.ReportWrong:
                await ReportMoves.AddAsync(session, scope, link.DeliveryId, ReportKind.FalsePositive, ReportVia.Link, "", cancellationToken);
                break;
            case LinkPurpose.BlockSender or LinkPurpose.BlockDomain:
                await MailboxSenders.ListAsync(session, scope, link.DeliveryId, ListAction.Block, link.Purpose == LinkPurpose.BlockDomain, cancellationToken);
                break;
            case LinkPurpose.AllowSender or LinkPurpose.AllowDomain:
                await MailboxSenders.ListAsync(session, scope, link.DeliveryId, ListAction.Allow, link.Purpose == LinkPurpose.AllowDomain, cancellationToken);
                break;
            default:
                throw new RefusedException(QuarantineRefusals.RightMissing);
        }
    }

    private static async ValueTask MoveAsync(MoveSession session, Scope scope, Guid deliveryId, DeliveryState to, CancellationToken cancellationToken)
    {
        var outcome = await PersonMoves.MoveAsync(session, scope, deliveryId, to, cancellationToken);
        if (outcome.Status is not (MoveStatus.Moved or MoveStatus.AlreadyThere))
            throw new RefusedException(outcome.Status switch
            {
                MoveStatus.NotFound => QuarantineRefusals.UnknownDelivery,
                MoveStatus.OwnMail => QuarantineRefusals.RightMissing,
                _ => QuarantineRefusals.NotHeld,
            });
    }

    /// <summary>Marked when it is done: whoever turned digests on again is not turned off by an old mail.</summary>
    private async Task<CommandResult<bool>> StopAsync(ActionLink link, string actor, CancellationToken cancellationToken)
    {
        await using (var sql = await reads.OpenAsync(cancellationToken))
        {
            if (await UsedLinks.IsUsedAsync(sql, link, cancellationToken))
                return Used.As<bool>();
        }

        var scope = new Scope(new HashSet<Guid> { link.TenantId }, new HashSet<string> { Permissions.PolicyWrite }, actor);
        var set = await policies.SetAsync(scope, PolicyTarget.Mailbox(link.MailboxId), [new PolicyChange(QuarantineSettings.Schedule.Key, "off")], cancellationToken);
        return set.Succeeded
            ? new CommandResult<bool>(await moves.RunAsync((session, ct) => UsedLinks.UseAsync(session, link, ct), cancellationToken), null, null)
            : new CommandResult<bool>(false, set.Code, set.Message);
    }

    /// <summary>The states of the mail say whether it can still be done, so that no mark of use is needed.</summary>
    private async Task<CommandResult<bool>> SendingAsync(ActionLink link, Scope scope, CancellationToken cancellationToken)
    {
        var done = link.Purpose == LinkPurpose.CancelSending
            ? await outgoing.CancelAsync(scope, link.DeliveryId, deliveryIds: null, cancellationToken)
            : await outgoing.ConfirmAsync(scope, link.DeliveryId, deliveryIds: null, cancellationToken);
        return new CommandResult<bool>(done.Succeeded, done.Code, done.Message);
    }

    private sealed record SeenMail(LinkedMail Mail, QuarantineRights Rights);
}
