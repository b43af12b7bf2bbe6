using System.CommandLine;
using System.Text.Json;
using GraphQL;
using GraphQL.Utilities;
using GraphQLParser.Exceptions;
using Platform.Api.GraphQL;
using Platform.Api.GraphQL.Schema;
using Platform.Api.GraphQL.Schema.Changes;

namespace Platform.Api.Cli;

/// <summary>
/// The GraphQL schema without a server. <c>schema print</c> writes it; <c>schema diff BASE [NEW]</c> compares two, by default with the one of
/// this executable, writes a line for each change and ends with 1 when one of them breaks clients.
/// </summary>
internal static class SchemaVerb
{
    public const string Name = "schema";
    private const int Breaks = 1;
    private const int Unusable = 2;

    public static Command Create()
    {
        var print = new Command("print", "Writes the schema in the schema definition language.");
        print.SetAction(result => result.InvocationConfiguration.Output.Write(Print()));

        var before = new Argument<FileInfo>("base") { Description = "File of the schema that clients rely on." };
        var after = new Argument<FileInfo?>("new") { Description = "File of the schema that is to take its place; by default that of this executable.", DefaultValueFactory = _ => null };
        var format = new Option<string>("--format") { Description = "text, or json: one object a line.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var all = new Option<bool>("--all") { Description = "Name safe changes too." };
        var diff = new Command("diff", "Compares two schemas. Exit code 0: no client breaks; 1: one would; 2: a file is no schema.") { before, after, format, all };
        diff.SetAction((result, cancellationToken) => DiffAsync(
            result.GetRequiredValue(before), result.GetValue(after), result.GetValue(format) == "json", result.GetValue(all), result.InvocationConfiguration, cancellationToken));
        return new Command(Name, "The GraphQL schema: print it, or compare two for what breaks clients.") { print, diff };
    }

    /// <summary>As docs/graphql/schema.graphql holds it.</summary>
    public static string Print()
    {
        using var services = new ServiceCollection().AddLogging().AddPlatformGraphQL().BuildServiceProvider();
        return Print(services.GetRequiredService<PlatformSchema>());
    }

    public static string Print(PlatformSchema schema) =>
        schema.Print(new PrintOptions { StringComparison = StringComparison.Ordinal, IncludeDescriptions = true }).ReplaceLineEndings("\n");

    private static async Task<int> DiffAsync(FileInfo before, FileInfo? after, bool json, bool all, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        IReadOnlyList<SchemaChange> changes;
        try
        {
            changes = SchemaComparison.Compare(
                await File.ReadAllTextAsync(before.FullName, cancellationToken),
                after is null ? Print() : await File.ReadAllTextAsync(after.FullName, cancellationToken));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or GraphQLParserException)
        {
            await console.Error.WriteLineAsync(problem.Message);
            return Unusable;
        }

        foreach (var change in changes.Where(change => all || change.Level != ChangeLevel.Safe))
            await console.Output.WriteLineAsync(json ? Line(change) : $"{LevelOf(change),-9} {change.Sentence}");
        return changes.Any(change => change.Level == ChangeLevel.Breaking) ? Breaks : 0;
    }

    private static string Line(SchemaChange change) => JsonSerializer.Serialize(new { level = LevelOf(change), place = change.Place, sentence = change.Sentence });

    private static string LevelOf(SchemaChange change) => change.Level.ToString().ToLowerInvariant();
}
