using Platform.Engine.Detectors;
using Platform.Engine.Detectors.LinkTargets;

namespace Platform.Engine.Tests.Detectors.LinkTargets;

public sealed class LinkSignsTests
{
    private static readonly IDetector[] Detectors = [new LinkHosts(), new LinkDisguise(), new OpenRedirect(), new ScriptLink()];

    [Theory]
    [InlineData("http://198.51.100.7/login", "link-ip-host")]
    [InlineData("http://[2001:db8::7]/login", "link-ip-host")]
    [InlineData("http://0xC6336407/login", "link-ip-host")]
    [InlineData("https://xn--pple-43d.com/", "link-punycode-host")]
    [InlineData("https://evil.example:4443/", "link-odd-port")]
    [InlineData("https://bit.ly/3abcde", "link-shortener")]
    [InlineData("https://login-mail.weebly.com/", "link-free-hosting")]
    [InlineData("https://docs-x1.pages.dev/", "link-free-hosting")]
    [InlineData("https://www.paypal.com@evil.example/", "link-user-info")]
    [InlineData("https://paypa1.com/", "link-look-alike")]
    [InlineData("https://acme.test.evil.example/", "link-look-alike")]
    [InlineData("https://amazon.login.evil.example/", "link-brand-host")]
    [InlineData("https://evil.example/#info@acme.test", "link-carries-recipient")]
    [InlineData("https://evil.example/#aW5mb0BhY21lLnRlc3Q=", "link-carries-recipient")]
    [InlineData("https://www.google.com/url?q=https://evil.example/x", "link-open-redirect")]
    [InlineData("https://www.google.com/amp/s/evil.example.com/x", "link-open-redirect")]
    [InlineData("javascript:location='https://evil.example'", "link-script-scheme")]
    [InlineData("data:text/html;base64,PGh0bWw+", "link-script-scheme")]
    [InlineData("java\tscript:alert(1)", "link-script-scheme")]
    public void Hostile_links_are_seen(string target, string sign)
    {
        Assert.Contains(sign, Signs(target));
    }

    [Theory]
    [InlineData("https://www.partner.example/news?id=1")]
    [InlineData("https://other.example/article")]
    [InlineData("https://www.amazon.co.jp/gp/css/order-history")]
    [InlineData("https://www.google.com/maps/place/Tokyo")]
    [InlineData("https://accounts.google.com/signin?continue=https://mail.google.com/")]
    [InlineData("https://xn--n8jwc2f.jp/")]
    [InlineData("https://partner.example:443/")]
    [InlineData("https://news.example/unsubscribe?email=info@acme.test")]
    [InlineData("https://user@partner.example/")]
    [InlineData("mailto:info@partner.example")]
    [InlineData("javascript:void(0)")]
    [InlineData("https://github.com/acme/project")]
    [InlineData("https://shop.us5.list-manage.com/track/click?u=https://evil.example")]
    public void Ordinary_links_pass(string target)
    {
        Assert.Empty(Signs(target));
    }

    [Theory]
    [InlineData("https://evil.example/privacy", 100)]
    [InlineData("https://www.partner.example/privacy", 15)]
    public void A_page_of_a_free_host_beside_pages_of_the_senders_own_says_less(string other, int percent)
    {
        var mail = new TestMail { Html = $"<p>Hello</p><a href=\"https://project.pages.dev/\">more</a> <a href=\"{other}\">privacy</a>" };

        Assert.Equal(percent, Assert.Single(new LinkHosts().Inspect(mail.ToInput()), sign => sign.Id == "link-free-hosting").Percent);
    }

    [Fact]
    public void Pictures_are_no_links()
    {
        Assert.Empty(All(new TestMail { Html = "<p>Hello</p><img src=\"http://198.51.100.7/logo.png\">" }));
    }

    private static IReadOnlyList<string> Signs(string target) => All(new TestMail { Html = $"<p>Hello</p><a href=\"{target}\">more</a>" });

    private static IReadOnlyList<string> All(TestMail mail) => [.. Detectors.SelectMany(detector => mail.SignsOf(detector))];
}
