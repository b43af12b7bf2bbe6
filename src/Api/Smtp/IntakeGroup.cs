using System.Globalization;
using Platform.Engine;
using Platform.Smtp;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Api.Smtp;

/// <summary>The recipients of one transaction that become one message: those of one tenant, gateway and journal apart.</summary>
internal sealed record IntakeGroup(TenantSettings Tenant, IntakeMode Mode, IReadOnlyList<IntakeRecipient> Recipients)
{
    /// <summary>The mailbox that submits it, or that of MAIL FROM where a server of the tenant's own does; null: it comes from elsewhere.</summary>
    public MailboxRef? Sender { get; init; }

    /// <summary>The server of the tenant's own that submits it; null: none does.</summary>
    public Guid? Connector { get; init; }

    /// <summary>Accounts behind the login that submits it.</summary>
    public IReadOnlyList<Guid> People { get; init; } = [];

    private MailDirection Direction => Mode != IntakeMode.Submission ? MailDirection.Inbound
        : Recipients.Any(recipient => recipient.Mailbox is null) ? MailDirection.Outbound : MailDirection.Internal;

    public NewMessage ToMessage(SmtpPeer peer, MailCommand mail, SealedBody body, string prologue, DateTimeOffset receivedAt, TimeSpan? scanLease)
    {
        var envelope = new Envelope(
            peer.RemoteAddress.ToString(), peer.ClientName, peer.Helo, mail.ReversePath, [.. Recipients.Select(r => r.Command.Address)], Direction);
        return new NewMessage(
            Guid.CreateVersion7(receivedAt),
            Tenant.Id,
            Mode,
            envelope,
            body,
            prologue,
            receivedAt,
            [.. Recipients.Select(r => r.ToDelivery(receivedAt))],
            new SmtpParameters(mail.Body == MailBody.EightBitMime, mail.SmtpUtf8, ReturnName(mail.Ret), mail.EnvId, peer.Login))
        {
            ScanLease = scanLease,
            SenderMailboxId = Sender?.Id,
            ConnectorId = Connector,
            SubmittedBy = People,
        };
    }

    private static string? ReturnName(DsnReturn? ret) => ret switch
    {
        DsnReturn.Full => "FULL",
        DsnReturn.Headers => "HDRS",
        _ => null,
    };
}

/// <param name="Mailbox">Null for the journal address.</param>
internal sealed record IntakeRecipient(RecipientCommand Command, MailboxRef? Mailbox)
{
    public NewDelivery ToDelivery(DateTimeOffset now) => new(
        Guid.CreateVersion7(now),
        Command.Address,
        Mailbox?.Id,
        Command.Notify is { } notify ? NotifyName(notify) : null,
        Command.Orcpt is { } original ? $"{original.AddressType};{original.Address}" : null);

    private static string NotifyName(DsnNotify notify) =>
        notify.ToString().Replace(" ", "", StringComparison.Ordinal).ToUpper(CultureInfo.InvariantCulture);
}
