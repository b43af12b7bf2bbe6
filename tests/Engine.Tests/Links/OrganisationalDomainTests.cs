using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Links;

namespace Platform.Engine.Tests.Links;

public sealed class OrganisationalDomainTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("WWW.Example.COM.", "example.com")]
    [InlineData("a.b.example.co.jp", "example.co.jp")]
    [InlineData("www.city.kawasaki.jp", "city.kawasaki.jp")]
    [InlineData("a.b.c.kawasaki.jp", "b.c.kawasaki.jp")]
    [InlineData("tokyo.jp", "")]
    [InlineData("shop.example.tokyo.jp", "example.tokyo.jp")]
    [InlineData("project.github.io", "project.github.io")]
    [InlineData("a.example.unknownsuffix", "example.unknownsuffix")]
    [InlineData("日本語.jp", "xn--wgv71a119e.jp")]
    [InlineData("a.食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("co.jp", "")]
    [InlineData("com", "")]
    [InlineData("192.0.2.1", "")]
    [InlineData("[2001:db8::1]", "")]
    [InlineData("a..example.com", "")]
    [InlineData("", "")]
    public void The_organisational_domain_is_found(string host, string domain)
    {
        Assert.Equal(domain, OrganisationalDomain.Embedded.Of(host));
    }

    [Fact]
    public void The_domain_of_a_domain_is_itself()
    {
        var labels = Gen.Elements("a", "bb", "co", "jp", "com", "uk", "kawasaki", "city", "github", "io", "xn--p1ai", "", "-", "日本");
        Check.QuickThrowOnFailure(Prop.ForAll(labels.ArrayOf().ToArbitrary(), parts =>
        {
            var domain = OrganisationalDomain.Embedded.Of(string.Join('.', parts));
            return domain.Length == 0 || OrganisationalDomain.Embedded.Of(domain) == domain;
        }));
    }

    [Fact]
    public void Any_text_is_answered()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => OrganisationalDomain.Embedded.Of(text ?? "") is not null && OrganisationalDomain.ToUnicode(text ?? "") is not null));
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("example.invalidtld", false)]
    public void Registered_top_level_domains_are_known(string host, bool known)
    {
        Assert.Equal(known, OrganisationalDomain.Embedded.HasKnownSuffix(host));
    }
}
