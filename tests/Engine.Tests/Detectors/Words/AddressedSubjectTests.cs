using Platform.Engine.Detectors.Words;

namespace Platform.Engine.Tests.Detectors.Words;

public sealed class AddressedSubjectTests
{
    [Theory]
    [InlineData("info@acme.test: final notice")]
    [InlineData("A gift for INFO@ACME.TEST")]
    public void The_readers_address_in_the_subject_is_seen(string subject)
    {
        Assert.Equal(["subject-carries-recipient"], new TestMail { Subject = subject }.SignsOf(new AddressedSubject()));
    }

    [Theory]
    [InlineData("taro@partner.example", "Minutes for taro@partner.example", "X-Other: 1")]
    [InlineData("hanako@acme.test", "New mailbox info@acme.test", "X-Other: 1")]
    [InlineData("taro@partner.example", "Re: info@acme.test", "In-Reply-To: <1@acme.test>")]
    public void Other_addresses_own_mail_and_replies_pass(string from, string subject, string header)
    {
        Assert.Empty(new TestMail { From = from, Subject = subject, Headers = [header] }.SignsOf(new AddressedSubject()));
    }
}
