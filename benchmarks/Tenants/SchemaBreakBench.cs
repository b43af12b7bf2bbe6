using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;
using Platform.Api.GraphQL.Schema.Changes;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants;

/// <summary>
/// The schema of the product as it prints it, with one thing taken out at a time: each field, argument and enum value (quick: as many as chance picks),
/// which the check must call a break, and things put in or eased, which it must let pass. The verb itself is run on some of each for its exit code.
/// </summary>
internal sealed class SchemaBreakBench : IBench
{
    public IReadOnlyList<string> Figures => ["schema-break"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var random = context.RandomFor("schema-break");
        var schema = await PrintAsync(context, cancellationToken);
        var edits = new SchemaEdits(schema);
        var taken = Picked(edits.Removals(), context.Scaled(int.MaxValue, 50), random);
        var given = Picked(edits.Additions(), context.Scaled(int.MaxValue, 25), random);

        var missed = taken.Where(edit => !Breaks(schema, edit.Print())).Select(edit => "not noticed: " + edit.Name).ToList();
        missed.AddRange(given.Where(edit => Breaks(schema, edit.Print())).Select(edit => "wrongly refused: " + edit.Name));
        foreach (var (edit, expected) in Picked(taken, 3, random).Select(edit => (edit, 1)).Concat(Picked(given, 3, random).Select(edit => (edit, 0))))
        {
            var exitCode = await DiffAsync(context, schema, edit.Print(), cancellationToken);
            if (exitCode != expected)
                missed.Add($"exit code {exitCode}: {edit.Name}");
        }

        foreach (var line in missed.Take(10))
            context.Progress.Say(line);
        return
        [
            new Figure("schema-break", missed.Count == 0, $"{taken.Count} removals and {given.Count} safe changes", "true", missed.Count == 0)
            {
                Detail = missed.Count == 0 ? null : string.Join("; ", missed.Take(5)),
            },
        ];
    }

    private static bool Breaks(string before, string after) => SchemaComparison.Compare(before, after).Any(change => change.Level == ChangeLevel.Breaking);

    private static async Task<string> PrintAsync(BenchContext context, CancellationToken cancellationToken)
    {
        // Into a file: of a program's output only the end is kept.
        using var folder = new TempFolder("schema-print");
        var file = Path.Combine(folder.Path, "schema.graphql");
        var (exitCode, output) = await ChildProcess.RunAsync("/bin/sh", ["-c", "exec \"$@\" > \"$0\"", file, "dotnet", context.Workspace.ApiAssembly, "schema", "print"], cancellationToken);
        return exitCode == 0 ? await File.ReadAllTextAsync(file, cancellationToken) : throw new InvalidOperationException($"schema print ended with {exitCode}: {output}");
    }

    private static async Task<int> DiffAsync(BenchContext context, string before, string after, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("schema");
        var (old, now) = (Path.Combine(folder.Path, "before.graphql"), Path.Combine(folder.Path, "after.graphql"));
        await File.WriteAllTextAsync(old, before, cancellationToken);
        await File.WriteAllTextAsync(now, after, cancellationToken);
        return (await ChildProcess.RunAsync("dotnet", [context.Workspace.ApiAssembly, "schema", "diff", old, now], cancellationToken)).ExitCode;
    }

    private static List<SchemaEdit> Picked(IEnumerable<SchemaEdit> edits, int most, Random random)
    {
        var all = edits.ToArray();
        random.Shuffle(all);
        return [.. all.Take(most)];
    }
}

/// <param name="Name">What was done: <c>field Message.subject taken out</c>.</param>
/// <param name="Print">The schema after it. Of many edits few are looked at.</param>
internal sealed record SchemaEdit(string Name, Func<string> Print);

/// <summary>Every schema that differs from a given one by a single removal, or by a single addition.</summary>
internal sealed class SchemaEdits(string schema)
{
    private readonly GraphQLDocument _whole = Parser.Parse(schema);

    public IEnumerable<SchemaEdit> Removals()
    {
        foreach (var type in Types(_whole))
        {
            var name = type.Name.StringValue;
            yield return Edit($"type {name} taken out", document => document.Definitions.RemoveAll(definition => definition is GraphQLTypeDefinition named && named.Name.StringValue == name));
            for (var i = 0; i < Members(type); i++)
            {
                var at = i;
                yield return Edit($"{name}, member {at} taken out", document => Remove(Of(document, name), at));
            }
        }
    }

    public IEnumerable<SchemaEdit> Additions() =>
        from type in Types(_whole)
        where type is not (GraphQLScalarTypeDefinition or GraphQLUnionTypeDefinition)
        let name = type.Name.StringValue
        select Edit($"{name}, something new put in", document => Add(Of(document, name)));

    private SchemaEdit Edit(string name, Action<GraphQLDocument> change) => new(name, () =>
    {
        var document = Parser.Parse(schema);
        change(document);
        return new SDLPrinter().Print(document);
    });

    private static IEnumerable<GraphQLTypeDefinition> Types(GraphQLDocument document) => document.Definitions.OfType<GraphQLTypeDefinition>();

    private static GraphQLTypeDefinition Of(GraphQLDocument document, string name) => Types(document).Single(type => type.Name.StringValue == name);

    // The last member stays, since an empty type is no schema.
    private static int Members(GraphQLTypeDefinition type) => type switch
    {
        GraphQLObjectTypeDefinition { Fields.Items.Count: > 1 and var count } => count,
        GraphQLInterfaceTypeDefinition { Fields.Items.Count: > 1 and var count } => count,
        GraphQLInputObjectTypeDefinition { Fields.Items.Count: > 1 and var count } => count,
        GraphQLEnumTypeDefinition { Values.Items.Count: > 1 and var count } => count,
        _ => 0,
    };

    private static void Remove(GraphQLTypeDefinition type, int at)
    {
        switch (type)
        {
            case GraphQLObjectTypeDefinition named:
                named.Fields!.Items.RemoveAt(at);
                break;
            case GraphQLInterfaceTypeDefinition named:
                named.Fields!.Items.RemoveAt(at);
                break;
            case GraphQLInputObjectTypeDefinition named:
                named.Fields!.Items.RemoveAt(at);
                break;
            case GraphQLEnumTypeDefinition named:
                named.Values!.Items.RemoveAt(at);
                break;
            default:
                throw new InvalidOperationException($"{type.Name} has no members.");
        }
    }

    private static void Add(GraphQLTypeDefinition type)
    {
        switch (type)
        {
            case GraphQLObjectTypeDefinition named:
                named.Fields!.Items.Add(Part<GraphQLObjectTypeDefinition>("type X { zzNew(first: Int = 3, of: String): [String!] }").Fields!.Items[0]);
                break;
            case GraphQLInterfaceTypeDefinition named:
                named.Fields!.Items.Add(Part<GraphQLObjectTypeDefinition>("type X { zzNew: String }").Fields!.Items[0]);
                break;
            case GraphQLInputObjectTypeDefinition named:
                named.Fields!.Items.Add(Part<GraphQLInputObjectTypeDefinition>("input X { zzNew: Int! = 3 }").Fields!.Items[0]);
                break;
            case GraphQLEnumTypeDefinition named:
                named.Values!.Items.Add(Part<GraphQLEnumTypeDefinition>("enum X { ZZ_NEW }").Values!.Items[0]);
                break;
            default:
                throw new InvalidOperationException($"{type.Name} has no members.");
        }
    }

    private static T Part<T>(string text)
        where T : GraphQLTypeDefinition => (T)Parser.Parse(text).Definitions[0];
}
