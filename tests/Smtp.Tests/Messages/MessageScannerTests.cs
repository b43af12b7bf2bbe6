using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Smtp.Messages;

namespace Platform.Smtp.Tests.Messages;

public sealed class MessageScannerTests
{
    [Theory]
    [InlineData(".\r\n", "")]
    [InlineData("a\r\n.\r\n", "a\r\n")]
    [InlineData("..\r\n.\r\n", ".\r\n")]
    [InlineData("..a\r\n...\r\n.\r\n", ".a\r\n..\r\n")]
    [InlineData(".a\r\n.\r\n", "a\r\n")]
    [InlineData("a.\r\n.\r\n", "a.\r\n")]
    [InlineData("\r\n\r\n.\r\n", "\r\n\r\n")]
    public void Dots_are_unstuffed_and_the_end_is_found(string sent, string content)
    {
        var result = Scan(sent, isDotted: true);

        Assert.Equal(new Scanned(content, LineFault.None, true, 0), result);
    }

    [Theory]
    [InlineData(".\r\n")]
    [InlineData("..\r\n")]
    [InlineData("a\r\n.\r\nb")]
    public void In_chunks_a_dot_is_a_dot(string sent)
    {
        Assert.Equal(new Scanned(sent, LineFault.None, false, 0), Scan(sent, isDotted: false));
    }

    [Theory]
    [InlineData("a\nb", nameof(LineFault.BareLf))]
    [InlineData("\n", nameof(LineFault.BareLf))]
    [InlineData("a\r\n\nb", nameof(LineFault.BareLf))]
    [InlineData("a\rb", nameof(LineFault.BareCr))]
    [InlineData("a\r\r\n", nameof(LineFault.BareCr))]
    [InlineData("\r.", nameof(LineFault.BareCr))]
    [InlineData("a\0b", nameof(LineFault.Nul))]
    [InlineData("\0", nameof(LineFault.Nul))]
    public void A_broken_line_is_noted(string sent, string fault)
    {
        Assert.Equal(fault, Scan(sent, isDotted: true).Fault.ToString());
    }

    [Fact]
    public void Chunks_that_stop_behind_a_CR_have_a_bare_one()
    {
        var scanner = new MessageScanner(isDotted: false, 1000);
        scanner.Next("a\r"u8);

        scanner.EndOfChunks();

        Assert.Equal(LineFault.BareCr, scanner.Fault);
    }

    [Theory]
    [InlineData(998, nameof(LineFault.None))]
    [InlineData(999, nameof(LineFault.TooLong))]
    public void A_line_has_its_bound(int octets, string fault)
    {
        Assert.Equal(fault, Scan(new string('a', octets) + "\r\n" + new string('b', octets) + "\r\n", isDotted: true).Fault.ToString());
    }

    [Fact]
    public void What_follows_the_end_is_left() => Assert.Equal(4, Scan("a\r\n.\r\nQUIT", isDotted: true).Left);

    [Fact]
    public void It_agrees_with_a_plain_reading_however_the_bytes_are_cut() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000),
            Prop.ForAll(
                Gen.Elements("\r", "\n", "\r\n", ".", "\0", "a", "bc", "\r\n.\r\n").ArrayOf().Select(string.Concat).Zip(Gen.Choose(1, 6)).Zip(Gen.Elements(true, false)).ToArbitrary(),
                c => Scan(c.Item1.Item1, c.Item2, c.Item1.Item2) == PlainReading(c.Item1.Item1, c.Item2)));

    /// <summary>The rule as the RFC words it, octet by octet with look-back; content is only compared while there is no fault.</summary>
    private static Scanned PlainReading(string sent, bool isDotted)
    {
        var end = isDotted ? ("\r\n" + sent).IndexOf("\r\n.\r\n", StringComparison.Ordinal) : -1;
        var message = end < 0 ? sent : sent[..end];
        var consumed = end < 0 ? sent.Length : end + 3;
        var fault = LineFault.None;
        for (var i = 0; i < message.Length && fault == LineFault.None; i++)
            fault = message[i] switch
            {
                '\0' => LineFault.Nul,
                '\n' when i == 0 || message[i - 1] != '\r' => LineFault.BareLf,
                '\r' when i + 1 < sent.Length && sent[i + 1] != '\n' => LineFault.BareCr,
                _ => LineFault.None,
            };
        if (isDotted)
            message = ("\r\n" + message).Replace("\r\n.", "\r\n", StringComparison.Ordinal)[2..];
        return new Scanned(fault == LineFault.None && (end >= 0 || !isDotted) ? message : "", fault, end >= 0, sent.Length - consumed);
    }

    private static Scanned Scan(string sent, bool isDotted, int blockLength = int.MaxValue)
    {
        var scanner = new MessageScanner(isDotted, 1000);
        var octets = Encoding.Latin1.GetBytes(sent);
        var content = new StringBuilder();
        var position = 0;
        while (position < octets.Length && !scanner.HasEnded)
        {
            var block = octets.AsSpan(position, Math.Min(blockLength, octets.Length - position));
            var step = scanner.Next(block);
            content.Append(Encoding.Latin1.GetString(block.Slice(step.Start, step.Length)));
            position += step.Consumed;
        }

        var isWhole = scanner.Fault == LineFault.None && (scanner.HasEnded || !isDotted);
        return new Scanned(isWhole ? content.ToString() : "", scanner.Fault, scanner.HasEnded, octets.Length - position);
    }

    private sealed record Scanned(string Content, LineFault Fault, bool HasEnded, int Left);
}
