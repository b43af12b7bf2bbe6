using System.Text;

namespace Platform.Fuzz.Targets.Mail;

/// <summary>A message with most of what a message may hold, and the pieces that mean something to its reader.</summary>
internal static class MailInputs
{
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", ";", "=", "\"", "(", ")", "<", ">", "@", ",", "--b", "--b--", "--c", "\r\n--b\r\n", "\n--b--\n", "\n--bc\n", "\r\n--inner--\r\n", "\r\n--outer\r\n", "Content-Type: text/plain\r\n", "From: ", "To: a@b.test", "Subject: =?utf-8?B?44GC?=",
        "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: multipart/mixed; boundary=\"c\r\n", "Content-Type: text/html\r\n", "Content-Type: message/rfc822\r\n",
        "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "Content-Transfer-Encoding: x-uuencode\r\n", "Content-Type: application/zip; name*0*=utf-8''a%; name*1=b\r\n",
        "Content-Disposition: attachment; filename=\"x.zip\"\r\n", "\r\n\r\n", "UEsDBBQAAAAI", "=E3=81", "begin 644 a\r\n#0V%T\r\nend\r\n", "=ybegin line=128 size=3 name=a\r\nmno=}\r\n=yend size=3\r\n", "Content-Type: message/partial; number=1\r\n", "<a href='http://x.test'>", "<div style='display:none", "<style>", "]]>", "<!--", "&#x41;",
        "http://x。test/", "\u001b$B", "\u0082\u00a0", "=?iso-2022-jp?Q?=1B$B?=", "a", "日",
    ];

    public static string Valid { get; } =
        """
        From: "A Person" <a@b.test>
        To: c@d.test, Group: e@f.test;
        Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=
        Date: Tue, 24 Nov 2026 08:00:00 +0900
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"

        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        caf=C3=A9 https://x.test/a
        --inner
        Content-Type: text/html; charset=shift_jis

        <style>.x{display:none}</style><p class=x>hidden</p><a href="https://x.test/">link</a>
        --inner--
        --outer
        Content-Type: application/zip; name*=utf-8''a%E3%81%82.zip
        Content-Transfer-Encoding: base64

        UEsDBBQAAAAIAAAAIQCFEUoNBwAAAAUAAAAFAAAAYS50eHTLSM3JyQcAUEsBAhQAFAAAAAgAAAAh
        AIURSg0HAAAABQAAAAUAAAAAAAAAAAAAAAAAAAAAAGEudHh0UEsFBgAAAAABAAEAMwAAACoAAAAA
        --outer
        Content-Type: message/rfc822

        From: x@y.test

        nested
        --outer--
        """.ReplaceLineEndings("\r\n");

    public static IReadOnlyList<byte[]> Seeds { get; } = [Encoding.UTF8.GetBytes(Valid)];
}
