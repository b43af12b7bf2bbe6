using System.Text;

namespace Platform.Fuzz.Tests.Smtp;

public sealed class SmtpParserFuzzTests
{
    private const int Rounds = 20_000;

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            "EHLO client.test\r\n",
            "MAIL FROM:<a@b.test> SIZE=1000 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=x+2By AUTH=<>\r\n",
            "MAIL FROM:<@x.test,@y.test:\"a \\\"b\"@[IPv6:2001:db8::1]>\r\n",
            "RCPT TO:<太郎@例え.テスト> NOTIFY=SUCCESS,DELAY ORCPT=utf-8;+E5+A4+AA@c.test\r\n",
            "RCPT TO:<postmaster>\r\n",
            "BDAT 1000 LAST\r\n",
            "XCLIENT NAME=c.test ADDR=IPV6:2001:db8::1 PORT=25 PROTO=ESMTP HELO=h LOGIN=u+40v DESTADDR=192.0.2.1 DESTPORT=25\r\n",
            "Subject: x\r\n\r\n..dot\r\n.\r\nMAIL FROM:<evil@x.test>\r\n",
            "PROXY TCP4 192.0.2.25 198.51.100.1 8080 25\r\n",
        }.Select(Encoding.UTF8.GetBytes),
        [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, 0x11, 0, 19, 192, 0, 2, 25, 198, 51, 100, 1, 0x1F, 0x90, 0, 25, 4, 0, 4, 1, 2, 3, 4],
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_parser_breaks_its_promises(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Rounds; i++)
        {
            var input = Mutate(Seeds[random.Next(Seeds.Length)], random);
            try
            {
                SmtpParserTarget.Run(input);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}, round {i}, input {Convert.ToHexString(input)}: {exception}");
            }
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> input = [.. seed];
        for (var changes = random.Next(6); changes > 0; changes--)
        {
            var at = random.Next(input.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < input.Count:
                    input[at] = (byte)random.Next(256);
                    break;
                case 1:
                    input.Insert(at, Telling(random));
                    break;
                case 2 when at < input.Count:
                    input.RemoveAt(at);
                    break;
                case 3:
                    input.InsertRange(at, Seeds[random.Next(Seeds.Length)].AsSpan(0, 8));
                    break;
                case 4 when at < input.Count:
                    input.InsertRange(at, Enumerable.Repeat(input[at], random.Next(300)));
                    break;
            }
        }

        return [.. input];
    }

    private static byte Telling(Random random)
    {
        var telling = "\r\n\0.<>@\"\\=+;:[] \xFF"u8;
        return telling[random.Next(telling.Length)];
    }
}
