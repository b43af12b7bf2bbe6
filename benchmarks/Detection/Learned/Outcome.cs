using System.Globalization;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Learned;

/// <summary>Detection and false alarms over scored mails.</summary>
internal sealed class Outcome(IEnumerable<(bool IsAttack, double Score, string Category)> mails)
{
    private const double AllowedFalseAlarms = 0.005;

    private readonly List<(bool IsAttack, double Score, string Category)> _attacks = [.. mails.Where(mail => mail.IsAttack)];
    private readonly List<(bool IsAttack, double Score, string Category)> _honest = [.. mails.Where(mail => !mail.IsAttack)];

    public static Outcome Of(IEnumerable<JudgedMail> judged) => new([.. judged.Select(mail => (mail.Mail.IsAttack, (double)mail.Score, mail.Mail.Mail.Category))]);

    public static Outcome AtFirstContact(IEnumerable<JudgedMail> judged) => new([.. judged.Select(mail => (mail.Mail.IsAttack, (double)mail.AtFirstContact, mail.Mail.Mail.Category))]);

    /// <summary>Share of attacks at the product's own threshold.</summary>
    public double Detected => Share(_attacks, VerdictScale.SuspiciousFrom);

    public int FalseAlarms => _honest.Count(mail => mail.Score >= VerdictScale.SuspiciousFrom);

    public double FalseAlarmShare => Share(_honest, VerdictScale.SuspiciousFrom);

    /// <summary>Share of attacks above the score that no more than half a percent of honest mails reach.</summary>
    public double DetectedAtHalfPercent => DetectedAbove((int)(_honest.Count * AllowedFalseAlarms));

    /// <summary>Share of attacks that score higher than all honest mails but this many.</summary>
    public double DetectedAbove(int falseAlarms)
    {
        var limit = _honest.Select(mail => mail.Score).OrderDescending().ElementAtOrDefault(falseAlarms);
        return Round(_attacks.Count(mail => mail.Score > limit) / (double)Math.Max(1, _attacks.Count));
    }

    /// <summary>The chance that an attack scores above an honest mail; ties count half.</summary>
    public double AreaUnderCurve =>
        _attacks.Sum(attack => _honest.Sum(honest => attack.Score > honest.Score ? 1.0 : attack.Score == honest.Score ? 0.5 : 0)) / Math.Max(1, _attacks.Count) / Math.Max(1, _honest.Count);

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"at {VerdictScale.SuspiciousFrom}: {Detected:P1} of {_attacks.Count}, {FalseAlarms} of {_honest.Count} wrongly; at 0.5 % false alarms: {DetectedAtHalfPercent:P1}; area {AreaUnderCurve:F4}; {ByCategory(_attacks)}; wrongly: {ByCategory(_honest)}");

    private static string ByCategory(IEnumerable<(bool IsAttack, double Score, string Category)> mails) => string.Join(", ", mails
        .GroupBy(mail => mail.Category, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"{group.Key} {group.Count(mail => mail.Score >= VerdictScale.SuspiciousFrom)}/{group.Count()}"));

    private static double Share(List<(bool IsAttack, double Score, string Category)> mails, int threshold) => Round(mails.Count(mail => mail.Score >= threshold) / (double)Math.Max(1, mails.Count));

    private static double Round(double share) => Math.Round(share, 4);
}
