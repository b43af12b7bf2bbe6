using System.Text;
using Microsoft.Extensions.Logging;
using Platform.Smtp.Addresses;
using Platform.Smtp.Commands;
using Platform.Smtp.Connections;

namespace Platform.Smtp.Sessions;

// The SMTP conversation (RFC 5321, 4.1.4): greeting, EHLO, then transactions of MAIL, RCPT..., DATA or BDAT...
//
//   state        set by              cleared by
//   greeted      EHLO, HELO          STARTTLS, XCLIENT
//   transaction  MAIL answered 2xx   the message's final reply, RSET, EHLO, HELO, STARTTLS, XCLIENT
//   chunks       first BDAT          BDAT LAST, a failed chunk, and what clears the transaction
//
// Commands are executed one after another in the order they arrive; replies gather while commands are at hand
// (PIPELINING, RFC 2920) and leave together when the session must wait.
internal sealed class SmtpDialogue(
    SessionChannel channel, SessionLife life, ClientClaim claim, Answers answers, LineReader lines, LoginDialogue login, SmtpServerOptions options,
    HandlerCalls handler, MessageTransfer transfer, TimeProvider time, ILogger logger, SmtpPeer connectedPeer)
{
    private readonly SmtpPeer _transportPeer = connectedPeer;
    private SmtpPeer _peer = connectedPeer;
    private XclientCommand? _claimed;
    private SmtpTransaction? _transaction;
    private List<RecipientCommand> _recipients = [];
    private bool _isGreeted;
    private bool _hasRefusedRecipients;

    /// <summary>Messages answered 2xx.</summary>
    public int Messages { get; private set; }

    private bool IsTrustedForXclient => AddressList.Contains(options.TrustedXclient, _transportPeer.RemoteAddress);

    public async Task RunAsync()
    {
        if (!await Greeting.GiveAsync(_peer, channel, life, answers, options, handler, time))
            return;
        while (await lines.NextAsync(mayStop: !transfer.IsUnderWay, isSecret: false) is { } line)
            await ExecuteAsync(line);
    }

    private ValueTask ExecuteAsync(ReadOnlyMemory<byte> line)
    {
        var command = CommandLine.Parse(line.Span);
        var arguments = command.Arguments;
        if (options.RequireTls && _peer.Tls is null && NeedsTls(command.Verb))
            return answers.AnswerAsync(Replies.TlsNeeded);
        return command.Verb switch
        {
            SmtpVerb.Ehlo => Hello(arguments, isExtended: true),
            SmtpVerb.Helo => Hello(arguments, isExtended: false),
            SmtpVerb.Mail => Mail(arguments),
            SmtpVerb.Rcpt => Recipient(arguments),
            SmtpVerb.Data => DataAsync(hasArguments: !arguments.IsEmpty),
            SmtpVerb.Bdat => Chunk(arguments),
            SmtpVerb.Rset => arguments.IsEmpty ? ResetAsync() : answers.AnswerAsync(Replies.NoArgument),
            SmtpVerb.Noop => answers.AnswerIdleAsync(SmtpReply.Ok),
            SmtpVerb.Quit => answers.CloseAsync(Replies.Goodbye),
            SmtpVerb.Vrfy => answers.AnswerIdleAsync(arguments.IsEmpty ? Replies.ArgumentNeeded : Replies.CannotVerify),
            SmtpVerb.Expn => answers.AnswerIdleAsync(Replies.NotOffered),
            SmtpVerb.Help => answers.AnswerIdleAsync(Replies.Help),
            SmtpVerb.StartTls => StartTlsAsync(hasArguments: !arguments.IsEmpty),
            SmtpVerb.Xclient => Xclient(arguments),
            SmtpVerb.Auth => AuthAsync(AuthCommand.Parse(arguments)),
            SmtpVerb.NotOffered => answers.AnswerAsync(Replies.NotOffered),
            SmtpVerb.Foreign => answers.CloseAsync(Replies.ForeignProtocol),
            _ => answers.AnswerAsync(Replies.CommandUnknown),
        };
    }

    private static bool NeedsTls(SmtpVerb verb) => verb is SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data or SmtpVerb.Vrfy or SmtpVerb.Expn or SmtpVerb.Auth;

    private ValueTask Hello(ReadOnlySpan<byte> arguments, bool isExtended)
    {
        var name = Encoding.Latin1.GetString(arguments);
        return HelloName.IsValid(name) ? HelloAsync(name, isExtended) : answers.AnswerAsync(Replies.HelloSyntax);
    }

    private async ValueTask HelloAsync(string name, bool isExtended)
    {
        await EndTransactionAsync();
        _isGreeted = true;
        _peer = _peer with
        {
            Helo = _claimed is { Helo.IsGiven: true } ? _claimed.Helo.Value : name,
            IsExtended = _claimed is { Extended.IsGiven: true } ? _claimed.Extended.Value : isExtended,
        };
        await answers.AnswerIdleAsync(isExtended
            ? EhloReply.For(options, _peer.Tls, IsTrustedForXclient)
            : new SmtpReply(250, null, options.Hostname));
    }

    private ValueTask Mail(ReadOnlySpan<byte> arguments)
    {
        if (!_isGreeted)
            return answers.AnswerAsync(Replies.HelloFirst);
        if (transfer.IsUnderWay)
            return answers.AnswerAsync(Replies.MessageBegun);
        if (_transaction is not null)
            return answers.AnswerAsync(Replies.NestedMail);
        if (options.RequireAuthentication && _peer.Authenticated is null)
            return answers.AnswerAsync(SmtpReply.AuthenticationRequired);
        if (Messages >= options.MaxMessagesPerConnection)
            return answers.CloseAsync(Replies.TooManyMessages);
        return MailCommandParser.TryParse(arguments, options.MaxMessageBytes, out var mail, out var refusal) ? MailAsync(mail) : answers.AnswerAsync(refusal);
    }

    private async ValueTask MailAsync(MailCommand mail)
    {
        var reply = await handler.MailAsync(_peer, mail);
        if (reply.IsSuccess)
        {
            _recipients = [];
            _hasRefusedRecipients = false;
            _transaction = new SmtpTransaction(mail, _recipients);
            life.BeginTransaction(options.MessageTimeout);
        }

        await answers.AnswerAsync(reply);
    }

    private ValueTask Recipient(ReadOnlySpan<byte> arguments)
    {
        if (transfer.IsUnderWay)
            return answers.AnswerAsync(Replies.MessageBegun);
        if (_transaction is not { } transaction)
            return answers.AnswerAsync(_isGreeted ? Replies.MailFirst : Replies.HelloFirst);
        _hasRefusedRecipients = true;
        if (!RecipientCommandParser.TryParse(arguments, transaction.Mail.SmtpUtf8, out var recipient, out var refusal))
            return answers.AnswerAsync(refusal);
        return _recipients.Count >= options.MaxRecipients ? answers.AnswerAsync(SmtpReply.TooManyRecipients) : RecipientAsync(transaction, recipient);
    }

    private async ValueTask RecipientAsync(SmtpTransaction transaction, RecipientCommand recipient)
    {
        var reply = await handler.RecipientAsync(_peer, transaction, recipient);
        if (reply.IsSuccess)
            _recipients.Add(recipient);
        await answers.AnswerAsync(reply);
    }

    private async ValueTask DataAsync(bool hasArguments)
    {
        if (hasArguments || transfer.IsUnderWay || _transaction is not { } transaction || _recipients.Count == 0)
        {
            await RefuseDataAsync(hasArguments ? Replies.NoArgument : transfer.IsUnderWay ? Replies.MessageBegun : NoTransaction);
            return;
        }

        await SettleAsync(await transfer.DataAsync(_peer, transaction));
    }

    /// <summary>
    /// RFC 2920 (3.1) has DATA end a group of commands. A client that sent the message along with it would now have its
    /// lines read as commands, whoever wrote them: such a session ends here.
    /// </summary>
    private ValueTask RefuseDataAsync(SmtpReply reply) => channel.HasInput() ? answers.CloseAsync(reply) : answers.AnswerAsync(reply);

    private SmtpReply NoTransaction =>
        _transaction is null ? (_isGreeted ? Replies.MailFirst : Replies.HelloFirst)
        : _hasRefusedRecipients ? Replies.NoValidRecipients : Replies.RcptFirst;

    private ValueTask Chunk(ReadOnlySpan<byte> arguments) =>
        BdatCommand.TryParse(arguments, out var chunk) ? ChunkAsync(chunk) : answers.CloseAsync(Replies.BdatSyntax);

    private async ValueTask ChunkAsync(BdatCommand chunk)
    {
        var isTlsMissing = options.RequireTls && _peer.Tls is null;
        var transaction = _recipients.Count > 0 && !isTlsMissing ? _transaction : null;
        var result = await transfer.ChunkAsync(_peer, transaction, chunk, isTlsMissing ? Replies.TlsNeeded : NoTransaction);
        if (chunk is { Size: 0, IsLast: false } && result is { Reply: { } reply, EndsTransaction: false })
            await answers.AnswerIdleAsync(reply);
        else
            await SettleAsync(result);
    }

    private async ValueTask SettleAsync(TransferResult result)
    {
        if (result.EndsTransaction)
        {
            if (result is { Reply.IsSuccess: true })
            {
                Messages++;
                answers.MessageTaken();
            }

            await EndTransactionAsync();
        }

        if (result.Reply is null)
            answers.Abandon();
        else if (result.EndsSession)
            await answers.CloseAsync(result.Reply);
        else
            await answers.AnswerAsync(result.Reply);
    }

    private async ValueTask ResetAsync()
    {
        await EndTransactionAsync();
        await answers.AnswerIdleAsync(Replies.Reset);
    }

    private async ValueTask StartTlsAsync(bool hasArguments)
    {
        if (options.Tls is not { } tls)
        {
            await answers.AnswerAsync(Replies.NotOffered);
            return;
        }

        if (hasArguments || _peer.Tls is not null)
        {
            await answers.AnswerAsync(hasArguments ? Replies.NoArgument : Replies.AlreadyTls);
            return;
        }

        if (channel.HasInput())
        {
            await answers.CloseAsync(Replies.BehindStartTls);
            return;
        }

        await EndTransactionAsync();
        await channel.ReplyAsync(Replies.ReadyForTls);
        life.Arm(options.HandshakeTimeout);
        if (!await channel.FlushAsync() || await TlsHandshake.TryAsync(channel, life, tls, _transportPeer.SessionId, logger) is not { } info)
        {
            answers.Abandon();
            return;
        }

        // RFC 3207, 4.2: what the client said before is forgotten, EHLO and XCLIENT with it.
        _isGreeted = false;
        _claimed = null;
        _peer = _transportPeer with { Tls = info };
        if (!claim.TryMove(_peer.RemoteAddress))
            await answers.CloseAsync(SmtpReply.TooManyConnections);
    }

    private ValueTask Xclient(ReadOnlySpan<byte> arguments)
    {
        if (!IsTrustedForXclient)
            return answers.AnswerAsync(Replies.XclientDenied);
        if (_transaction is not null)
            return answers.AnswerAsync(Replies.InTransaction);
        return XclientCommand.TryParse(arguments, out var command) ? XclientAsync(command) : answers.AnswerAsync(Replies.XclientSyntax);
    }

    private async ValueTask XclientAsync(XclientCommand command)
    {
        _claimed = command.After(_claimed);
        _isGreeted = false;
        // Whoever logged in was the client of before.
        _peer = _claimed.ApplyTo(_peer.Authenticated is null ? _peer : _peer with { Authenticated = null, Login = null }, _transportPeer);
        if (!claim.TryMove(_peer.RemoteAddress))
            await answers.CloseAsync(SmtpReply.TooManyConnections);
        else if (await handler.ConnectAsync(_peer) is { } refusal)
            await answers.CloseAsync(refusal);
        else
            await answers.AnswerIdleAsync(Replies.Greeting(options.Hostname));
    }

    private async ValueTask AuthAsync(AuthCommand command)
    {
        if (await login.RunAsync(command, _peer, _isGreeted, isInTransaction: _transaction is not null) is { } proven)
            _peer = _peer with { Authenticated = proven, Login = proven.UserName };
    }

    private async ValueTask EndTransactionAsync()
    {
        _transaction = null;
        _recipients = [];
        life.EndTransaction();
        await transfer.DropAsync();
    }
}
