using System.Text;

namespace Platform.Engine.Tests.Mail;

public sealed class YEncTests
{
    private static readonly byte[] Program = [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF, 214, 227, 224, 19];

    [Fact]
    public void A_file_in_yEnc_is_taken_out_of_text()
    {
        var message = Mails.Read(Mail(Encode(Program), Program.Length));
        var leaf = Assert.Single(message.Leaves, l => l.FileName == "tool.exe");
        Assert.Equal(Program, leaf.Content.ToArray());
        Assert.Contains("yencoded-text", message.NoteIds());
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Another_size_than_told_is_noted(int told) =>
        Assert.Contains("incomplete-yenc", Mails.Read(Mail(Encode(Program), told)).NoteIds());

    [Theory]
    [InlineData("=ybegin line=128\r\nabc\r\n=yend\r\n")]
    [InlineData("see =ybegin line=128 size=3 name=a\r\nabc\r\n=yend size=3\r\n")]
    public void Text_that_only_looks_like_it_stays_text(string body) =>
        Assert.Single(Mails.Read(Encoding.Latin1.GetBytes($"From: a@b.test\r\n\r\n{body}")).Leaves);

    private static byte[] Mail(string encoded, int size) =>
        Encoding.Latin1.GetBytes($"From: a@b.test\r\n\r\nlook\r\n=ybegin line=128 size={Program.Length} name=tool.exe\r\n{encoded}\r\n=yend size={size}\r\n");

    private static string Encode(byte[] content)
    {
        var text = new StringBuilder();
        foreach (var octet in content)
        {
            var raised = (char)(byte)(octet + 42);
            if (raised is '\0' or '\n' or '\r' or '=')
                text.Append('=').Append((char)(byte)(raised + 64));
            else
                text.Append(raised);
        }

        return text.ToString();
    }
}
