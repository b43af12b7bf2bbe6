using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;

namespace Platform.EndToEnd.Tests.MainJob;

[Collection(RunningProductCollection.Name)]
public sealed class RefusalTests(ProductFixture fixture)
{
    [Theory]
    [InlineData("nobody-of-that-name@acme.test", 550, "5.1.1")]
    [InlineData("someone@elsewhere.example", 550, "5.7.1")]
    public async Task A_recipient_that_is_not_ours_is_refused_in_the_session(string recipient, int code, string status)
    {
        var record = await fixture.SendAsync(PeerMail.All[0].To("refused@partner.example", recipient), TestContext.Current.CancellationToken);

        Assert.Equal((SendOutcome.Refused, code), (record.Outcome, record.Code));
        Assert.StartsWith(status, record.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_with_a_bare_line_feed_is_refused_and_leaves_nothing()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var mail = new OutgoingMail("bare-lf@partner.example", "mika@partner.example", ["info@acme.test"],
            "From: mika@partner.example\r\nMessage-ID: <bare-lf@partner.example>\r\n\r\none\ntwo\r\n"u8.ToArray(), Hostile: false);

        var record = await fixture.SendAsync(mail, cancellationToken);

        Assert.True(record.Outcome == SendOutcome.Refused && record.Code >= 500, $"{record.Outcome} {record.Code} {record.Text}");
        Assert.Empty((await fixture.Acme.ByMessageIdAsync(cancellationToken))[mail.Id]);
    }
}
