namespace Platform.Engine.Tests.Mail;

public sealed class BodyTextTests
{
    [Theory]
    [InlineData("<p>one</p><p>two</p>", "one\ntwo")]
    [InlineData("a<br>b", "a\nb")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc")]
    [InlineData("<b>bo</b>ld  and\n more", "bold and more")]
    [InlineData("&lt;b&gt; &amp; &#x3042;", "<b> & あ")]
    [InlineData("<script>x()</script><style>p{}</style>text<!-- comment -->", "text")]
    [InlineData("<img alt='not shown' src=x>text", "text")]
    [InlineData("<title>title</title><body>body", "body")]
    public void Html_is_shown_as_text(string html, string expected) => Assert.Equal(expected, Mails.ReadHtml(html).VisibleText);

    [Theory]
    [InlineData("<p style='display:none'>h</p>")]
    [InlineData("<p style='DISPLAY : none !important'>h</p>")]
    [InlineData("<p style='visibility:hidden'>h</p>")]
    [InlineData("<p style='font-size:0'>h</p>")]
    [InlineData("<p style='font-size:1px'>h</p>")]
    [InlineData("<p style='font:0/0 arial'>h</p>")]
    [InlineData("<p style='opacity:0'>h</p>")]
    [InlineData("<p style='color:#fff'>h</p>")]
    [InlineData("<p style='color:rgb(255,255,255)'>h</p>")]
    [InlineData("<p style='color:transparent'>h</p>")]
    [InlineData("<div style='background:#123456'><p style='color:#123457'>h</p></div>")]
    [InlineData("<font color=white>h</font>")]
    [InlineData("<table bgcolor=black><td>h</table>")]
    [InlineData("<p style='position:absolute;left:-9999px'>h</p>")]
    [InlineData("<p style='text-indent:-9999px'>h</p>")]
    [InlineData("<p style='max-height:0;overflow:hidden'>h</p>")]
    [InlineData("<p hidden>h</p>")]
    [InlineData("<style>.x{display:none}</style><p class='y x'>h</p>")]
    [InlineData("<style>#x{display:none}</style><p id=x>h</p>")]
    [InlineData("<style>div,p{font-size:0px}</style><p>h</p>")]
    [InlineData("<style>p.x{/* c */color:white}</style><p class=x>h</p>")]
    [InlineData("<div style='display:none'><p style='display:block'>h</p></div>")]
    public void Text_that_nobody_sees_is_told_apart(string html)
    {
        var message = Mails.ReadHtml($"shown {html}");
        Assert.Equal(("shown", "h"), (message.VisibleText, message.HiddenText));
    }

    [Theory]
    [InlineData("<div style='visibility:hidden'><p style='visibility:visible'>s</p></div>")]
    [InlineData("<div style='font-size:0'><p style='font-size:14px'>s</p></div>")]
    [InlineData("<div style='background:#000'><p style='color:#fff'>s</p></div>")]
    [InlineData("<div style='background:url(x.png)'><p>s</p></div>")]
    [InlineData("<style>@media print{p{display:none}}</style><p>s</p>")]
    [InlineData("<style>.x p{display:none}</style><p>s</p>")]
    public void Text_that_is_seen_stays_visible(string html)
    {
        var message = Mails.ReadHtml(html);
        Assert.Equal(("s", ""), (message.VisibleText, message.HiddenText));
    }

    [Theory]
    [InlineData("the same words here", "<p>the same words here</p>", "the same words here")]
    [InlineData("quite other text stands below", "<p>innocent page</p>", "innocent page\nquite other text stands below")]
    [InlineData("請求書を至急お支払いください", "<p>会議の件</p>", "会議の件\n請求書を至急お支払いください")]
    public void The_plain_alternative_counts_when_it_says_something_else(string plain, string html, string expected)
    {
        var text = $"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n";
        Assert.Equal(expected, Mails.Read(System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))).VisibleText);
    }

    [Fact]
    public void An_html_attachment_is_not_the_body() =>
        Assert.Equal("see attached", Mails.WithAttachment("page.html", "<p>not body</p>"u8.ToArray(), "text/html").VisibleText);

    [Fact]
    public void Html_too_heavy_for_a_tree_still_gives_its_text_and_links()
    {
        var message = Mails.ReadHtml(string.Concat(Enumerable.Repeat("<div>", 5_000)) + "deep <a href='http://x.test/'>link</a>");
        Assert.Equal(("deep link", "http://x.test/"), (message.VisibleText, message.Links.Single().Target));
        Assert.Contains(message.Notes, n => n is { Id: "limit-html", Limit: true });
    }

    [Fact]
    public void The_text_of_an_attached_message_is_seen() =>
        Assert.Contains("inner words", Mails.Read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nouter\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\ninner words\n--b--\n").VisibleText, StringComparison.Ordinal);
}
