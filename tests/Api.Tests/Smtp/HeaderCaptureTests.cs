using System.Text;
using Platform.Api.Smtp;

namespace Platform.Api.Tests.Smtp;

public sealed class HeaderCaptureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_header_ends_at_the_empty_line_however_the_message_is_cut(int piece)
    {
        var capture = new HeaderCapture();
        var message = Encoding.ASCII.GetBytes("A: 1\r\nB: 2\r\n\r\nReceived: not a header\r\n\r\nmore");

        foreach (var part in message.Chunk(piece))
            capture.Add(part);

        Assert.Equal("A: 1\r\nB: 2\r\n", Encoding.ASCII.GetString(capture.Bytes.Span));
    }

    [Fact]
    public void A_message_that_is_all_header_is_kept_up_to_the_bound()
    {
        var capture = new HeaderCapture();
        var piece = new byte[100_000];
        Array.Fill(piece, (byte)'x');

        for (var i = 0; i < 5; i++)
            capture.Add(piece);

        Assert.Equal(HeaderCapture.MaxBytes, capture.Bytes.Length);
    }
}
