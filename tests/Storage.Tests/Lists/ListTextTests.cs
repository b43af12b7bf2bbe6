using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Feeds;
using Platform.Storage.Lists;

namespace Platform.Storage.Tests.Lists;

public sealed class ListTextTests
{
    [Theory]
    [InlineData("who@a.example", ListEntryKind.Address, "who@a.example", false)]
    [InlineData("a.example", ListEntryKind.Domain, "a.example", false)]
    [InlineData("=a.example", ListEntryKind.Domain, "a.example", true)]
    [InlineData("@a.example", ListEntryKind.Domain, "a.example", false)]
    [InlineData("*.a.example", ListEntryKind.Domain, "a.example", false)]
    [InlineData("https://a.example/x", ListEntryKind.Url, "a.example/x", false)]
    [InlineData("a.example/x", ListEntryKind.Url, "a.example/x", false)]
    [InlineData("192.0.2.0/24", ListEntryKind.Network, "192.0.2.0/24", false)]
    [InlineData("2001:db8::1", ListEntryKind.Network, "2001:db8::1/128", false)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", ListEntryKind.File, "d41d8cd98f00b204e9800998ecf8427e", false)]
    public void A_plain_line_is_what_it_looks_like(string line, ListEntryKind kind, string value, bool exact)
    {
        var entry = Assert.Single(Read(line)).Entry!;
        var (good, _) = ListRules.Check(entry, []);

        Assert.Equal((kind, value, exact), (good!.Kind, good.Value, good.IsExact));
    }

    [Theory]
    [InlineData("a.example # our partner", "our partner")]
    [InlineData("a.example\t#tab", "tab")]
    [InlineData("a.example", "")]
    public void Behind_a_value_comes_a_note(string line, string note)
    {
        Assert.Equal(note, Assert.Single(Read(line)).Entry!.Note);
    }

    [Fact]
    public void Blank_lines_and_comments_hold_nothing_but_count()
    {
        Assert.Equal([2, 4], Read("\r\na.example\n# comment\rb.example").Select(line => line.Number));
    }

    [Fact]
    public void Columns_stand_in_any_order()
    {
        var entry = Assert.Single(Read("\uFEFFNote,Value,List,Expires,Networks\r\n\"one, \"\"two\"\"\",a.example,allow,2026-12-31,192.0.2.0/24 198.51.100.7")).Entry!;

        Assert.Equal(
            (ListAction.Allow, "a.example", "one, \"two\"", new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero), "192.0.2.0/24 198.51.100.7"),
            (entry.Action, entry.Value, entry.Note, entry.ExpiresAt, string.Join(' ', entry.Networks)));
    }

    [Theory]
    [InlineData("\"open")]
    [InlineData("\"closed\"behind")]
    [InlineData("a,b,c,d,e,f,g,h")]
    [InlineData("maybe,domain,a.example,yes,,,")]
    [InlineData("block,thing,a.example,yes,,,")]
    [InlineData("block,1,a.example,yes,,,")]
    [InlineData("block,domain,a.example,perhaps,,,")]
    [InlineData("block,domain,a.example,yes,,,tomorrow")]
    public void A_record_that_cannot_be_read_says_so(string line)
    {
        Assert.Equal("LIST_LINE_UNREADABLE", Assert.Single(Read($"{ListText.Header}\n{line}")).Refusal?.Code);
    }

    [Theory]
    [InlineData("value,colour")]
    [InlineData("value,value")]
    public void Columns_that_are_none_refuse_the_whole(string header)
    {
        Assert.Equal("LIST_IMPORT_COLUMNS", ListText.Read($"{header}\na.example,b", ListAction.Block).Refusal?.Code);
    }

    [Fact]
    public void An_import_is_bounded()
    {
        Assert.Equal("LIST_IMPORT_TOO_LARGE", ListText.Read(new string('x', ListText.MaxText + 1), ListAction.Block).Refusal?.Code);
        Assert.Equal("LIST_IMPORT_TOO_LARGE", ListText.Read(string.Concat(Enumerable.Repeat("x\n", ListText.MaxLines + 1)), ListAction.Block).Refusal?.Code);
        Assert.Equal("LIST_LINE_UNREADABLE", Assert.Single(Read(new string('x', 4_001))).Refusal?.Code);
    }

    [Theory]
    [InlineData("=cmd()", "'=cmd()")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("'x", "''x")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("plain", "plain")]
    public void A_cell_is_no_formula_of_a_spreadsheet(string cell, string written)
    {
        Assert.Equal(written, CsvLine.Write([cell]));
    }

    [Fact]
    public void A_record_reads_back_as_it_was_written()
    {
        var cell = Gen.Elements("=+-@\t'\",;# aé例\U0001F600".EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ArrayOf().Select(string.Concat);
        Check.QuickThrowOnFailure(Prop.ForAll(cell.NonEmptyListOf().ToArbitrary(), cells => CsvLine.Read(CsvLine.Write(cells))?.SequenceEqual(cells) == true));
    }

    [Fact]
    public void Any_text_is_read_line_by_line_without_a_loss()
    {
        var text = Gen.Elements("value,", "list", "\"", ",", "\n", "\r\n", "=", "@", "#", " ", "a.example", "192.0.2.0/24", "'", "\0", "\uD800", "//").ArrayOf().Select(string.Concat);
        Check.QuickThrowOnFailure(Prop.ForAll(text.ToArbitrary(), given =>
        {
            var (lines, refusal) = ListText.Read(given, ListAction.Block);
            var held = 0;
            foreach (var line in given.AsSpan().EnumerateLines())
                held += line.Trim().Length > 0 && line.Trim()[0] != '#' ? 1 : 0;
            return refusal is not null || (lines.All(line => line.Entry is null != line.Refusal is null) && (lines.Count == held || lines.Count == held - 1));
        }));
    }

    private static IReadOnlyList<ListLine> Read(string text) => ListText.Read(text, ListAction.Block) is { Refusal: null } read ? read.Lines : throw new FormatException(text);
}
