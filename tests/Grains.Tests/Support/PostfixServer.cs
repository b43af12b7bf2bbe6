using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.Grains.Tests.Support;

/// <summary>A Postfix of the test's own on a loopback port, with its queue and mailboxes in a temporary folder; it delivers acme.test into Maildirs.</summary>
internal sealed class PostfixServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/postfix";

    private readonly TempFolder _folder = new();
    private readonly Process _master;

    private PostfixServer(int port, IEnumerable<string> settings)
    {
        Port = port;
        foreach (var name in new[] { "conf", "queue", "data", "mail" })
            Directory.CreateDirectory(_folder.Sub(name));
        Run("chmod", "755", _folder.Path);
        Run("chown", "postfix", _folder.Sub("data"));
        Run("chown", "nobody", _folder.Sub("mail"));
        File.WriteAllText(_folder.Sub("conf/main.cf"), MainCf(settings));
        File.WriteAllText(_folder.Sub("conf/master.cf"), MasterCf(port));
        _master = Process.Start(new ProcessStartInfo(Program, ["-c", _folder.Sub("conf"), "start-fg"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    public int Port { get; }

    public string Route => $"smtp://127.0.0.1:{Port}";

    public string Log => File.Exists(_folder.Sub("mail.log")) ? File.ReadAllText(_folder.Sub("mail.log")) : "";

    public static async Task<PostfixServer> StartAsync(params string[] settings)
    {
        if (!File.Exists(Program))
            Parts.Missing("Postfix (/usr/sbin/postfix)");
        if (!Environment.IsPrivilegedProcess)
            Parts.Missing("root, which the master of Postfix needs,");
        var server = new PostfixServer(FreePort(), settings);
        await Until.TrueAsync(server.ListensAsync, $"Postfix listens ({server.Log})");
        return server;
    }

    public string[] MailsOf(string localPart)
    {
        var folder = _folder.Sub($"mail/{localPart}/new");
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }

    public async ValueTask DisposeAsync()
    {
        Run(Program, "-c", _folder.Sub("conf"), "stop");
        await _master.WaitForExitAsync();
        _master.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
    }

    private string MainCf(IEnumerable<string> settings) =>
        $$"""
        compatibility_level = 3.6
        queue_directory = {{_folder.Sub("queue")}}
        data_directory = {{_folder.Sub("data")}}
        maillog_file = {{_folder.Sub("mail.log")}}
        maillog_file_prefixes = {{_folder.Path}}
        myhostname = mail.acme.test
        mydestination =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        smtpd_peername_lookup = no
        local_header_rewrite_clients =
        alias_maps =
        alias_database =
        message_size_limit = 52428800
        virtual_mailbox_domains = acme.test
        virtual_mailbox_base = {{_folder.Sub("mail")}}
        virtual_mailbox_maps = inline:{ info@acme.test=info/ }
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534
        virtual_mailbox_limit = 0
        {{string.Join('\n', settings)}}

        """;

    private static string MasterCf(int port) => string.Create(CultureInfo.InvariantCulture,
        $"""
        127.0.0.1:{port} inet n - n - - smtpd
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        proxymap unix - - n - - proxymap
        virtual unix - n n - - virtual
        smtp unix - - n - - smtp
        error unix - - n - - error
        retry unix - - n - - error
        anvil unix - - n - 1 anvil
        postlog unix-dgram n - n - 1 postlogd

        """);
}
