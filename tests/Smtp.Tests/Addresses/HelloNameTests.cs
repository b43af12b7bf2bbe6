using Platform.Smtp.Addresses;

namespace Platform.Smtp.Tests.Addresses;

public sealed class HelloNameTests
{
    [Theory]
    [InlineData("client.test")]
    [InlineData("client.test.")]
    [InlineData("MY_PC")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    [InlineData("[192.0.2.1]")]
    [InlineData("[IPv6:2001:db8::1]")]
    public void What_the_field_sends_is_taken(string name) => Assert.True(HelloName.IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[192.0.2.1")]
    [InlineData("two words")]
    [InlineData("a(b)")]
    [InlineData("a;b")]
    [InlineData("<a>")]
    [InlineData("a\r\nb")]
    [InlineData("ü.test")]
    public void What_could_break_a_trace_field_is_not(string name) => Assert.False(HelloName.IsValid(name));

    [Fact]
    public void It_is_bounded()
    {
        Assert.True(HelloName.IsValid(new string('a', 255)));
        Assert.False(HelloName.IsValid(new string('a', 256)));
    }
}
