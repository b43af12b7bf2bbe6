using Platform.Engine.Links;

namespace Platform.Engine.Tests.Links;

public sealed class PublicSuffixFileTests
{
    private static readonly string[] Filler = [.. Enumerable.Range(0, 100).Select(i => $"tld{i}")];

    [Theory]
    [InlineData("a.b.example.one", "example.one")]
    [InlineData("a.b.two.one", "b.two.one")]
    [InlineData("a.b.three.one", "a.b.three.one")]
    [InlineData("a.city.three.one", "city.three.one")]
    [InlineData("a.b.公司.one", "b.xn--55qx5d.one")]
    public void Rules_of_a_list_are_followed(string host, string domain)
    {
        var domains = PublicSuffixFile.Read(["// a comment", "", "one", "two.one  // and a note", "*.three.one", "!city.three.one", "公司.one", .. Filler], "list");
        Assert.Equal(domain, domains.Of(host));
    }

    [Theory]
    [InlineData("a..b", "The public suffix list list has no rule in line 101: 'a..b'.")]
    [InlineData("<html>", "The public suffix list list has no rule in line 101: '<html>'.")]
    public void A_line_that_is_no_rule_is_named(string line, string message) =>
        Assert.Equal(message, Assert.Throws<PublicSuffixException>(() => PublicSuffixFile.Read([.. Filler, line], "list")).Message);

    [Fact]
    public void Half_a_list_is_refused() =>
        Assert.Equal("The public suffix list list has 2 rules: it is not the whole list.", Assert.Throws<PublicSuffixException>(() => PublicSuffixFile.Read(["com", "net"], "list")).Message);

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var exception = Assert.Throws<PublicSuffixException>(() => PublicSuffixFile.Open("/no/such/list.dat"));
        Assert.StartsWith("The public suffix list /no/such/list.dat cannot be read: ", exception.Message, StringComparison.Ordinal);
    }
}
