using System.Globalization;
using System.Net;
using System.Text;
using Platform.Benchmarks.Load;

namespace Platform.Benchmarks.SendGuard;

/// <summary>A mail program of the demo tenant: logs in to the submission listener as its mailbox and sends.</summary>
internal sealed class Submitter : IAsyncDisposable
{
    private const string Helo = "bench.test";

    public static string Mailbox => SmtpLogin.Demo.Mailbox;

    private readonly SmtpWire wire;

    private Submitter(SmtpWire wire) => this.wire = wire;

    /// <exception cref="IOException">The listener refused.</exception>
    public static async Task<Submitter> LogInAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var wire = await SmtpWire.ConnectAsync(server, cancellationToken);
        try
        {
            await wire.GreetAsync(Helo, cancellationToken);
            await wire.LogInAsync(Helo, SmtpLogin.Demo, cancellationToken);
            return new Submitter(wire);
        }
        catch
        {
            await wire.DisposeAsync();
            throw;
        }
    }

    /// <param name="id">Message-ID without angle brackets.</param>
    /// <exception cref="IOException">It was not taken.</exception>
    public async Task SendAsync(string id, string subject, IReadOnlyList<string> recipients, CancellationToken cancellationToken)
    {
        var date = DateTimeOffset.UnixEpoch.AddDays(20_000).ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        var text = $"From: <{Mailbox}>\r\nTo: {string.Join(", ", recipients.Select(to => $"<{to}>"))}\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\nDate: {date}\r\n\r\nThe parcel leaves on Thursday as agreed.\r\n";
        await ExpectAsync(await wire.CommandAsync($"MAIL FROM:<{Mailbox}>", cancellationToken), 250);
        foreach (var recipient in recipients)
            await ExpectAsync(await wire.CommandAsync($"RCPT TO:<{recipient}>", cancellationToken), 250);
        await ExpectAsync(await wire.CommandAsync("DATA", cancellationToken), 354);
        await wire.WriteAsync(SmtpWire.Stuff(Encoding.ASCII.GetBytes(text)), cancellationToken);
        await ExpectAsync(await wire.ReadReplyAsync(cancellationToken), 250);
    }

    public ValueTask DisposeAsync() => wire.DisposeAsync();

    private static Task ExpectAsync(SmtpReply reply, int code) => reply.Code == code ? Task.CompletedTask : throw new IOException($"{reply.Code} {reply.Text} in place of {code}");
}
