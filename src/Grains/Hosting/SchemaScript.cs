namespace Platform.Grains.Hosting;

/// <summary>An embedded script: statements that make the tables, then queries, each after a line <c>-- query: NAME</c>.</summary>
internal sealed record SchemaScript(string Tables, IReadOnlyList<(string Key, string Text)> Queries)
{
    private const string Mark = "-- query: ";

    public static SchemaScript Read(string file)
    {
        using var stream = typeof(SchemaScript).Assembly.GetManifestResourceStream($"Platform.Grains.Hosting.Schema.{file}")
            ?? throw new InvalidOperationException($"The embedded script {file} is missing from the build.");
        using var reader = new StreamReader(stream);
        var parts = reader.ReadToEnd().Split(Mark);
        return new SchemaScript(parts[0], [.. parts.Skip(1).Select(Query)]);
    }

    private static (string Key, string Text) Query(string part)
    {
        var end = part.IndexOf('\n', StringComparison.Ordinal);
        return (part[..end].Trim(), part[(end + 1)..].Trim());
    }
}
