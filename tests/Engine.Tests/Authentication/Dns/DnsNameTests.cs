using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dns;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData("a.test", true)]
    [InlineData("a.test.", true)]
    [InlineData("test", true)]
    [InlineData("_dmarc.a.test", true)]
    [InlineData("a b.%20.test", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData(".a.test", false)]
    [InlineData("a..test", false)]
    [InlineData("a.test..", false)]
    [InlineData("b\u00fccher.test", false)]
    [InlineData("a\0.test", false)]
    public void A_name_has_labels_of_ASCII(string name, bool isName) => Assert.Equal(isName, DnsName.IsName(name));

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_has_63_characters_at_most(int length, bool isName) => Assert.Equal(isName, DnsName.IsName($"{new string('a', length)}.test"));

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void A_name_has_253_characters_at_most(int length, bool isName) =>
        Assert.Equal(isName, DnsName.IsName(string.Concat(Enumerable.Repeat("a.", 126)).PadRight(length, 'b')));

    [Theory]
    [InlineData("a.test", "A.TEST.", true)]
    [InlineData("a.test", "b.test", false)]
    [InlineData("a.test", "a.test.x", false)]
    public void Case_and_the_last_dot_do_not_count(string one, string other, bool areSame) => Assert.Equal(areSame, DnsName.AreSame(one, other));
}
