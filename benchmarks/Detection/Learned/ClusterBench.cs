using System.Globalization;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Learned;

/// <summary>
/// Cross-validation over clusters of the corpus: how the scanner does on mails of which its model knows neither text nor template,
/// without a model at all, and whether what is flagged is called by its right name.
/// </summary>
internal sealed class ClusterBench(ExaminedCorpus corpus) : IBench
{
    private const double DetectionGoal = 0.90;
    private const double FalseAlarmGoal = 0.005;

    public IReadOnlyList<string> Figures => ["cv-cluster", "cv-cluster-threshold", "cv-cluster-false-positives", "cv-first-contact", "no-model", "class-cv"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var mails = await corpus.LoadAsync(context, cancellationToken);
        var judged = CrossValidation.Judge(mails, context.Scaled(10, 5), context.Options.Seed, _ => true, _ => true, cancellationToken);
        var outcome = Outcome.Of(judged);
        var stranger = Outcome.AtFirstContact(judged);
        var without = Outcome.Of(mails.Where(mail => !mail.IsMade).Select(CrossValidation.WithoutModel));
        foreach (var mail in judged.Where(mail => !mail.Mail.IsAttack && mail.Score >= VerdictScale.SuspiciousFrom))
            context.Progress.Say($"wrongly flagged: {mail.Mail.Mail.Name} {mail.Mail.Mail.Category}: {mail.Score} {mail.Type}");

        var flagged = judged.Where(mail => mail.Mail.IsAttack && mail.Score >= VerdictScale.SuspiciousFrom).ToList();
        foreach (var mail in flagged.Where(mail => !Fits(mail)))
            context.Progress.Say($"called otherwise: {mail.Mail.Mail.Name} {mail.Mail.Mail.Category} as {mail.Type}: {string.Join(' ', mail.Reasons.Select(reason => $"{reason.Id}{reason.Weight:+0;-0}"))}");
        var fitting = Math.Round(flagged.Count(Fits) / (double)Math.Max(1, flagged.Count), 4);
        return
        [
            new Figure("cv-cluster", outcome.DetectedAtHalfPercent, "of attacks found at 0.5 % false alarms", $"at least {DetectionGoal}", outcome.DetectedAtHalfPercent >= DetectionGoal) { Detail = outcome.Summary },
            new Figure("cv-cluster-threshold", outcome.Detected, $"of attacks found at score {VerdictScale.SuspiciousFrom}", $"at least {DetectionGoal}", outcome.Detected >= DetectionGoal),
            new Figure("cv-cluster-false-positives", outcome.FalseAlarmShare, $"of honest mails at score {VerdictScale.SuspiciousFrom}", $"at most {FalseAlarmGoal}", outcome.FalseAlarmShare <= FalseAlarmGoal) { Detail = $"{outcome.FalseAlarms} mails" },
            new Figure("cv-first-contact", stranger.Detected, $"of attacks found at score {VerdictScale.SuspiciousFrom} where the sender never wrote before", "report", true) { Detail = stranger.Summary },
            new Figure("no-model", without.Detected, $"of attacks found at score {VerdictScale.SuspiciousFrom}, learned part off", "report", true) { Detail = without.Summary },
            new Figure("class-cv", fitting, "of flagged attacks called as the manifest calls them, in cross-validation", "report", true)
            {
                Detail = string.Join(", ", flagged.GroupBy(mail => $"{mail.Mail.Mail.Category} as {(mail.Type is { } type ? AttackTypes.WireName(type) : "nothing")}").OrderByDescending(group => group.Count()).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Count()}"))),
            },
        ];
    }

    private static bool Fits(JudgedMail mail) => mail.Type == ManifestType.Of(mail.Mail.Mail.Label);
}
