using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks.Load;

/// <summary>Sends mails one after another and says of each exactly what the server answered.</summary>
/// <param name="keep">Whether one connection serves many mails, or each mail has its own.</param>
/// <param name="login">With it, over STARTTLS, as mail programs submit.</param>
internal sealed class SmtpSender(IPEndPoint server, bool keep, string helo = "mail.partner.example", SmtpLogin? login = null) : IAsyncDisposable
{
    private SmtpWire? wire;

    public async Task<SendRecord> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var dataSent = false;
        try
        {
            if (wire is null)
            {
                wire = await SmtpWire.ConnectAsync(server, cancellationToken);
                await wire.GreetAsync(helo, cancellationToken);
                if (login is not null)
                    await wire.LogInAsync(helo, login, cancellationToken);
            }

            await wire.WriteAsync(mail.Envelope(eightBit: true), cancellationToken);
            var refusal = await ReadEnvelopeRepliesAsync(wire, mail.Recipients.Count, cancellationToken);
            if (refusal is not null)
            {
                await CloseAsync();
                return Record(SendOutcome.Refused, refusal);
            }

            dataSent = true;
            await wire.WriteAsync(mail.Wire, cancellationToken);
            var reply = await wire.ReadReplyAsync(cancellationToken);
            if (!keep)
            {
                await wire.WriteAsync("QUIT\r\n", cancellationToken);
                await CloseAsync();
            }

            return Record(reply.Positive ? SendOutcome.Accepted : SendOutcome.Refused, reply);
        }
        catch (SmtpRefusedException e)
        {
            await CloseAsync();
            return Record(SendOutcome.Refused, e.Reply);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            await CloseAsync();
            return Record(dataSent ? SendOutcome.NoReply : SendOutcome.NotSent, new SmtpReply(0, e.Message));
        }

        SendRecord Record(SendOutcome outcome, SmtpReply reply) =>
            new(mail, outcome, reply.Code, reply.Text, started, TimeProvider.System.GetTimestamp());
    }

    public ValueTask DisposeAsync() => CloseAsync();

    // The first refusal of the group, or null when the server waits for data. A refused recipient refuses the mail: nobody is left out unseen.
    private static async Task<SmtpReply?> ReadEnvelopeRepliesAsync(SmtpWire wire, int recipients, CancellationToken cancellationToken)
    {
        SmtpReply? refusal = null;
        for (var i = 0; i < recipients + 2; i++)
        {
            var reply = await wire.ReadReplyAsync(cancellationToken);
            if (!reply.Positive)
                refusal ??= reply;
            if (reply.Code == 421)
                break;
        }

        return refusal;
    }

    private async ValueTask CloseAsync()
    {
        if (wire is not null)
            await wire.DisposeAsync();
        wire = null;
    }
}
