using System.Globalization;
using System.Net;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Peers;

/// <summary>Postfix as the sender's server: takes a mail from a client and relays it to the platform, one instance for clear text and one that insists on TLS.</summary>
internal sealed class PostfixPeer : IMailPeer
{
    private readonly PostfixInstance plain;
    private readonly PostfixInstance encrypted;

    private PostfixPeer(PostfixInstance plain, PostfixInstance encrypted)
    {
        this.plain = plain;
        this.encrypted = encrypted;
    }

    public string Name => "Postfix";

    public static async Task<PostfixPeer> StartAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var plain = await PostfixInstance.StartAsync(RelayTo(server, "none"), cancellationToken);
        try
        {
            return new PostfixPeer(plain, await PostfixInstance.StartAsync(RelayTo(server, "encrypt"), cancellationToken));
        }
        catch
        {
            await plain.DisposeAsync();
            throw;
        }
    }

    public async Task<string?> SendAsync(OutgoingMail mail, bool startTls, CancellationToken cancellationToken)
    {
        var instance = startTls ? encrypted : plain;
        await using (var sender = new SmtpSender(instance.Smtp, keep: false))
        {
            var record = await sender.SendAsync(mail, cancellationToken);
            if (record.Outcome != SendOutcome.Accepted)
                return $"Postfix itself did not take it: {record.Code} {record.Text}";
        }

        var sent = await Wait.UntilAsync(TimeSpan.FromSeconds(30), () => Task.FromResult(instance.QueueLength == 0), cancellationToken);
        return sent ? null : $"still in Postfix's queue: {LastStatus(instance)}";
    }

    public async ValueTask DisposeAsync()
    {
        await plain.DisposeAsync();
        await encrypted.DisposeAsync();
    }

    private static IEnumerable<string> RelayTo(IPEndPoint server, string tls) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"relayhost = [{server.Address}]:{server.Port}"),
        $"smtp_tls_security_level = {tls}",
        "minimal_backoff_time = 2s",
        "queue_run_delay = 2s",
    ];

    private static string LastStatus(PostfixInstance instance) =>
        instance.Log.Split('\n').LastOrDefault(line => line.Contains("status=", StringComparison.Ordinal)) ?? "no status in its log";
}
