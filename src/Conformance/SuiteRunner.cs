using System.Text.Json;

namespace Platform.Conformance;

/// <summary>What a suite gave. Interpretive cases count in <see cref="Cases"/> and <see cref="Interpretive"/>, and in neither of passed and failed.</summary>
/// <param name="Failures">Ids of cases that failed, with their scenario when ids repeat.</param>
/// <param name="Details">Why, by the same id.</param>
public sealed record SuiteReport(string Suite, int Cases, int Passed, int Failed, int Interpretive, IReadOnlyList<string> Failures, IReadOnlyDictionary<string, string> Details);

/// <summary>Finds suites below a folder and runs them.</summary>
public sealed class SuiteRunner(IReadOnlyList<ISuiteFormat> formats)
{
    private const string FileName = "suite.json";

    /// <summary>Folders with a <c>suite.json</c>: the folder itself, or those below it, in order of name.</summary>
    /// <exception cref="SuiteException">There is none.</exception>
    public static IReadOnlyList<string> Find(string folder)
    {
        if (!Directory.Exists(folder))
            throw new SuiteException($"There is no folder {folder}.");
        if (File.Exists(Path.Combine(folder, FileName)))
            return [folder];
        List<string> found = [.. Directory.EnumerateDirectories(folder).Where(path => File.Exists(Path.Combine(path, FileName))).Order(StringComparer.Ordinal)];
        return found.Count > 0 ? found : throw new SuiteException($"No folder below {folder} holds a {FileName}.");
    }

    /// <exception cref="SuiteException">The file cannot be read, or its format is not known.</exception>
    public async Task<SuiteReport> RunAsync(string folder, CancellationToken cancellationToken)
    {
        using var document = await OpenAsync(folder, cancellationToken);
        var root = document.RootElement;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var format = root.TryGetProperty("format", out var given) ? given.GetString() : null;
        var runner = formats.FirstOrDefault(f => f.Format == format)
            ?? throw new SuiteException($"{name}: the format '{format}' is not known. Known: {string.Join(", ", formats.Select(f => f.Format))}.");
        int cases = 0, passed = 0, interpretive = 0;
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var scenario in root.GetProperty("scenarios").EnumerateArray())
        {
            foreach (var data in scenario.GetProperty("cases").EnumerateArray())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var item = new SuiteCase(data.GetProperty("id").GetString() ?? "", data, scenario, folder);
                var outcome = await OutcomeAsync(runner, item, cancellationToken);
                cases++;
                if (item.IsInterpretive)
                    interpretive++;
                else if (outcome.Passed)
                    passed++;
                else if (!details.TryAdd(item.Id, outcome.Detail))
                    details[$"{scenario.GetProperty("scenario").GetString()}: {item.Id}"] = outcome.Detail;
            }
        }

        return new SuiteReport(name, cases, passed, cases - passed - interpretive, interpretive, [.. details.Keys], details);
    }

    // What throws has failed: the case is at fault or we are, and the rest must still run.
    private static async Task<CaseOutcome> OutcomeAsync(ISuiteFormat format, SuiteCase item, CancellationToken cancellationToken)
    {
        try
        {
            return await format.RunAsync(item, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return CaseOutcome.Fail($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private static async Task<JsonDocument> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonDocument.ParseAsync(file, default, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new SuiteException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
