using Platform.Engine.Detectors.LinkTargets;

namespace Platform.Engine.Tests.Detectors.LinkTargets;

public sealed class ConsentRequestTests
{
    private const string Microsoft = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=7c1a&amp;response_type=code";
    private const string Google = "https://accounts.google.com/o/oauth2/v2/auth?client_id=1-x&amp;response_type=code";

    [Theory]
    [InlineData(Microsoft + "&amp;redirect_uri=https%3A%2F%2Fpartner.example%2Fcb&amp;scope=offline_access%20Mail.ReadWrite%20Files.ReadWrite.All", "link-consent-request")]
    [InlineData(Microsoft + "&amp;scope=https%3A%2F%2Fgraph.microsoft.com%2F.default", "link-consent-request")]
    [InlineData(Google + "&amp;redirect_uri=https://partner.example/cb&amp;scope=https://mail.google.com/", "link-consent-request")]
    [InlineData(Google + "&amp;redirect_uri=https://trap.test/cb&amp;scope=openid+email", "link-consent-redirect")]
    [InlineData(Microsoft + "&amp;prompt=none&amp;redirect_uri=https%3A%2F%2Ftrap.test%2Fa&amp;scope=invalid", "link-consent-redirect")]
    public void A_link_that_lets_a_program_in_or_hands_on_is_seen(string link, string sign) => Assert.Equal([sign], Signs(link));

    [Fact]
    public void It_is_seen_within_the_wrapper_of_a_mail_filter() =>
        Assert.Equal(["link-consent-request"], Signs($"https://eur01.safelinks.protection.outlook.com/?url={Uri.EscapeDataString("https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=1&scope=Mail.Read")}"));

    [Theory]
    [InlineData(Microsoft + "&amp;redirect_uri=https%3A%2F%2Fpartner.example%2Fcb&amp;scope=openid%20profile%20offline_access")]
    [InlineData(Microsoft + "&amp;redirect_uri=https%3A%2F%2Fportal.acme.test%2Fcb&amp;scope=openid")]
    [InlineData(Microsoft + "&amp;redirect_uri=https%3A%2F%2Fwww.office.com%2F&amp;scope=openid")]
    [InlineData("https://login.microsoftonline.com/")]
    [InlineData("https://partner.example/oauth2/authorize?client_id=1&amp;scope=mail.read")]
    public void Signing_in_alone_passes(string link) => Assert.Empty(Signs(link));

    private static IReadOnlyList<string> Signs(string link) => new TestMail { Html = $"<a href=\"{link}\">Open the workbook</a>" }.SignsOf(new ConsentRequest());
}
