using System.Net;
using Platform.Api.Hosting;

namespace Platform.Api.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://localhost:5080", "127.0.0.1", 5080, true)]
    [InlineData("http://127.0.0.1:8080/", "127.0.0.1", 8080, false)]
    [InlineData("0.0.0.0:25", "0.0.0.0", 25, false)]
    [InlineData("[::1]:2525", "::1", 2525, false)]
    [InlineData(":2525", null, 2525, false)]
    [InlineData("*:2525", null, 2525, false)]
    [InlineData("2525", null, 2525, false)]
    [InlineData("127.0.0.1:0", "127.0.0.1", 0, false)]
    public void Every_usual_spelling_is_understood(string text, string? address, int port, bool localhost)
    {
        var expected = new ListenAddress(address is null ? null : IPAddress.Parse(address), port, localhost);

        Assert.Equal(expected, ListenAddress.Parse("Smtp:Inbound", text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("mail.example.test:25")]
    [InlineData("127.0.0.1:-1")]
    public void What_cannot_be_listened_on_is_refused_by_the_name_of_its_setting(string text)
    {
        var refusal = Assert.Throws<SettingsException>(() => ListenAddress.Parse("Smtp:Inbound", text));

        Assert.StartsWith("Smtp:Inbound is ", refusal.Message, StringComparison.Ordinal);
    }
}
