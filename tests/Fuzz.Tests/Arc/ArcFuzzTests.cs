using Platform.Fuzz.Targets.Arc;

namespace Platform.Fuzz.Tests.Arc;

public sealed class ArcFuzzTests
{
    [Fact]
    public void The_longest_chain_over_a_large_body_is_no_burden()
    {
        var input = ArcInputs.Sealed("From: a@a.test\r\nX: " + new string('x', 500_000) + "\r\n\r\n" + string.Concat(Enumerable.Repeat("line  of text \r\n", 300_000)), 50);
        var started = TimeProvider.System.GetTimestamp();

        Run(input, "50 sets");

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
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
