using Platform.Engine.Mail;
using Platform.Engine.Mail.Fields;

namespace Platform.Engine.Tests.Mail;

public sealed class AddressListTests
{
    [Theory]
    [InlineData("a@b.test", "", "a@b.test")]
    [InlineData("<a@b.test>", "", "a@b.test")]
    [InlineData("Joe Doe <joe@b.test>", "Joe Doe", "joe@b.test")]
    [InlineData("\"Doe, Joe\" <joe@b.test>", "Doe, Joe", "joe@b.test")]
    [InlineData("\"a \\\" b\" <joe@b.test>", "a \" b", "joe@b.test")]
    [InlineData("joe@b.test (Joe Doe)", "Joe Doe", "joe@b.test")]
    [InlineData("=?utf-8?B?44GC?= <a@b.test>", "あ", "a@b.test")]
    [InlineData("\"=?utf-8?B?44GC?=\" <a@b.test>", "あ", "a@b.test")]
    [InlineData("=?utf-8?Q?a=2Cb=3Cx=40y=3E?= <a@b.test>", "a,b<x@y>", "a@b.test")]
    [InlineData("Joe <@relay.test,@other.test:joe@b.test>", "Joe", "joe@b.test")]
    [InlineData("Joe < joe @ b.test >", "Joe", "joe@b.test")]
    [InlineData("Bank support@bank.test", "", "support@bank.test")]
    [InlineData("Joe <joe@b.test", "Joe", "joe@b.test")]
    [InlineData("\"unclosed <a@b.test>", "\"unclosed", "a@b.test")]
    [InlineData("\"pay@bank.test\" <evil@b.test>", "pay@bank.test", "evil@b.test")]
    public void One_mailbox(string text, string name, string address)
    {
        var parsed = Assert.Single(AddressList.Parse(text, out _));
        Assert.Equal((name, address), (parsed.Name, parsed.Address));
    }

    [Theory]
    [InlineData("a@b.test, c@d.test", "a@b.test c@d.test")]
    [InlineData("Team: a@b.test, Joe <c@d.test>;, e@f.test", "a@b.test c@d.test e@f.test")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("a@b.test;c@d.test", "a@b.test c@d.test")]
    [InlineData("Joe <a@b.test> <c@d.test>", "a@b.test c@d.test")]
    [InlineData(",,,", "")]
    public void Several_mailboxes(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', AddressList.Parse(text, out _).Select(a => a.Address)));

    [Theory]
    [InlineData("A@EXAMPLE.Test", "A", "example.test")]
    [InlineData("a@xn--wgv71a.test.", "a", "xn--wgv71a.test")]
    [InlineData("a@日本.test", "a", "日本.test")]
    [InlineData("\"a.b\"@x.test", "a.b", "x.test")]
    [InlineData("a@b@c.test", "a@b", "c.test")]
    public void Local_part_and_domain(string text, string local, string domain)
    {
        var address = Assert.Single(AddressList.Parse($"<{text}>", out _));
        Assert.Equal((local, domain), (address.LocalPart, address.Domain));
    }

    [Fact]
    public void A_name_without_an_address_is_kept() =>
        Assert.Equal(new MailAddress("PayPal Support", "", "", ""), Assert.Single(AddressList.Parse("PayPal Support", out _)));

    [Fact]
    public void Too_many_addresses_are_cut_and_said()
    {
        var message = Mails.Read($"To: {string.Join(',', Enumerable.Range(0, 1_500).Select(i => $"a{i}@b.test"))}\n\n");
        Assert.Equal(1_000, message.To.Count);
        Assert.Contains(message.Notes, n => n is { Id: "limit-addresses", Limit: true });
    }

    [Fact]
    public void Every_From_field_counts() =>
        Assert.Equal(["a@b.test", "c@d.test"], Mails.Read("From: a@b.test\nFrom: c@d.test\n\n").From.Select(a => a.Address));
}
