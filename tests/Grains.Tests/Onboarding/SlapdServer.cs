using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Platform.Grains.Tests.Support;

namespace Platform.Grains.Tests.Onboarding;

/// <summary>An OpenLDAP of the test's own on loopback, with TLS and StartTLS, people and a page limit.</summary>
internal sealed class SlapdServer : IAsyncDisposable
{
    public const string BindName = "cn=admin,dc=acme,dc=test";
    public const string Secret = "correct horse";
    public const string Base = "dc=acme,dc=test";
    private const string Program = "/usr/sbin/slapd";

    private readonly TempFolder _folder = new();
    private Process? _server;

    private SlapdServer(X509Certificate2 certificate) => Roots = certificate.ExportCertificatePem();

    /// <summary>What is to be trusted, in PEM.</summary>
    public string Roots { get; }

    public int Port { get; } = FreePort();

    public int TlsPort { get; } = FreePort();

    /// <summary>Skips the test where there is no OpenLDAP.</summary>
    /// <param name="ldif">Entries below the base.</param>
    public static async Task<SlapdServer> StartAsync(string ldif)
    {
        if (!File.Exists(Program))
            Parts.Missing("OpenLDAP (/usr/sbin/slapd)");
        using var certificate = TestCertificates.For("127.0.0.1");
        var server = new SlapdServer(certificate);
        await server.RunAsync(certificate, ldif);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        _folder.Dispose();
    }

    private async Task RunAsync(X509Certificate2 certificate, string ldif)
    {
        var (chain, key, data, configuration, entries) = (Sub("chain.pem"), Sub("key.pem"), Sub("data"), Sub("slapd.conf"), Sub("entries.ldif"));
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(chain, Roots);
        await File.WriteAllTextAsync(key, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(configuration, $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            pidfile {Sub("pid")}
            TLSCertificateFile {chain}
            TLSCertificateKeyFile {key}
            disallow bind_anon
            database mdb
            suffix "{Base}"
            rootdn "{BindName}"
            rootpw "{Secret}"
            directory {data}

            """);
        await File.WriteAllTextAsync(entries, $"dn: {Base}\nobjectClass: dcObject\nobjectClass: organization\ndc: acme\no: Acme\n\n{ldif}");
        await RunToEndAsync("/usr/sbin/slapadd", "-f", configuration, "-l", entries);
        var addresses = string.Create(CultureInfo.InvariantCulture, $"ldap://127.0.0.1:{Port} ldaps://127.0.0.1:{TlsPort}");
        _server = Process.Start(new ProcessStartInfo(Program, ["-d", "0", "-h", addresses, "-f", configuration]) { RedirectStandardError = true })!;
        await Until.TrueAsync(async () => _server.HasExited ? throw new InvalidOperationException(await _server.StandardError.ReadToEndAsync()) : await AnswersAsync(), "OpenLDAP listens");
    }

    private static async Task RunToEndAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error);
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, TlsPort);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Sub(string name) => Path.Combine(_folder.Path, name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
