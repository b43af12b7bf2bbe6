using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Intelligence;

namespace Platform.Engine.Tests.Intelligence;

public sealed class ReceivedFieldTests
{
    [Theory]
    [InlineData("from mail.example.org (mail.example.org [198.51.100.7]) by mx.acme.test (Postfix) with ESMTPS id 1; Tue, 24 Nov 2026 11:00:00 +0000", "198.51.100.7")] // Postfix
    [InlineData("from [10.0.0.1] (unknown [198.51.100.7]) by mx.acme.test (Postfix) with ESMTP", "198.51.100.7")] // Postfix, HELO literal
    [InlineData("from mail.example.org (mail.example.org [IPv6:2001:db8::7]) by mx.acme.test (Postfix) with ESMTP", "2001:db8::7")] // Postfix, IPv6
    [InlineData("from mail.example.org (mail.example.org [198.51.100.7] (may be forged)) by mx (8.17.1/8.17.1) with ESMTP id x", "198.51.100.7")] // Sendmail
    [InlineData("from AM0PR01MB1234.eurprd01.prod.exchangelabs.com (2603:10a6:208::1) by DB7PR01MB1.eurprd01.prod.exchangelabs.com with HTTPS", "2603:10a6:208::1")] // Microsoft 365
    [InlineData("from EX01.corp.local (10.1.2.3) by EX02.corp.local (10.1.2.4) with Microsoft SMTP Server", "10.1.2.3")] // Exchange
    [InlineData("from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41]) by mx.google.com with SMTPS id x", "209.85.220.41")] // Gmail
    [InlineData("from [192.168.1.5] (cpe.example.net. [198.51.100.7]) by smtp.gmail.com with ESMTPSA id x", "198.51.100.7")] // Gmail, submission
    [InlineData("from mail.example.org ([198.51.100.7] helo=mail.example.org) by mx.acme.test with esmtps (Exim 4.96)", "198.51.100.7")] // Exim
    [InlineData("from [198.51.100.7] (port=4711 helo=[10.0.0.1]) by mx.acme.test with esmtpa (Exim 4.96)", "198.51.100.7")] // Exim, no rDNS
    [InlineData("from unknown (HELO mail.example.org) (198.51.100.7) by mx.acme.test with SMTP; 24 Nov 2026 11:00:00 -0000", "198.51.100.7")] // qmail
    [InlineData("from unknown (HELO [10.0.0.1]) (user@198.51.100.7) by mx.acme.test with SMTP", "198.51.100.7")] // qmail, ident
    [InlineData("from mail.example.org (HELO mail.example.org) ([198.51.100.7])\r\n\tby mx.acme.test with ESMTP", "198.51.100.7")] // IronPort, folded
    [InlineData("from mail.example.org ([::ffff:198.51.100.7]) by mx.acme.test with ESMTP", "198.51.100.7")] // mapped
    [InlineData("from evil (foo [8.8.8.8]) (real.example [198.51.100.7]) by mx.acme.test", "198.51.100.7")] // invented first parenthesis
    [InlineData("from mail.example.org (198.51.100.7:58231) by mx.acme.test with ESMTP", "198.51.100.7")] // with port
    [InlineData("FROM mail.example.org (mail.example.org [198.51.100.7]) BY mx.acme.test", "198.51.100.7")]
    public void The_address_that_the_server_saw_is_read(string field, string address)
    {
        Assert.Equal(IPAddress.Parse(address), ReceivedField.ClientAddress(field));
    }

    [Theory]
    [InlineData("by 2002:a05:6a00:1 with SMTP id x; Tue, 24 Nov 2026 11:00:00 +0000")]
    [InlineData("(qmail 1234 invoked by uid 89); 24 Nov 2026 11:00:00 -0000")]
    [InlineData("from localhost by mx.acme.test (198.51.100.7) with local")]
    [InlineData("from mail.example.org (HELO 198.51.100.7) by mx.acme.test")]
    [InlineData("from mail 1.2.3 (host [999.1.2.3]) by mx.acme.test")]
    [InlineData("")]
    [InlineData("from ((((((((((")]
    public void A_field_without_a_client_address_gives_none(string field)
    {
        Assert.Null(ReceivedField.ClientAddress(field));
    }

    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.1.1", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("2001:4860:4860::8888", true)]
    public void Private_addresses_are_known(string address, bool isPublic)
    {
        Assert.Equal(isPublic, ReceivedField.IsPublic(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("from x (x [999.1.2.3]) by y", "999.1.2.3")]
    [InlineData("from x (x [1.2.3.4]) by y", null)]
    [InlineData("from 1.2.3.4.5 by y", null)]
    public void Addresses_that_cannot_exist_are_seen(string field, string? address)
    {
        Assert.Equal(address, ReceivedField.ImpossibleAddress(field));
    }

    [Fact]
    public void Any_text_is_read_without_failing()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            _ = ReceivedField.ClientAddress($"from {text}");
            _ = ReceivedField.ImpossibleAddress($"from {text}");
            return true;
        }));
    }

    [Fact]
    public void Any_address_in_brackets_is_read_back()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<uint>(), number =>
        {
            var address = new IPAddress(number);
            return address.Equals(ReceivedField.ClientAddress($"from a (b [{address}]) by c"));
        }));
    }
}
