using GraphQL;
using GraphQL.Utilities;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

/// <summary>docs/graphql/schema.graphql. Write it anew with UPDATE_DOCS=1; a breaking change needs ACCEPT_BREAKING=1 too.</summary>
public sealed class SchemaFileTests(TestPlatform platform)
{
    private static readonly string File = RepositoryFile.Path("docs/graphql/schema.graphql");

    [Fact]
    public async Task The_committed_schema_is_the_one_served()
    {
        var served = Print();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            Assert.True(
                Environment.GetEnvironmentVariable("ACCEPT_BREAKING") == "1" || !System.IO.File.Exists(File) || SchemaChanges.Breaking(await Committed(), served) is [],
                "The change breaks clients: set ACCEPT_BREAKING=1 when that is meant.");
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            await System.IO.File.WriteAllTextAsync(File, served, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await Committed(), served);
    }

    [Fact]
    public async Task Nothing_that_was_promised_is_gone() => Assert.Equal([], SchemaChanges.Breaking(await Committed(), Print()));

    private string Print() => platform.Provider.GetRequiredService<PlatformSchema>()
        .Print(new PrintOptions { StringComparison = StringComparison.Ordinal, IncludeDescriptions = true }).ReplaceLineEndings("\n");

    private static Task<string> Committed() => System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
}
