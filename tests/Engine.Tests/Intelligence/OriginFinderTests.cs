using System.Net;
using Platform.Engine.Intelligence;
using Platform.Engine.Mail;
using Platform.Engine.Tests.Detectors;

namespace Platform.Engine.Tests.Intelligence;

public sealed class OriginFinderTests
{
    private const string Relay = "Received: from sender.example (sender.example [198.51.100.7]) by relay.acme.test (Postfix)";
    private const string Inner = "Received: from relay.acme.test (relay.acme.test [203.0.113.5]) by inner.acme.test (Postfix)";
    private const string Lan = "Received: from pc (pc [10.0.0.9]) by inner.acme.test (Postfix)";
    private const string Invented = "Received: from trusted.example (trusted.example [203.0.113.99]) by invented.example";

    [Fact]
    public void The_connection_is_the_origin()
    {
        Assert.Equal(("198.51.100.9", "connection"), Find("198.51.100.9", [], Invented));
    }

    [Fact]
    public void Behind_a_trusted_connection_the_first_hop_outside_is()
    {
        Assert.Equal(("198.51.100.7", "received"), Find("203.0.113.5", ["203.0.113.0/26"], Relay, Invented));
    }

    [Fact]
    public void Trusted_hops_are_skipped_in_a_row()
    {
        Assert.Equal(("198.51.100.7", "received"), Find("127.0.0.1", ["203.0.113.5"], Inner, Relay, Invented));
    }

    [Fact]
    public void Private_hops_are_passed_over()
    {
        Assert.Equal(("198.51.100.7", "received"), Find("10.1.1.1", [], Lan, Relay));
    }

    [Fact]
    public void A_client_on_the_own_network_that_is_no_relay_is_the_origin()
    {
        Assert.Equal(("10.1.1.1", "connection"), Find("10.1.1.1", [], Lan));
    }

    [Fact]
    public void With_nothing_but_trusted_hops_there_is_no_origin()
    {
        Assert.Equal((null, "none"), Find("203.0.113.5", ["203.0.113.0/24"], Inner));
    }

    [Fact]
    public void A_file_is_judged_by_its_Received_fields()
    {
        Assert.Equal(("198.51.100.7", "received"), Find(null, [], Relay));
    }

    [Fact]
    public void Mapped_addresses_match_the_ranges_they_stand_for()
    {
        Assert.Equal(("198.51.100.7", "received"), Find("::ffff:203.0.113.5", ["203.0.113.0/24"], Relay));
    }

    [Fact]
    public void A_broken_range_trusts_nothing()
    {
        Assert.Equal(("203.0.113.5", "connection"), Find("203.0.113.5", ["203.0.113.0/99", "everything"], Relay));
    }

    [Fact]
    public void X_Originating_IP_is_a_hint_only()
    {
        var origin = Origin("198.51.100.9", [], "X-Originating-IP: [192.0.2.44]");

        Assert.Equal(("198.51.100.9", "192.0.2.44"), (origin.Address, origin.Hint));
    }

    [Fact]
    public void The_place_comes_from_the_network_data()
    {
        var origin = Origin("8.8.8.8", []);

        Assert.Equal(("US", 15169, "GOOGLE"), (origin.Country, origin.Asn, origin.Network));
    }

    private static (string?, string) Find(string? client, string[] trusted, params string[] headers)
    {
        var origin = Origin(client, trusted, headers);
        return (origin.Address, origin.Source);
    }

    private static Origin Origin(string? client, string[] trusted, params string[] headers)
    {
        var message = new MailReader().Read(new TestMail { Headers = headers }.ToBytes(), ScanLimits.Default, CancellationToken.None);
        return new OriginFinder(new OneNetwork()).Find(message, Envelope.None with { ClientAddress = client }, trusted);
    }

    private sealed class OneNetwork : INetworkData
    {
        public NetworkPlace? Find(IPAddress address) => address.ToString() == "8.8.8.8" ? new NetworkPlace("US", 15169, "GOOGLE") : null;
    }
}
