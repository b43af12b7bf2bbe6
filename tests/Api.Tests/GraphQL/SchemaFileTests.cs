using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Cli;
using Platform.Api.GraphQL.Schema;
using Platform.Api.GraphQL.Schema.Changes;
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
                Environment.GetEnvironmentVariable("ACCEPT_BREAKING") == "1" || !System.IO.File.Exists(File) || Breaking(await Committed(), served) is [],
                "The change breaks clients: set ACCEPT_BREAKING=1 when that is meant.");
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            await System.IO.File.WriteAllTextAsync(File, served, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await Committed(), served);
    }

    [Fact]
    public async Task Nothing_that_was_promised_is_gone() => Assert.Empty(Breaking(await Committed(), Print()));

    [Fact]
    public void The_verb_prints_the_same_without_a_server() => Assert.Equal(Print(), SchemaVerb.Print());

    private string Print() => SchemaVerb.Print(platform.Provider.GetRequiredService<PlatformSchema>());

    private static string[] Breaking(string before, string after) =>
        [.. SchemaComparison.Compare(before, after).Where(change => change.Level == ChangeLevel.Breaking).Select(change => change.Sentence)];

    private static Task<string> Committed() => System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
}
