using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Platform.Grains.Tests.Support;

namespace Platform.Grains.Tests.Onboarding;

/// <summary>A server that takes any name and secret, and answers a search with entries of nothing for ever.</summary>
internal sealed class EndlessLdapServer : IAsyncDisposable
{
    private const int EntriesAtOnce = 1_000;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate = TestCertificates.For("127.0.0.1");
    private readonly Task _running;

    public EndlessLdapServer()
    {
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Roots => _certificate.ExportCertificatePem();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        var request = new byte[4_096];
        await stream.ReadAtLeastAsync(request, 1, cancellationToken: _stop.Token);
        await stream.WriteAsync(Message(1, writer =>
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, 1, isConstructed: true)))
            {
                writer.WriteEncodedValue([(byte)UniversalTagNumber.Enumerated, 1, 0]);
                writer.WriteOctetString([]);
                writer.WriteOctetString([]);
            }
        }), _stop.Token);
        await stream.ReadAtLeastAsync(request, 1, cancellationToken: _stop.Token);
        var entry = Message(2, writer =>
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, 4, isConstructed: true)))
            {
                writer.WriteOctetString("cn=x"u8);
                writer.PushSequence().Dispose();
            }
        });
        byte[] many = [.. Enumerable.Repeat(entry, EntriesAtOnce).SelectMany(octets => octets)];
        while (!_stop.IsCancellationRequested)
            await stream.WriteAsync(many, _stop.Token);
    }

    private static byte[] Message(int id, Action<AsnWriter> operation)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
        }

        return writer.Encode();
    }
}
