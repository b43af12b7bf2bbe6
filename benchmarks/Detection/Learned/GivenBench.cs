using System.Text.Json;
using Platform.Benchmarks.Runner;
using Platform.Engine.Learning;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Learned;

/// <summary>The <c>scan</c> verb over the corpus that the shipped model was made of, as a process: the least that it must do.</summary>
internal sealed class GivenBench : IBench
{
    private const int AllowedFalseAlarms = 3;
    private const double DetectionGoal = 0.95;
    private const double AreaGoal = 0.99;
    private const double ClassGoal = 0.85;

    public IReadOnlyList<string> Figures => ["given", "given-auc", "class"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var corpus = context.Workspace.SharedPath("corpora/mail");
        using var folder = new TempFolder("given");
        var results = Path.Combine(folder.Path, "results.jsonl");
        // By way of a shell, since the results are more than we keep of a program's output.
        var (exitCode, output) = await ChildProcess.RunAsync(
            "sh", ["-c", "dotnet \"$1\" scan --format json \"$2\" > \"$3\"", "sh", context.Workspace.ApiAssembly, corpus, results], cancellationToken, folder: folder.Path);
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        var types = new Dictionary<string, string?>(StringComparer.Ordinal);
        await foreach (var line in File.ReadLinesAsync(results, cancellationToken))
        {
            using var mail = JsonDocument.Parse(line);
            if (mail.RootElement.GetProperty("score") is not { ValueKind: JsonValueKind.Number } score)
                continue;
            var name = Path.GetFileName(mail.RootElement.GetProperty("path").GetString() ?? "");
            scores[name] = score.GetDouble();
            types[name] = mail.RootElement.GetProperty("type").GetString();
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
            Class(mails, scores, types, complete),
            new Figure("given-auc", area, "area under the curve", $"at least {AreaGoal}", complete && area >= AreaGoal),
        ];
    }

    private static Figure Class(IReadOnlyList<LabelledMail> mails, Dictionary<string, double> scores, Dictionary<string, string?> types, bool complete)
    {
        var flagged = mails
            .Where(mail => mail.Label != MailLabel.Honest && scores.GetValueOrDefault(Path.GetFileName(mail.Name)) >= VerdictScale.SuspiciousFrom)
            .Select(mail => (mail.Category, Expected: AttackTypes.WireName(ManifestType.Of(mail.Label)), Said: types.GetValueOrDefault(Path.GetFileName(mail.Name)) ?? "nothing"))
            .ToList();
        var fitting = Math.Round(flagged.Count(mail => mail.Said == mail.Expected) / (double)Math.Max(1, flagged.Count), 4);
        return new Figure("class", fitting, "of flagged attacks called as the manifest calls them", $"at least {ClassGoal}", complete && fitting >= ClassGoal)
        {
            Detail = string.Join(", ", flagged.GroupBy(mail => $"{mail.Category} as {mail.Said}").OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {group.Count()}")),
        };
    }
}
