using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Messages;

/// <summary>
/// Mail that is signed as one block (S/MIME, RFC 8551 3.5.2: <c>application/pkcs7-mime; smime-type=signed-data</c>). Mail programs
/// open it like any other, so that its text and files are read here as a message in a file. What is encrypted for the reader
/// (3.3) only the reader can open: that is told.
/// </summary>
internal sealed class SignedDataReader : IFileReader
{
    private const int MaxLayers = 3;

    public bool Reads(MailAttachment file) =>
        file.Type.Id == "unknown"
        && file.Content.Length > 32
        && file.Content.Span[0] == 0x30
        && (file.DeclaredType is "application/pkcs7-mime" or "application/x-pkcs7-mime" || FileTypes.Extension(file.FileName) is "p7m" or "p7z");

    public void Read(MailAttachment file, FileContents contents)
    {
        var content = file.Content;
        for (var layer = 0; layer < MaxLayers; layer++)
        {
            var info = ContentInfo.GetInstance(Asn1Object.FromByteArray(content.ToArray()));
            if (!info.ContentType.Equals(CmsObjectIdentifiers.SignedData))
            {
                contents.MarkEncrypted();
                contents.Fact("file-unread", info.ContentType.Id, info.ContentType.Equals(CmsObjectIdentifiers.EnvelopedData) ? "S/MIME for its reader" : "S/MIME");
                return;
            }

            if (SignedData.GetInstance(info.Content).EncapContentInfo.Content is not Asn1OctetString { } inner)
                return;
            content = inner.GetOctets();
            // Signed twice over: the outer signature covers another block.
            if (content.Length > 0 && content.Span[0] != 0x30)
                break;
        }

        var granted = contents.Budget.TakeUnpacked(content.Length, file.Path);
        contents.Member("signed.eml", content[..granted]);
    }
}
