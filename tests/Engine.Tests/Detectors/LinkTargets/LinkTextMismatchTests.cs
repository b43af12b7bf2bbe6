using Platform.Engine.Detectors.LinkTargets;

namespace Platform.Engine.Tests.Detectors.LinkTargets;

public sealed class LinkTextMismatchTests
{
    [Theory]
    [InlineData("https://www.mybank.test/login", "https://evil.example/x", "link-text-mismatch")]
    [InlineData("www.mybank.com", "https://evil.example/x", "link-text-mismatch")]
    [InlineData("mybank.co.jp", "https://evil.example/x", "link-text-mismatch")]
    [InlineData("https://www.mybank.com", "http://198.51.100.7/x", "link-text-mismatch")]
    [InlineData("www.partner.test", "https://counter.example/x", "link-text-redirected")]
    public void A_text_of_another_organisation_is_seen(string text, string target, string sign)
    {
        Assert.Equal([sign], Signs(text, target));
    }

    [Theory]
    [InlineData("Click here", "https://evil.example/x")]
    [InlineData("https://partner.test/a", "https://www.partner.test/b")]
    [InlineData("report.pdf", "https://files.example/x")]
    [InlineData("Node.js", "https://nodejs.org/")]
    [InlineData("v1.2.3", "https://files.example/x")]
    [InlineData("taro@partner.test", "mailto:taro@partner.test")]
    [InlineData("www.shop.com", "https://shop.us5.list-manage.com/track/click?u=1")]
    [InlineData("www.shop.com and more", "https://files.example/x")]
    public void Words_own_addresses_and_click_counters_pass(string text, string target)
    {
        Assert.Empty(Signs(text, target));
    }

    [Theory]
    [InlineData("https://lists.shop.test/t/1", "link-text-redirected")]
    [InlineData("https://evil.example/x", "link-text-mismatch")]
    public void The_counter_of_whom_the_name_says_by_an_address_is_its_own(string target, string sign)
    {
        var mail = new TestMail { From = "\"Shop news@shop.test\" <alias@forwarder.test>", Html = $"<p>Hello</p><a href=\"{target}\">www.hosting.test</a>" };

        Assert.Equal([sign], mail.SignsOf(new LinkTextMismatch()));
    }

    private static IReadOnlyList<string> Signs(string text, string target) =>
        new TestMail { From = "news@partner.test", Html = $"<p>Hello</p><a href=\"{target}\">{text}</a>" }.SignsOf(new LinkTextMismatch());
}
