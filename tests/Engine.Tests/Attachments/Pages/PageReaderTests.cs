using Platform.Engine.Attachments.Pages;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Pages;

public sealed class PageReaderTests
{
    public static TheoryData<string, string, string> Seen => new()
    {
        { "html-smuggling", "a.html", $"<script>var b = atob('{Encoded(900)}'); var l = document.createElement('a'); l.href = URL.createObjectURL(new Blob([b])); l.download = 'a.zip'; l.click()</script>" },
        { "html-smuggling", "a.html", $"<div id=d hidden>{Encoded(900)}</div><script>var b = atob(document.getElementById('d').innerText); l.href = URL.createObjectURL(new Blob([b]))</script>" },
        { "html-smuggling", "a.html", $"<script>var b = new Uint8Array([{string.Join(',', Enumerable.Range(0, 400).Select(i => i * 37 % 256))}]); l.href = URL.createObjectURL(new Blob([b]))</script>" },
        { "html-obfuscated-script", "a.html", "<script>document.write(unescape('%3Cform%3E'))</script>" },
        { "html-obfuscated-script", "a.html", "<img src=x onerror=\"eval(atob('YWxlcnQoMSk='))\">" },
        { "html-obfuscated-script", "a.html", "<a href=\"java&#x0A;script:eval(atob('YWxlcnQoMSk='))\">open</a>" },
        { "html-redirect-attachment", "a.html", "<meta http-equiv=refresh content=\"0; url=https://evil.example/\">" },
        { "html-redirect-attachment", "a.html", "<body onload=\"location='https://evil.example/'\">" },
        { "html-redirect-attachment", "a.html", "<body onload=\"document.getElementById('1').click()\"><a id=1 href=\"https://evil.example/\">open</a>" },
        { "html-nested-page", "a.html", $"<iframe src=\"data:text/html;base64,{Convert.ToBase64String("<form><input type=password></form>"u8)}\"></iframe>" },
        { "html-remote-frame", "a.html", "<iframe src=\"https://evil.example/\" style=\"width:100%\"></iframe>" },
        { "html-card-form", "a.html", "<form><input autocomplete=cc-number></form>" },
        { "svg-script", "a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><svg:script><![CDATA[window.location.href = 'https://evil.example/']]></svg:script></svg>" },
        { "svg-page", "a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><foreignObject><input type=\"password\"/></foreignObject></svg>" },
    };

    public static TheoryData<string, string> Honest => new()
    {
        { "a.html", "<script src=\"https://cdn.example/chart.js\"></script><script>new Chart(c, { data: [1, 2, 3] })</script>" },
        { "a.html", "<script>function save() { l.href = URL.createObjectURL(new Blob([csv])); l.download = 'a.csv'; l.click() }</script>" },
        { "a.html", "<script>var c = decodeURIComponent(document.cookie); if (location.href == 'x') document.title = 'y';</script>" },
        { "a.html", $"<img src=\"data:image/png;base64,{Convert.ToBase64String(TestFiles.Picture)}{Encoded(900)}\"><script>l.href = URL.createObjectURL(new Blob([atob(x)]))</script>" },
        { "a.html", $"<script>{string.Concat(Enumerable.Repeat("function f(a){return parseInt(a)+1}", 2_000))}function s(){{l.href=URL.createObjectURL(new Blob([atob(x)]));document.write(unescape('%41'))}}</script>" },
        { "a.html", "<meta http-equiv=\"refresh\" content=\"0; url=docs/index.html\">" },
        { "a.html", "<script type=\"text/template\"><b>eval(atob('x'))</b></script>" },
        { "a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>function zoom(n) { n.setAttribute('width', parseInt(n.getAttribute('width')) * 2) }</script><a xlink:href=\"https://partner.example/\"><rect/></a></svg>" },
    };

    [Theory]
    [MemberData(nameof(Seen))]
    public void What_a_page_does_is_seen(string fact, string name, string markup)
    {
        Assert.Contains(fact, Opened.FactsOf(name, TestFiles.Text($"<!-- a -->{markup}")));
    }

    [Theory]
    [MemberData(nameof(Honest))]
    public void An_honest_page_says_nothing(string name, string markup)
    {
        Assert.Equal(["page-plain"], Opened.FactsOf(name, TestFiles.Text(markup)));
    }

    [Fact]
    public void A_file_that_a_page_carries_is_opened()
    {
        var zip = TestFiles.Zip(("invoice.exe", [.. TestFiles.Program, .. Convert.FromBase64String(Encoded(600))]));

        Assert.Contains(Opened.File("a.html", TestFiles.Text($"<html><script>var x = '{Convert.ToBase64String(zip)}'</script></html>")).Attachments, file => file.Type.Id == "exe");
    }

    [Fact]
    public void The_words_of_a_page_are_read()
    {
        Assert.Equal("Sign in here", Opened.File("a.html", TestFiles.Text("<html><body><p>Sign in <b>here</b></p></body></html>")).FileTexts.Single().Text.Trim());
    }

    [Theory]
    [InlineData("<a href=x")]
    [InlineData("<a href=\"x")]
    [InlineData("<script>")]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    [InlineData("<a b=")]
    [InlineData("<")]
    [InlineData("<a =<")]
    public void Markup_that_is_cut_ends(string markup)
    {
        Assert.True(MarkupScanner.Tags(markup, isXml: false).Count() <= 1);
    }

    [Fact]
    public void Attributes_and_script_are_read_as_a_browser_would()
    {
        var tag = MarkupScanner.Tags("<sCript Type = 'a&amp;b' defer x=1>1 </s </script >", isXml: false).Single();

        Assert.Equal(("script", "a&b", "", "1", "1 </s "), (tag.Name, tag["type"], tag["defer"], tag["x"], tag.Content));
    }

    private static string Encoded(int length)
    {
        var octets = new byte[length];
        new Random(5).NextBytes(octets);
        return Convert.ToBase64String(octets);
    }
}
