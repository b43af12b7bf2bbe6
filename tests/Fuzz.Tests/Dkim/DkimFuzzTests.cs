using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Fuzz.Tests.Dkim;

public sealed class DkimFuzzTests
{
    private const int Rounds = 3_000;

    private static readonly string[] Pieces =
    [
        "v=1;", "a=rsa-sha256;", "a=ed25519-sha256;", "b=", "bh=", "c=simple;", "d=a.test;", "h=From:", "i=@a.test;", "l=0;", "l=9999999999999999999;", "q=dns/txt;", "s=k;", "t=1;", "x=2;", "z=From:=20|",
        "k=ed25519;", "p=", "t=y:s;", "=", ";", ":", "/", "|", "\r\n", "\r\n ", "\r\n\r\n", "\n", "\r", "\0", "\u00C3\u00A4", "\u00FF", "DKIM-Signature: ", "From: x\r\n", " \t ",
    ];

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            "v=1; a=rsa-sha256; c=relaxed/simple; d=a.test; s=k; h=From:To:Subject; l=4; t=1; x=2; i=a@a.test; bh=QUJD; b=QUJD; z=From:a|To:b",
            "v=DKIM1; k=rsa; h=sha256; t=y:s; s=email; n=note; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALgSoqXVSEmfcIsOzw7oRuCCOwsmtX",
            "From: a@a.test\r\nTo: b\r\n\r\nbody \r\n\r\n",
        }.Select(Encoding.Latin1.GetBytes),
        Signed("From: a@a.test\r\nTo: b@b.test\r\nSubject: x\r\n\r\nbody  text\r\n"),
        new byte[] { 0x30, 0x0A, 0x02, 0x03, 0x0B, 0x00, 0x01, 0x02, 0x03, 0x01, 0x00, 0x01 },
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_mutated_input_breaks_a_promise(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Rounds; i++)
            Run(Mutation.Of(Seeds[random.Next(Seeds.Length)], random, Pieces), $"Seed {seed}, round {i}");
    }

    public static TheoryData<string, int> Burdens => new()
    {
        { "DKIM-Signature: v=1; a=rsa-sha256; d=a.test; s=k; h=From; bh=QUJD; b=QUJD\r\n", 15_000 },
        { "DKIM-Signature: v=1; a=rsa-sha256; d=a.test; s=k; h=" + string.Join(':', Enumerable.Range(0, 1000).Select(i => $"f{i}")) + ":From; bh=QUJD; b=QUJD\r\n", 200 },
        { "v=1; ", 200_000 },
        { "a" + "=;", 300_000 },
        { "\r\n", 500_000 },
        { " \r\n", 300_000 },
        { " ", 1_000_000 },
        { "x\t", 500_000 },
        { "From: a\r\n", 100_000 },
        { "From: a\r\n\r\n" + " \t", 1 },
    };

    [Theory]
    [MemberData(nameof(Burdens))]
    public void Much_of_the_same_is_no_burden(string piece, int count)
    {
        var input = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(piece, count)));
        var started = TimeProvider.System.GetTimestamp();

        Run(input, piece);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    internal static byte[] Signed(string mail)
    {
        var options = new DkimSigningOptions { Domain = "a.test", Selector = "k" };
        return Encoding.Latin1.GetBytes(new DkimSigner(options, FuzzKeys.Key).Sign(RawMessage.Read(Encoding.Latin1.GetBytes(mail)), DateTimeOffset.UnixEpoch) + mail);
    }

    private static void Run(byte[] input, string what)
    {
        try
        {
            DkimTarget.Run(input);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{what}, input {Convert.ToHexString(input.AsSpan(0, Math.Min(input.Length, 2_000)))}: {exception}");
        }
    }
}
