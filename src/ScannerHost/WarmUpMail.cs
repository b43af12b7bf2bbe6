namespace Platform.ScannerHost;

/// <summary>A mail of our own that touches what most mails touch: encoded words, HTML, a charset, an attachment, a link.</summary>
internal static class WarmUpMail
{
    public static ReadOnlyMemory<byte> Bytes { get; } = """
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
