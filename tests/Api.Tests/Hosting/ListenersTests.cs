using System.Net;
using System.Net.Sockets;
using Platform.Api.Hosting;

namespace Platform.Api.Tests.Hosting;

public sealed class ListenersTests
{
    [Fact]
    public void An_address_where_another_program_listens_is_refused_by_the_name_of_its_setting()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var refusal = Assert.Throws<SettingsException>(() => Listeners.EnsureFree("Smtp:Inbound", new ListenAddress(IPAddress.Loopback, port, false)));

        Assert.StartsWith($"Smtp:Inbound is 127.0.0.1:{port}, where another program listens.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_of_another_machine_is_refused()
    {
        var refusal = Assert.Throws<SettingsException>(() => Listeners.EnsureFree("Http:Listen", new ListenAddress(IPAddress.Parse("203.0.113.9"), 0, false)));

        Assert.Contains("no address of this machine", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_free_address_stays_free()
    {
        var any = new ListenAddress(IPAddress.Loopback, 0, false);

        Assert.Null(Record.Exception(() => Listeners.EnsureFree("Http:Listen", any)));
    }
}
