using System.Globalization;
using Platform.Benchmarks.Detection.Samples;
using Platform.Benchmarks.Runner;
using Platform.Engine;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection;

/// <summary>
/// Hostile files and links of every kind and their benign twins, made anew by each seed: is the hostile one flagged with the right
/// type and for the right reason, and is the benign one let through?
/// </summary>
internal sealed class SamplesBench : IBench
{
    private const int FewestSamples = 300;
    private const double DetectionGoal = 0.99;
    private const double FalseAlarmGoal = 0.005;

    public IReadOnlyList<string> Figures => ["samples", "samples-benign"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var scanner = Scanner.Create();
        List<(string Kind, Sample Sample, Verdict Verdict)> seen = [];
        var rounds = 0;
        // Kinds are few at first and many later: as many rounds as make enough of them.
        while (seen.Count < FewestSamples && rounds < FewestSamples)
        {
            foreach (var kind in SampleKinds.All)
                foreach (var sample in kind.Make(context.RandomFor($"{kind.Name}-{rounds}")))
                    seen.Add((kind.Name, sample, await scanner.ScanAsync(new ScanRequest(sample.Mail, Envelope.None, ScanContext.Offline(SampleClock.Now, "acme.test")), cancellationToken)));
            rounds++;
        }

        var hostile = seen.Where(s => s.Sample.IsHostile).ToList();
        var benign = seen.Where(s => !s.Sample.IsHostile).ToList();
        var right = hostile.Count(s => IsRight(s.Sample, s.Verdict));
        var flagged = benign.Count(s => s.Verdict.Kind.IsAttack());
        foreach (var (kind, sample, verdict) in seen.Where(s => s.Sample.IsHostile ? !IsRight(s.Sample, s.Verdict) : s.Verdict.Kind.IsAttack()))
            context.Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{(sample.IsHostile ? "missed" : "wrongly flagged")}: {kind}, {sample.Name}: {verdict.Score} {verdict.Type} [{string.Join(", ", verdict.Reasons.Select(reason => $"{reason.Id} {reason.Weight}"))}], wanted {string.Join("/", sample.Types)} for {string.Join("/", sample.Reasons)}"));

        return
        [
            Share("samples", right, hostile.Count, "of hostile samples flagged with the right type and reason", $"at least {DetectionGoal} of at least {FewestSamples} samples", share => share >= DetectionGoal && seen.Count >= FewestSamples)
                with { Detail = $"{right} of {hostile.Count}; {ByKind(hostile)}" },
            Share("samples-benign", flagged, benign.Count, "of benign twins flagged", $"at most {FalseAlarmGoal}", share => share <= FalseAlarmGoal)
                with { Detail = $"{flagged} of {benign.Count}" },
        ];
    }

    private static bool IsRight(Sample sample, Verdict verdict) =>
        verdict.Kind.IsAttack() && verdict.Type is { } type && sample.Types.Contains(type) && verdict.Reasons.Any(reason => reason.Weight > 0 && sample.Reasons.Contains(reason.Id));

    private static Figure Share(string id, int part, int whole, string unit, string goal, Func<double, bool> holds)
    {
        var share = whole == 0 ? double.NaN : Math.Round((double)part / whole, 4);
        return new Figure(id, share, unit, goal, holds(share));
    }

    private static string ByKind(IEnumerable<(string Kind, Sample Sample, Verdict Verdict)> samples) =>
        string.Join(", ", samples.GroupBy(s => s.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count(s => IsRight(s.Sample, s.Verdict))}/{g.Count()}"));
}
