using System.Buffers;
using System.Text;
using Platform.Smtp.Sessions;

namespace Platform.Smtp.Tests;

public sealed class SmtpReplyTests
{
    [Fact]
    public void Several_lines_are_joined_by_hyphens()
    {
        Assert.Equal("550-5.7.1 one\r\n550 5.7.1 two\r\n", Write(new SmtpReply(550, "5.7.1", "one", "two")));
    }

    [Fact]
    public void Without_a_status_there_is_none() => Assert.Equal("354 go\r\n", Write(new SmtpReply(354, null, "go")));

    [Fact]
    public void Without_text_the_code_stands_alone() => Assert.Equal("250 2.0.0 \r\n", Write(new SmtpReply(250, "2.0.0")));

    [Fact]
    public void Text_cannot_forge_a_reply()
    {
        Assert.Equal("550 5.7.1 a??250 OK?\r\n", Write(new SmtpReply(550, "5.7.1", "a\r\n250 OKü")));
    }

    [Fact]
    public void A_line_is_cut_at_512_octets() => Assert.Equal(512, Write(new SmtpReply(250, null, new string('a', 1_000))).Length);

    [Theory]
    [InlineData(199)]
    [InlineData(600)]
    public void A_code_that_is_none_is_a_bug(int code) => Assert.Throws<ArgumentOutOfRangeException>(() => new SmtpReply(code, null, "x"));

    private static string Write(SmtpReply reply)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(ReplyWriter.Write(output, reply), output.WrittenCount);
        return Encoding.Latin1.GetString(output.WrittenSpan);
    }
}
