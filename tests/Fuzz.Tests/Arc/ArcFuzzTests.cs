using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Arc;
using Platform.Fuzz.Tests.Dkim;

namespace Platform.Fuzz.Tests.Arc;

public sealed class ArcFuzzTests
{
    private const int Rounds = 2_000;

    private static readonly string[] Pieces =
    [
        "ARC-Seal: ", "ARC-Message-Signature: ", "ARC-Authentication-Results: ", "i=1;", "i=2;", "i=0;", "i=51;", "cv=none;", "cv=pass;", "cv=fail;", "a=rsa-sha256;", "b=", "bh=", "d=a.test;", "s=k;",
        "h=From:ARC-Seal;", "t=1;", "=", ";", ":", "\r\n", "\r\n ", "\r\n\r\n", "\n", "\0", "\u00FF", " ",
    ];

    private static readonly byte[][] Seeds = [.. Enumerable.Range(1, 3).Select(sets => Sealed("From: a@a.test\r\nSubject: x\r\n\r\nbody\r\n", sets))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_mutated_chain_breaks_a_promise(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Rounds; i++)
            Run(Mutation.Of(Seeds[random.Next(Seeds.Length)], random, Pieces), $"Seed {seed}, round {i}");
    }

    [Fact]
    public void The_longest_chain_over_a_large_body_is_no_burden()
    {
        var input = Sealed("From: a@a.test\r\nX: " + new string('x', 500_000) + "\r\n\r\n" + string.Concat(Enumerable.Repeat("line  of text \r\n", 300_000)), 50);
        var started = TimeProvider.System.GetTimestamp();

        Run(input, "50 sets");

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static byte[] Sealed(string mail, int sets)
    {
        var sealer = new ArcSealer(new ArcSealingOptions { Domain = "a.test", Selector = "k" }, FuzzKeys.Key);
        var report = new ArcReport { Result = AuthenticationResult.None, Explanation = "" };
        for (var instance = 1; instance <= sets; instance++)
        {
            mail = string.Concat(sealer.Seal(RawMessage.Read(Encoding.Latin1.GetBytes(mail)), report, "a.test; spf=pass", DateTimeOffset.UnixEpoch)) + mail;
            report = new ArcReport { Result = AuthenticationResult.Pass, Explanation = "", HighestInstance = instance };
        }

        return Encoding.Latin1.GetBytes(mail);
    }

    private static void Run(byte[] input, string what)
    {
        try
        {
            ArcTarget.Run(input);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{what}, input {Convert.ToHexString(input.AsSpan(0, Math.Min(input.Length, 2_000)))}: {exception}");
        }
    }
}
