using System.Text.Json;

namespace Platform.Conformance;

/// <summary>One case of a suite with what its scenario gives it.</summary>
/// <param name="Data">The case as it stands in <c>suite.json</c>.</param>
/// <param name="Scenario">The scenario around it: <c>zone</c>, <c>domain</c>, <c>sel</c>, <c>privatekey</c>.</param>
/// <param name="Folder">The suite's folder, to which <c>file</c> is relative.</param>
public sealed record SuiteCase(string Id, JsonElement Data, JsonElement Scenario, string Folder)
{
    /// <summary>Upstream departs from, or goes beyond, the standard: run, but not counted as a failure.</summary>
    public bool IsInterpretive => Data.TryGetProperty("interpretive", out var mark) && mark.ValueKind == JsonValueKind.True;

    /// <summary>The member as text; null when it is absent or no string.</summary>
    public string? Text(string member) =>
        Data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The octets that the member <c>file</c> names.</summary>
    /// <exception cref="SuiteException">There is no such file inside of the suite's folder.</exception>
    public async Task<byte[]> ReadFileAsync(CancellationToken cancellationToken)
    {
        var name = Text("file") ?? throw new SuiteException($"case {Id} names no file");
        var path = Path.GetFullPath(name, Path.GetFullPath(Folder));
        var relative = Path.GetRelativePath(Folder, path);
        if (relative.StartsWith("..", StringComparison.Ordinal) || !File.Exists(path))
            throw new SuiteException($"case {Id}: there is no file {name} in {Folder}");
        return await File.ReadAllBytesAsync(path, cancellationToken);
    }
}

/// <summary>A suite cannot be run as it lies there. The message says what is wrong.</summary>
public sealed class SuiteException(string message, Exception? inner = null) : Exception(message, inner);
