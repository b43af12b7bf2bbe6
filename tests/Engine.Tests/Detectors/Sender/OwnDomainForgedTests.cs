using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class OwnDomainForgedTests
{
    [Theory]
    [InlineData("boss@acme.test", "x@evil.example", "mail.evil.example", "own-domain-forged")]
    [InlineData("boss@mail.acme.test", "x@evil.example", "mail.evil.example", "own-domain-forged")]
    [InlineData("x@evil.example", "x@evil.example", "acme.test", "helo-own-domain")]
    [InlineData("x@evil.example", "x@evil.example", "mx.acme.test.", "helo-own-domain")]
    public void The_own_domain_from_outside_is_seen(string from, string mailFrom, string helo, string sign)
    {
        Assert.Equal([sign], Signs(from, mailFrom, helo));
    }

    [Theory]
    [InlineData("boss@acme.test", "bounce@acme.test", "mail.partner.example")]
    [InlineData("boss@acme.test", "", "mail.partner.example")]
    [InlineData("x@partner.example", "bounce@sender.example", "mail.partner.example")]
    [InlineData("x@notacme.test", "x@notacme.test", "mail.notacme.test")]
    public void Own_envelopes_null_senders_and_others_pass(string from, string mailFrom, string helo)
    {
        Assert.Empty(Signs(from, mailFrom, helo));
    }

    [Fact]
    public void A_members_post_that_a_list_returns_passes()
    {
        var mail = Mail("boss@acme.test", "list-bounces@lists.example", "lists.example", MailDirection.Inbound) with { Headers = ["List-Id: <talk.lists.example>", "List-Post: <mailto:talk@lists.example>"] };

        Assert.Empty(mail.SignsOf(new OwnDomainForged()));
    }

    [Fact]
    public void Outgoing_mail_is_not_judged()
    {
        Assert.Empty(Mail("boss@acme.test", "x@evil.example", "acme.test", MailDirection.Outbound).SignsOf(new OwnDomainForged()));
    }

    [Fact]
    public void A_file_is_judged_by_its_return_path()
    {
        var mail = new TestMail { From = "boss@acme.test", Headers = ["Return-Path: <x@evil.example>"] };

        Assert.Equal(["own-domain-forged"], mail.SignsOf(new OwnDomainForged()));
    }

    private static IReadOnlyList<string> Signs(string from, string mailFrom, string helo) => Mail(from, mailFrom, helo, MailDirection.Inbound).SignsOf(new OwnDomainForged());

    private static TestMail Mail(string from, string mailFrom, string helo, MailDirection direction) =>
        new() { From = from, Envelope = new Envelope("203.0.113.9", null, helo, mailFrom, ["info@acme.test"], direction) };
}
