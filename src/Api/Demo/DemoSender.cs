using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Api.Demo;

/// <summary>
/// Sends the demo mails through the SMTP listener itself, each as if from its own country, by Postfix's XCLIENT
/// (accepted from loopback in Development only). The mail library has no XCLIENT, hence these few lines.
/// </summary>
internal static class DemoSender
{
    /// <returns>The final reply to the message.</returns>
    /// <exception cref="IOException">The listener refused or broke off.</exception>
    public static async Task<string> SendAsync(IPEndPoint listener, DemoMail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(listener, cancellationToken);
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);

        await ExpectAsync(reader, "220", cancellationToken);
        await CommandAsync(stream, reader, "EHLO localhost", "250", cancellationToken);
        await CommandAsync(stream, reader, string.Create(CultureInfo.InvariantCulture, $"XCLIENT ADDR={mail.ClientAddress} NAME={mail.Helo}"), "220", cancellationToken);
        await CommandAsync(stream, reader, "EHLO " + mail.Helo, "250", cancellationToken);
        await CommandAsync(stream, reader, $"MAIL FROM:<{mail.From}>", "250", cancellationToken);
        foreach (var recipient in mail.Recipients)
            await CommandAsync(stream, reader, $"RCPT TO:<{recipient}>", "250", cancellationToken);
        await CommandAsync(stream, reader, "DATA", "354", cancellationToken);
        await stream.WriteAsync(DotStuffed(mail.ToBytes(now)), cancellationToken);
        var reply = await ReplyAsync(reader, cancellationToken);
        await CommandAsync(stream, reader, "QUIT", "221", cancellationToken);
        return reply;
    }

    private static byte[] DotStuffed(byte[] message)
    {
        var text = Encoding.Latin1.GetString(message).Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        var end = text.EndsWith("\r\n", StringComparison.Ordinal) ? ".\r\n" : "\r\n.\r\n";
        return Encoding.Latin1.GetBytes(text + end);
    }

    private static async Task CommandAsync(Stream stream, StreamReader reader, string command, string expected, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
        await ExpectAsync(reader, expected, cancellationToken);
    }

    private static async Task ExpectAsync(StreamReader reader, string code, CancellationToken cancellationToken)
    {
        var reply = await ReplyAsync(reader, cancellationToken);
        if (!reply.StartsWith(code, StringComparison.Ordinal))
            throw new IOException($"The SMTP listener answered '{reply}' where {code} was expected.");
    }

    private static async Task<string> ReplyAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            if (line.Length < 4 || line[3] != '-')
                return line;
        throw new IOException("The SMTP listener closed the connection.");
    }
}
