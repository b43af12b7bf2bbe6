using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Deliveries;

namespace Platform.Grains.Tests.Deliveries;

public sealed class LoopGuardTests
{
    private const string Us = "mx.platform.test";

    [Theory]
    [InlineData(0, false)]
    [InlineData(49, false)]
    [InlineData(50, true)]
    [InlineData(80, true)]
    public void Many_received_fields_are_a_loop(int received, bool isLoop)
    {
        var header = string.Concat(Enumerable.Repeat("Received: from a by b;\r\n\tTue, 24 Nov 2026 09:00:00 +0000\r\n", received)) + "Subject: x\r\n\r\nbody";

        Assert.Equal(isLoop, Inspect(header).IsLoop);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void A_few_traces_of_our_own_are_a_loop(int traces, bool isLoop)
    {
        var header = string.Concat(Enumerable.Repeat($"x-inspection-trace: {Us}; message=1\r\n", traces)) + "\r\n";

        Assert.Equal(isLoop, Inspect(header).IsLoop);
    }

    [Theory]
    [InlineData("X-Inspection-Trace: other.test; message=1\r\n")]
    [InlineData("X-Inspection-Trace:\r\n")]
    [InlineData("X-Inspection-Traces: mx.platform.test; message=1\r\n")]
    [InlineData("Subject: x\r\n X-Inspection-Trace: mx.platform.test\r\n")]
    [InlineData(" Received: folded into nothing\r\n")]
    public void What_only_looks_like_a_trace_does_not_count(string line)
    {
        var finding = Inspect(string.Concat(Enumerable.Repeat(line, 60)));

        Assert.Equal(new LoopFinding(0, 0), finding);
    }

    [Theory]
    [InlineData("Received : a\r\nReceived:\r\n b\r\n", 2)]
    [InlineData("Received: a\nreceived: b\n\nReceived: c\n", 2)]
    [InlineData("no field at all\r\nReceived: a", 1)]
    public void Fields_are_read_as_leniently_as_mail_readers_do(string header, int received)
    {
        Assert.Equal(received, Inspect(header).Received);
    }

    [Fact]
    public void The_body_never_counts()
    {
        Prop.ForAll<byte[]>(body =>
        {
            byte[] message = [.. "Received: from a by b\r\n\r\n"u8, .. body, .. "\r\nReceived: x\r\n"u8];
            return LoopGuard.Inspect(message, Us).Received == 1;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_bytes_break_it()
    {
        Prop.ForAll<byte[]>(bytes => LoopGuard.Inspect(bytes, Us).Received <= bytes.Length).QuickCheckThrowOnFailure();
    }

    private static LoopFinding Inspect(string header) => LoopGuard.Inspect(Encoding.Latin1.GetBytes(header), Us);
}
