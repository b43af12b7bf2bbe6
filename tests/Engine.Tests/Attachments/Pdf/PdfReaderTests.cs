using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Pdf;

public sealed class PdfReaderTests
{
    private const string Script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";

    public static TheoryData<string, byte[]> Seen => new()
    {
        { "pdf-javascript", PdfBytes.Of(Script) },
        { "pdf-javascript", PdfBytes.Of("<< /S /JavaScript /JS 2 0 R >>", PdfBytes.Stream("/Filter /FlateDecode", PdfBytes.Deflated("app.alert(1)"))) },
        { "pdf-javascript", PdfBytes.Of("<< /S /JavaScript /JS 2 0 R >>", PdfBytes.Stream("/Filter [/ASCIIHexDecode /FlateDecode]", Convert.ToHexString(PdfBytes.Deflated("app.alert(1)")) + ">")) },
        { "pdf-javascript", PdfBytes.Of("<< /S /JavaScript /JS 2 0 R >>", PdfBytes.Stream("/Filter /ASCII85Decode", "@;p0<@;KLqF=8jm~>")) },
        { "pdf-javascript", PdfBytes.Of("<< /S /JavaScript /JS <6170702E616C6572742831> >>") },
        { "pdf-javascript", PdfBytes.Of("<< /S /J#61vaScript /JS (\\141pp) >>") },
        { "pdf-javascript", PdfBytes.Of(PdfBytes.Stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", PdfBytes.Deflated($"7 0 {Script}"))) },
        { "pdf-hidden-name", PdfBytes.Of("<< /S /J#61vaScript /JS (1) >>") },
        { "pdf-open-action", PdfBytes.Of("<< /Type /Catalog /OpenAction 2 0 R >>", Script) },
        { "pdf-open-action", PdfBytes.Of("<< /Type /Catalog /AA << /WC 2 0 R >> >>", Script) },
        { "pdf-opens-by-itself", PdfBytes.Of("<< /Type /Catalog /OpenAction << /S /URI /URI (https://evil.example/) >> >>") },
        { "pdf-launch", PdfBytes.Of("<< /S /Launch /F (cmd.exe) >>") },
        { "pdf-launch", PdfBytes.Of("<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>") },
        { "pdf-remote-file", PdfBytes.Of("<< /S /GoToR /F (\\\\\\\\203.0.113.9\\\\x\\\\a.pdf) >>") },
        { "pdf-submits-form", PdfBytes.Of("<< /S /SubmitForm /F << /FS /URL /F (https://a.example/) >> >>") },
        { "pdf-password-field", PdfBytes.Of("<< /FT /Tx /Ff 8192 /T (pin) >>") },
        { "pdf-embedded-file", PdfBytes.Of("<< /Type /Filespec /F (a.xml) /EF << /F 2 0 R >> >>", PdfBytes.Stream("/Type /EmbeddedFile", "<a/>")) },
        { "pdf-script-hostile", PdfBytes.Of("<< /Type /Catalog /OpenAction 2 0 R >>", "<< /S /JavaScript /JS (this.exportDataObject\\({ cName: 'a', nLaunch: 2 }\\)) >>") },
        { "pdf-script-hostile", PdfBytes.Of("<< /S /JavaScript /JS (var a = unescape\\('%u9090%u9090%u9090%u9090%u9090%u9090%u9090%u9090'\\)) >>") },
        { "pdf-script-hostile", PdfBytes.Of("<< /Type /Catalog /OpenAction 2 0 R >>", "<< /S /JavaScript /JS (app.launchURL\\('https://evil.example/'\\)) >>") },
        { "pdf-script-disguised", PdfBytes.Of("<< /S /JavaScript /JS (eval\\(String.fromCharCode\\(97,98\\)\\)) >>") },
        { "pdf-page-link", PdfBytes.Of("<< /Type /Page /MediaBox [0 0 600 800] /Annots [2 0 R] >>", "<< /Subtype /Link /Rect [0 0 600 700] /A << /S /URI /URI (https://evil.example/) >> >>") },
    };

    public static TheoryData<byte[]> Honest => new()
    {
        PdfBytes.Of("<< /Type /Catalog /OpenAction [3 0 R /Fit] >>"),
        PdfBytes.Of("<< /S /Launch /F (appendix.pdf) >>"),
        PdfBytes.Of("<< /S /GoToR /F (\\\\\\\\fileserver\\\\x\\\\a.pdf) >>"),
        PdfBytes.Of("<< /Type /Page /MediaBox [0 0 600 800] /Annots [2 0 R] >>", "<< /Subtype /Link /Rect [0 0 100 20] /A << /S /URI /URI (https://partner.example/) >> >>"),
        PdfBytes.Of("<< /Type /Catalog /Names 1 0 R >>", "<< /Kids [2 0 R] /Next 2 0 R >>"),
    };

    [Theory]
    [MemberData(nameof(Seen))]
    public void What_acts_in_a_PDF_is_seen(string fact, byte[] pdf)
    {
        Assert.Contains(fact, Opened.FactsOf("form.pdf", pdf));
    }

    [Theory]
    [MemberData(nameof(Honest))]
    public void What_does_not_act_is_not_told(byte[] pdf)
    {
        Assert.Empty(Opened.FactsOf("report.pdf", pdf));
    }

    [Fact]
    public void A_form_that_reckons_is_a_script_and_no_more()
    {
        var facts = Opened.FactsOf("form.pdf", PdfBytes.Of("<< /Type /Catalog /AcroForm << /Fields [2 0 R] >> >>", "<< /FT /Tx /AA << /C << /S /JavaScript /JS (AFSimple_Calculate\\(\"SUM\", new Array\\(\"a\"\\)\\);) >> >> >>"));

        Assert.Equal(["pdf-javascript"], facts);
    }

    [Theory]
    [InlineData("var n = parseInt(event.value); app.setTimeOut('check()', 500);")]
    [InlineData("event.value = event.value.replace(/,/g, '.'); if (event.value > 3) app.alert('Too much');")]
    public void Scripts_of_forms_are_not_disguised(string script)
    {
        Assert.Equal(["pdf-javascript"], Opened.FactsOf("form.pdf", PdfBytes.Of("<< /S /JavaScript /JS 2 0 R >>", PdfBytes.Stream("", script))));
    }

    [Fact]
    public void A_file_in_a_PDF_is_opened_under_its_name()
    {
        var pdf = PdfBytes.Of("<< /Type /Filespec /UF (invoice.exe) /EF << /F 2 0 R >> >>", PdfBytes.Stream("/Type /EmbeddedFile /Filter /FlateDecode", PdfBytes.Deflated(Encoding.Latin1.GetString(TestFiles.Program))));

        Assert.Contains(Opened.File("form.pdf", pdf).Attachments, file => file is { FileName: "invoice.exe", Type.Id: "exe", Depth: 1 });
    }

    [Fact]
    public void Links_of_a_PDF_are_links_of_the_mail()
    {
        Assert.Contains(Opened.File("a.pdf", PdfBytes.Of("<< /S /URI /URI (https://partner.example/a) >>")).Links, link => link.Target == "https://partner.example/a");
    }

    [Fact]
    public void A_later_object_of_a_number_is_the_one_referred_to()
    {
        var pdf = Encoding.Latin1.GetBytes("%PDF-1.4\n1 0 obj\n<< /S /JavaScript /JS 2 0 R >>\nendobj\n2 0 obj\n(first)\nendobj\n2 0 obj\n(second)\nendobj\n");

        Assert.Equal(["second"], Opened.File("a.pdf", pdf).FileFacts.Select(fact => fact.Value));
    }

    [Fact]
    public void The_text_of_a_page_is_read()
    {
        var pdf = PdfBytes.Of("<< /Type /Page /Contents 2 0 R /Resources << /Font << /F1 3 0 R >> >> >>", PdfBytes.Stream("", "BT /F1 12 Tf (Hello) Tj 0 -14 Td [(wor) -20 (ld) -400 (again)] TJ ET"), "<< /Type /Font /Subtype /Type1 >>");

        Assert.Equal("Hello\nworld again", Opened.File("a.pdf", pdf).FileTexts.Single().Text);
    }

    [Fact]
    public void Text_in_codes_of_a_font_is_read_by_its_table()
    {
        var pdf = PdfBytes.Of(
            "<< /Type /Page /Contents 2 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            PdfBytes.Stream("", "BT /F1 12 Tf <00010002> Tj ET"),
            "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 4 0 R >>",
            PdfBytes.Stream("", "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0002> <65E5> endbfrange"));

        Assert.Equal("日旦"[..1], Opened.File("a.pdf", pdf).FileTexts.Single().Text[..1]);
    }

    [Fact]
    public void A_file_encrypted_under_an_unknown_password_is_told()
    {
        var pdf = PdfBytes.With($"/ID [<00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{new string('A', 64)}> /U <{new string('B', 64)}> >>", Script);

        Assert.True(Opened.File("a.pdf", pdf).Attachments.Single().Encrypted);
    }

    [Fact]
    public void Endless_circles_end()
    {
        Assert.NotNull(Opened.File("a.pdf", PdfBytes.Of("<< /Type /Catalog /OpenAction 2 0 R /Pages 2 0 R >>", "<< /S /GoTo /Next 2 0 R /Kids [2 0 R] /Parent 2 0 R /Type /Page /JS 3 0 R >>", "3 0 R")));
    }

    [Fact]
    public void Deep_nesting_is_cut()
    {
        Assert.NotNull(Opened.File("a.pdf", PdfBytes.Of(new string('[', 200_000), string.Concat(Enumerable.Repeat("<</A", 100_000)))));
    }

    [Fact]
    public void Files_of_any_octets_are_read()
    {
        var valid = PdfBytes.Of("<< /Type /Catalog /OpenAction 2 0 R >>", Script, PdfBytes.Stream("/Filter [/LZWDecode /RunLengthDecode /ASCII85Decode]", "\u0080\u000b\u0060\u0050"), PdfBytes.Stream("/Type /ObjStm /N 9 /First 9999 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 3 >>", PdfBytes.Deflated("1 0 2 9")));
        Prop.ForAll<byte[], int>((bytes, at) =>
        {
            byte[] damaged = [.. valid];
            for (var index = 0; index < bytes.Length; index++)
                damaged[9 + (int)((uint)(at + (index * 13)) % (damaged.Length - 9))] = bytes[index];
            return Opened.File("a.pdf", damaged).Notes.All(note => note.Id != "damaged-file");
        }).QuickCheckThrowOnFailure();
    }
}
