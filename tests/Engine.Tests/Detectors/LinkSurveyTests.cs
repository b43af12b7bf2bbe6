using Platform.Engine.Detectors;
using Platform.Engine.Detectors.LinkTargets;
using Platform.Engine.Detectors.Words;

namespace Platform.Engine.Tests.Detectors;

/// <summary>What a mail cannot say of itself to make its links harmless.</summary>
public sealed class LinkSurveyTests
{
    private const string Trap = "<p>Yuki shared a file with you</p><a href=\"https://trap.test/wp-content/x/login.php\">Open</a>";

    [Fact]
    public void The_mark_of_an_answer_softens_and_does_not_silence()
    {
        var lure = Assert.Single(new Lures().Inspect(Answer(Trap)));
        var path = Assert.Single(new LinkPath().Inspect(Answer(Trap)), sign => sign.Id == "link-kit-path");

        Assert.Equal((60, 60), (lure.Percent, path.Percent));
    }

    [Fact]
    public void An_ordinary_link_in_an_answer_says_nothing() => Assert.Empty(new ForeignLinks().Inspect(Answer("<p>As I said:</p><a href=\"https://other.example/article\">this article</a>")));

    [Fact]
    public void A_link_home_to_the_reader_vouches_for_nobody()
    {
        var survey = new TestMail { Html = $"{Trap}<a href=\"https://www.acme.test/\">acme</a>" }.ToInput().Survey;

        Assert.Equal((false, true), (survey.HasOwn, survey.AllForeign));
    }

    [Fact]
    public void A_link_home_to_the_author_does()
    {
        var survey = new TestMail { Html = $"{Trap}<a href=\"https://www.partner.example/\">us</a>" }.ToInput().Survey;

        Assert.Equal((true, false), (survey.HasOwn, survey.AllForeign));
    }

    [Theory]
    [InlineData(true, "List-Id: <dev.lists.example>", "List-Post: <mailto:dev@lists.example>")]
    [InlineData(false, "List-Post: <mailto:dev@lists.example>")]
    [InlineData(false, "List-Id: <dev.lists.example>")]
    public void A_list_says_its_name_and_where_to_post(bool isList, params string[] headers) => Assert.Equal(isList, new TestMail { Html = Trap, Headers = headers }.ToInput().Survey.IsListPost);

    [Theory]
    [InlineData("https://acme-git-main-bergsoft.vercel.app/", false)]
    [InlineData("https://acmetools-login.vercel.app/", true)]
    public void A_preview_that_bears_its_authors_name_imitates_nobody(string link, bool imitates)
    {
        var mail = new TestMail { From = "Jon <jon@bergsoft.se>", TenantDomains = ["acmetools.jp"], Html = $"<a href=\"{link.Replace("acme-", "acmetools-", StringComparison.Ordinal)}\">preview</a>" };

        Assert.Equal(imitates, mail.SignsOf(new LinkDisguise()).Contains("link-look-alike"));
    }

    [Theory]
    [InlineData("The paperwork is at the link below, password is 8812.", true)]
    [InlineData("The paperwork is at the link below. The password will follow separately.", false)]
    [InlineData("The paperwork is at the link below.", false)]
    public void A_strangers_archive_whose_password_is_given_is_seen_in_an_answer_too(string text, bool seen) =>
        Assert.Equal(seen, new LinkPath().Inspect(Answer($"<p>{text}</p><a href=\"https://trap.test/d/PO.zip\">PO.zip</a>")).Any(sign => sign.Id == "link-archive-password"));

    private static DetectionInput Answer(string html) => new TestMail { Subject = "Re: order", Headers = ["In-Reply-To: <1@acme.test>"], Html = html }.ToInput();
}
