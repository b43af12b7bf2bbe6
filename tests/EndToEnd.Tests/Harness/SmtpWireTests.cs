using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Benchmarks.Load;

namespace Platform.EndToEnd.Tests.Harness;

public sealed class SmtpWireTests
{
    [Theory]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData("", ".\r\n")]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("a\r\n.b\r\n..\r\n", "a\r\n..b\r\n...\r\n.\r\n")]
    [InlineData("a.\r\n", "a.\r\n.\r\n")]
    public void Lines_that_begin_with_a_dot_are_stuffed_and_the_final_dot_closes(string message, string wire) =>
        Assert.Equal(wire, Encoding.ASCII.GetString(SmtpWire.Stuff(Encoding.ASCII.GetBytes(message))));

    [Fact]
    public void Unstuffing_gives_back_any_message_of_lines() =>
        Prop.ForAll<string[]>(texts =>
        {
            var lines = texts.Select(t => string.Concat((t ?? "").Where(c => c is not '\r' and not '\n' and < (char)128))).ToList();
            var message = string.Concat(lines.Select(l => l + "\r\n"));
            var wire = Encoding.ASCII.GetString(SmtpWire.Stuff(Encoding.ASCII.GetBytes(message)));
            var received = wire[..^3].Split("\r\n").SkipLast(1).Select(l => l.StartsWith('.') ? l[1..] : l);
            return wire.EndsWith(".\r\n", StringComparison.Ordinal) && received.SequenceEqual(lines);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_reply_of_several_lines_is_read_as_one()
    {
        await using var server = new ScriptedServer("220 ready\r\n", "250-first\r\n250-second\r\n250 third\r\n");
        await using var wire = await SmtpWire.ConnectAsync(server.Address, TestContext.Current.CancellationToken);

        var reply = await wire.GreetAsync("client.example", TestContext.Current.CancellationToken);

        Assert.Equal(new SmtpReply(250, "first\nsecond\nthird"), reply);
    }
}
