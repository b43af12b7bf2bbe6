using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Api.Hosting;
using Platform.Grains;

namespace Platform.Api.Tests.Hosting;

public sealed class FlowCompositionTests
{
    [Theory]
    [InlineData("1000000", "2000000", 1_000_000)]
    [InlineData("2000000", "1000000", 1_000_000)]
    public void Nothing_is_inspected_that_no_scanner_takes(string smtp, string scanner, long limit)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Smtp:MaxMessageBytes", smtp), new("Scanner:MaxMessageBytes", scanner)])
            .Build();
        var settings = PlatformSettings.Read(configuration, Host.CreateEmptyApplicationBuilder(null).Environment);

        var services = new ServiceCollection().AddFlow(configuration, settings);

        Assert.Equal(limit, services.BuildServiceProvider().GetRequiredService<FlowSettings>().Inspection.MaxMessageBytes);
    }
}
