using System.Text;
using Platform.Engine.Detectors.Files;

namespace Platform.Engine.Tests.Detectors.Files;

public sealed class PageLeadsTests
{
    [Theory]
    [InlineData("https://evil.example/l", true)]
    [InlineData("https://acme-files.pages.dev/l", true)]
    [InlineData("https://bit.ly/abc", true)]
    [InlineData("https://www.partner.example/minutes", false)]
    [InlineData("https://portal.acme.test/case/7", false)]
    [InlineData("https://www.youtube.com/watch?v=x", false)]
    public void A_page_that_is_only_a_link_is_told_when_it_leads_to_neither_party(string address, bool told)
    {
        var mail = new TestMail { From = "Taro <taro@partner.example>", Files = [("open.html", Encoding.UTF8.GetBytes($"<p>Agreement.pdf</p><a href=\"{address}\">View document</a>"))] };
        Assert.Equal(told, mail.SignsOf(new PageLeads()).Contains("html-link-only"));
    }

    [Fact]
    public void A_page_that_is_only_a_foreign_link_is_not_called_plain()
    {
        var mail = new TestMail { Files = [("open.html", Encoding.UTF8.GetBytes("<p>Agreement.pdf</p><a href=\"https://evil.example/l\">View document</a>"))] };
        Assert.Equal(["html-attachment"], mail.SignsOf(new RiskyFile()));
    }

    [Fact]
    public void A_page_whose_script_was_seen_to_act_is_not_called_plain()
    {
        var mail = new TestMail { Files = [("open.html", Encoding.UTF8.GetBytes("<body><script>self['loc'+'ation']='htt'+'ps://evil.example/'</script></body>"))] };
        Assert.Equal(["html-attachment"], mail.SignsOf(new RiskyFile()));
    }

    [Fact]
    public void A_call_in_a_script_says_less_than_a_refresh()
    {
        var call = new TestMail { Files = [("open.html", Encoding.UTF8.GetBytes("<script>function go(){location='https://evil.example/'}</script>"))] };
        var refresh = new TestMail { Files = [("open.html", Encoding.UTF8.GetBytes("<meta http-equiv=refresh content=\"0;url=https://evil.example/\">"))] };
        Assert.Equal([65, 100], new[] { call, refresh }.Select(mail => Assert.Single(new HtmlSmuggling().Inspect(mail.ToInput())).Percent));
    }
}
