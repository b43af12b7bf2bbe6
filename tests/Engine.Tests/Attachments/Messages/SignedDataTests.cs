using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Messages;

public sealed class SignedDataTests
{
    private const string Entity = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee https://evil.example/ now\r\n--b\r\nContent-Type: application/octet-stream; name=a.js\r\n\r\nnew ActiveXObject('WScript.Shell')\r\n--b--\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Mail_that_is_signed_as_one_block_is_read_like_any_other(int layers)
    {
        var content = TestFiles.Text(Entity);
        for (var layer = 0; layer < layers; layer++)
            content = Signed(content);

        var message = Opened.File("smime.p7m", content);

        Assert.Contains(message.Attachments, file => file.Path == "smime.p7m/signed.eml/a.js");
        Assert.Contains(message.Links, link => link.Target == "https://evil.example/");
    }

    [Fact]
    public void What_only_its_reader_can_open_is_told()
    {
        var message = Opened.File("smime.p7m", new ContentInfo(CmsObjectIdentifiers.EnvelopedData, new DerOctetString(new byte[64])).GetEncoded());

        Assert.Contains(message.FileFacts, fact => fact is { Id: "file-unread", Value: "S/MIME for its reader" });
        Assert.True(message.Attachments.Single(file => file.FileName == "smime.p7m").Encrypted);
    }

    [Fact]
    public void Damaged_blocks_are_noted()
    {
        Assert.Contains(Opened.File("smime.p7m", [0x30, 0x82, 0x10, 0x00, .. new byte[60]]).Notes, note => note.Id == "damaged-file");
    }

    private static byte[] Signed(byte[] content) =>
        new ContentInfo(CmsObjectIdentifiers.SignedData, new SignedData(DerSet.Empty, new ContentInfo(CmsObjectIdentifiers.Data, new DerOctetString(content)), null, null, DerSet.Empty)).GetEncoded();
}
