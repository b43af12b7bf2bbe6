using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Platform.Scanning.Tests.Pool;

public sealed class RegistrationTests
{
    [Fact]
    public void Poison_is_refused_in_Production()
    {
        using var host = Build(Environments.Production, "true");

        Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IScannerPool>());
    }

    [Theory]
    [InlineData("Development", "true")]
    [InlineData("Production", "false")]
    public async Task Poison_is_let_in_elsewhere_and_its_absence_everywhere(string environment, string poison)
    {
        using var host = Build(environment, poison);

        await using var pool = host.Services.GetRequiredService<ScannerPool>();
        Assert.Equal(bool.Parse(poison), host.Services.GetRequiredService<IOptions<ScannerPoolOptions>>().Value.PoisonForTests);
    }

    [Fact]
    public void Settings_reach_the_options()
    {
        using var host = Build("Development", "false", new() { ["Scanner:Size"] = "3", ["Scanner:Deadline"] = "00:00:07", ["Scanner:NetworkData:0"] = "a.mmdb", ["Domains:PublicSuffixList"] = "a.dat", ["Scanner:Model"] = "a.bin" });

        var options = host.Services.GetRequiredService<IOptions<ScannerPoolOptions>>().Value;

        Assert.Equal((3, TimeSpan.FromSeconds(7), "a.mmdb", "a.dat", "a.bin"), (options.Size, options.Deadline, options.NetworkData.Single(), options.PublicSuffixList, options.Model));
    }

    private static IHost Build(string environment, string poison, Dictionary<string, string?>? more = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(more ?? []);
        builder.Configuration.AddInMemoryCollection([new("Scanner:PoisonForTests", poison)]);
        builder.Services.AddScannerPool(builder.Configuration);
        return builder.Build();
    }
}
