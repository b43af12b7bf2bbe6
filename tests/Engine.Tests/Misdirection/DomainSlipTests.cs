using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Links;
using Platform.Engine.Misdirection;

namespace Platform.Engine.Tests.Misdirection;

public sealed class DomainSlipTests
{
    [Theory]
    [InlineData("sakura-shouji.co.jp", "sakura-shoji.co.jp")]
    [InlineData("skaura-shoji.co.jp", "sakura-shoji.co.jp")]
    [InlineData("sakurashoj.co.jp", "sakurashoji.co.jp")]
    [InlineData("hanbitt.co.kr", "hanbit.co.kr")]
    [InlineData("globwx.com", "globex.com")]
    [InlineData("sanki.co.jp", "sanko.co.jp")]
    [InlineData("glboex.com", "globex.com")]
    [InlineData("globex.cmo", "globex.com")]
    [InlineData("globex.co", "globex.com")]
    [InlineData("globex.com", "globex.co.jp")]
    [InlineData("globex.ne.jp", "globex.co.jp")]
    [InlineData("globex.co.jo", "globex.co.jp")]
    [InlineData("globex.cp.jp", "globex.co.jp")]
    [InlineData("globex.co.jpp", "globex.co.jp")]
    [InlineData("hanbit.co.kt", "hanbit.co.kr")]
    [InlineData("gl0bex.com", "globex.com")]
    [InlineData("xn--glbex-kye.com", "globex.com")]
    public void A_slip_is_one(string typed, string known) => Assert.True(Between(typed, known));

    [Theory]
    [InlineData("globex.com", "globex.com")]
    [InlineData("mail.globex.com", "globex.com")]
    [InlineData("globex.shop.example", "globex.co.jp")]
    [InlineData("umbrella.co.jo", "globex.co.jp")]
    [InlineData("sanyo.co.jp", "sanko.co.jp")]
    [InlineData("abc.co.jp", "abd.co.jp")]
    [InlineData("ntt.com", "ntt.co.jp")]
    [InlineData("umbrella.com", "globex.com")]
    [InlineData("globeland.com", "globex.com")]
    public void Two_names_that_are_alike_by_chance_are_none(string typed, string known) => Assert.False(Between(typed, known));

    [Theory]
    [InlineData("gmial.com", "gmail.com")]
    [InlineData("gmail.co", "gmail.com")]
    [InlineData("yaho.co.jp", "yahoo.co.jp")]
    [InlineData("docomo.co.jp", "docomo.ne.jp")]
    [InlineData("yahoo.co.jo", "yahoo.co.jp")]
    [InlineData("naver.con", "naver.com")]
    [InlineData("hanmial.net", "hanmail.net")]
    public void Providers_are_known_by_all(string typed, string provider) => Assert.True(DomainSlip.Between(Host(typed), Host(provider), isProvider: true));

    [Theory]
    [InlineData('a', 's', true)]
    [InlineData('q', 'a', true)]
    [InlineData('w', 'a', true)]
    [InlineData('g', 'b', true)]
    [InlineData('p', '0', true)]
    [InlineData('a', 'p', false)]
    [InlineData('q', 's', false)]
    [InlineData('é', 'e', false)]
    public void Keys_that_touch_are_neighbours(char one, char other, bool expected)
    {
        Assert.Equal((expected, expected), (DomainSlip.AreNeighbours(one, other), DomainSlip.AreNeighbours(other, one)));
    }

    [Fact]
    public void A_name_is_no_slip_of_itself_and_nothing_throws() => Check.QuickThrowOnFailure(Prop.ForAll<string>(typed =>
    {
        if (NamedHost.Of($"{typed}.com", OrganisationalDomain.Embedded) is not { } host)
            return true;
        _ = DomainSlip.Between(host, Host("globex.com"));
        return !DomainSlip.Between(host, host);
    }));

    private static bool Between(string typed, string known) => DomainSlip.Between(Host(typed), Host(known));

    private static NamedHost Host(string name) => NamedHost.Of(name, OrganisationalDomain.Embedded)!;
}
