using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Pages;

/// <summary>Pages that are nothing but a script, a frame or a link of another site; and pages of their own with libraries, films and links.</summary>
internal sealed class BarePages : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.CredentialPhishing, AttackType.MaliciousUrl, AttackType.Behaviour];

    public string Name => "bare-page";

    public IEnumerable<Sample> Make(Random random)
    {
        var place = $"https://{random.Word()}-{random.Word()}.{random.Pick(["com", "net", "com.br", "info", "shop"])}/{random.Word()}";
        yield return Hostile("script of another site", "html", $"<html><body>{(random.Chance(0.5) ? $"<script>var u='{random.Word()}@acme.test';</script>" : "")}<script src=\"{place}.js\"></script></body></html>", "html-remote-script");
        yield return Hostile("script put in by script", "html", $"<html><body><script>{random.Layered($"var s=document.createElement('script');s.src={random.Text($"{place}.js")};document.head.appendChild(s);")}</script></body></html>", "behaviour-remote-code");
        yield return Hostile("module", "html", $"<html><body><p>Loading</p><script type=\"module\">import({random.Text($"{place}.js")})</script></body></html>", "behaviour-remote-code", "html-remote-script");
        yield return Hostile("page in a frame", "html", random.Next(3) switch
        {
            0 => $"<html><body style=\"margin:0\"><iframe src=\"{place}\" style=\"width:100%;height:100vh;border:0\"></iframe></body></html>",
            1 => $"<html><body><object data=\"{place}\" width=\"100%\" height=\"{random.Next(600, 2_000)}\"></object></body></html>",
            _ => $"<html><body><embed src=\"{place}\" width=\"100%\" height=\"{random.Next(600, 2_000)}\"></body></html>",
        }, "html-remote-frame");
        var (words, call) = random.Pick<(string, string)>([($"{random.Word()}.pdf (212 KB)", "View document"), ("音声メッセージが届いています", "再生する"), ("보안 문서", "문서 열기"), ("Fax, 3 pages", "Open"), ("Ein Dokument wurde geteilt", "Hier öffnen")]);
        yield return Hostile("only a link", "html", $"<html><body><center><h2>{words}</h2>{random.Next(3) switch
        {
            0 => $"<a href=\"{place}\">{call}</a>",
            1 => $"<button onclick=\"window.open('{place}')\">{call}</button>",
            _ => $"<form action=\"{place}\"><input type=\"hidden\" name=\"q\" value=\"{random.Next(99)}\"><button>{call}</button></form>",
        }}</center></body></html>", "html-link-only");
        yield return Hostile("drawing that is a link", "svg", $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"300\"><a href=\"{place}\"><rect width=\"600\" height=\"300\" fill=\"#{random.Next(0xFFFFFF):x6}\"/><text x=\"100\" y=\"150\">{words} {call}</text></a></svg>", "html-link-only");

        yield return Benign("chart by a library", "html", $"<html><body><div id=\"{random.Word()}\"></div><script src=\"https://cdn.plot.ly/plotly-2.{random.Next(40)}.0.min.js\"></script><script>Plotly.newPlot('{random.Word()}',[{{y:[{random.Next(99)},{random.Next(99)},{random.Next(99)}]}}]);</script></body></html>");
        yield return Benign("article with a counter", "html", $"<html><body><h1>{random.Word()}</h1>{Prose(random)}<script src=\"https://stats.{random.Word()}.example/c.js\"></script></body></html>");
        yield return Benign("film in a text", "html", $"<html><body><h1>{random.Word()}</h1>{Prose(random)}<iframe width=\"560\" height=\"315\" src=\"https://www.youtube.com/embed/{random.Word()}\"></iframe></body></html>");
        yield return Benign("minutes with a link", "html", $"<html><body><h1>{random.Word()}</h1>{Prose(random)}<a href=\"https://www.{random.Word()}.example/\">{random.Word()}</a></body></html>");
        yield return Benign("diagram with links", "svg", $"<svg xmlns=\"http://www.w3.org/2000/svg\">{string.Concat(Enumerable.Range(0, 12).Select(step => $"<a href=\"https://{random.Word()}.example/\"><rect x=\"{step * 20}\" width=\"18\" height=\"9\"/></a><text>{random.Word()}</text>"))}<a href=\"https://www.drawio.com/doc/faq/svg-export-text-problems\"><text>Text is not SVG - cannot display</text></a></svg>");
        yield return Benign("delivery to a portal", "html", $"<html><body onload=\"document.forms[0].submit()\"><form action=\"https://res.cisco.com/websafe/help\" method=\"post\"><input type=\"hidden\" name=\"m\" value=\"{Convert.ToBase64String(random.Bytes(random.Next(100, 3_000)))}\"></form></body></html>");

        Sample Hostile(string what, string extension, string markup, params string[] reasons) => Sample.Hostile(what, Mail(extension, markup), Types, reasons);

        Sample Benign(string what, string extension, string markup) => Sample.Benign(what, Mail(extension, markup));

        byte[] Mail(string extension, string markup) => SampleMail.With(random, SampleFile.Text($"{random.Word()}.{extension}", markup, extension == "svg" ? "image/svg+xml" : "text/html"));
    }

    private static string Prose(Random random) => $"<p>{string.Join(' ', Enumerable.Range(0, random.Next(50, 120)).Select(_ => random.Word()))}.</p>";
}
