using System.Collections.Concurrent;
using System.Globalization;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Platform.Benchmarks.Product;

namespace Platform.Benchmarks.SendGuard;

/// <summary>One account that sends over many connections as fast as it is let, and notes what was answered 250.</summary>
internal sealed class SendRun(string sender, Random random)
{
    public const string Subject = "limitprobe";
    private const string Password = "demo-app-password";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly int _number = random.Next(1_000_000);
    private int _tried;
    private long _lastAccepted;

    /// <summary>Message-ids answered 250.</summary>
    public ConcurrentDictionary<string, bool> Accepted { get; } = new(StringComparer.Ordinal);

    public int Tried => Volatile.Read(ref _tried);

    /// <summary>Sends until nothing was accepted for a while.</summary>
    public Task UntilQuietAsync(RunningProduct[] products, int connections, TimeSpan quiet, TimeSpan most, CancellationToken cancellationToken) =>
        UntilAsync(products, connections, () => IsQuiet(quiet), most, () => Task.CompletedTask, cancellationToken);

    /// <summary>Nothing was accepted for so long, in this run.</summary>
    public bool IsQuiet(TimeSpan time) => TimeProvider.System.GetElapsedTime(Volatile.Read(ref _lastAccepted)) > time;

    /// <summary>Sends until a condition holds, then does something while the connections still send.</summary>
    /// <exception cref="TimeoutException">It does not hold in time.</exception>
    public async Task UntilAsync(RunningProduct[] products, int connections, Func<bool> holds, TimeSpan most, Func<Task> then, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var start = Now;
        Interlocked.Exchange(ref _lastAccepted, start);
        var running = Enumerable.Range(0, connections).Select(i => SendAsync(products[i % products.Length], i, stop.Token)).ToList();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(start) > most)
                throw new TimeoutException($"{Accepted.Count} accepted of {Tried} tried after {most.TotalSeconds:F0} s");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }

        await then();
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    private static long Now => TimeProvider.System.GetTimestamp();

    private async Task SendAsync(RunningProduct product, int connection, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = new SmtpClient { ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=mx.platform.test", CheckCertificateRevocation = false };
                await client.ConnectAsync("127.0.0.1", product.Submission.Port, SecureSocketOptions.StartTls, stop);
                await client.AuthenticateAsync(new SaslMechanismPlain(sender, Password), stop);
                while (true)
                {
                    using var mail = Mail(connection);
                    // Not stopped within a message: its answer is what counts.
                    await client.SendAsync(mail, CancellationToken.None);
                    Accepted[mail.MessageId!] = true;
                    Interlocked.Exchange(ref _lastAccepted, Now);
                    stop.ThrowIfCancellationRequested();
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is IOException or ProtocolException or CommandException or AuthenticationException or System.Net.Sockets.SocketException or SslHandshakeException)
            {
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private MimeMessage Mail(int connection)
    {
        var number = Interlocked.Increment(ref _tried);
        var mail = new MimeMessage
        {
            Subject = $"{Subject} {number.ToString(CultureInfo.InvariantCulture)}",
            Body = new TextPart("plain") { Text = $"Connection {connection} of {_number}." },
            MessageId = $"{_number}.{number}.{connection}@acme.test",
        };
        mail.From.Add(MailboxAddress.Parse(sender));
        mail.To.Add(MailboxAddress.Parse("sales@acme.test"));
        return mail;
    }
}
