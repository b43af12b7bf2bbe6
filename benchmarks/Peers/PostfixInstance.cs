using System.Globalization;
using System.Net;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Peers;

/// <summary>
/// A Postfix of our own: configuration, queue and log in a temporary folder, one loopback port, no DNS, master in the
/// foreground as our child. Durability is Postfix's default: each queue file is flushed before 250.
/// </summary>
internal sealed class PostfixInstance : IAsyncDisposable
{
    private static readonly string[] Queues = ["maildrop", "incoming", "active", "deferred", "hold"];

    private readonly string program;
    private readonly TempFolder folder;
    private readonly string configuration;
    private ChildProcess? master;

    private PostfixInstance(string program, TempFolder folder, IPEndPoint smtp)
    {
        this.program = program;
        this.folder = folder;
        Smtp = smtp;
        configuration = Path.Combine(folder.Path, "conf");
    }

    public IPEndPoint Smtp { get; }

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(folder.Path, "mail.log");

    private string Queue => Path.Combine(folder.Path, "queue");

    /// <param name="settings">Lines of main.cf over those below.</param>
    /// <exception cref="MissingPartException">No Postfix, or not root, which its master needs.</exception>
    public static async Task<PostfixInstance> StartAsync(IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        var program = Programs.Require("postfix");
        if (!Environment.IsPrivilegedProcess)
            throw new MissingPartException("root, to start Postfix,");
        var instance = new PostfixInstance(program, new TempFolder("postfix"), Programs.Loopback(Ports.Free(1)[0]));
        try
        {
            await instance.StartMasterAsync(settings, cancellationToken);
            return instance;
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    /// <summary>Mails waiting in its queue.</summary>
    public int QueueLength => Queues
        .Select(name => Path.Combine(Queue, name))
        .Where(Directory.Exists)
        .Sum(queue => Directory.EnumerateFiles(queue, "*", SearchOption.AllDirectories).Count());

    public async ValueTask DisposeAsync()
    {
        if (master is not null)
        {
            await ChildProcess.RunAsync(program, ["-c", configuration, "stop"], CancellationToken.None);
            await master.DisposeAsync();
        }

        folder.Dispose();
    }

    private async Task StartMasterAsync(IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "conf", "queue", "data" })
            folder.Sub(name);
        var (owned, output) = await ChildProcess.RunAsync("chown", ["postfix", Path.Combine(folder.Path, "data")], cancellationToken);
        if (owned != 0)
            throw new MissingPartException($"the user postfix ({output})");
        await File.WriteAllTextAsync(Path.Combine(configuration, "main.cf"), MainConfiguration(settings), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(configuration, "master.cf"), MasterConfiguration(), cancellationToken);
        master = ChildProcess.Start(program, ["-c", configuration, "start-fg"]);
        var listens = await Wait.UntilAsync(
            TimeSpan.FromSeconds(20), async () => master.HasExited || await LoadGenerator.ListensAsync(Smtp, cancellationToken), cancellationToken);
        if (!listens || master.HasExited)
            throw new InvalidOperationException($"Postfix did not start:\n{master.Tail(20)}\n{Log}");
    }

    private string MainConfiguration(IEnumerable<string> settings) =>
        $"""
        compatibility_level = 3.6
        queue_directory = {Queue}
        data_directory = {Path.Combine(folder.Path, "data")}
        maillog_file = {LogFile}
        maillog_file_prefixes = {folder.Path}
        myhostname = relay.partner.example
        mydestination =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks = 127.0.0.0/8
        smtpd_relay_restrictions = permit_mynetworks, reject
        smtpd_peername_lookup = no
        smtp_dns_support_level = disabled
        smtp_host_lookup = native
        local_header_rewrite_clients =
        local_recipient_maps =
        alias_maps =
        alias_database =
        message_size_limit = 52428800
        {string.Join('\n', settings)}

        """;

    private string MasterConfiguration() => string.Create(CultureInfo.InvariantCulture,
        $"""
        127.0.0.1:{Smtp.Port} inet n - n - - smtpd
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        proxymap unix - - n - - proxymap
        smtp unix - - n - - smtp
        relay unix - - n - - smtp
        error unix - - n - - error
        retry unix - - n - - error
        discard unix - - n - - discard
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        postlog unix-dgram n - n - 1 postlogd

        """);
}
