using Platform.Engine.Tracking;

namespace Platform.Engine.Tests.Tracking;

public sealed class OpenGradingTests
{
    private static readonly TimeSpan s_later = TimeSpan.FromHours(2);

    [Fact]
    public void The_reader_is_sure() => Assert.Equal((OpenGrade.Person, "reader"), Of(new OpenRequest(), NetworkKind.Hosting, TimeSpan.Zero, target: OpenTarget.Reader));

    [Fact]
    public void A_browser_that_shows_the_picture_is_a_person() => Assert.Equal((OpenGrade.Person, "browser"), Of(Asked.ByBrowser()));

    [Theory]
    [InlineData(Asked.Outlook)]
    [InlineData(Asked.AppleMail)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.3")]
    public void A_mail_program_that_shows_the_picture_is_a_person(string agent) => Assert.Equal((OpenGrade.Person, "mail-program"), Of(Asked.By(agent)));

    [Theory]
    [InlineData(NetworkKind.Google, 7_200, OpenGrade.Person, "gmail-proxy")]
    [InlineData(NetworkKind.Google, 5, OpenGrade.Unknown, "soon")]
    [InlineData(NetworkKind.Unknown, 7_200, OpenGrade.Unknown, "proxy-unproven")]
    [InlineData(NetworkKind.Access, 7_200, OpenGrade.Machine, "false-proxy")]
    [InlineData(NetworkKind.Hosting, 7_200, OpenGrade.Machine, "false-proxy")]
    public void Gmails_proxy_asks_when_its_person_opens_where_it_is_googles(NetworkKind network, int seconds, OpenGrade grade, string reason) =>
        Assert.Equal((grade, reason), Of(new OpenRequest { Agent = Asked.Gmail }, network, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void The_place_of_a_proxy_is_nobodys()
    {
        Assert.True(OpenGrading.Grade(OpenTarget.Picture, new OpenRequest { Agent = Asked.Gmail }, NetworkKind.Google, s_later, OpenCompany.None).IsByProxy);
        Assert.False(OpenGrading.Grade(OpenTarget.Picture, Asked.ByBrowser(), NetworkKind.Access, s_later, OpenCompany.None).IsByProxy);
    }

    [Fact]
    public void Apples_protection_says_nothing_of_a_person() => Assert.Equal((OpenGrade.Machine, "apple-privacy"), Of(Asked.By("Mozilla/5.0")));

    [Fact]
    public void Yahoos_proxy_is_undecided() => Assert.Equal((OpenGrade.Unknown, "yahoo-proxy"), Of(new OpenRequest { Agent = "YahooMailProxy; https://help.yahoo.com" }));

    public static TheoryData<OpenRequest, string> Machines => new()
    {
        { Asked.ByBrowser() with { IsHead = true }, "head" },
        { Asked.ByBrowser() with { Purpose = "prefetch;prerender" }, "prefetch" },
        { Asked.ByBrowser() with { Via = "1.1 gw.mimecast.example" }, "scanner-network" },
        { Asked.ByBrowser() with { Agent = "curl/8.5.0" }, "program" },
        { Asked.ByBrowser() with { Brands = "\"HeadlessChrome\";v=\"131\"" }, "program" },
        { Asked.ByBrowser() with { Agent = "" }, "no-agent" },
        { Asked.ByBrowser() with { Destination = "document", Mode = "navigate" }, "not-as-picture" },
        { Asked.ByBrowser() with { Site = "none" }, "not-as-picture" },
        { Asked.ByBrowser() with { Accept = "text/html,image/avif,*/*" }, "not-as-picture" },
        { Asked.ByBrowser() with { IsReferredByItself = true }, "not-as-picture" },
        { Asked.ByBrowser() with { Accept = "*/*" }, "false-browser" },
        { Asked.ByBrowser() with { Languages = "" }, "false-browser" },
    };

    [Theory]
    [MemberData(nameof(Machines), DisableDiscoveryEnumeration = true)]
    public void One_sign_of_a_machine_is_enough(OpenRequest request, string reason) => Assert.Equal((OpenGrade.Machine, reason), Of(request));

    [Theory]
    [InlineData(NetworkKind.Scanner, 7_200, OpenGrade.Machine, "scanner-network")]
    [InlineData(NetworkKind.Hosting, 60, OpenGrade.Machine, "hosting")]
    [InlineData(NetworkKind.Hosting, 7_200, OpenGrade.Unknown, "hosting-later")]
    [InlineData(NetworkKind.Microsoft, 60, OpenGrade.Machine, "microsoft-prefetch")]
    [InlineData(NetworkKind.Microsoft, 7_200, OpenGrade.Unknown, "hosting-later")]
    [InlineData(NetworkKind.Apple, 7_200, OpenGrade.Unknown, "hosting-later")]
    [InlineData(NetworkKind.Unknown, 7_200, OpenGrade.Unknown, "network-unknown")]
    [InlineData(NetworkKind.Access, -5, OpenGrade.Machine, "at-delivery")]
    [InlineData(NetworkKind.Access, 1, OpenGrade.Machine, "at-delivery")]
    [InlineData(NetworkKind.Access, 59, OpenGrade.Unknown, "soon")]
    [InlineData(NetworkKind.Access, 60, OpenGrade.Person, "browser")]
    public void Network_and_time_are_told(NetworkKind network, int seconds, OpenGrade grade, string reason) => Assert.Equal((grade, reason), Of(Asked.ByBrowser(), network, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Servers_that_do_not_ask_as_a_browser_are_machines_however_late() => Assert.Equal((OpenGrade.Machine, "hosting"), Of(Asked.ByBrowser() with { Destination = "", Mode = "" }, NetworkKind.Hosting));

    [Theory]
    [InlineData(0, true, false, OpenGrade.Machine, "all-at-once")]
    [InlineData(0, false, true, OpenGrade.Machine, "asked-before")]
    [InlineData(3, false, false, OpenGrade.Machine, "burst")]
    [InlineData(1, false, false, OpenGrade.Unknown, "company")]
    public void What_happens_around_it_counts(int others, bool atOnce, bool before, OpenGrade grade, string reason) =>
        Assert.Equal((grade, reason), Of(Asked.ByBrowser(), company: new OpenCompany(others, atOnce, before)));

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Something)", "agent-unknown")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "bare")]
    public void A_doubt_is_unknown(string agent, string reason) => Assert.Equal((OpenGrade.Unknown, reason), Of(Asked.By(agent)));

    [Fact]
    public void A_link_is_opened_as_a_page()
    {
        var click = Asked.ByBrowser() with { Accept = "text/html,application/xhtml+xml,*/*;q=0.8", Destination = "document", Mode = "navigate" };

        Assert.Equal((OpenGrade.Person, "browser"), Of(click, target: OpenTarget.Link));
        Assert.Equal((OpenGrade.Machine, "false-browser"), Of(Asked.ByBrowser(), target: OpenTarget.Link));
    }

    [Fact]
    public void Every_reason_has_a_sentence_in_both_languages() => Assert.All(
        OpenReasons.All,
        reason => Assert.All(["ja", "en"], language => Assert.NotEqual(reason, OpenText.Reason(reason, System.Globalization.CultureInfo.GetCultureInfo(language)))));

    private static (OpenGrade Grade, string Reason) Of(
        OpenRequest request, NetworkKind network = NetworkKind.Access, TimeSpan? after = null, OpenCompany? company = null, OpenTarget target = OpenTarget.Picture) =>
        OpenGrading.Grade(target, request, network, after ?? s_later, company ?? OpenCompany.None) is var graded ? (graded.Grade, graded.Reason) : default;
}
