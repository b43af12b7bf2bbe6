using Platform.Engine.Detectors.Words;

namespace Platform.Engine.Tests.Detectors.Words;

public sealed class ServiceNoticeTests
{
    [Theory]
    [InlineData("This link only works for the direct recipients of this message.", 50)]
    [InlineData("佐藤さんが「契約書」のファイルを共有しました。このリンクは、このメッセージの受信者のみが利用できます。", 50)]
    [InlineData("Your teammates are trying to reach you. You have new messages in Teams. Reply in Teams.", 100)]
    [InlineData("팀 동료가 연락을 시도하고 있습니다. Teams에서 회신", 75)]
    [InlineData("Complete with DocuSign. This email contains a secure link to Docusign.", 75)]
    public void A_notice_of_a_service_over_a_strangers_link_is_seen(string text, int percent)
    {
        var mail = new TestMail { Html = $"<p>{text}</p><a href=\"https://partner.example/r\">Open</a>" };

        Assert.Equal(percent, Assert.Single(new ServiceNotice().Inspect(mail.ToInput())).Percent);
    }

    [Theory]
    [InlineData("noreply@email.teams.microsoft.com", "https://teams.microsoft.com/l/message/1", "")]
    [InlineData("x@partner.example", "https://contoso.sharepoint.com/:x:/s/1", "")]
    [InlineData("x@google.com", "https://docs.google.com/document/d/1", "")]
    [InlineData("x@partner.example", "https://partner.example/r", "In-Reply-To: <1@acme.test>")]
    [InlineData("it@acme.test", "https://intranet.acme.test/teams", "")]
    public void The_service_itself_answers_and_colleagues_pass(string from, string link, string header)
    {
        var mail = new TestMail { From = from, Headers = header.Length > 0 ? [header] : [], Html = $"<p>Reply in Teams. This link only works for the direct recipients of this message.</p><a href=\"{link}\">Open</a>" };

        Assert.Empty(mail.SignsOf(new ServiceNotice()));
    }
}
