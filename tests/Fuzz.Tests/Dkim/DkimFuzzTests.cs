using System.Text;
using Platform.Fuzz.Targets.Dkim;

namespace Platform.Fuzz.Tests.Dkim;

public sealed class DkimFuzzTests
{
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

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
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
