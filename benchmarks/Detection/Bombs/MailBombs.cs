using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Messages of too many parts, too deep, or in an encoding that costs more than it holds.</summary>
internal static class MailBombs
{
    private const string Start = "From: a@b.example\r\nTo: info@acme.test\r\nSubject: parts\r\nMIME-Version: 1.0\r\n";

    public static IReadOnlyList<Bomb> All { get; } =
    [
        new("100,000 parts", random => BombMail.Raw($"{Start}Content-Type: multipart/mixed; boundary=b\r\n\r\n{BombMail.Join(100_000, index => $"--b\r\n\r\n{index}\r\n")}--b--\r\n")),
        new("10,000 attachments", random => BombMail.Raw($"{Start}Content-Type: multipart/mixed; boundary=b\r\n\r\n{BombMail.Join(10_000, index => $"--b\r\nContent-Type: application/octet-stream; name={random.Word()}{index}.bin\r\nContent-Transfer-Encoding: base64\r\n\r\nTVqQAAMAAAAE\r\n")}--b--\r\n")),
        new("multiparts in multiparts, ten thousand deep", random => BombMail.Raw(Start + BombMail.Join(10_000, level => $"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n") + "\r\nend\r\n")),
        new("one boundary at every level", random => BombMail.Raw(Start + BombMail.Join(20_000, _ => "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"))),
        new("messages in messages, five thousand deep", random => BombMail.Raw(Start + BombMail.Join(5_000, level => $"Content-Type: message/rfc822\r\n\r\nFrom: a{level}@b.example\r\nSubject: {level}\r\n") + "\r\nend\r\n")),
        new("messages in messages, in base64", random => BombMail.Raw(Start + Enumerable.Range(0, 25).Aggregate("\r\nend\r\n", (inner, _) => $"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Encoding.ASCII.GetBytes($"Subject: x\r\n{inner}"))}\r\n"))),
        new("boundaries that nearly match", random => BombMail.Raw($"{Start}Content-Type: multipart/mixed; boundary={new string('b', 60)}\r\n\r\n{BombMail.Repeat($"--{new string('b', 59)}\r\n", 100_000)}")),
        new("boundary of lines that begin with dashes", random => BombMail.Raw($"{Start}Content-Type: multipart/mixed; boundary=\"-\"\r\n\r\n{BombMail.Repeat("---\r\n", 500_000)}")),
        new("base64 in one line of 20 MB", random => BombMail.Raw($"{Start}Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(random.Bytes(15_000_000))}\r\n")),
        new("base64 of text in one line", random => BombMail.Raw($"{Start}Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Encoding.ASCII.GetBytes(BombMail.Join(600_000, _ => $"{random.Word()} ")))}\r\n")),
        new("base64 padded at every step", random => BombMail.Raw($"{Start}Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{BombMail.Repeat("QQ==", 2_000_000)}\r\n")),
        new("soft breaks without end", random => BombMail.Raw($"{Start}Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{BombMail.Repeat("=\r\n", 3_000_000)}\r\n")),
        new("trailing blanks without end", random => BombMail.Raw($"{Start}Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{new string(' ', 8_000_000)}x\r\n{BombMail.Repeat($"{new string(' ', 70)}\r\n", 50_000)}")),
        new("uuencoded files without end", random => BombMail.Text(BombMail.Join(30_000, index => $"begin 644 f{index}.exe\r\n#0V%T\r\n`\r\nend\r\n"))),
        new("yEnc heads without end", random => BombMail.Text(BombMail.Join(60_000, index => $"=ybegin line=128 size={index} name=f{index}\r\nmno\r\n"))),
        new("TNEF of a hundred thousand attachments", random => BombMail.With(random, "winmail.dat", Tnef(100_000))),
        new("shifts of iso-2022-jp without end", random => BombMail.Raw($"{Start}Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n{BombMail.Repeat("\u001b$B\u001b(B", 1_000_000)}\r\n")),
        new("parts that repeat one encoded archive", random => BombMail.Raw($"{Start}Content-Type: multipart/mixed; boundary=b\r\n\r\n{BombMail.Repeat($"--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Zip())}\r\n", 400)}--b--\r\n")),
        new("nested messages in an attached mail file", random => BombMail.With(random, "a.eml", Enumerable.Range(0, 2_000).Aggregate("\r\nend", (inner, level) => $"From: a{level.ToString(CultureInfo.InvariantCulture)}@b.example\r\nContent-Type: message/rfc822\r\n\r\n{(inner.Length > 400_000 ? "" : inner)}"))),
    ];

    private static byte[] Zip()
    {
        var zip = new RawZip();
        zip.Add("zeros", RawZip.Deflated(14 * 1024 * 1024), 8);
        return zip.ToArray();
    }

    private static byte[] Tnef(int attachments)
    {
        using var stream = new MemoryStream();
        stream.Write([0x78, 0x9F, 0x3E, 0x22, 1, 0]);
        for (var index = 0; index < attachments; index++)
            // attAttachRenddata opens an attachment.
            stream.Write([2, 0x02, 0x90, 6, 0, 14, 0, 0, 0, 1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0xFD, 3]);
        return stream.ToArray();
    }
}
