using Platform.Engine.Transport;

namespace Platform.Engine.Tests.Transport;

public sealed class MtaStsPolicyTests
{
    private const string Example = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmx: backupmx.example.com\r\nmax_age: 604800\r\n";

    [Fact]
    public void The_example_of_the_standard_is_read()
    {
        Assert.True(MtaStsPolicy.TryParse(Example, out var policy, out _));

        Assert.Equal((MtaStsMode.Enforce, TimeSpan.FromDays(7)), (policy.Mode, policy.MaxAge));
        Assert.Equal(["mail.example.com", "*.example.net", "backupmx.example.com"], policy.Hosts);
    }

    [Theory]
    [InlineData("version: STSv1\nmode: testing\nmx: a.test\nmax_age: 1", true)]
    [InlineData("max_age:86400\nmx:A.Test\nmode:none\nversion:STSv1\n", true)]
    [InlineData("version: STSv1\nmode: none\nmax_age: 86400\n", true)]
    [InlineData("version: STSv1\nmode: enforce\nmode: none\nmx: a.test\nmax_age: 1\nnew: thing\n\n", true)]
    [InlineData("version: STSv1\nmode: enforce\nmax_age: 86400\n", false)]
    [InlineData("version: STSv2\nmode: enforce\nmx: a.test\nmax_age: 1", false)]
    [InlineData("mode: enforce\nmx: a.test\nmax_age: 1", false)]
    [InlineData("version: STSv1\nmode: Enforce\nmx: a.test\nmax_age: 1", false)]
    [InlineData("version: STSv1\nmx: a.test\nmax_age: 1", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.test", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.test\nmax_age: -1", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 1e3", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 99999999999", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a b\nmax_age: 1", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.*.test\nmax_age: 1", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: *\nmax_age: 1", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.test.\nmax_age: 1", false)]
    [InlineData("version: STSv1\nmode: enforce\nmx: \nmax_age: 1", false)]
    [InlineData("<html>not found</html>", false)]
    [InlineData("", false)]
    public void What_is_no_policy_is_not_taken_for_one(string text, bool isPolicy)
    {
        Assert.Equal(isPolicy, MtaStsPolicy.TryParse(text, out var policy, out var fault));
        Assert.Equal((isPolicy, isPolicy), (policy is not null, fault is null));
    }

    [Fact]
    public void The_first_of_a_field_that_stands_twice_counts()
    {
        Assert.True(MtaStsPolicy.TryParse("version: STSv1\nmode: enforce\nmode: none\nmx: a.test\nmax_age: 5\nmax_age: 6", out var policy, out _));

        Assert.Equal((MtaStsMode.Enforce, TimeSpan.FromSeconds(5)), (policy!.Mode, policy.MaxAge));
    }

    [Fact]
    public void It_is_kept_for_a_year_at_most()
    {
        Assert.True(MtaStsPolicy.TryParse("version: STSv1\nmode: none\nmax_age: 4294967295", out var policy, out _));

        Assert.Equal(31_557_600, policy!.MaxAge.TotalSeconds);
    }

    [Theory]
    [InlineData("mail.example.com", true)]
    [InlineData("MAIL.Example.com.", true)]
    [InlineData("mx1.example.net", true)]
    [InlineData("example.net", false)]
    [InlineData("a.mx1.example.net", false)]
    [InlineData("evilexample.net", false)]
    [InlineData("mail.example.com.evil.test", false)]
    [InlineData(".example.net", false)]
    [InlineData("", false)]
    public void A_pattern_stands_for_one_label(string host, bool isNamed)
    {
        Assert.True(MtaStsPolicy.TryParse(Example, out var policy, out _));

        Assert.Equal(isNamed, policy!.Names(host));
    }
}
