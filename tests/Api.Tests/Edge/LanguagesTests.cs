using Microsoft.AspNetCore.Http;
using Platform.Api.Edge;

namespace Platform.Api.Tests.Edge;

public sealed class LanguagesTests
{
    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("ja", "ja")]
    [InlineData("ja-JP", "ja")]
    [InlineData("en;q=0.8, ja;q=0.9", "ja")]
    [InlineData("fr, ja;q=0.5", "ja")]
    [InlineData("ja;q=0, en;q=0.1", "en")]
    [InlineData("fr", "en")]
    [InlineData(";;;,,,q=", "en")]
    public void The_most_wanted_known_language_is_chosen(string? accept, string expected)
    {
        var context = new DefaultHttpContext();
        if (accept is not null)
            context.Request.Headers.AcceptLanguage = accept;

        Assert.Equal(expected, Languages.Choose(context.Request));
    }
}
