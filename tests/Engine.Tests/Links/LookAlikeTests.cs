using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Links;

namespace Platform.Engine.Tests.Links;

public sealed class LookAlikeTests
{
    [Theory]
    [InlineData("paypa1.com", "paypal.com", "Homoglyph")]
    [InlineData("rnicrosoft.com", "microsoft.com", "Homoglyph")]
    [InlineData("micr0soft.net", "microsoft.com", "Homoglyph")]
    [InlineData("аррӏе.com", "apple.com", "Homoglyph")]
    [InlineData("microsfot.com", "microsoft.com", "Typo")]
    [InlineData("mircosoft.com", "microsoft.com", "Typo")]
    [InlineData("microsofft.com", "microsoft.com", "Typo")]
    [InlineData("paypal-secure.com", "paypal.com", "AddedWord")]
    [InlineData("securepaypal.com", "paypal.com", "AddedWord")]
    [InlineData("paypal.com.evil.example", "paypal.com", "SubDomain")]
    [InlineData("paypal-com.evil.example", "paypal.com", "SubDomain")]
    [InlineData("nta-go-jp.com", "nta.go.jp", "SubDomain")]
    [InlineData("globex.example", "globex.test", "OtherSuffix")]
    public void Tricks_are_told_apart(string host, string known, string trick)
    {
        Assert.Equal(trick, LookAlike.Judge(host, known, OrganisationalDomain.Embedded, otherSuffix: true)?.ToString());
    }

    [Theory]
    [InlineData("paypal.com", "paypal.com")]
    [InlineData("www.paypal.com", "paypal.com")]
    [InlineData("santa-go-jp.com", "nta.go.jp")]
    [InlineData("papal.org", "apple.com")]
    [InlineData("dell.com", "cell.com")]
    [InlineData("paypaleontology.com", "paypal.com")]
    [InlineData("192.0.2.1", "paypal.com")]
    public void Others_do_not_resemble(string host, string known)
    {
        Assert.Null(LookAlike.Judge(host, known, OrganisationalDomain.Embedded, otherSuffix: true));
    }

    [Fact]
    public void Distance_is_symmetric_and_bounded()
    {
        var word = Gen.Elements('a', 'b', 'c').ArrayOf().Select(letters => new string(letters)).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(word, word, (left, right) =>
            LookAlike.Distance(left, right, 2) == LookAlike.Distance(right, left, 2) && LookAlike.Distance(left, right, 2) is >= 0 and <= 3 && (LookAlike.Distance(left, right, 2) == 0) == (left == right)));
    }
}
