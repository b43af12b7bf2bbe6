using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class LookAlikeSenderTests
{
    private static readonly History Known = new(true, 0, 0, [], [], ["northwind.example", "tanaka-seisakusho.co.jp"]);

    [Theory]
    [InlineData("x@globex-corp.test", "look-alike-own")]
    [InlineData("x@gl0bex.test", "look-alike-own")]
    [InlineData("x@globxe.test", "look-alike-own")]
    [InlineData("x@globex.example", "look-alike-own")]
    [InlineData("x@globex.test.login.evil.example", "look-alike-own")]
    [InlineData("x@northwlnd.example", "look-alike-correspondent")]
    [InlineData("x@tanaka-seisakusyo.co.jp", "look-alike-correspondent")]
    [InlineData("x@paypa1.com", "look-alike-brand")]
    [InlineData("x@rnicrosoft.com", "look-alike-brand")]
    [InlineData("x@amazon-support.example", "look-alike-brand")]
    public void Resembling_domains_are_seen(string from, string sign)
    {
        Assert.Equal([sign], Signs(from));
    }

    [Fact]
    public void Mixed_scripts_are_seen_in_punycode()
    {
        // pаypal.com with a Cyrillic а
        Assert.Equal(["look-alike-brand", "mixed-script-domain"], Signs("x@xn--pypal-4ve.com"));
    }

    [Fact]
    public void The_reply_address_is_judged_too()
    {
        var mail = Mail("x@partner.example") with { Headers = ["Reply-To: boss@gl0bex.test"] };

        Assert.Equal(["look-alike-own"], mail.SignsOf(new LookAlikeSender()));
    }

    [Theory]
    [InlineData("x@globex.test")]
    [InlineData("x@mail.globex.test")]
    [InlineData("x@northwind.example")]
    [InlineData("x@paypal.com")]
    [InlineData("x@amazon.co.jp")]
    [InlineData("x@xn--n8jwc2f.jp")]
    [InlineData("x@gmail.com")]
    [InlineData("x@weekly-news.example")]
    [InlineData("x@apples.example")]
    [InlineData("x@tesco.example")]
    [InlineData("x@sakura-gakuen.jp")]
    [InlineData("x@nomura-kogyo.co.jp")]
    [InlineData("x@stripe-consulting.com")]
    [InlineData("x@adobe-house.com")]
    [InlineData("x@docomo-cs.co.jp")]
    public void Honest_domains_pass(string from)
    {
        Assert.Empty(Signs(from));
    }

    private static IReadOnlyList<string> Signs(string from) => Mail(from).SignsOf(new LookAlikeSender());

    private static TestMail Mail(string from) => new() { From = from, TenantDomains = ["globex.test"], History = Known };
}
