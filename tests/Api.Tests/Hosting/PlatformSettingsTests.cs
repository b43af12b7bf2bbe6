using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Platform.Api.Edge;
using Platform.Api.Hosting;

namespace Platform.Api.Tests.Hosting;

public sealed class PlatformSettingsTests
{
    [Fact]
    public void Production_trusts_nobody_and_seeds_nothing()
    {
        var settings = Read(Environments.Production);

        Assert.Empty(settings.TrustedXclient);
        Assert.Empty(settings.TrustedProxies);
        Assert.False(settings.Demo);
    }

    [Fact]
    public void Development_seeds_the_demo_and_takes_XCLIENT_from_loopback()
    {
        var settings = Read(Environments.Development);

        Assert.True(settings.Demo);
        Assert.Contains(settings.TrustedXclient, network => network.Contains(System.Net.IPAddress.Loopback));
    }

    [Fact]
    public void The_demo_can_be_left_out()
    {
        Assert.False(Read(Environments.Development, ("Demo", "false")).Demo);
    }

    [Fact]
    public void Requests_a_minute_are_as_set()
    {
        Assert.Equal(new RateLimitSettings(1_200, 90), Read(Environments.Production, ("Http:ClientPerMinute", "1200"), ("Http:AddressPerMinute", "90")).RateLimits);
    }

    [Theory]
    [InlineData(null, Roles.All)]
    [InlineData("smtp", Roles.Smtp)]
    [InlineData("web, worker", Roles.Web | Roles.Worker)]
    internal void Roles_are_named_in_plain_words(string? text, Roles expected)
    {
        Assert.Equal(expected, Read(Environments.Production, ("Roles", text)).Roles);
    }

    [Theory]
    [InlineData("Roles", "web,cook")]
    [InlineData("Roles", "3")]
    [InlineData("Smtp:TrustedProxies", "10.0.0.0/99")]
    [InlineData("Smtp:MaxMessageBytes", "lots")]
    [InlineData("Smtp:MaxMessageBytes", "12")]
    [InlineData("Http:ClientPerMinute", "0")]
    [InlineData("Http:AddressPerMinute", "many")]
    [InlineData("Smtp:SessionScanWaitSeconds", "0")]
    [InlineData("Search:Provider", "elasticsearch")]
    [InlineData("Blobs:Provider", "s3")]
    [InlineData("Http:PublicAddress", "mail.example.test")]
    [InlineData("Http:TrustedProxies", "proxy")]
    public void A_wrong_value_is_refused_by_name(string name, string value)
    {
        var refusal = Assert.Throws<SettingsException>(() => Read(Environments.Production, (name, value)));

        Assert.StartsWith(name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HTTPS_without_a_certificate_is_refused_rather_than_served_plain()
    {
        var refusal = Assert.Throws<SettingsException>(() => Read(Environments.Production, ("Http:Listen", "https://0.0.0.0:443")));

        Assert.StartsWith("Http:Certificate is missing", refusal.Message, StringComparison.Ordinal);
    }

    private static PlatformSettings Read(string environment, params (string Name, string? Value)[] values) =>
        PlatformSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Name, v => v.Value)).Build(),
            new NamedEnvironment(environment));

    private sealed class NamedEnvironment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "test";
        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
