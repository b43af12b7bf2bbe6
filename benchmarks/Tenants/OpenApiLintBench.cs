using System.Text.Json;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants;

/// <summary>The description that the running product serves, linted by Redocly CLI (npm) with its recommended rules and the stricter ones of tests/peers/redocly.yaml.</summary>
internal sealed class OpenApiLintBench : IBench
{
    public IReadOnlyList<string> Figures => ["openapi-lint"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var node = Programs.Require("node");
        var redocly = Path.Combine(context.Workspace.Peers, "node_modules", "@redocly", "cli", "bin", "cli.js");
        if (!File.Exists(redocly))
            throw new MissingPartException("@redocly/cli (npm ci in tests/peers)");
        using var data = new TempFolder("openapi-lint");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var http = new HttpClient { BaseAddress = product.Http };
        var description = await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), cancellationToken);
        var file = Path.Combine(data.Path, "v1.json");
        await File.WriteAllTextAsync(file, description, cancellationToken);

        // What it says to people goes to the standard error.
        string[] arguments = ["-c", "exec \"$@\" 2>/dev/null", "sh", node, redocly, "lint", "--format=json", "--max-problems=1000", "--config", Path.Combine(context.Workspace.Peers, "redocly.yaml"), file];
        var (_, output) = await ChildProcess.RunAsync("/bin/sh", arguments, cancellationToken, new Dictionary<string, string?> { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true", ["CI"] = "true" });
        var problems = Problems(output);
        var errors = problems.Where(problem => problem.Severity == "error").ToList();
        foreach (var problem in problems.Take(20))
            context.Progress.Say($"{problem.Severity}: {problem.Text}");
        return
        [
            new Figure("openapi-lint", errors.Count, $"errors over {Operations(description)} operations", "0", errors.Count == 0)
            {
                Detail = $"{problems.Count - errors.Count} warnings" + string.Concat(errors.Take(3).Select(problem => "; " + problem.Text)),
            },
        ];
    }

    /// <exception cref="InvalidOperationException">The linter did not say what it found.</exception>
    private static List<(string Severity, string Text)> Problems(string output)
    {
        var from = output.IndexOf('{', StringComparison.Ordinal);
        var to = output.LastIndexOf('}');
        if (from < 0 || to < from)
            throw new InvalidOperationException("the linter gave no result: " + output);
        using var result = JsonDocument.Parse(output[from..(to + 1)]);
        return [.. result.RootElement.GetProperty("problems").EnumerateArray().Select(problem => (
            problem.GetProperty("severity").GetString()!,
            $"{problem.GetProperty("ruleId").GetString()}: {problem.GetProperty("message").GetString()} {problem.GetProperty("location")[0].GetProperty("pointer").GetString()}"))];
    }

    private static int Operations(string description)
    {
        using var document = JsonDocument.Parse(description);
        return document.RootElement.GetProperty("paths").EnumerateObject().Sum(path => path.Value.EnumerateObject().Count());
    }
}
