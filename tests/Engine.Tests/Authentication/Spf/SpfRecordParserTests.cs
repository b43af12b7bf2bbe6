using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Spf;

namespace Platform.Engine.Tests.Authentication.Spf;

public sealed class SpfRecordParserTests
{
    [Theory]
    [InlineData("v=spf1", true)]
    [InlineData("V=SPF1 -all", true)]
    [InlineData("v=spf1  ", true)]
    [InlineData("v=spf10 -all", false)]
    [InlineData("v=spf1\t-all", false)]
    [InlineData(" v=spf1 -all", false)]
    [InlineData("v=spf", false)]
    [InlineData("", false)]
    public void A_record_is_known_by_its_version_and_a_space(string text, bool isRecord) => Assert.Equal(isRecord, SpfRecordParser.IsRecord(text));

    [Theory]
    [InlineData("all")]
    [InlineData("-ALL")]
    [InlineData("?include:a.example")]
    [InlineData("include:%{d}")]
    [InlineData("include:_spf.%{d2}")]
    [InlineData("include:x.%%")]
    [InlineData("a")]
    [InlineData("a/0")]
    [InlineData("a//0")]
    [InlineData("a/32//128")]
    [InlineData("a:a.example./24//64")]
    [InlineData("a:a/b.example/24")]
    [InlineData("a:a:b.example")]
    [InlineData("a:x.1-2")]
    [InlineData("a:x.xn--p1ai")]
    [InlineData("mx:a.example//64")]
    [InlineData("ptr")]
    [InlineData("ptr:a.example")]
    [InlineData("ip4:0.0.0.0/0")]
    [InlineData("ip4:255.255.255.255")]
    [InlineData("ip6:::")]
    [InlineData("ip6:2001:db8::1/128")]
    [InlineData("ip6:::ffff:192.0.2.1/96")]
    [InlineData("ip6:1:2:3:4:5:6:7:8/0")]
    [InlineData("exists:%{ir}.%{l1r+-}._spf.%{d}")]
    [InlineData("exists:%{L128R.-+,/_=}.a.example")]
    [InlineData("redirect=a.example")]
    [InlineData("exp=%{d}")]
    [InlineData("x-y.z_1=")]
    [InlineData("a=b")]
    [InlineData("note=%{c}%{r}%{t}%_%-%%:/=")]
    public void A_term_of_the_grammar_is_read(string term)
    {
        Assert.NotNull(SpfRecordParser.Parse($"v=spf1 {term} -all", out var problem));
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData("all.")]
    [InlineData("all:a.example")]
    [InlineData("all/8")]
    [InlineData("!all")]
    [InlineData("--all")]
    [InlineData("- all")]
    [InlineData("a1")]
    [InlineData("mechanism")]
    [InlineData("spf2.0/pra")]
    [InlineData("include")]
    [InlineData("include:")]
    [InlineData("include/24")]
    [InlineData("include:a.example/24")]
    [InlineData("include:example")]
    [InlineData("include:example.")]
    [InlineData("include:.")]
    [InlineData("include:a.example..")]
    [InlineData("include:%{d}x")]
    [InlineData("include:a.123")]
    [InlineData("include:a.-b")]
    [InlineData("include:a.b-")]
    [InlineData("include:a.exämple")]
    [InlineData("a:")]
    [InlineData("a/")]
    [InlineData("a//")]
    [InlineData("a/33")]
    [InlineData("a//129")]
    [InlineData("a/08")]
    [InlineData("a/00")]
    [InlineData("a/1/2")]
    [InlineData("a///64")]
    [InlineData("a/99999999999")]
    [InlineData("a:192.0.2.1")]
    [InlineData("ptr/24")]
    [InlineData("ptr:")]
    [InlineData("ip4")]
    [InlineData("ip4:")]
    [InlineData("ip4:192.0.2")]
    [InlineData("ip4:192.0.2.1.1")]
    [InlineData("ip4:192.0.2.256")]
    [InlineData("ip4:192.0.2.01")]
    [InlineData("ip4:0x1.0.2.1")]
    [InlineData("ip4:192.0.2.1/")]
    [InlineData("ip4:192.0.2.1//32")]
    [InlineData("ip4:::1")]
    [InlineData("ip6:192.0.2.1")]
    [InlineData("ip6:2001:db8")]
    [InlineData("ip6:1::2::3")]
    [InlineData("ip6:12345::")]
    [InlineData("ip6:fe80::1%eth0")]
    [InlineData("ip6:[::1]")]
    [InlineData("ip6:::1//64")]
    [InlineData("ip6:::ffff:192.0.2")]
    [InlineData("ip6:::ffff:192.0.02.1")]
    [InlineData("exists")]
    [InlineData("exists:a.example//24")]
    [InlineData("exists:%")]
    [InlineData("exists:%a.example")]
    [InlineData("exists:%{}.example")]
    [InlineData("exists:%{x}.example")]
    [InlineData("exists:%{d")]
    [InlineData("exists:%{d0}")]
    [InlineData("exists:%{dr1}")]
    [InlineData("exists:%{d!}")]
    [InlineData("exists:%{c}")]
    [InlineData("redirect:a.example")]
    [InlineData("redirect=")]
    [InlineData("redirect=all")]
    [InlineData("exp=")]
    [InlineData("exp=a.example exp=a.example")]
    [InlineData("redirect=a.example Redirect=a.example")]
    [InlineData("=x")]
    [InlineData("1x=y")]
    [InlineData("+x=y")]
    [InlineData("x~=y")]
    [InlineData("x=%y")]
    [InlineData("x=ä")]
    [InlineData("ip4:192.0.2.1\tall")]
    [InlineData("all\0")]
    public void A_fault_anywhere_is_a_fault_of_the_record(string term)
    {
        Assert.Null(SpfRecordParser.Parse($"v=spf1 ip4:192.0.2.1 {term}", out var problem));
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void Directives_keep_their_order_text_and_qualifier()
    {
        var record = SpfRecordParser.Parse("v=spf1 +a ?mx   ~ptr ip4:192.0.2.0/24 -All ", out _)!;

        Assert.Equal(["+a", "?mx", "~ptr", "ip4:192.0.2.0/24", "-All"], record.Directives.Select(directive => directive.Text));
        Assert.Equal(
            [AuthenticationResult.Pass, AuthenticationResult.Neutral, AuthenticationResult.SoftFail, AuthenticationResult.Pass, AuthenticationResult.Fail],
            record.Directives.Select(directive => directive.Result));
    }

    [Theory]
    [InlineData("a", 32, 128)]
    [InlineData("a/24", 24, 128)]
    [InlineData("a//64", 32, 64)]
    [InlineData("a:b.example/8//16", 8, 16)]
    public void Prefix_lengths_are_of_one_family_each(string term, int four, int six)
    {
        var directive = Assert.Single(SpfRecordParser.Parse($"v=spf1 {term}", out _)!.Directives);

        Assert.Equal((four, six), (directive.Prefix4, directive.Prefix6));
    }

    [Fact]
    public void A_fault_is_shown_without_what_would_harm_a_log()
    {
        SpfRecordParser.Parse($"v=spf1 \r\n\u0096{new string('x', 500)}", out var problem);

        Assert.DoesNotContain(problem, c => c is < ' ' or > '~');
        Assert.InRange(problem.Length, 1, 200);
    }
}
