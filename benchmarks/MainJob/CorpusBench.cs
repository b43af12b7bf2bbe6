using System.Text.Json;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// The <c>scan</c> verb over the mail corpus, as a process: is every mail scored, how many attacks are found at score 50, and how
/// many clean mails are flagged. First honest figures without a goal of their own; nothing may be tuned to them.
/// </summary>
internal sealed class CorpusBench : IBench
{
    private const int AttackFrom = 50;
    private const int Mails = 1_219;

    public IReadOnlyList<string> Figures => ["corpus", "corpus-detection", "corpus-false-positives"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var corpus = context.Workspace.SharedPath("corpora/mail");
        using var folder = new TempFolder("corpus");
        var results = Path.Combine(folder.Path, "results.jsonl");
        var start = TimeProvider.System.GetTimestamp();
        var (exitCode, errors) = await ScanAsync(context.Workspace, corpus, results, cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(start);

        var scores = new Dictionary<string, double?>();
        foreach (var line in await File.ReadAllLinesAsync(results, cancellationToken))
        {
            using var mail = JsonDocument.Parse(line);
            var score = mail.RootElement.GetProperty("score");
            scores[Path.GetFileName(mail.RootElement.GetProperty("path").GetString() ?? "")] = score.ValueKind == JsonValueKind.Number ? score.GetDouble() : null;
        }

        var labelled = ReadManifest(Path.Combine(corpus, "manifest.tsv")).Select(m => (m.Malicious, m.Category, Score: scores.GetValueOrDefault(m.File))).ToList();
        var scored = labelled.Count(m => m.Score is not null);
        var malicious = labelled.Where(m => m.Malicious).ToList();
        var ham = labelled.Where(m => !m.Malicious).ToList();
        var detected = malicious.Count(m => m.Score >= AttackFrom);
        var flagged = ham.Count(m => m.Score >= AttackFrom);
        return
        [
            new Figure("corpus", scored, $"mails scored of {Mails}", $"{Mails}", scored == Mails && exitCode == 0)
            {
                Detail = $"exit code {exitCode}, {took.TotalSeconds:F1} s, {scores.Count / took.TotalSeconds:F0} mails/s; area under the curve {AreaUnderCurve(malicious, ham):F3}{(errors.Length > 0 && exitCode != 0 ? "; " + errors : "")}",
            },
            new Figure("corpus-detection", Percent(detected, malicious.Count), $"% of {malicious.Count} malicious at score {AttackFrom}", "report", true)
            {
                Detail = $"{detected} found; by category: {ByCategory(malicious)}",
            },
            new Figure("corpus-false-positives", Percent(flagged, ham.Count), $"% of {ham.Count} ham at score {AttackFrom}", "report", true)
            {
                Detail = $"{flagged} flagged; by category: {ByCategory(ham)}",
            },
        ];

        static double Percent(int part, int whole) => Math.Round(100.0 * part / Math.Max(1, whole), 2);
    }

    private static async Task<(int ExitCode, string Errors)> ScanAsync(Workspace workspace, string corpus, string results, CancellationToken cancellationToken)
    {
        // By way of a shell, since the results are more than we keep of a program's output.
        var (exitCode, output) = await ChildProcess.RunAsync(
            "sh", ["-c", "dotnet \"$1\" scan --format json \"$2\" > \"$3\"", "sh", workspace.ApiAssembly, corpus, results], cancellationToken, folder: Path.GetDirectoryName(results));
        return (exitCode, output.Trim());
    }

    private static IEnumerable<(string File, bool Malicious, string Category)> ReadManifest(string manifest)
    {
        var rows = File.ReadAllLines(manifest);
        var columns = rows[0].Split('\t').ToList();
        var (file, label, category) = (columns.IndexOf("file"), columns.IndexOf("label"), columns.IndexOf("category"));
        return rows.Skip(1).Where(r => r.Length > 0).Select(r => r.Split('\t')).Select(c => (Path.GetFileName(c[file]), c[label] == "malicious", c[category]));
    }

    private static string ByCategory(IEnumerable<(bool Malicious, string Category, double? Score)> mails) =>
        string.Join(", ", mails.GroupBy(m => m.Category).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count(m => m.Score >= AttackFrom)}/{g.Count()}"));

    // The chance that a malicious mail scores above a clean one; ties count half.
    private static double AreaUnderCurve(List<(bool Malicious, string Category, double? Score)> malicious, List<(bool Malicious, string Category, double? Score)> ham)
    {
        var wins = malicious.Sum(m => ham.Sum(h => m.Score > h.Score ? 1.0 : m.Score == h.Score ? 0.5 : 0));
        return malicious.Count == 0 || ham.Count == 0 ? 0 : wins / malicious.Count / ham.Count;
    }
}
