using System.Text;
using Platform.Feeds.Clamd;

namespace Platform.Feeds.Tests.Clamd;

public sealed class ClamdReplyTests
{
    [Theory]
    [InlineData("stream: OK\0", "Clean", "")]
    [InlineData("stream: Win.Test.Made-1 FOUND\0", "Found", "Win.Test.Made-1")]
    [InlineData("stream: Win.Test.Made-1 FOUND\n", "Found", "Win.Test.Made-1")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", "TooLarge", "the stream is longer than clamd takes")]
    [InlineData("stream: Can't allocate memory ERROR\0", "Error", "Can't allocate memory ERROR")]
    [InlineData("", "Error", "an empty reply")]
    public void A_reply_is_read(string reply, string result, string text)
    {
        Assert.Equal(new ClamdReply(Enum.Parse<ClamdResult>(result), text), ClamdReply.Parse(Encoding.ASCII.GetBytes(reply)));
    }

    [Theory]
    [InlineData("127.0.0.1:3311", true)]
    [InlineData("clamav:3310", true)]
    [InlineData("tcp://[::1]:3310", true)]
    [InlineData("unix:/run/clamav/clamd.ctl", true)]
    [InlineData("/run/clamav/clamd.ctl", true)]
    [InlineData("clamav:port", false)]
    [InlineData("unix:relative", false)]
    public void An_address_is_read(string text, bool good) => Assert.Equal(good, ClamdAddress.TryParse(text, out _));
}
