using System.Text;
using ICSharpCode.SharpZipLib.Zip;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;
using Platform.Engine.Mail;
using Platform.Engine.Rewriting;

namespace Platform.Engine.Tests.Rewriting;

public sealed class LockedFileTests
{
    private const string Password = "abcde-fghjk-mnpqr-stvwx";

    [Theory]
    [InlineData("list.csv", "list.csv.zip")]
    [InlineData("../../etc/passwd", "_.._etc_passwd.zip")]
    [InlineData("名簿.xlsx", "名簿.xlsx.zip")]
    public void A_file_goes_as_an_archive_of_itself(string name, string archive)
    {
        var locked = Lock(name, "text/csv", "name,number\r\n"u8.ToArray());

        Assert.Equal(archive, locked.Name);
        Assert.Equal("name,number\r\n", Encoding.UTF8.GetString(Unpacked(locked.Content, Password).Content));
    }

    [Fact]
    public void An_archive_is_encrypted_with_AES_256()
    {
        using var zip = new ZipFile(new MemoryStream(Lock("list.csv", "text/csv", "name\r\n"u8.ToArray()).Content));

        Assert.Equal((true, 256), (zip[0].IsCrypted, zip[0].AESKeySize));
    }

    [Fact]
    public void A_wrong_password_opens_nothing()
    {
        Assert.ThrowsAny<Exception>(() => Unpacked(Lock("list.csv", "text/csv", "name\r\n"u8.ToArray()).Content, "another"));
    }

    [Fact]
    public void A_PDF_stays_a_PDF_and_opens_with_the_password_alone()
    {
        var locked = Lock("offer.pdf", "application/pdf", Pdf(pages: 3));

        Assert.Equal("offer.pdf", locked.Name);
        Assert.ThrowsAny<Exception>(() => PdfReader.Open(new MemoryStream(locked.Content), PdfDocumentOpenMode.Import));
        using var opened = PdfReader.Open(new MemoryStream(locked.Content), Password, PdfDocumentOpenMode.Import);
        Assert.Equal(3, opened.PageCount);
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("signed")]
    public void A_PDF_that_would_lose_something_goes_as_an_archive(string kind)
    {
        byte[] content = kind == "broken" ? "%PDF-1.7\nnothing"u8.ToArray() : [.. Pdf(pages: 1), .. "\n% /ByteRange [0 1 2 3]"u8];
        var locked = Lock("offer.pdf", "application/pdf", content);

        Assert.Equal("offer.pdf.zip", locked.Name);
        Assert.Equal(content, Unpacked(locked.Content, Password).Content);
    }

    [Fact]
    public void The_text_around_stays()
    {
        var message = Mail("list.csv", "text/csv", "name\r\n"u8.ToArray());
        var rewritten = new MailRewriter().Rewrite(message, new MailRewrite { Take = new FileChoice { All = true }, Lock = Password }, ScanLimits.Default, TestContext.Current.CancellationToken);

        Assert.Equal("See the file.", new MailReader().Read(rewritten.Message, ScanLimits.Default, TestContext.Current.CancellationToken).VisibleText.Trim());
    }

    private static (string Name, byte[] Content) Lock(string name, string type, byte[] content)
    {
        var rewritten = new MailRewriter().Rewrite(Mail(name, type, content), new MailRewrite { Take = new FileChoice { All = true }, Lock = Password }, ScanLimits.Default, TestContext.Current.CancellationToken);
        Assert.Equal(RewriteEnd.Changed, rewritten.End);
        var file = Assert.Single(MailFiles.Of(new MailReader().Read(rewritten.Message, ScanLimits.Default, TestContext.Current.CancellationToken)));
        return (file.Name, file.Content.ToArray());
    }

    private static byte[] Mail(string name, string type, byte[] content) => Encoding.UTF8.GetBytes(
        $"From: a@acme.test\r\nTo: b@partner.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--b\r\nContent-Type: {type}\r\nContent-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(name)}\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(content)}\r\n--b--\r\n");

    private static byte[] Pdf(int pages)
    {
        using var document = new PdfDocument();
        for (var i = 0; i < pages; i++)
            document.AddPage();
        using var output = new MemoryStream();
        document.Save(output, closeStream: false);
        return output.ToArray();
    }

    private static (string Name, byte[] Content) Unpacked(byte[] archive, string password)
    {
        using var zip = new ZipFile(new MemoryStream(archive)) { Password = password };
        using var content = new MemoryStream();
        zip.GetInputStream(zip[0]).CopyTo(content);
        return (zip[0].Name, content.ToArray());
    }
}
