using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Messages;

public sealed class MailFileTests
{
    private const string Mail = "From: a@b.test\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<a href=\"https://evil.example/\">x</a> words\r\n--b\r\nContent-Type: application/octet-stream; name=a.js\r\n\r\nnew ActiveXObject('WScript.Shell')\r\n--b--\r\n";

    [Fact]
    public void The_parts_of_a_mail_in_an_archive_are_files_links_and_words()
    {
        var message = Opened.File("mail.zip", TestFiles.Zip(("inner.eml", TestFiles.Text(Mail))));

        Assert.Contains(message.Attachments, file => file.Path.EndsWith("inner.eml/a.js", StringComparison.Ordinal));
        Assert.Contains(message.Links, link => link.Target == "https://evil.example/");
        Assert.Contains(message.FileTexts, text => text.Text.Contains("words", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_off_in_a_mail_in_a_file_says_nothing_of_the_mail()
    {
        Assert.Empty(Opened.File("mail.zip", TestFiles.Zip(("mail.eml", TestFiles.Text("From: a@b.test\r\nSubject: x\r\nContent-Type: multipart/mixed\r\nContent-Type: text/plain\r\nDate: x\r\n\r\n--\r\n")))).Notes);
    }

    [Fact]
    public void A_saved_page_is_opened_as_a_page()
    {
        Assert.Contains("html-obfuscated-script", Opened.FactsOf("a.mht", TestFiles.Text("MIME-Version: 1.0\r\nSubject: x\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<html><script>eval(atob('YQ=='))</script></html>\r\n--b--\r\n")));
    }
}
