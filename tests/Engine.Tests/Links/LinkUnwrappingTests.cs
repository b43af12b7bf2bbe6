using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Tests.Links;

public sealed class LinkUnwrappingTests
{
    [Theory]
    [InlineData("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Ftrap.example%2Fa&data=05%7C01", "https://trap.example/a")]
    [InlineData("https://urldefense.proofpoint.com/v1/url?u=http://trap.example/a&k=x", "http://trap.example/a")]
    [InlineData("https://urldefense.proofpoint.com/v2/url?u=https-3A__trap.example_a-3Fb-3D1&d=DwMF", "https://trap.example/a?b=1")]
    [InlineData("https://urldefense.com/v3/__https://trap.example/a*b__;Iw!!abc$", "https://trap.example/a#b")]
    [InlineData("https://urldefense.com/v3/__https:/trap.example/a__;!!abc$", "https://trap.example/a")]
    [InlineData("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2ftrap.example%2fa&c=E,1", "https://trap.example/a")]
    [InlineData("https://secure-web.cisco.com/1abcDEF/https%3A%2F%2Ftrap.example%2Fa", "https://trap.example/a")]
    [InlineData("https://protect-eu.mimecast.com/s/AbCd?domain=trap.example.com", "http://trap.example.com/")]
    [InlineData("https://www.google.com/url?q=https://trap.example/a&sa=D", "https://trap.example/a")]
    [InlineData("https://www.google.co.jp/url?sa=t&url=https%3A%2F%2Ftrap.example%2Fa", "https://trap.example/a")]
    [InlineData("https://www.google.com/amp/s/trap.example.com/a", "http://trap.example.com/a")]
    [InlineData("https://trap-example-com.cdn.ampproject.org/c/s/trap.example.com/a", "https://trap.example.com/a")]
    [InlineData("https://www-trap--shop-com.translate.goog/a?_x_tr_sl=auto", "https://www.trap-shop.com/a?_x_tr_sl=auto")]
    [InlineData("https://l.facebook.com/l.php?u=https%3A%2F%2Ftrap.example%2Fa&h=AT", "https://trap.example/a")]
    [InlineData("https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Ftrap%2Eexample%2Fa", "https://trap.example/a")]
    [InlineData("https://x1.r.us-east-1.awstrack.me/L0/https:%2F%2Ftrap.example%2Fa/1/0102", "https://trap.example/a/1/0102")]
    [InlineData("https://api.viglink.com/api/click?key=1&out=%68%74%74%70%3A%2F%2Ftrap.example%2Fa", "http://trap.example/a")]
    [InlineData("https://shop.example/redirect?url=https%3A%2F%2Ftrap.test%2Fa", "https://trap.test/a")]
    [InlineData("https://href.li/?https://trap.example/a", "https://trap.example/a")]
    public void The_address_within_is_read(string written, string expected) =>
        Assert.Equal(expected, LinkUnwrapping.Unwrap(new Uri(written))[^1].Uri.AbsoluteUri);

    [Fact]
    public void An_address_in_base64_is_read()
    {
        var coded = Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"email_id\":\"x\",\"href\":\"https://trap.example/a\"}")).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        Assert.Equal("https://trap.example/a", LinkUnwrapping.Unwrap(new Uri($"https://e.customeriomail.com/e/c/{coded}/sig"))[^1].Uri.AbsoluteUri);
    }

    [Fact]
    public void Wrappers_within_wrappers_are_opened_one_by_one()
    {
        var inner = $"https://www.google.com/url?q={Uri.EscapeDataString("https://trap.example/a")}";
        var outer = new Uri($"https://eur01.safelinks.protection.outlook.com/?url={Uri.EscapeDataString(inner)}");

        Assert.Equal(["www.google.com", "trap.example"], LinkUnwrapping.Unwrap(outer).Select(layer => layer.Uri.Host));
    }

    [Fact]
    public void Nesting_without_end_is_given_up()
    {
        var address = "https://trap.example/";
        for (var depth = 0; depth < 12; depth++)
            address = $"https://{(depth % 2 == 0 ? "www.google.com/url?q" : "l.facebook.com/l.php?u")}={Uri.EscapeDataString(address)}";

        Assert.InRange(LinkUnwrapping.Unwrap(new Uri(address)).Count, 1, 6);
    }

    [Theory]
    [InlineData("https://shop.example/item?url=shoes")]
    [InlineData("https://shop.example/redirect?url=https://www.shop.example/other")]
    [InlineData("https://news.example/2026/http-explained")]
    [InlineData("https://protect-eu.mimecast.com/s/AbCd?domain=trap.test")]
    [InlineData("https://protect-eu.mimecast.com/s/AbCd?domain=trap.example")]
    [InlineData("https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fnews.example%2Fa")]
    public void Links_that_lead_nowhere_else_are_left(string written) => Assert.Empty(LinkUnwrapping.Unwrap(new Uri(written)));

    [Fact]
    public void A_link_tells_its_destination_and_the_way()
    {
        var link = LinkTarget.Make(LinkKind.Anchor, "https://www.google.com/url?q=https://trap.example/a", null, "", "1");

        Assert.Equal(("trap.example", "www.google.com"), (link.Host, Assert.Single(link.Via)));
    }

    [Fact]
    public void Unwrapping_never_throws()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            foreach (var start in (ReadOnlySpan<string>)["https://urldefense.com/v3/__", "https://www.google.com/url?q=", "https://e.customeriomail.com/e/c/", "https://href.li/?", "https://eur01.safelinks.protection.outlook.com/?url="])
                LinkTarget.Make(LinkKind.Anchor, start + text.Get, null, "", "1");
            return true;
        }));
    }
}
