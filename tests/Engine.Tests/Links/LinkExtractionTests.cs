using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Links;

public sealed class LinkExtractionTests
{
    [Theory]
    [InlineData("<a href='http://x.test/a?b=1&amp;c=2'>Click <b>here</b></a>", LinkKind.Anchor, "http://x.test/a?b=1&c=2", "Click here")]
    [InlineData("<form action=https://x.test/login><input name=p></form>", LinkKind.Form, "https://x.test/login", "")]
    [InlineData("<button formaction=https://x.test/f>go</button>", LinkKind.Form, "https://x.test/f", "")]
    [InlineData("<map><area href=http://x.test/ alt=map></map>", LinkKind.Area, "http://x.test/", "map")]
    [InlineData("<img src=http://x.test/pixel.gif>", LinkKind.Image, "http://x.test/pixel.gif", "")]
    [InlineData("<td background=http://x.test/b.png>", LinkKind.Image, null, "")]
    [InlineData("<table background=http://x.test/b.png>", LinkKind.Image, "http://x.test/b.png", "")]
    [InlineData("<meta http-equiv=Refresh content=\"0; URL='http://x.test/r'\">", LinkKind.Anchor, "http://x.test/r", "")]
    [InlineData("<script src=//x.test/s.js></script>", LinkKind.Script, "http://x.test/s.js", "")]
    [InlineData("<iframe src=http://x.test/f></iframe>", LinkKind.Script, "http://x.test/f", "")]
    [InlineData("<a href='\thttp://x.te\nst/'>t</a>", LinkKind.Anchor, "http://x.test/", "t")]
    [InlineData("<a href='http:\\\\x.test\\a'>t</a>", LinkKind.Anchor, "http://x.test/a", "t")]
    [InlineData("<a href='https:/x.test/a'>t</a>", LinkKind.Anchor, "https://x.test/a", "t")]
    [InlineData("<base href='http://base.test/dir/'><a href='page'>t</a>", LinkKind.Anchor, "http://base.test/dir/page", "t")]
    public void A_link_of_html_is_found(string html, LinkKind kind, string? uri, string text)
    {
        var links = Mails.ReadHtml(html).Links;
        if (uri is null)
        {
            Assert.Empty(links);
            return;
        }

        var link = Assert.Single(links);
        Assert.Equal((kind, uri, text), (link.Kind, link.Uri?.AbsoluteUri, link.Text));
    }

    [Theory]
    [InlineData("javascript:alert(1)", "javascript")]
    [InlineData("mailto:a@b.test", "mailto")]
    [InlineData("data:text/html,x", "data")]
    [InlineData("ftp://x.test/", "ftp")]
    [InlineData("#top", null)]
    [InlineData("cid:x", null)]
    [InlineData("relative/page", null)]
    [InlineData("http://", null)]
    [InlineData("http://[::bad/", null)]
    public void Only_openable_targets_have_a_uri(string target, string? scheme) => Assert.Equal(scheme, LinkTarget.Resolve(target, null)?.Scheme);

    [Fact]
    public void The_target_stands_as_written() => Assert.Equal("HTTP://X.test/%7e", Mails.ReadHtml("<a href=' HTTP://X.test/%7e '>t</a>").Links.Single().Target);

    [Theory]
    [InlineData("go to http://x.test/a, now", "http://x.test/a")]
    [InlineData("(http://x.test/a_(b))", "http://x.test/a_(b)")]
    [InlineData("<http://x.test/>", "http://x.test/")]
    [InlineData("www.x.test.", "www.x.test")]
    [InlineData("詳細はhttps://x.test/p?a=1をご覧ください。", "https://x.test/p?a=1")]
    [InlineData("https://x.test。次の文", "https://x.test")]
    [InlineData("https://x.testです", "https://x.test")]
    [InlineData("「https://x.test/」", "https://x.test/")]
    [InlineData("https://x。test/a、b", "https://x。test/a")]
    [InlineData("https://日本語.test/a", "https://日本語.test/a")]
    [InlineData("https://user@x.test:8080/a#b", "https://user@x.test:8080/a#b")]
    [InlineData("no links here http:// or www.", "")]
    [InlineData("xhttp://x.test", "")]
    public void A_bare_url_ends_where_a_reader_sees_it_end(string text, string expected) => Assert.Equal(expected, string.Join(' ', TextLinks.Find(text)));

    [Theory]
    [InlineData("ｈｔｔｐ：／／ｘ．ｔｅｓｔ／ａ", "http://x.test/a")]
    [InlineData("https://x。test/A", "https://x.test/A")]
    [InlineData("www.x.test/b", "http://www.x.test/b")]
    public void Full_width_forms_lead_to_the_ascii_uri(string text, string uri) =>
        Assert.Equal(uri, Mails.Read(System.Text.Encoding.UTF8.GetBytes($"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}")).Links.Single().Uri?.AbsoluteUri);

    [Fact]
    public void A_url_that_is_the_text_of_a_link_is_one_link() =>
        Assert.Single(Mails.ReadHtml("<a href='http://x.test/'>http://x.test/</a>").Links);

    [Fact]
    public void A_url_written_beside_another_link_is_a_link_too() =>
        Assert.Equal(["http://x.test/", "http://y.test/"], Mails.ReadHtml("<a href='http://x.test/'>t</a> or http://y.test/").Links.Select(l => l.Target));

    [Fact]
    public void Links_of_an_html_attachment_are_attachment_links()
    {
        var link = Assert.Single(Mails.WithAttachment("page.html", "<html><form action='http://x.test/'></form></html>"u8.ToArray(), "text/html").Links);
        Assert.Equal((LinkKind.Attachment, "http://x.test/", "page.html"), (link.Kind, link.Target, link.PartPath));
    }

    [Fact]
    public void A_host_that_cannot_be_converted_gives_no_uri_and_no_exception() =>
        Assert.Equal("", Mails.ReadHtml($"<a href='http://{new string('ü', 300)}.test/'>t</a>").Links.Single().Host);
}
