using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class BorrowedOfficeTests
{
    [Theory]
    [InlineData("IT Support <it.support.77@gmail.com>")]
    [InlineData("\"社長 山本\" <y@gmail.com>")]
    [InlineData("\"Jane Doe, CEO\" <jane77@gmail.com>")]
    [InlineData("Central Bank <officer@aol.com>")]
    [InlineData("\"お客様センター\" <x@yahoo.co.jp>")]
    [InlineData("\"국세청\" <x@naver.com>")]
    public void An_office_in_a_free_mailbox_is_seen(string from)
    {
        Assert.Equal(["free-mail-organisation"], new TestMail { From = from }.SignsOf(new BorrowedOffice()));
    }

    [Theory]
    [InlineData("Taro Yamada <taro@gmail.com>")]
    [InlineData("IT Support <support@partner.example>")]
    [InlineData("taro@gmail.com")]
    public void People_in_free_mailboxes_and_offices_at_home_pass(string from)
    {
        Assert.Empty(new TestMail { From = from }.SignsOf(new BorrowedOffice()));
    }

    [Fact]
    public void A_mail_to_nobody_is_seen()
    {
        Assert.Equal(["undisclosed-recipients"], new TestMail { To = null }.SignsOf(new BorrowedOffice()));
    }

    [Fact]
    public void Bulk_mail_to_nobody_passes()
    {
        Assert.Empty(new TestMail { To = null, Headers = ["List-Unsubscribe: <https://news.example/u>"] }.SignsOf(new BorrowedOffice()));
    }
}
