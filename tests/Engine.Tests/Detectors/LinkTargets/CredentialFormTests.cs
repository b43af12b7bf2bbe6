using System.Text;
using Platform.Engine.Detectors.LinkTargets;

namespace Platform.Engine.Tests.Detectors.LinkTargets;

public sealed class CredentialFormTests
{
    [Theory]
    [InlineData("<form action=\"https://evil.test/p\"><input name=u><input type=\"PASSWORD\" name=p></form>", "credential-form")]
    [InlineData("<form action=\"https://evil.test/p\"><input type=text name=card></form>", "form-in-body")]
    public void Forms_that_ask_are_seen(string html, string sign)
    {
        Assert.Equal([sign], new TestMail { Html = $"<p>Hello</p>{html}" }.SignsOf(new CredentialForm()));
    }

    [Theory]
    [InlineData("<form action=\"https://search.partner.test/\"><input type=text name=q></form>")]
    [InlineData("<form action=\"https://other.test/u\"><input type=hidden name=id value=1><input type=submit></form>")]
    [InlineData("<p>password</p>")]
    public void Own_search_boxes_and_buttons_pass(string html)
    {
        Assert.Empty(new TestMail { From = "news@partner.test", Html = $"<p>Hello</p>{html}" }.SignsOf(new CredentialForm()));
    }

    [Theory]
    [InlineData("login.html", "<html><form><INPUT name=p type = 'password'></form></html>", true)]
    [InlineData("report.html", "<html><p>Set a strong password.</p><input type=text></html>", false)]
    public void A_page_that_asks_for_a_password_is_seen(string name, string html, bool seen)
    {
        Assert.Equal(seen, new TestMail { Files = [(name, Encoding.UTF8.GetBytes(html))] }.SignsOf(new CredentialForm()).Contains("credential-form-attachment"));
    }
}
