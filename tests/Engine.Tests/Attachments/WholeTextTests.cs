using System.Text;
using Platform.Engine.Attachments.Excel;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Attachments.Shortcuts;
using Platform.Engine.Tests.Detectors.Files;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Attachments;

/// <summary>All text of a file, with the borders of its cells, whatever its format.</summary>
public sealed class WholeTextTests
{
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    [Fact]
    public void Cells_of_a_word_table_are_parted_by_tabs() => Assert.Equal(
        "head\nname\tno\nA B\t12",
        Of("a.docx", TestFiles.Zip(("[Content_Types].xml", TestFiles.Text("<Types/>")), ("word/document.xml", TestFiles.Text($"<w:document xmlns:w=\"{Word}\"><w:body>{P("head")}<w:tbl><w:tr>{Cell("name")}{Cell("no")}</w:tr><w:tr><w:tc>{P("A")}{P("B")}</w:tc>{Cell("12")}</w:tr></w:tbl></w:body></w:document>")))));

    [Fact]
    public void A_page_has_rows_and_cells_even_where_cells_hold_paragraphs() => Assert.Equal(
        "name\tno\nA\t\t12\nend",
        Mails.ReadHtml("<table><tr><td><p>name</p></td><td><p>no</p></td></tr><tr><td><p>A</p></td><td></td><td>12</td></tr></table><p>end</p>").VisibleText);

    [Theory]
    [InlineData("shift_jis", "氏名,個人番号\r\n山田,\"1,2\"\r\n")]
    [InlineData("euc-kr", "성명,전화번호,주소\r\n김민준,1,서울특별시 강남구\r\n")]
    [InlineData("utf-16", "name;no;c\r\nA;1;2\r\n")]
    public void Separated_values_are_read_in_their_character_set(string charset, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);

        Assert.Equal(SeparatedCells.ToTabs(text).TrimEnd(), Of("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
    }

    [Theory]
    [InlineData("a,\"b,c\",\"d\"\"e\"\n1,2,3", "a\tb,c\td\"e\n1\t2\t3")]
    [InlineData("a;b\n\"x\ny\";2", "a\tb\nx y\t2")]
    [InlineData("a,\"b\n1,2", "a\tb\n1\t2")]
    [InlineData("", "")]
    public void Separators_become_tabs(string text, string cells) => Assert.Equal(cells, SeparatedCells.ToTabs(text));

    [Fact]
    public void A_text_file_without_a_reader_of_its_own_is_decoded() => Assert.Equal("日本", Of("a.txt", Encoding.Unicode.GetBytes("\ufeff日本")));

    [Fact]
    public void A_sheet_keeps_its_columns()
    {
        var text = new SheetText();
        foreach (var (sheet, address, value) in ((string, string, string)[])[("S", "A1", "name"), ("S", "C1", "no"), ("S", "B2", "x\ny"), ("S", "C2", "1.23456789018E+11"), ("T", "A1", "z")])
            text.Put(sheet, address, value);

        Assert.Equal("name\t\tno\n\tx y\t123456789018\n\nz", text.ToString());
    }

    [Fact]
    public void Cells_in_cells_are_text_of_the_outer_one()
    {
        var flow = new CellFlow(100);
        flow.BeginCell();
        flow.Append("a");
        flow.BeginCell();
        flow.Append("b");
        flow.EndCell();
        flow.EndRow();
        flow.EndCell();
        flow.Append("c");
        flow.EndRow();

        Assert.Equal("a b\tc", flow.ToString());
    }

    private static string Of(string name, byte[] content) => Assert.Single(Mails.WithAttachment(name, content).WholeTexts).Text.TrimEnd();

    private static string P(string text) => $"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>";

    private static string Cell(string text) => $"<w:tc>{P(text)}</w:tc>";
}
