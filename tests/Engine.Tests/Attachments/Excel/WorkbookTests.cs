using FsCheck;
using FsCheck.Fluent;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Attachments;
using Platform.Engine.Attachments.Excel;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Attachments.Ooxml;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Attachments.Excel;

public sealed class WorkbookTests
{
    public static TheoryData<string, byte[]> Formulas => new()
    {
        { "EXEC(\"calc\"&A1)", XlmTokens.Call(XlmTokens.Exec, XlmTokens.Join(XlmTokens.Text("calc"), XlmTokens.Cell(0, 0))) },
        { "CHAR(61)", XlmTokens.Fixed(XlmTokens.Char, XlmTokens.Number(61)) },
        { "FORMULA(\"a\"\"b\",data!AB12)", XlmTokens.Call(XlmTokens.Formula, XlmTokens.Text("a\"b"), XlmTokens.CellOf(0, 11, 27)) },
        { "HALT()", XlmTokens.Call(XlmTokens.Halt) },
        { "SUM(1,2.5)", XlmTokens.Call(4, XlmTokens.Number(1), XlmTokens.Double(2.5)) },
        { "F399(1)", XlmTokens.Call(399, XlmTokens.Number(1)) },
        { "?&?", [0x08] },
        { "", [] },
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Tokens_become_the_text_that_a_person_types(string text, byte[] tokens)
    {
        var names = new WorkbookNames();
        names.Sheets.Add(("data", "visible", false));
        names.AddReference(0, 0);

        Assert.Equal(text, new FormulaText(wide: false, names).Read(tokens));
    }

    [Fact]
    public void A_macro_sheet_is_one_script_and_its_facts()
    {
        var contents = Read(Macro().ToFile());

        Assert.Equal(["excel4-sheet", "excel4-hidden", "excel4-auto-run", "excel4-suspicious"], contents.Ids());
        Assert.Equal("m1!B5: =EXEC(data!A2)\nm1!B6: =HALT()\n", contents.Script(ScriptLanguage.ExcelMacro).Source);
        Assert.Equal("m1!B5", DocumentValues.Parse(contents.Script(ScriptLanguage.ExcelMacro).Page)["Name.Auto_Open"]);
    }

    [Fact]
    public void A_workbook_of_records_is_read_like_one_of_XML()
    {
        var book = new Biff12Writer().Sheet("data").Text(1, 0, "cmd /c calc").Sheet("m1", macro: true, hidden: 2).Formula(4, 1, XlmTokens.Call(XlmTokens.Exec, Biff12Writer.TextToken("日本"))).Formula(5, 1, XlmTokens.Call(XlmTokens.Halt)).Name("_xlnm.Auto_Open", 1, 4, 1);
        var contents = ReadFile.By(new OoxmlReader(), "a.xlsb", book.ToArray());

        Assert.Equal(["excel4-sheet", "excel4-hidden", "excel4-auto-run", "excel4-suspicious"], contents.Ids());
        var script = contents.Script(ScriptLanguage.ExcelMacro);
        Assert.Equal("m1!B5: =EXEC(\"日本\")\nm1!B6: =HALT()\n", script.Source);
        Assert.Equal(("cmd /c calc", "m1!B5"), (DocumentValues.Parse(script.Page)["data!A2"], DocumentValues.Parse(script.Page)["Name._xlnm.Auto_Open"]));
    }

    [Fact]
    public void Cells_are_there_for_the_macro()
    {
        Assert.Equal("cmd /c calc", DocumentValues.Parse(Read(new BiffWriter().Sheet("m1", macro: true).Formula(0, 0, XlmTokens.Call(XlmTokens.Halt)).Sheet("data").Text(1, 0, "cmd /c calc").ToFile()).Script(ScriptLanguage.ExcelMacro).Page)["data!A2"]);
    }

    [Fact]
    public void An_encrypted_workbook_opens_by_the_password_that_Excel_tries()
    {
        Assert.Equal(["office-decrypted", "excel4-sheet", "excel4-hidden", "excel4-auto-run", "excel4-suspicious"], Read(Macro().ToFile("VelvetSweatshop", [.. Enumerable.Range(0, 16).Select(i => (byte)i)])).Ids());
    }

    [Fact]
    public void An_encrypted_workbook_opens_by_a_password_of_the_mail()
    {
        Assert.Contains("excel4-suspicious", Read(Macro().ToFile("2026secret"), "other", "2026secret").Ids());
    }

    [Fact]
    public void An_encrypted_workbook_whose_password_is_unknown_is_told()
    {
        Assert.True(Read(Macro().ToFile("2026secret"), "other").IsEncrypted);
    }

    [Fact]
    public void A_formula_that_writes_formulas_and_goes_there_is_suspicious()
    {
        var book = new BiffWriter().Sheet("m1", macro: true).Formula(0, 0, XlmTokens.Call(XlmTokens.Formula, XlmTokens.Text("x"), XlmTokens.Cell(5, 0))).Formula(1, 0, XlmTokens.Fixed(XlmTokens.Goto, XlmTokens.Cell(5, 0)));

        Assert.Contains("excel4-suspicious", Read(book.ToFile()).Ids());
    }

    [Fact]
    public void A_macro_that_tells_and_returns_is_not_suspicious()
    {
        var book = new BiffWriter().Sheet("m1", macro: true).Formula(0, 0, XlmTokens.Call(XlmTokens.Alert, XlmTokens.Text("Done"))).Formula(1, 0, XlmTokens.Call(55));

        Assert.Equal(["excel4-sheet"], Read(book.ToFile()).Ids());
    }

    [Fact]
    public void A_program_asked_by_DDE_is_told()
    {
        Assert.Equal(["office-dde"], Read(new BiffWriter().Sheet("data").Text(0, 0, "x").Service("cmd", "/c calc").ToFile()).Ids());
    }

    [Fact]
    public void Texts_over_many_records_are_read()
    {
        var book = new BiffWriter().Sheet("data");
        for (var row = 0; row < 2_000; row++)
            book.Text(row, 0, $"text 日本 {row}");

        var text = Read(book.ToFile()).ReadableText;
        Assert.Contains("text 日本 1999", text, StringComparison.Ordinal);
        Assert.Equal(2_000, text.Split('\n').Length);
    }

    [Fact]
    public void No_damage_makes_it_throw() => Check.QuickThrowOnFailure(Prop.ForAll<int, byte[]>((at, with) =>
    {
        var stream = Macro().ToStream();
        with.AsSpan(0, Math.Min(with.Length, 40)).CopyTo(stream.AsSpan((int)((uint)at % (stream.Length - 40))));
        _ = Read(new CompoundWriter().Stream("Workbook", stream).ToArray());
    }));

    private static BiffWriter Macro() =>
        new BiffWriter().Sheet("data").Text(1, 0, "cmd /c calc").Sheet("m1", macro: true, hidden: 2).Formula(4, 1, XlmTokens.Call(XlmTokens.Exec, XlmTokens.CellOf(0, 1, 0))).Formula(5, 1, XlmTokens.Call(XlmTokens.Halt)).Name("", 1, 1, 4, 1);

    private static FileContents Read(byte[] file, params IReadOnlyList<string> passwords) => ReadFile.By(new OleReader(), "a.xls", file, passwords);
}
