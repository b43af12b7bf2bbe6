using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Attachments.Archives;

public sealed class ArchiveFormatTests
{
    [Theory]
    [InlineData("Copy.7z")]
    [InlineData("LZMA.7z")]
    [InlineData("LZMA2.7z")]
    [InlineData("PPMd.7z")]
    [InlineData("BZip2.7z")]
    [InlineData("Deflate.7z")]
    [InlineData("Deflate64.7z")]
    [InlineData("bcj.7z")]
    [InlineData("bcj2.7z")]
    [InlineData("delta.7z")]
    [InlineData("Copy.zip")]
    [InlineData("Deflate.zip")]
    [InlineData("Deflate64.zip")]
    [InlineData("BZip2.zip")]
    [InlineData("LZMA.zip")]
    [InlineData("PPMd.zip")]
    [InlineData("gnu.tar")]
    [InlineData("pax.tar")]
    [InlineData("old.tar")]
    [InlineData("gnu.tgz")]
    [InlineData("gnu.tar.xz")]
    [InlineData("x86.tar.xz")]
    [InlineData("blocks.tar.xz")]
    [InlineData("gnu.tar.lz")]
    [InlineData("gnu.tar.zst")]
    [InlineData("gnu.tar.bz2")]
    [InlineData("mszip.cab")]
    [InlineData("stored.cab")]
    public void What_another_program_packed_comes_out_whole(string name) => MadeFile.AssertWhole(Mails.WithAttachment(name, MadeFile.Read(name)));

    [Theory]
    [InlineData("encrypted.7z")]
    [InlineData("encrypted-names.7z")]
    [InlineData("zipcrypto.zip")]
    [InlineData("aes128.zip")]
    [InlineData("aes256.zip")]
    public void An_encrypted_archive_opens_by_the_password_in_the_mail(string name)
    {
        var message = Read(name, $"Dear all,\r\n\r\nthe archive is protected. Password: {MadeFile.Password}\r\n");

        MadeFile.AssertWhole(message);
        Assert.Contains(message.FileFacts, fact => fact is { Id: "archive-password", Value: MadeFile.Password });
    }

    [Theory]
    [InlineData("encrypted.7z")]
    [InlineData("zipcrypto.zip")]
    [InlineData("aes256.zip")]
    public void Without_its_password_an_archive_tells_its_names(string name)
    {
        var message = Read(name, "The password follows by telephone.");

        Assert.Contains(message.Attachments, file => file is { FileName: "setup.exe", Encrypted: true, Content.Length: 0 });
    }

    [Fact]
    public void An_archive_that_encrypts_its_names_is_told_as_encrypted() =>
        Assert.True(Read("encrypted-names.7z", "no word").Attachments.Single().Encrypted);

    [Theory]
    [InlineData("LZMA2.7z")]
    [InlineData("LZMA.zip")]
    [InlineData("gnu.tar.xz")]
    [InlineData("mszip.cab")]
    [InlineData("Deflate64.zip")]
    public void A_cut_archive_is_noted_and_never_throws(string name)
    {
        var whole = MadeFile.Read(name);

        for (var length = whole.Length - 1; length > 8; length -= 97)
            Assert.NotEmpty(Mails.WithAttachment(name, whole[..length]).Attachments);
    }

    private static Platform.Engine.Mail.MailMessage Read(string name, string text) => Mails.Read(
        $"""
        From: a@b.test
        Content-Type: multipart/mixed; boundary=outer

        --outer
        Content-Type: text/plain; charset=utf-8

        {text}
        --outer
        Content-Disposition: attachment; filename="{name}"
        Content-Transfer-Encoding: base64

        {Mails.Base64(MadeFile.Read(name))}
        --outer--

        """);
}
