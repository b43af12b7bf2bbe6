using System.Net;

namespace Platform.Smtp.Tests;

public sealed class TraceHeaderTests
{
    private static readonly DateTimeOffset When = new(2026, 11, 24, 14, 5, 6, TimeSpan.FromHours(9));

    private static readonly SmtpPeer Peer = new()
    {
        SessionId = "1",
        RemoteAddress = IPAddress.Parse("192.0.2.25"),
        ConnectionAddress = IPAddress.Loopback,
        Helo = "client.test",
        IsExtended = true,
    };

    private static readonly SmtpTransaction ToOne = new(new MailCommand("a@b.test"), [new RecipientCommand("c@d.test", "c", "d.test")]);

    [Fact]
    public void It_tells_from_by_with_id_for_and_when()
    {
        Assert.Equal(
            "Received: from client.test ([192.0.2.25])\r\n\tby mx.test with ESMTP id Q1\r\n\tfor <c@d.test>;\r\n\tTue, 24 Nov 2026 14:05:06 +0900\r\n",
            TraceHeader.Received(Peer, ToOne, "mx.test", When, "Q1"));
    }

    [Fact]
    public void It_names_the_cipher_under_TLS()
    {
        var field = TraceHeader.Received(Peer with { Tls = new TlsInfo("TLSv1.3", "TLS_AES_256_GCM_SHA384", null) }, ToOne, "mx.test", When);

        Assert.Contains("with ESMTPS\r\n\ttls TLS_AES_256_GCM_SHA384\r\n", field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, "UTF8SMTP")]
    [InlineData(true, true, "UTF8SMTPS")]
    [InlineData(false, false, "SMTP")]
    public void It_names_the_protocol_with_SMTPUTF8(bool extended, bool tls, string protocol)
    {
        var peer = Peer with { IsExtended = extended, Tls = tls ? new TlsInfo("TLSv1.3", "X", null) : null };

        Assert.Contains($" with {protocol}\r\n", TraceHeader.Received(peer, ToOne with { Mail = new MailCommand("") { SmtpUtf8 = true } }, "mx.test", When), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_recipients_are_not_named()
    {
        var toTwo = ToOne with { Recipients = [.. ToOne.Recipients, new RecipientCommand("e@f.test", "e", "f.test")] };

        Assert.DoesNotContain("for <", TraceHeader.Received(Peer, toTwo, "mx.test", When), StringComparison.Ordinal);
        Assert.Contains("for <e@f.test>", TraceHeader.Received(Peer, toTwo, "mx.test", When, forAddress: "e@f.test"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_a_relay_vouches_for_stands_beside_the_address()
    {
        Assert.Contains("(host.test [192.0.2.25])", TraceHeader.Received(Peer with { ClientName = "host.test" }, ToOne, "mx.test", When), StringComparison.Ordinal);
    }

    [Fact]
    public void An_IPv6_address_is_marked()
    {
        Assert.Contains("([IPv6:2001:db8::1])", TraceHeader.Received(Peer with { RemoteAddress = IPAddress.Parse("2001:db8::1") }, ToOne, "mx.test", When), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a)\r\nX-Forged: yes")]
    [InlineData(null)]
    public void A_hello_that_is_no_name_is_left_out(string? helo)
    {
        Assert.StartsWith("Received: from unknown (", TraceHeader.Received(Peer with { Helo = helo }, ToOne, "mx.test", When), StringComparison.Ordinal);
    }
}
