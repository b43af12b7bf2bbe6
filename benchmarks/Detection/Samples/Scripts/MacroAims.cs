using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Scripts;

/// <summary>Macro documents of every aim; and workbooks whose macros make reports.</summary>
internal sealed class MacroAims : ISampleKind
{
    public string Name => "macro-aims";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var aim in ScriptAim.All)
        {
            var isWord = random.Chance(0.5);
            var source = new BasicCode(random, isVba: true).Hostile(aim, isWord ? random.Pick(["AutoOpen", "Document_Open", "Document_Close"]) : random.Pick(["Workbook_Open", "Auto_Open", "Workbook_BeforeClose"]));
            yield return Sample.Hostile($"macro that {aim.Name}", Mail(random, isWord, source), [aim.Type], aim.Reasons);
        }

        for (var count = 0; count < 4; count++)
            yield return Sample.Benign("workbook whose macro makes a report", Mail(random, isWord: false, new BasicCode(random, isVba: true).Report(random.Pick(["Workbook_Open", "Auto_Open", random.Word()]))));
    }

    private static byte[] Mail(Random random, bool isWord, string source)
    {
        var module = isWord ? "ThisDocument" : "ThisWorkbook";
        var project = new VbaWriter().Module(module, $"Attribute VB_Name = \"{module}\"\r\n{source.ReplaceLineEndings("\r\n")}");
        var content = isWord
            ? new OoxmlWriter().Document(OoxmlWriter.Paragraph($"{random.Word()} {random.Word()}")).Part("word/vbaProject.bin", project.ToBin()).ToArray()
            : new OoxmlWriter().Sheet("Sheet1", [("A1", random.Word()), ("B1", "12")]).Part("xl/vbaProject.bin", project.ToBin()).ToArray();
        return SampleMail.With(random, new SampleFile($"{random.Word()}.{(isWord ? "docm" : "xlsm")}", content));
    }
}
