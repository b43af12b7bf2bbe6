using Platform.Engine.Preview;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Preview;

public sealed class ForwardReaderTests
{
    private const string Inner = "From: bank@evil.test\nMessage-ID: <1@evil.test>\nSubject: x\nContent-Type: multipart/mixed; boundary=in\n\n--in\n\nbody =41\n--in--\n";

    [Theory]
    [InlineData("Content-Type: message/rfc822\n")]
    [InlineData("Content-Type: message/rfc822; name=\"x.eml\"\nContent-Disposition: attachment\n")]
    public void An_attached_mail_is_given_back_byte_for_byte(string fields)
    {
        var forwarded = Read($"From: me@acme.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nIs this real?\n--b\n{fields}\n{Inner}\n--b--\n");

        Assert.True(forwarded.IsAttached);
        Assert.Equal(Mails.Bytes(Inner), forwarded.Message.ToArray());
        Assert.Equal(["1@evil.test"], forwarded.Refers);
    }

    [Fact]
    public void Of_several_the_first_is_meant_and_not_what_lies_within_it()
    {
        var nested = $"Message-ID: <outer@x>\nContent-Type: multipart/mixed; boundary=n\n\n--n\nContent-Type: message/rfc822\n\n{Inner}\n--n--\n";

        Assert.Equal("outer@x", Read($"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n{nested}\n--b\nContent-Type: message/rfc822\n\n{Inner}\n--b--\n").Refers[0]);
    }

    [Fact]
    public void A_mail_that_is_quoted_is_named_by_what_the_carrying_mail_refers_to()
    {
        var forwarded = Read("From: me@acme.test\nIn-Reply-To: <2@x>\nReferences: <1@x> <2@x>\n\n> quoted\n");

        Assert.False(forwarded.IsAttached);
        Assert.Equal(["2@x", "1@x"], forwarded.Refers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no mail at all")]
    [InlineData("Content-Type: message/rfc822\n\n")]
    public void What_is_no_forwarded_mail_is_given_back_as_it_is(string text) => Assert.Empty(Read(text).Refers);

    private static ForwardedMail Read(string text) => new ForwardReader().Read(Mails.Bytes(text), ScanLimits.Default, TestContext.Current.CancellationToken);
}
