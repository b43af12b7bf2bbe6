using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard.DataClasses;
using Platform.Engine;
using Platform.Engine.PersonalData;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// Mails with personal data and mails with look-alikes, 400 of each made anew by each seed, in all formats: of the mails in which a
/// class is found, how many hold it (precision); of those that hold it, in how many it is found (recall).
/// </summary>
internal sealed class DataClassesBench : IBench
{
    private const int OfEach = 400;
    private const double PrecisionGoal = 0.98;
    private const double RecallGoal = 0.95;

    public IReadOnlyList<string> Figures => ["data-classes-precision", "data-classes-recall"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var scanner = Scanner.Create();
        List<(DataMail Mail, IReadOnlyList<string> Found)> seen = [];
        foreach (var mail in Mails(context.RandomFor("data-classes")))
        {
            var verdict = await scanner.ScanAsync(new ScanRequest(mail.Mail, Envelope.None with { Direction = MailDirection.Outbound }, ScanContext.Offline(new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero), "acme.test")), cancellationToken);
            string[] found = [.. verdict.PersonalData.Select(finding => PersonalDataClasses.WireName(finding.Class))];
            seen.Add((mail, found));
            Report(context, mail, verdict, found);
        }

        var classes = PersonalDocuments.All.Select(kind => Score(kind.Class, seen)).ToList();
        var table = string.Join(", ", classes.Select(score => string.Create(CultureInfo.InvariantCulture, $"{score.Class} {score.Precision:0.000}/{score.Recall:0.000}")));
        var precise = classes.MinBy(score => score.Precision)!;
        var complete = classes.MinBy(score => score.Recall)!;
        return
        [
            new Figure("data-classes-precision", Math.Round(precise.Precision, 4), $"lowest precision, of {precise.Class}", $"at least {PrecisionGoal}", precise.Precision >= PrecisionGoal) { Detail = $"precision/recall: {table}" },
            new Figure("data-classes-recall", Math.Round(complete.Recall, 4), $"lowest recall, of {complete.Class}", $"at least {RecallGoal}", complete.Recall >= RecallGoal) { Detail = $"{OfEach} mails with personal data, {OfEach} look-alikes" },
        ];
    }

    /// <summary>Kinds in turn, so that each has its share.</summary>
    internal static IEnumerable<DataMail> Mails(Random random)
    {
        for (var index = 0; index < OfEach; index++)
        {
            yield return DataMails.Make(random, PersonalDocuments.All[index % PersonalDocuments.All.Count].Make(random));
            var (kind, make) = LookAlikes.All[index % LookAlikes.All.Count];
            yield return DataMails.Make(random, new DataDocument(kind, [.. make(random)]));
        }
    }

    private static ClassScore Score(string name, List<(DataMail Mail, IReadOnlyList<string> Found)> seen)
    {
        var held = seen.Count(one => one.Mail.Document.Classes.Contains(name));
        var found = seen.Count(one => one.Found.Contains(name));
        var right = seen.Count(one => one.Found.Contains(name) && one.Mail.Document.Classes.Contains(name));
        return new ClassScore(name, found == 0 ? 0 : (double)right / found, held == 0 ? 0 : (double)right / held);
    }

    private static void Report(BenchContext context, DataMail mail, Verdict verdict, string[] found)
    {
        var missed = mail.Document.Classes.Except(found).ToList();
        var wrong = verdict.PersonalData.Where(finding => !mail.Document.Classes.Contains(PersonalDataClasses.WireName(finding.Class))).ToList();
        if (missed.Count > 0)
            context.Progress.Say($"missed {string.Join(", ", missed)}: {mail.Document.Kind} in {mail.Carrier}");
        foreach (var finding in wrong)
            context.Progress.Say($"wrongly found {PersonalDataClasses.WireName(finding.Class)}: {mail.Document.Kind} in {mail.Carrier}: {finding.Places[0].Sample}");
    }

    private sealed record ClassScore(string Class, double Precision, double Recall);
}
