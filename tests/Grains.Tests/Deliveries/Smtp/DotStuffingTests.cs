using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Deliveries.Smtp;

namespace Platform.Grains.Tests.Deliveries.Smtp;

public sealed class DotStuffingTests
{
    [Theory]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData("", ".\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("a\r\n.b\r\n..\r\n", "a\r\n..b\r\n...\r\n.\r\n")]
    [InlineData("a.b\r\n\r\n.", "a.b\r\n\r\n..\r\n.\r\n")]
    public void Dots_at_line_starts_are_doubled_and_the_end_is_marked(string content, string wire)
    {
        Assert.Equal(wire, Stuff(content, 1_000));
    }

    [Theory]
    [InlineData("a\n.\r\nb")]
    [InlineData("a\r.\r\nb")]
    [InlineData("a\r\r\nb")]
    [InlineData("\n")]
    [InlineData("a\r")]
    public void A_bare_return_or_feed_is_never_sent(string content)
    {
        Assert.Throws<UnsendableContentException>(() => Stuff(content, 1_000));
    }

    [Fact]
    public void A_receiver_gets_back_what_was_sent_however_it_was_split()
    {
        var pieces = Gen.Elements("\r\n", ".", "a", "é", "\r\n.", "\r\n.\r\n");
        Prop.ForAll(pieces.ListOf().ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), (words, blockSize) =>
        {
            var content = string.Concat(words);
            var wire = Stuff(content, blockSize);
            return wire.EndsWith(".\r\n", StringComparison.Ordinal) && Unstuff(wire) == (content.Length == 0 || content.EndsWith("\r\n", StringComparison.Ordinal) ? content : content + "\r\n");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_end_of_data_never_stands_inside()
    {
        var pieces = Gen.Elements("\r\n", ".", "x", "\r\n.\r\nMAIL FROM:<a@b>\r\n");
        Prop.ForAll(pieces.ListOf().ToArbitrary(), words =>
            !("\r\n" + Stuff(string.Concat(words), 3)[..^3]).Contains("\r\n.\r\n", StringComparison.Ordinal)).QuickCheckThrowOnFailure();
    }

    private static string Stuff(string content, int blockSize)
    {
        var stuffing = new DotStuffing();
        var output = new ArrayBufferWriter<byte>();
        foreach (var block in Encoding.UTF8.GetBytes(content).Chunk(blockSize))
            stuffing.Write(block, output);
        stuffing.Finish(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Unstuff(string wire)
    {
        var lines = wire[..^3].Split("\r\n");
        return string.Join("\r\n", lines.Select(line => line.StartsWith('.') ? line[1..] : line));
    }
}
