using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine;
using Platform.Engine.Mail;
using Platform.Engine.Preview;

namespace Platform.Fuzz.Tests.Mail;

/// <summary>Any bytes give a message, within the limits, and no content is lost.</summary>
public sealed class MailReaderProperties
{
    private static readonly ScanLimits Tight = MailReaderTarget.Tight;

    // Pieces that mean something to a parser, put together at random: far likelier to go deep than random bytes.
    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", ";", "=", "\"", "(", ")", "<", ">", "@", ",", "--b", "--b--", "--c", "\r\n--b\r\n", "\n--b--\n", "\n--bc\n", "\r\n--inner--\r\n", "\r\n--outer\r\n", "Content-Type: text/plain\r\n", "From: ", "To: a@b.test", "Subject: =?utf-8?B?44GC?=",
        "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: multipart/mixed; boundary=\"c\r\n", "Content-Type: text/html\r\n", "Content-Type: message/rfc822\r\n",
        "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "Content-Transfer-Encoding: x-uuencode\r\n", "Content-Type: application/zip; name*0*=utf-8''a%; name*1=b\r\n",
        "Content-Disposition: attachment; filename=\"x.zip\"\r\n", "\r\n\r\n", "UEsDBBQAAAAI", "=E3=81", "begin 644 a\r\n#0V%T\r\nend\r\n", "=ybegin line=128 size=3 name=a\r\nmno=}\r\n=yend size=3\r\n", "Content-Type: message/partial; number=1\r\n", "<a href='http://x.test'>", "<div style='display:none", "<style>", "]]>", "<!--", "&#x41;",
        "http://x。test/", "\u001b$B", "\u0082\u00a0", "=?iso-2022-jp?Q?=1B$B?=", "a", "日",
    ];

    private static readonly string Valid =
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

    [Fact]
    public void Arbitrary_bytes_give_a_message() =>
        Prop.ForAll<byte[]>(bytes => IsSound(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(2_000));

    [Fact]
    public void Arbitrary_pieces_of_mail_give_a_message() =>
        Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(p => Encoding.UTF8.GetBytes(string.Concat(p))).ToArbitrary(), bytes => IsSound(bytes))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_500).WithEndSize(120));

    [Fact]
    public void A_mutated_mail_gives_a_message() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes => IsSound(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void A_mutated_mail_can_be_previewed() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes => new Previewer().Preview(bytes, Tight, TestContext.Current.CancellationToken).Structure.Count > 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_mutated_mail_is_no_trouble_to_the_journal_reader() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes => !new JournalReader().Read(bytes, Tight, TestContext.Current.CancellationToken).Message.IsEmpty)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Reading_twice_gives_the_same() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes => Summary(Read(bytes)) == Summary(Read(bytes))).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static bool IsSound(byte[] bytes)
    {
        MailReaderTarget.Run(bytes);
        return true;
    }

    private static string Summary(MailMessage message) =>
        string.Join('|', message.VisibleText, message.HiddenText, message.Subject, string.Join(',', message.Notes), string.Join(',', message.Links), string.Join(',', message.Attachments.Select(a => $"{a.Path} {a.Type.Id}")));

    private static MailMessage Read(byte[] bytes) => new MailReader().Read(bytes, Tight, TestContext.Current.CancellationToken);

    // Octets changed, cut out and doubled in a valid mail.
    private static Gen<byte[]> Mutations() =>
        from seed in Gen.Choose(0, int.MaxValue)
        from count in Gen.Choose(1, 12)
        select Mutate(seed, count);

    private static byte[] Mutate(int seed, int count)
    {
        var random = new System.Random(seed);
        var bytes = Encoding.UTF8.GetBytes(Valid).ToList();
        for (var i = 0; i < count; i++)
        {
            var at = random.Next(bytes.Count - 40);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(1, 30));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - 40), random.Next(1, 40)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }
}
