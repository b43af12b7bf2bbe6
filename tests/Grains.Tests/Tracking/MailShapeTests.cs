using System.Text;
using Platform.Grains.Tracking;

namespace Platform.Grains.Tests.Tracking;

public sealed class MailShapeTests
{
    [Theory]
    [InlineData("Content-Type: text/html\r\n\r\n<p>x", true, false)]
    [InlineData("Content-Type: TEXT/HTML; charset=utf-8\r\n\r\n<p>x", true, false)]
    [InlineData("Content-Type: text/plain\r\n\r\nx", false, false)]
    [InlineData("Content-Type: multipart/signed; protocol=x\r\n\r\ntext/html", true, true)]
    [InlineData("Content-Type: multipart/encrypted\r\n\r\n", false, true)]
    [InlineData("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\n", false, true)]
    [InlineData("Content-Type: application/x-pkcs7-mime\r\n\r\n", false, true)]
    [InlineData("Content-Type: text/html\r\n\r\n-----BEGIN PGP MESSAGE-----", true, true)]
    [InlineData("Content-Type: application/pgp-signature\r\n\r\n", false, true)]
    public async Task What_is_signed_or_encrypted_is_not_changed(string mail, bool html, bool isSealed) =>
        Assert.Equal(new MailShape(html, isSealed), await ReadAsync(mail));

    [Theory]
    [InlineData(65_530)]
    [InlineData(65_536)]
    [InlineData(131_070)]
    public async Task A_word_may_stand_anywhere(int before) =>
        Assert.Equal(new MailShape(true, true), await ReadAsync($"Content-Type: text/html\r\n\r\n{new string('x', before)}-----BEGIN PGP MESSAGE-----"));

    private static Task<MailShape> ReadAsync(string mail) => MailShape.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(mail)), TestContext.Current.CancellationToken);
}
