using System.Buffers;
using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Platform.Engine.Transport;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>
/// The sending side of SMTP (RFC 5321), one message a connection: the server greets, we say EHLO and learn what it offers,
/// turn to TLS by STARTTLS (RFC 3207), then name the sender (MAIL), the recipient (RCPT) and hand over the content by DATA or,
/// where CHUNKING is offered (RFC 3030), by BDAT. The content goes out byte for byte: BDAT counts octets; DATA doubles dots
/// at line starts, which the receiver undoes. Parameters that the sender gave are passed on where the server understands them:
/// SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET, ENVID, NOTIFY and ORCPT (RFC 3461).
/// Why not a library: docs/decisions/0030-own-smtp-client.md.
/// </summary>
internal sealed class SmtpClient(FlowSettings settings, TimeProvider clock)
{
    private const int BlockSize = 64 * 1024;

    private readonly CertificateCheck _certificates = new(settings.Relay.TrustedRoots, clock);

    /// <param name="deadline">Ends the attempt too, but only before the last of the content goes out: after that the reply alone says what became of it.</param>
    /// <exception cref="SmtpTransportException">The host could not be asked; another may be.</exception>
    /// <exception cref="UnsendableContentException">The content cannot go by SMTP; the connection was dropped before its end.</exception>
    /// <exception cref="OperationCanceledException">By <paramref name="deadline"/>: the message did not arrive. By the other: that is not known.</exception>
    public async Task<SmtpOutcome> SendAsync(SmtpHost host, SmtpMail mail, CancellationToken cancellationToken, CancellationToken deadline = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline);
        try
        {
            return await SendAsync(host, mail, host.Tls, both.Token, cancellationToken);
        }
        catch (TlsHandshakeException exception) when (host.Tls == TlsPolicy.May)
        {
            var inClear = new TlsFinding(exception.Fault);
            try
            {
                return await SendAsync(host, mail, TlsPolicy.None, both.Token, cancellationToken) with { Tls = inClear };
            }
            catch (SmtpTransportException second)
            {
                throw With(second, inClear);
            }
        }
        catch (TlsHandshakeException exception)
        {
            throw new SmtpTransportException("4.7.5", exception.Message, exception) { Tls = new TlsFinding(exception.Fault) };
        }
    }

    private async Task<SmtpOutcome> SendAsync(SmtpHost host, SmtpMail mail, TlsPolicy tls, CancellationToken deadline, CancellationToken cancellationToken)
    {
        await using var connection = await SmtpConnection.OpenAsync(host.Address, settings.Relay.Timeouts, clock, deadline);
        var greeting = await connection.ReadReplyAsync(deadline);
        if (!greeting.IsPositive)
            throw HostRefused(greeting);
        var offered = await HelloAsync(connection, deadline);
        var finding = tls == TlsPolicy.None ? null : await SecureAsync(connection, host, tls, offered, deadline);
        try
        {
            if (connection.IsEncrypted)
                offered = await HelloAsync(connection, deadline);
            var outcome = await TransactAsync(connection, offered, mail, deadline, cancellationToken);
            await connection.QuitAsync();
            return outcome with { Tls = finding };
        }
        catch (SmtpTransportException exception) when (finding is not null)
        {
            throw With(exception, finding);
        }
    }

    private static SmtpTransportException With(SmtpTransportException exception, TlsFinding finding) =>
        new(exception.Status, exception.Message, exception) { Reply = exception.Reply, Tls = finding };

    private async Task<ServerCapabilities> HelloAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        var ehlo = await connection.CommandAsync($"EHLO {settings.Hostname}", cancellationToken);
        if (ehlo.IsPositive)
            return ServerCapabilities.Read(ehlo);
        if (!ehlo.IsPermanent)
            throw HostRefused(ehlo);
        var helo = await connection.CommandAsync($"HELO {settings.Hostname}", cancellationToken);
        return helo.IsPositive ? ServerCapabilities.None : throw HostRefused(helo);
    }

    /// <summary>Turns to TLS, or finds that the host has none where that is allowed.</summary>
    private async Task<TlsFinding> SecureAsync(SmtpConnection connection, SmtpHost host, TlsPolicy tls, ServerCapabilities offered, CancellationToken cancellationToken)
    {
        var refusal = offered.StartTls ? await connection.CommandAsync("STARTTLS", cancellationToken) : null;
        if (refusal is not { Code: 220 })
        {
            var finding = new TlsFinding(new TlsFault(TlsResult.StartTlsNotSupported, offered.StartTls ? $"{host.Name} refuses STARTTLS" : $"{host.Name} does not offer STARTTLS"));
            return tls == TlsPolicy.May
                ? finding
                : throw new SmtpTransportException("4.7.4", "TLS must be used with this host and the server does not offer it.") { Reply = refusal, Tls = finding };
        }

        TlsFault? fault = null;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host.Policy?.ServerName ?? host.Name,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = CertificateCheck.Quiet,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                fault = _certificates.Fault(host, certificate as X509Certificate2, chain?.ChainPolicy.ExtraStore ?? []);

                // Opportunistic TLS takes any certificate: the other choice is no encryption at all (RFC 7435).
                return fault is null || tls == TlsPolicy.May;
            },
        };
        try
        {
            await connection.StartTlsAsync(options, cancellationToken);
        }
        catch (TlsHandshakeException exception) when (fault is not null)
        {
            throw new TlsHandshakeException($"TLS: {fault.Reason}.", exception) { Fault = fault };
        }

        return new TlsFinding(fault, connection.TlsVersion, connection.Cipher);
    }

    private async Task<SmtpOutcome> TransactAsync(SmtpConnection connection, ServerCapabilities offered, SmtpMail mail, CancellationToken deadline, CancellationToken cancellationToken)
    {
        if (offered.MaxSize < mail.Content.Length)
            return new SmtpOutcome.Impossible("5.3.4", $"The message has {mail.Content.Length} bytes, the server takes {offered.MaxSize}.");
        if (Commands.For(mail, offered) is not { } commands)
            return new SmtpOutcome.Impossible("5.6.7", "The message needs SMTPUTF8, which the server does not offer.");

        foreach (var command in commands)
        {
            var reply = await connection.CommandAsync(command, deadline);
            if (!reply.IsPositive)
                return new SmtpOutcome.Refused(reply);
        }
        return offered.Chunking
            ? await BdatAsync(connection, offered, mail, deadline, cancellationToken)
            : await DataAsync(connection, offered, mail, deadline, cancellationToken);
    }

    private async Task<SmtpOutcome> DataAsync(SmtpConnection connection, ServerCapabilities offered, SmtpMail mail, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var goOn = await connection.CommandAsync("DATA", deadline);
        if (goOn.Code != 354)
            return new SmtpOutcome.Refused(goOn);

        var stuffing = new DotStuffing();
        var buffer = new ArrayBufferWriter<byte>(BlockSize + 1024);
        return await ContentAsync(connection, offered, mail, async block =>
        {
            buffer.ResetWrittenCount();
            if (block.IsEmpty)
                stuffing.Finish(buffer);
            else
                stuffing.Write(block.Span, buffer);
            await connection.SendAsync(buffer.WrittenMemory, cancellationToken);
        }, deadline, cancellationToken);
    }

    private async Task<SmtpOutcome> BdatAsync(SmtpConnection connection, ServerCapabilities offered, SmtpMail mail, CancellationToken deadline, CancellationToken cancellationToken)
    {
        await connection.SendLineAsync(string.Create(CultureInfo.InvariantCulture, $"BDAT {mail.Content.Length} LAST"), deadline);
        var lines = new LineCheck();
        return await ContentAsync(connection, offered, mail, async block =>
        {
            if (block.IsEmpty)
            {
                lines.Finish();
                return;
            }
            lines.Check(block.Span);
            await connection.SendAsync(block, cancellationToken);
        }, deadline, cancellationToken);
    }

    /// <param name="send">Called with each block, and with an empty one at the end.</param>
    /// <param name="deadline">Looked at between blocks: one that goes out may be the last, and then the server has the message.</param>
    private async Task<SmtpOutcome> ContentAsync(
        SmtpConnection connection, ServerCapabilities offered, SmtpMail mail, Func<ReadOnlyMemory<byte>, Task> send, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            if (!mail.Content.Head.IsEmpty)
                await send(mail.Content.Head);
            while (await mail.Content.Body.ReadAsync(buffer.AsMemory(0, BlockSize), cancellationToken) is > 0 and var read)
            {
                deadline.ThrowIfCancellationRequested();
                await send(buffer.AsMemory(0, read));
            }

            // By BDAT the server has it all by now.
            if (!offered.Chunking)
                deadline.ThrowIfCancellationRequested();
            await send(ReadOnlyMemory<byte>.Empty);
        }
        catch (SmtpTransportException)
        {
            // A server that has had enough replies first and then closes.
            if (await LastWordAsync(connection, cancellationToken) is { } refusal)
                return new SmtpOutcome.Refused(refusal);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        var reply = await connection.ReadReplyAsync(settings.Relay.Timeouts.Final, cancellationToken);
        return reply.IsPositive ? new SmtpOutcome.Accepted(reply, offered.Dsn) : new SmtpOutcome.Refused(reply);
    }

    private static async Task<ServerReply?> LastWordAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await connection.ReadReplyAsync(TimeSpan.FromSeconds(1), cancellationToken);
            return reply.Code >= 400 ? reply : null;
        }
        catch (SmtpTransportException)
        {
            return null;
        }
    }

    private static SmtpTransportException HostRefused(ServerReply reply) =>
        new(reply.IsPermanent ? "4.3.2" : reply.EnhancedStatus, $"The server refuses to talk: {reply.Text}") { Reply = reply };

    /// <summary>MAIL and RCPT with what this server understands.</summary>
    private static class Commands
    {
        /// <summary>Null when the message needs SMTPUTF8 and the server lacks it.</summary>
        public static string[]? For(SmtpMail mail, ServerCapabilities offered)
        {
            var (from, to) = (mail.MailFrom, mail.Recipient);
            var international = !Ascii.IsValid(from) || !Ascii.IsValid(to) || (mail.Parameters.SmtpUtf8 && !mail.Content.HeaderIsAscii);
            if (international && !offered.SmtpUtf8)
            {
                var headerStays = mail.Content.HeaderIsAscii || !mail.Parameters.SmtpUtf8;
                if (!headerStays || SmtpAddress.ToAscii(from) is not { } asciiFrom || SmtpAddress.ToAscii(to) is not { } asciiTo)
                    return null;
                (from, to, international) = (asciiFrom, asciiTo, false);
            }
            return [Mail(mail, offered, from, international), Recipient(mail, offered, to)];
        }

        private static string Mail(SmtpMail mail, ServerCapabilities offered, string from, bool international)
        {
            var command = new StringBuilder().Append(CultureInfo.InvariantCulture, $"MAIL FROM:<{from}>");
            if (offered.Size)
                command.Append(CultureInfo.InvariantCulture, $" SIZE={mail.Content.Length}");
            if (offered.EightBitMime && (mail.Parameters.EightBitMime || international))
                command.Append(" BODY=8BITMIME");
            if (international)
                command.Append(" SMTPUTF8");
            if (offered.Dsn && mail.Parameters.Return is "FULL" or "HDRS")
                command.Append(" RET=").Append(mail.Parameters.Return);
            if (offered.Dsn && !string.IsNullOrEmpty(mail.Parameters.EnvelopeId))
                command.Append(" ENVID=").Append(Xtext.Encode(mail.Parameters.EnvelopeId));
            return command.ToString();
        }

        private static string Recipient(SmtpMail mail, ServerCapabilities offered, string to)
        {
            var command = new StringBuilder().Append(CultureInfo.InvariantCulture, $"RCPT TO:<{to}>");
            if (offered.Dsn && DsnNotify.IsValid(mail.Notify))
                command.Append(" NOTIFY=").Append(mail.Notify);
            if (offered.Dsn && OriginalRecipient.Parse(mail.OriginalRecipient) is { } original)
                command.Append(" ORCPT=").Append(original.AddressType).Append(';').Append(Xtext.Encode(original.Address));
            return command.ToString();
        }
    }
}
