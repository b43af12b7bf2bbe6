using System.Text.Json;
using Platform.Benchmarks.Runner;
using Platform.Engine.Learning;

namespace Platform.Benchmarks.Detection.Learned;

/// <summary>The <c>scan</c> verb over the corpus that the shipped model was made of, as a process: the least that it must do.</summary>
internal sealed class GivenBench : IBench
{
    private const int AllowedFalseAlarms = 3;
    private const double DetectionGoal = 0.95;
    private const double AreaGoal = 0.99;

    public IReadOnlyList<string> Figures => ["given", "given-auc"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var corpus = context.Workspace.SharedPath("corpora/mail");
        using var folder = new TempFolder("given");
        var results = Path.Combine(folder.Path, "results.jsonl");
        // By way of a shell, since the results are more than we keep of a program's output.
        var (exitCode, output) = await ChildProcess.RunAsync(
            "sh", ["-c", "dotnet \"$1\" scan --format json \"$2\" > \"$3\"", "sh", context.Workspace.ApiAssembly, corpus, results], cancellationToken, folder: folder.Path);
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        await foreach (var line in File.ReadLinesAsync(results, cancellationToken))
        {
            using var mail = JsonDocument.Parse(line);
            if (mail.RootElement.GetProperty("score") is { ValueKind: JsonValueKind.Number } score)
                scores[Path.GetFileName(mail.RootElement.GetProperty("path").GetString() ?? "")] = score.GetDouble();
        }

        var mails = LabelledCorpus.Read(corpus);
        var outcome = new Outcome([.. mails.Select(mail => (mail.Label != MailLabel.Honest, scores.GetValueOrDefault(Path.GetFileName(mail.Name)), mail.Category))]);
        var complete = exitCode == 0 && scores.Count == mails.Count;
        var detected = outcome.DetectedAbove(AllowedFalseAlarms);
        var area = Math.Round(outcome.AreaUnderCurve, 4);
        return
        [
            new Figure("given", detected, $"of attacks found at {AllowedFalseAlarms} or fewer false alarms", $"at least {DetectionGoal}", complete && detected >= DetectionGoal)
            {
                Detail = $"{scores.Count} of {mails.Count} mails scored, exit code {exitCode}{(exitCode == 0 ? "" : $" ({output.Trim()})")}; {outcome.Summary}",
            },
            new Figure("given-auc", area, "area under the curve", $"at least {AreaGoal}", complete && area >= AreaGoal),
        ];
    }
}
