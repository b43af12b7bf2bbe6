using System.Text;
using Platform.Engine.Authentication;

namespace Platform.Engine.Tests.Authentication;

public sealed class RawMessageTests
{
    [Fact]
    public void Fields_keep_their_exact_octets()
    {
        var message = Read("From: a@b.test\r\nSubject :  one\r\n\ttwo\r\n\r\nbody\r\n");

        Assert.Equal(["From: a@b.test\r\n", "Subject :  one\r\n\ttwo\r\n"], message.Fields.Select(field => Text(field.Octets)));
        Assert.Equal(["From", "Subject"], message.Fields.Select(field => field.Name));
        Assert.Equal("  one\r\n\ttwo\r\n", Text(message.Fields[1].Value));
        Assert.Equal("one\ttwo", message.Fields[1].Text);
        Assert.Equal("body\r\n", Text(message.Body));
    }

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("\r\n", 0, "")]
    [InlineData("\r\nbody", 0, "body")]
    [InlineData("From: a", 1, "")]
    [InlineData("From: a\r\n", 1, "")]
    [InlineData("From: a\r\n\r\n", 1, "")]
    [InlineData(" continued of nothing\r\nFrom: a\r\n\r\nx", 2, "x")]
    public void Any_octets_give_a_message(string octets, int fields, string body)
    {
        var message = Read(octets);

        Assert.Equal(fields, message.Fields.Count);
        Assert.Equal(body, Text(message.Body));
    }

    [Theory]
    [InlineData("From nobody Mon\r\n")]
    [InlineData("no colon\r\n")]
    [InlineData(": no name\r\n")]
    [InlineData("two words: x\r\n")]
    [InlineData("Fr\u00f6m: x\r\n")]
    public void What_is_no_field_has_no_name_and_does_not_end_the_header(string line)
    {
        var message = Read(line + "From: a@b.test\r\n\r\nbody");

        Assert.Equal(["", "From"], message.Fields.Select(field => field.Name));
        Assert.Equal("body", Text(message.Body));
    }

    [Fact]
    public void Names_are_found_without_regard_to_case_from_the_top_down()
    {
        var message = Read("TO: 1\r\nFrom: 2\r\nto: 3\r\n\r\n");

        Assert.Equal([0, 2], message.IndicesOf("To"));
        Assert.Equal(["1", "3"], message.Named("tO").Select(field => field.Text));
        Assert.Empty(message.IndicesOf("Cc"));
    }

    [Fact]
    public void A_file_with_LF_alone_is_read_as_if_each_were_CRLF()
    {
        var message = Read("From: a\nTo: b\r\n\none\ntwo\r\nthree");

        Assert.Equal("From: a\r\nTo: b\r\n\r\none\r\ntwo\r\nthree", Text(message.Octets));
        Assert.Equal("one\r\ntwo\r\nthree", Text(message.Body));
    }

    [Fact]
    public void A_LF_alone_among_CRLF_ends_a_field_and_stays_in_the_body()
    {
        var message = Read("From: a\r\nSubject: x\nBcc: y\r\n\r\none\ntwo");

        Assert.Equal(["From", "Subject", "Bcc"], message.Fields.Select(field => field.Name));
        Assert.Equal("one\ntwo", Text(message.Body));
    }

    [Fact]
    public void Octets_with_CRLF_are_not_copied()
    {
        var octets = Encoding.ASCII.GetBytes("From: a\r\n\r\nbody");

        Assert.True(RawMessage.Read(octets).Octets.Equals(octets.AsMemory()));
    }

    [Fact]
    public void A_header_beyond_the_bounds_is_cut()
    {
        Assert.True(Read(string.Concat(Enumerable.Repeat("A: b\r\n", RawMessage.MaxFields + 1)) + "\r\n").IsCut);
        Assert.True(Read("A: " + new string('b', RawMessage.MaxHeaderLength) + "\r\n\r\n").IsCut);
        Assert.False(Read(string.Concat(Enumerable.Repeat("A: b\r\n", RawMessage.MaxFields - 1)) + "\r\n").IsCut);
    }

    private static RawMessage Read(string octets) => RawMessage.Read(Encoding.Latin1.GetBytes(octets));

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.Latin1.GetString(octets.Span);
}
