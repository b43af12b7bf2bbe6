using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Pages and documents of marks that nest, multiply or refer to each other.</summary>
internal static class MarkupBombs
{
    public static IReadOnlyList<Bomb> All { get; } =
    [
        new("elements two hundred thousand deep", random => BombMail.Html(BombMail.Repeat($"<{random.Pick(["div", "b", "span"])}>", 200_000))),
        new("tables in tables", random => BombMail.Html(BombMail.Repeat("<table><tr><td>", 60_000))),
        new("formatting that is adopted again and again", random => BombMail.Html(BombMail.Repeat("<a href=x><b><i><p>", 30_000))),
        new("a million attributes", random => BombMail.Html($"<div {BombMail.Join(400_000, index => $"a{index}=1 ")}>x</div>")),
        new("tags that never end", random => BombMail.Html(BombMail.Repeat("<a ", 1_000_000))),
        new("comments that never end", random => BombMail.Html(BombMail.Repeat("<!--", 1_000_000))),
        new("entities without end", random => BombMail.Html(BombMail.Repeat("&amp;&#x41;&nosuch;", 400_000))),
        new("two hundred thousand links", random => BombMail.Html(BombMail.Join(200_000, index => $"<a href=\"http://h{index}.{random.Word()}.example/p\">{index}</a>"))),
        new("a hundred thousand rules of style", random => BombMail.Html($"<style>{BombMail.Join(100_000, index => $".c{index} div > p:not(.x) + a[href^=\"y\"] {{ display:none }}")}</style>{BombMail.Join(5_000, index => $"<p class=\"c{index}\">x</p>")}")),
        new("styles that nest", random => BombMail.Html($"<style>{BombMail.Repeat("@media all{", 100_000)}{BombMail.Repeat(":not(", 100_000)}</style><p>x</p>")),
        new("classes by the thousand on each element", random => BombMail.Html(BombMail.Repeat($"<p class=\"{BombMail.Join(500, index => $"c{index} ")}\" style=\"{BombMail.Repeat("color:red;", 200)}\">x</p>", 800))),
        new("data address of ten megabytes", random => BombMail.Html($"<img src=\"data:image/png;base64,{Convert.ToBase64String(random.Bytes(8_000_000))}\"><a href=\"data:text/html;base64,{Convert.ToBase64String(random.Bytes(4_000_000))}\">x</a>")),
        new("data addresses that hold pages", random => BombMail.With(random, "a.html", Enumerable.Range(0, 20).Aggregate("<p>x</p>", (inner, _) => $"<iframe src=\"data:text/html;base64,{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(inner))}\"></iframe>"))),
        new("SVG of a billion laughs", random => BombMail.With(random, "a.svg", $"<?xml version=\"1.0\"?>{Laughs(random)}<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&l9;</text></svg>")),
        new("SVG that uses itself", random => BombMail.With(random, "a.svg", $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{BombMail.Join(2_000, index => $"<g id=\"g{index}\"><use xlink:href=\"#g{(index + 1) % 2_000}\"/><use xlink:href=\"#g{(index + 7) % 2_000}\"/></g>")}</svg>")),
        new("XML of a billion laughs", random => BombMail.With(random, "a.xml", $"<?xml version=\"1.0\"?>{Laughs(random)}<r>&l9;</r>")),
        new("XML a million deep", random => BombMail.With(random, "a.xml", $"<?xml version=\"1.0\"?>{BombMail.Repeat("<a>", 500_000)}")),
        new("JSON a million deep", random => BombMail.With(random, "a.json", BombMail.Repeat("[{\"a\":", 500_000))),
        new("calendar nested without end", random => BombMail.With(random, "a.ics", $"BEGIN:VCALENDAR\r\n{BombMail.Repeat("BEGIN:VEVENT\r\nDESCRIPTION:http://x.example/\r\n", 100_000)}")),
        new("pages attached by the thousand", random => Samples.SampleMail.With(random, [.. Enumerable.Range(0, 1_000).Select(index => Samples.SampleFile.Text($"{index}.html", $"<html><body>{BombMail.Repeat("<div><p>", 500)}<a href=\"http://{random.Word()}.example\">x</a><script>var {random.Word()} = 1;</script></body></html>"))])),
    ];

    private static string Laughs(Random random)
    {
        var word = random.Word();
        return $"<!DOCTYPE r [<!ENTITY l0 \"{word}\">{BombMail.Join(9, level => $"<!ENTITY l{level + 1} \"{BombMail.Repeat($"&l{level};", 10)}\">")}]>";
    }
}
