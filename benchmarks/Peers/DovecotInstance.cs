using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Peers;

/// <summary>
/// A Dovecot of our own that asks a policy server about each login: IMAP on one loopback port, one password for everybody, everything in a
/// temporary folder, the master in the foreground as our child. A client on loopback may say whence it comes (the ID command), as a proxy does.
/// </summary>
internal sealed class DovecotInstance : IAsyncDisposable
{
    public const string Password = "dovecot-password";

    private const int Nobody = 65_534;
    private readonly TempFolder folder = new("dovecot");
    private readonly string program;
    private ChildProcess? master;

    private DovecotInstance(string program, IPEndPoint imap)
    {
        this.program = program;
        Imap = imap;
    }

    public IPEndPoint Imap { get; }

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(folder.Path, "dovecot.log");

    /// <param name="policy">The policy server's address; Dovecot appends the command.</param>
    /// <exception cref="MissingPartException">No Dovecot, or not root, which its master needs.</exception>
    public static async Task<DovecotInstance> StartAsync(Uri policy, string clientId, string secret, CancellationToken cancellationToken)
    {
        var program = Programs.Require("dovecot");
        if (!Environment.IsPrivilegedProcess)
            throw new MissingPartException("root, to start Dovecot,");
        var instance = new DovecotInstance(program, Programs.Loopback(Ports.Free(1)[0]));
        try
        {
            await instance.StartMasterAsync(policy, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}")), cancellationToken);
            return instance;
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    /// <summary>Logs in by IMAP, once.</summary>
    /// <param name="from">Whence, as a proxy in front would say it; null: as it is.</param>
    /// <returns>The answer to LOGIN: it begins with <c>OK</c> or <c>NO</c>.</returns>
    public async Task<string> LoginAsync(string user, string password, string? from, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Imap, cancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await reader.ReadLineAsync(cancellationToken);
        if (from is not null)
            await SayAsync("a", $"ID (\"x-originating-ip\" \"{from}\" \"x-originating-port\" \"40000\")");
        var answer = await SayAsync("b", $"LOGIN \"{user}\" \"{password}\"");
        await writer.WriteLineAsync("c LOGOUT");
        return answer;

        async Task<string> SayAsync(string tag, string command)
        {
            await writer.WriteLineAsync($"{tag} {command}".AsMemory(), cancellationToken);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
                if (line.StartsWith(tag + " ", StringComparison.Ordinal))
                    return line[2..];
            throw new IOException($"Dovecot closed the connection at {command.Split(' ')[0]}:\n{Log}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (master is not null)
        {
            master.Terminate();
            await Wait.UntilAsync(TimeSpan.FromSeconds(10), () => Task.FromResult(master.HasExited), CancellationToken.None);
            await master.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>RFC 3501, 7.1.1: an untagged OK.</summary>
    private static async Task<bool> GreetsAsync(IPEndPoint imap, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(imap, cancellationToken);
            using var reader = new StreamReader(connection.GetStream());
            return (await reader.ReadLineAsync(cancellationToken))?.StartsWith("* OK", StringComparison.Ordinal) == true;
        }
        catch (Exception problem) when (problem is SocketException or IOException)
        {
            return false;
        }
    }

    private async Task StartMasterAsync(Uri policy, string credentials, CancellationToken cancellationToken)
    {
        var home = folder.Sub("home");
        await ChildProcess.RunAsync("chown", [Nobody.ToString(CultureInfo.InvariantCulture), home], cancellationToken);
        var configuration = Path.Combine(folder.Path, "dovecot.conf");
        await File.WriteAllTextAsync(configuration, Configuration(policy, credentials, home), cancellationToken);
        master = ChildProcess.Start(program, ["-F", "-c", configuration]);
        var listens = await Wait.UntilAsync(TimeSpan.FromSeconds(20), async () => master.HasExited || await GreetsAsync(Imap, cancellationToken), cancellationToken);
        if (!listens || master.HasExited)
            throw new InvalidOperationException($"Dovecot did not start:\n{master.Tail(20)}\n{Log}");
    }

    private string Configuration(Uri policy, string credentials, string home) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        base_dir = {{Path.Combine(folder.Path, "run")}}
        state_dir = {{Path.Combine(folder.Path, "state")}}
        log_path = {{LogFile}}
        auth_verbose = yes
        protocols = imap
        listen = 127.0.0.1
        ssl = no
        disable_plaintext_auth = no
        login_trusted_networks = 127.0.0.0/8
        auth_mechanisms = plain login
        auth_failure_delay = 0
        auth_policy_server_url = {{policy}}
        auth_policy_server_api_header = Authorization: Basic {{credentials}}
        auth_policy_hash_nonce = {{Guid.NewGuid():N}}
        auth_policy_server_timeout_msecs = 20000
        auth_policy_reject_on_fail = yes
        first_valid_uid = 1
        mail_location = maildir:~/mail
        passdb {
          driver = static
          args = password={{Password}}
        }
        userdb {
          driver = static
          args = uid={{Nobody}} gid={{Nobody}} home={{home}}/%u
        }
        service imap-login {
          inet_listener imap {
            port = {{Imap.Port}}
          }
          inet_listener imaps {
            port = 0
          }
        }
        service anvil {
          chroot =
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service stats {
          chroot =
        }

        """);
}
