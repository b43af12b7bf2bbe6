using System.Security.Cryptography;
using System.Text;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dns;

namespace Platform.ScannerHost;

/// <summary>
/// A mail of our own that touches what most mails touch: encoded words, HTML, a charset, an attachment, a link, a signature by
/// the domain that sends it.
/// </summary>
internal static class WarmUpMail
{
    private const int KeyBits = 1024;

    /// <summary>The mail with all that DNS would say of its sender.</summary>
    public static ScanRequest Request()
    {
        using var key = RSA.Create(KeyBits);
        using var signing = DkimPrivateKey.FromPem(key.ExportPkcs8PrivateKeyPem());
        var signer = new DkimSigner(new DkimSigningOptions { Domain = "example.net", Selector = "warm" }, signing);
        byte[] message = [.. Encoding.ASCII.GetBytes(signer.Sign(RawMessage.Read(Bytes), DateTimeOffset.UnixEpoch)), .. Bytes.Span];
        var dns = new DnsSnapshot(
        [
            Text("example.net", "v=spf1 ip4:192.0.2.1 -all"),
            Text("mail.example.net", "v=spf1 a -all"),
            new DnsExchange("mail.example.net", DnsType.A, DnsStatus.Found, ["192.0.2.1"]),
            Text("warm._domainkey.example.net", "v=DKIM1; p=" + Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())),
            Text("_dmarc.example.net", "v=DMARC1; p=reject"),
        ]);
        return new ScanRequest(
            message,
            new Envelope("192.0.2.1", "mail.example.net", "mail.example.net", "sender@example.net", ["recipient@example.com"]),
            ScanContext.Offline(DateTimeOffset.UnixEpoch, "example.com") with { Dns = dns });
    }

    private static DnsExchange Text(string name, string text) => new(name, DnsType.Txt, DnsStatus.Found, [text]);

    internal static ReadOnlyMemory<byte> Bytes { get; } = """
        Received: from mail.example.net (mail.example.net [192.0.2.1]) by mx.example.com; Thu, 1 Jan 1970 00:00:00 +0000
        From: =?utf-8?B?44OG44K544OI?= <sender@example.net>
        To: Recipient <recipient@example.com>
        Subject: =?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=
        Date: Thu, 1 Jan 1970 00:00:00 +0000
        Message-ID: <warm-up@example.net>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=outer

        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Hello =E4=B8=96=E7=95=8C, see https://www.example.net/page
        --inner
        Content-Type: text/html; charset=utf-8

        <html><body><p style="color:#000">Hello</p><a href="https://www.example.net/page">the page</a></body></html>
        --inner--
        --outer
        Content-Type: application/zip; name="empty.zip"
        Content-Disposition: attachment; filename="empty.zip"
        Content-Transfer-Encoding: base64

        UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==
        --outer--

        """.ReplaceLineEndings("\r\n").Select(static c => (byte)c).ToArray();
}
