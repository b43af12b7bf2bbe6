using System.Text;
using Platform.Engine.Preview;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Preview;

public sealed class PreviewerTests
{
    [Theory]
    [InlineData("<p>hello <b>bold</b></p>", "<p>hello <b>bold</b></p>")]
    [InlineData("<a href='https://x.test/?a=1&b=2' onclick=x()>go</a>", "<a data-href=\"https://x.test/?a=1&amp;b=2\">go</a>")]
    [InlineData("<a href=\"java\nscript:alert(1)\">go</a>", "<a data-href=\"java\nscript:alert(1)\">go</a>")]
    [InlineData("<a href='x' title='\" onmouseover=alert(1)'>go</a>", "<a data-href=\"x\">go</a>")]
    [InlineData("<img src=https://x.test/p.gif alt='a picture'>", "<span class=\"blocked-image\" data-src=\"https://x.test/p.gif\">a picture</span>")]
    [InlineData("<img src=x onerror=alert(1)>", "<span class=\"blocked-image\" data-src=\"x\"></span>")]
    [InlineData("<script>alert(1)</script>a", "a")]
    [InlineData("<style>@import url(//x.test)</style>a", "a")]
    [InlineData("<form action=//x.test><input name=p><button>Send</button></form>", "Send")]
    [InlineData("<iframe src=//x.test>a</iframe>b", "b")]
    [InlineData("<object data=//x.test><embed src=//x.test></object>b", "b")]
    [InlineData("<svg><script>alert(1)</script><a href=javascript:x><text>t</text></a></svg>b", "b")]
    [InlineData("<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<p></p><span class=\"blocked-image\" data-src=\"1\"></span>&quot;&gt;")]
    [InlineData("<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></table></mtext></math>b", "b")]
    [InlineData("<template><img src=x onerror=alert(1)></template>b", "b")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>b", "<p>b</p>")]
    [InlineData("<textarea></textarea><img src=x onerror=alert(1)>", "<span class=\"blocked-image\" data-src=\"x\"></span>")]
    [InlineData("<xmp><img src=x onerror=alert(1)></xmp>b", "b")]
    [InlineData("<!--<img src=x onerror=alert(1)>-->b", "b")]
    [InlineData("<p style='position:fixed;top:0'>x</p>", "<p>x</p>")]
    [InlineData("<p style='font-weight:bold;background:url(//x.test)'>x</p>", "<p style=\"font-weight:bold;\">x</p>")]
    [InlineData("<p style='font-weight:bold;width:expression(alert(1))'>x</p>", "<p style=\"font-weight:bold;\">x</p>")]
    [InlineData("<p style='font-weight:b\\6f ld'>x</p>", "<p>x</p>")]
    [InlineData("<p style='font-size:0'>x</p>", "<p>x</p>")]
    [InlineData("<p style='color:#fff'>x</p>", "<p>x</p>")]
    [InlineData("<p style='display:none'>x</p>", "<p>x</p>")]
    [InlineData("<p style='font-size:14px;/* */text-align:center'>x</p>", "<p>x</p>")]
    [InlineData("<p style='font-size:14px;text-align:center'>x</p>", "<p style=\"font-size:14px;text-align:center;\">x</p>")]
    [InlineData("<td colspan=2>x", "x")]
    [InlineData("<table border=1><tr><td colspan=2 width=9999>x", "<table border=\"1\"><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>")]
    [InlineData("<base href=//x.test/><a href=p>go</a>", "<a data-href=\"p\">go</a>")]
    [InlineData("<meta http-equiv=refresh content='0;url=//x.test'>b", "b")]
    [InlineData("<custom-element onfocus=x autofocus>b</custom-element>", "b")]
    [InlineData("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("<p id=x name=y class=z contenteditable>b</p>", "<p>b</p>")]
    [InlineData("<video src=//x.test><audio src=//x.test></audio></video>b", "b")]
    [InlineData("<img src='data:text/html,<script>alert(1)</script>'>", "<span class=\"blocked-image\" data-src=\"data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;\"></span>")]
    [InlineData("<img src='data:image/svg+xml;base64,PHN2Zy8+'>", "<span class=\"blocked-image\" data-src=\"data:image/svg+xml;base64,PHN2Zy8+\"></span>")]
    public void Hostile_html_is_made_harmless(string html, string expected) => Assert.Equal(expected, Html(html));

    [Theory]
    [InlineData("<a href=javascript:alert(1)>x</a><svg onload=alert(1)><img src=x onerror=alert(1)><p style=\"background:url('//x')\">")]
    [InlineData("<form><math><mtext></form><form><mglyph><svg><mtext><textarea><path id=\"</textarea><img onerror=alert(1) src=1>\">")]
    [InlineData("<div title=\"`onmouseover=alert(1)\" `>x</div><img src=`x`onerror=alert(1)>")]
    [InlineData("<table><a href=x><tr><td><script>x</script></a></table><select><option><style></select><img src=x onerror=x>")]
    public void A_second_parse_finds_only_what_is_allowed(string html)
    {
        var again = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Html(html)!);
        foreach (var element in again.Body!.QuerySelectorAll("*"))
        {
            Assert.DoesNotContain(element.LocalName, (string[])["script", "style", "svg", "math", "form", "input", "iframe", "object", "template", "noscript", "link", "meta", "base"]);
            foreach (var attribute in element.Attributes)
                Assert.Contains(attribute.Name, (string[])["data-href", "data-src", "class", "style", "alt", "align", "dir", "colspan", "rowspan", "border", "cellpadding", "cellspacing", "src", "width", "height"]);
        }
    }

    [Fact]
    public void A_picture_of_the_mail_itself_is_shown()
    {
        var preview = new Previewer().Preview(
            Mails.Bytes("Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"cid:pic@x\" alt=p>\n--b\nContent-Type: image/png\nContent-ID: <pic@x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"),
            ScanLimits.Default,
            TestContext.Current.CancellationToken);
        Assert.Equal("<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"p\">", preview.Html);
    }

    [Fact]
    public void A_page_posing_as_a_picture_is_not_shown()
    {
        var preview = new Previewer().Preview(
            Mails.Bytes("Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"cid:pic\">\n--b\nContent-Type: image/png\nContent-ID: <pic>\n\n<svg onload=alert(1)></svg>\n--b--\n"),
            ScanLimits.Default,
            TestContext.Current.CancellationToken);
        Assert.Equal("<span class=\"blocked-image\" data-src=\"cid:pic\"></span>", preview.Html);
    }

    [Fact]
    public void Headers_structure_and_attachments_are_listed()
    {
        var preview = new Previewer().Preview(
            Mails.Bytes("From: a@b.test\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: application/pdf; name=a.pdf\n\n%PDF-1.4\n--b--\n"),
            ScanLimits.Default,
            TestContext.Current.CancellationToken);
        Assert.Equal(["From", "Subject", "Content-Type"], preview.Headers.Select(h => h.Name));
        Assert.Equal(["1 multipart/mixed 0", "1.1 text/plain 4", "1.2 application/pdf 8"], preview.Structure.Select(p => $"{p.Path} {p.MediaType} {p.Size}"));
        Assert.Equal(("a.pdf", "application/pdf", 8L), (preview.Attachments.Single().Name, preview.Attachments.Single().Type, preview.Attachments.Single().Size));
    }

    [Fact]
    public void A_mail_without_html_has_no_fragment()
    {
        var preview = new Previewer().Preview(Mails.Bytes("From: a@b.test\n\n<b>plain</b>"), ScanLimits.Default, TestContext.Current.CancellationToken);
        Assert.Equal((null, "<b>plain</b>"), (preview.Html, preview.Text));
    }

    [Fact]
    public void Html_too_heavy_for_a_tree_is_shown_as_escaped_text() =>
        Assert.Equal("<pre>&lt;img&gt;</pre>", Html(string.Concat(Enumerable.Repeat("<div>", 5_000)) + "&lt;img&gt;"));

    private static string? Html(string html) =>
        new Previewer().Preview(Encoding.UTF8.GetBytes($"Content-Type: text/html; charset=utf-8\r\n\r\n{html}"), ScanLimits.Default, TestContext.Current.CancellationToken).Html;
}
