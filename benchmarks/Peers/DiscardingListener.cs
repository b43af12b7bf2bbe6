using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Smtp;

namespace Platform.Benchmarks.Peers;

/// <summary>
/// The SMTP listener alone, in a process of its own: every mail is taken and thrown away. Started by the bench as
/// <c>discarding-listener PORT</c>, ended by a signal.
/// </summary>
internal static class DiscardingListener
{
    public const string Verb = "discarding-listener";

    public static async Task RunAsync(string port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenSmtp(
            Programs.Loopback(int.Parse(port, CultureInfo.InvariantCulture)), new SmtpServerOptions { Hostname = "mx.platform.test" }, new Discard()));
        await using var app = builder.Build();
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private sealed class Discard : ISmtpHandler
    {
        public ValueTask<Smtp.SmtpReply?> ConnectAsync(SmtpPeer peer, CancellationToken cancellationToken) => ValueTask.FromResult<Smtp.SmtpReply?>(null);

        public ValueTask<Smtp.SmtpReply> MailAsync(SmtpPeer peer, MailCommand mail, CancellationToken cancellationToken) => ValueTask.FromResult(Smtp.SmtpReply.SenderAccepted);

        public ValueTask<Smtp.SmtpReply> RecipientAsync(SmtpPeer peer, SmtpTransaction transaction, RecipientCommand recipient, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Smtp.SmtpReply.RecipientAccepted);

        public ValueTask<IMessageReceiver> BeginMessageAsync(SmtpPeer peer, SmtpTransaction transaction, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IMessageReceiver>(new Nowhere());
    }

    private sealed class Nowhere : IMessageReceiver
    {
        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<Smtp.SmtpReply> CompleteAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Smtp.SmtpReply.Ok);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
