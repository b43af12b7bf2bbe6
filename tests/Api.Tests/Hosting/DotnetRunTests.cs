using System.Xml.Linq;
using Platform.Api.Hosting;

namespace Platform.Api.Tests.Hosting;

public sealed class DotnetRunTests
{
    [Theory]
    [InlineData("", null, "--environment=Development")]
    [InlineData("--Http:Listen=:0", null, "--Http:Listen=:0 --environment=Development")]
    [InlineData("", "Production", "")]
    [InlineData("--environment=Staging", null, "--environment=Staging")]
    [InlineData("scan a.eml", null, "scan a.eml")]
    [InlineData("admin make-keys", "Production", "admin make-keys")]
    public void The_environment_is_Development_where_nobody_chose_one(string given, string? variable, string expected)
    {
        Assert.Equal(Words(expected), DotnetRun.Settle([DotnetRun.Mark, .. Words(given)], name => name == "ASPNETCORE_ENVIRONMENT" ? variable : null));
    }

    [Fact]
    public void An_installed_program_is_left_to_its_own_default()
    {
        Assert.Equal(["--Http:Listen=:0"], DotnetRun.Settle(["--Http:Listen=:0"], _ => null));
    }

    [Fact]
    public void The_project_gives_the_mark()
    {
        var project = XDocument.Load(RepositoryFile.Path("src/Api/Api.csproj"));

        Assert.Equal(DotnetRun.Mark, Assert.Single(project.Descendants("StartArguments")).Value);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
