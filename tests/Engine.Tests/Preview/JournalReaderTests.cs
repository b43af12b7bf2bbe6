using System.Text;
using Platform.Engine.Preview;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Preview;

public sealed class JournalReaderTests
{
    private const string Inner = "From: sender@x.test\nTo: group@acme.test\nSubject: the mail\nX-Odd :  spaced \nContent-Type: multipart/mixed; boundary=in\n\n--in\n\nbody =41\n--in--\n";

    [Fact]
    public void The_journaled_message_is_given_back_byte_for_byte()
    {
        var report = Read(Report("Sender: sender@x.test\nSubject: the mail\nMessage-Id: <1@x.test>\nTo: a@acme.test\n"));
        Assert.True(report.IsReport);
        Assert.Equal(Mails.Bytes(Inner), report.Message.ToArray());
    }

    [Theory]
    [InlineData("To: a@acme.test", "a@acme.test")]
    [InlineData("To: a@acme.test\nCc: b@acme.test\nBcc: c@acme.test\nRecipient: d@acme.test", "a@acme.test b@acme.test c@acme.test d@acme.test")]
    [InlineData("To: a@acme.test, Expanded: group@acme.test", "a@acme.test")]
    [InlineData("Recipient: a@acme.test, Forwarded: b@acme.test", "a@acme.test")]
    [InlineData("To: A Person <a@acme.test>", "a@acme.test")]
    [InlineData("To: a@acme.test\nCc: A@acme.test", "a@acme.test")]
    public void Recipients_are_those_of_the_report(string lines, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(Report($"Sender: s@x.test\nSubject: x\nMessage-Id: <1@x>\n{lines}\n")).Recipients));

    [Theory]
    [InlineData("Sender: s@x.test", "s@x.test")]
    [InlineData("Sender: A Sender <s@x.test>", "s@x.test")]
    [InlineData("Sender: <>", null)]
    public void The_sender_is_that_of_the_report(string line, string? expected) =>
        Assert.Equal(expected, Read(Report($"{line}\nSubject: x\nMessage-Id: <1@x>\nTo: a@acme.test\n")).Sender);

    [Fact]
    public void A_quoted_printable_report_in_another_charset_is_read()
    {
        var report = Read(Report("Sender: s@x.test\nSubject: =8Eq\nMessage-Id: <1=40x>\nTo: a=40acme.test\n", "Content-Type: text/plain; charset=shift_jis\nContent-Transfer-Encoding: quoted-printable\n"));
        Assert.Equal("a@acme.test", report.Recipients.Single());
    }

    [Theory]
    [InlineData("From: a@b.test\nSubject: x\n\nSender: not a report\n")]
    [InlineData("From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nPlease see the attached mail.\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nbody\n--b--\n")]
    [InlineData("From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSender: s@x.test\nMessage-Id: <1>\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nbody\n--b--\n")]
    [InlineData("From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSender: s@x.test\nMessage-Id: <1>\nTo: a@acme.test\n--b\nContent-Type: text/plain\n\nno message\n--b--\n")]
    [InlineData("")]
    public void What_is_no_report_is_given_back_as_it_is(string text)
    {
        var report = Read(Mails.Bytes(text));
        Assert.False(report.IsReport);
        Assert.Equal(Mails.Bytes(text), report.Message.ToArray());
    }

    private static byte[] Report(string lines, string partFields = "Content-Type: text/plain; charset=us-ascii\n") => Encoding.Latin1.GetBytes(
        ($"From: journal@acme.test\nTo: archive@acme.test\nX-MS-Journal-Report:\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"_jr_\"\n\n--_jr_\n{partFields}\n{lines}\n--_jr_\nContent-Type: message/rfc822\n\n{Inner}\n--_jr_--\n")
            .ReplaceLineEndings("\r\n"));

    private static JournalReport Read(byte[] message) => new JournalReader().Read(message, ScanLimits.Default, TestContext.Current.CancellationToken);
}
