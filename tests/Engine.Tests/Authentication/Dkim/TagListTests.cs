using System.Text;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed class TagListTests
{
    [Theory]
    [InlineData("a=1;b=2", "b", "2")]
    [InlineData(" a = 1 ; b = 2 ; ", "b", "2")]
    [InlineData("a=\r\n\t1;\r\n b=x\r\n y;", "b", "x\r\n y")]
    [InlineData("a=;b=", "a", "")]
    [InlineData("a=b=c==", "a", "b=c==")]
    [InlineData("a_1=x", "a_1", "x")]
    [InlineData("a=x;A=y", "A", "y")]
    [InlineData("d=bücher.test", "d", "bücher.test")]
    public void A_value_is_found_without_white_space_around_it(string text, string name, string value)
    {
        Assert.Equal(value, Parse(text)!.Text(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("a=1;;b=2")]
    [InlineData("a=1;b=2;;")]
    [InlineData("a=1; ;b=2")]
    [InlineData("a")]
    [InlineData("a=1;b")]
    [InlineData("=1")]
    [InlineData("1a=1")]
    [InlineData("a-b=1")]
    [InlineData("a b=1")]
    [InlineData("a=\0")]
    [InlineData("a=\u007f")]
    [InlineData("a=1;b=2;a=1")]
    public void What_is_no_tag_list_is_refused(string text)
    {
        Assert.Null(Parse(text));
    }

    [Fact]
    public void Octets_that_are_not_UTF8_are_refused()
    {
        Assert.Null(TagList.Parse(new byte[] { (byte)'a', (byte)'=', 0xC3 }, out _));
    }

    [Fact]
    public void Tags_are_bounded_in_number_and_length()
    {
        Assert.NotNull(Parse(Many(TagList.MaxTags)));
        Assert.Null(Parse(Many(TagList.MaxTags + 1)));
        Assert.Null(Parse("a=" + new string('x', TagList.MaxLength)));
    }

    [Fact]
    public void A_compact_value_has_no_white_space_at_all() => Assert.Equal("abc", Parse("b= a b\r\n\tc ;")!.Compact("b"));

    [Fact]
    public void The_range_of_a_value_holds_the_white_space_around_it()
    {
        const string text = "a=1; b =  x y ; c=2";
        var (start, end) = Parse(text)!.RangeOf("b")!.Value;

        Assert.Equal("  x y ", text[start..end]);
    }

    [Theory]
    [InlineData("n=12", 12L)]
    [InlineData("n=", -1L)]
    [InlineData("n=-1", -1L)]
    [InlineData("n=1x", -1L)]
    [InlineData("n=99999999999999999999", long.MaxValue)]
    [InlineData("n=1000000000000000000000000000000", -1L)]
    [InlineData("m=1", null)]
    public void Numbers_are_counted_as_far_as_they_go(string text, long? number)
    {
        Assert.Equal(number, Parse(text)!.Number("n", 20));
    }

    private static string Many(int count) => string.Join(';', Enumerable.Range(0, count).Select(index => $"a{index}=1"));

    private static TagList? Parse(string text) => TagList.Parse(Encoding.UTF8.GetBytes(text), out _);
}
