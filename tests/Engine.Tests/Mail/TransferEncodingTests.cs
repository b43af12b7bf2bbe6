using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Tests.Mail;

public sealed class TransferEncodingTests
{
    [Theory]
    [InlineData("aGVsbG8=", "hello", false)]
    [InlineData("aGVs\r\nbG8=\r\n", "hello", false)]
    [InlineData("aGVs!!bG8=", "hello", true)]
    [InlineData("aGVsbG8", "hello", true)]
    [InlineData("aGVsbG8=aGVsbG8=", "hellohello", true)]
    [InlineData("", "", false)]
    public void Base64(string text, string expected, bool defective)
    {
        var decoded = Platform.Engine.Mail.Content.Base64.Decode(Encoding.ASCII.GetBytes(text), int.MaxValue, out var defects);
        Assert.Equal((expected, defective), (Encoding.ASCII.GetString(decoded), defects.Any));
    }

    [Fact]
    public void Base64_gives_back_any_octets() => Prop.ForAll<byte[]>(octets =>
        Platform.Engine.Mail.Content.Base64.Decode(Encoding.ASCII.GetBytes(Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks)), int.MaxValue, out var defects)
            .AsSpan().SequenceEqual(octets) && !defects.Any).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a=3Db", "a=b", false)]
    [InlineData("a=\r\nb", "ab", false)]
    [InlineData("a= \t\r\nb", "ab", false)]
    [InlineData("a=\nb", "ab", false)]
    [InlineData("=e3=81=82", "\u00e3\u0081\u0082", false)]
    [InlineData("a=zz", "a=zz", true)]
    [InlineData("a=4", "a=4", true)]
    [InlineData("a=", "a", false)]
    public void Quoted_printable(string text, string expected, bool broken)
    {
        var decoded = QuotedPrintable.Decode(Encoding.ASCII.GetBytes(text), int.MaxValue, out var isBroken);
        Assert.Equal((expected, broken), (Encoding.Latin1.GetString(decoded), isBroken));
    }

    [Fact]
    public void The_output_of_a_decoding_is_bounded() =>
        Assert.Equal(10, Platform.Engine.Mail.Content.Base64.Decode(new byte[1_000].Select(_ => (byte)'A').ToArray(), 10, out _).Length);

    [Fact]
    public void A_uuencoded_file_in_a_text_body_is_an_attachment()
    {
        var message = Mails.Read("From: a@b.test\n\nlook:\nbegin 644 cat.txt\n#0V%T\n`\nend\nbye\n");
        var file = Assert.Single(message.Attachments);
        Assert.Equal(("cat.txt", "Cat"), (file.FileName, Encoding.ASCII.GetString(file.Content.Span)));
    }

    [Fact]
    public void A_sentence_that_starts_with_begin_is_no_file() =>
        Assert.Empty(Mails.Read("From: a@b.test\n\nbegin 100 things today\nand more\n").Attachments);

    [Theory]
    [InlineData("Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 7bit", "duplicate-transfer-encoding")]
    [InlineData("Content-Transfer-Encoding: x-base64", "bad-transfer-encoding")]
    [InlineData("Content-Transfer-Encoding: \"base64\"", "bad-transfer-encoding")]
    [InlineData("Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64", "duplicate-transfer-encoding")]
    public void A_doubtful_encoding_is_noted_and_decoded_both_ways(string fields, string note)
    {
        var message = Mails.Read($"From: a@b.test\nContent-Type: application/octet-stream\n{fields}\n\naGVsbG8gd29ybGQ=\n");
        Assert.Contains(note, message.NoteIds());
        Assert.Contains(message.Leaves, l => Encoding.ASCII.GetString(l.Content.Span) == "hello world");
        Assert.Contains(message.Leaves, l => Encoding.ASCII.GetString(l.Content.Span).StartsWith("aGVsbG8", StringComparison.Ordinal));
    }
}
