using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Links;

public sealed class TextAddressTests
{
    [Theory]
    [InlineData("see hxxps://trap[.]com/a now", "https://trap.com/a")]
    [InlineData("see hxxp://www[.]trap[.]com/a", "http://www.trap.com/a")]
    [InlineData("open trap-site.com/login today", "http://trap-site.com/login")]
    [InlineData("trap.co.jp/a、それから", "http://trap.co.jp/a")]
    public void Addresses_that_no_program_would_click_are_links(string text, string expected)
    {
        List<MailLink> links = [];
        TextLinks.Collect(text, "1", LinkKind.Text, links, 10);

        Assert.Equal(expected, Assert.Single(links).Uri?.AbsoluteUri);
    }

    [Theory]
    [InlineData("src/main.py/other and and/or 1.5/2.0")]
    [InlineData("write to a@trap.com/b")]
    [InlineData("trap.com is a name")]
    [InlineData("lib.unknownsuffix/x")]
    public void Other_slashes_are_not(string text) => Assert.Empty(BareDomains.Find(text));

    [Theory]
    [InlineData("<!--[if mso]><v:roundrect href=\"https://trap.test/b\"></v:roundrect><![endif]-->", "https://trap.test/b")]
    [InlineData("<p style=\"background:url('https://pic.test/p.png')\">x</p>", "https://pic.test/p.png")]
    [InlineData("<style>@import \"https://pic.test/s.css\";</style>", "https://pic.test/s.css")]
    [InlineData("<iframe srcdoc=\"<a href='https://trap.test/f'>x</a>\"></iframe>", "https://trap.test/f")]
    [InlineData("<svg><a xlink:href=\"https://trap.test/s\"><text>x</text></a></svg>", "https://trap.test/s")]
    public void Links_in_odd_places_of_html_are_found(string html, string expected) =>
        Assert.Contains(expected, Mails.ReadHtml(html).Links.Select(link => link.Uri?.AbsoluteUri));
}
