using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class ThreadHijackTests
{
    [Theory]
    [InlineData("Re: invoice")]
    [InlineData("RE[2]: invoice")]
    [InlineData("返信: 請求書")]
    [InlineData("AW: Rechnung")]
    public void A_reply_to_nothing_is_seen(string subject)
    {
        Assert.Equal(["reply-without-thread"], new TestMail { Subject = subject }.SignsOf(new ThreadHijack()));
    }

    [Theory]
    [InlineData("Re: invoice", "In-Reply-To: <1@acme.test>")]
    [InlineData("Re: invoice", "References: <1@acme.test>")]
    [InlineData("Report: invoice", "X-Nothing: 1")]
    [InlineData("Real news", "X-Nothing: 1")]
    public void Real_replies_and_other_subjects_pass(string subject, string header)
    {
        Assert.Empty(new TestMail { Subject = subject, Headers = [header] }.SignsOf(new ThreadHijack()));
    }

    [Theory]
    [InlineData("From: Taro Yamada <taro@partner.example>\nTo: info@acme.test\n> the old text")]
    [InlineData("差出人: Taro Yamada <taro@partner.example>\n宛先: info@acme.test")]
    [InlineData("On Monday, Taro Yamada <taro@partner.example> wrote:\n> text")]
    public void History_with_another_address_of_the_same_name_is_seen(string quoted)
    {
        var mail = new TestMail { From = "Taro Yamada <taro@partner-mail.test>", Text = $"Please use the new account.\n\n{quoted}" };

        Assert.Equal(["quoted-history-mismatch"], mail.SignsOf(new ThreadHijack()));
    }

    [Theory]
    [InlineData("Taro Yamada <taro@partner.example>", "From: Taro Yamada <taro@mail.partner.example>\nold text")]
    [InlineData("Taro Yamada <taro@partner.example>", "From: Hanako Suzuki <hanako@acme.test>\nold text")]
    [InlineData("Taro Yamada <taro@gmail.com>", "From: Taro Yamada <taro@yahoo.co.jp>\nold text")]
    public void Honest_history_passes(string from, string quoted)
    {
        Assert.Empty(new TestMail { From = from, Text = quoted }.SignsOf(new ThreadHijack()));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("In-Reply-To: <1@acme.test>", false)]
    [InlineData("References: <1@acme.test>", false)]
    public void A_colleague_quoted_out_of_nowhere_is_seen(string header, bool seen)
    {
        var mail = new TestMail { Headers = header.Length > 0 ? [header] : [], Text = "Please process the payment today.\r\n\r\nFrom: Ichiro Sato <sato@acme.test>\r\nSubject: Re: Overdue\r\n\r\nI approve." };

        Assert.Equal(seen, mail.SignsOf(new ThreadHijack()).Contains("quoted-colleague"));
    }
}
