using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class FromShapeTests
{
    [Fact]
    public void Two_From_fields_are_seen()
    {
        Assert.Equal(["from-several"], (new TestMail() with { Headers = ["From: other@evil.example"] }).SignsOf(new FromShape()));
    }

    [Theory]
    [InlineData("a@partner.example, b@evil.test", "from-several")]
    [InlineData("nobody", "from-malformed")]
    [InlineData(null, "from-missing")]
    public void Odd_authors_are_seen(string? from, string sign)
    {
        Assert.Equal([sign], new TestMail { From = from }.SignsOf(new FromShape()));
    }

    [Theory]
    [InlineData("Taro <taro@partner.example>")]
    [InlineData("taro@partner.example, hanako@partner.example")]
    [InlineData("\"Yamada, Taro\" <taro@partner.example>")]
    public void Ordinary_authors_pass(string from)
    {
        Assert.Empty(new TestMail { From = from }.SignsOf(new FromShape()));
    }
}
