using System.Globalization;
using Platform.Engine.Detectors;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Learning;

/// <summary>
/// What the model says of a message, as signs like any others. How sure it is gives the strength; the words and the make of the
/// mail are two signs, each by its share and each below an attack, so that neither wording nor layout alone condemns a mail.
/// </summary>
internal sealed class LearnedSigns(LearnedModel model)
{
    /// <summary>Points of all signs of attack together when the odds are even, and for each further factor e of the odds.</summary>
    private const double EvenPoints = 7;
    private const double PointsPerLogit = 12;
    private const double MostPoints = 66;

    // Below, an attack is as unlikely as among honest mails.
    private const double HonestFrom = -4;
    private const int MostShown = 5;
    private const int LightestPoints = 4;

    public static IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("learned-words", "What subject and text say resembles attacks that the model learned.", "docs/learning.md", "terms"),
        new("learned-build", "How sender, links and HTML are made resembles attacks that the model learned.", "docs/learning.md", "traits"),
        new("learned-honest", "The model finds what only honest mail has.", "docs/learning.md"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input, IReadOnlyList<Sign> signs)
    {
        foreach (var sign in Inspect(MailFeatures.Of(input, signs)))
            yield return sign;
    }

    public IEnumerable<Sign> Inspect(FeatureVector vector)
    {
        var (words, build) = model.Attack.Sum(vector);
        var logit = model.Calibration.Logit(words + build + model.Attack.Bias);
        if (logit <= HonestFrom)
        {
            yield return new Sign("learned-honest", Seen.Of(EvidenceKind.Structure, "message", Likelihood(logit))) { Percent = Math.Min(100, (int)(25 * (1 + HonestFrom - logit))) };
            yield break;
        }

        var points = Math.Clamp(EvenPoints + PointsPerLogit * logit, 0, MostPoints);
        if (points < LightestPoints)
            yield break;
        var type = TypeOf(vector);
        var share = ShareOfWords(words, build);
        if (Strength("learned-words", points * share) is { } wordy)
        {
            var terms = Contributions.Terms(model.Attack, vector, MostShown);
            yield return new Sign("learned-words", Seen.Of(EvidenceKind.Text, "text", terms.Length == 0 ? Likelihood(logit) : $"{terms} ({Likelihood(logit)})"), ("terms", terms)) { Percent = wordy, Type = type };
        }

        if (Strength("learned-build", points * (1 - share)) is { } built)
        {
            var traits = Contributions.Traits(model.Attack, vector, MostShown);
            yield return new Sign("learned-build", Seen.Of(EvidenceKind.Structure, "message", $"{traits} ({Likelihood(logit)})"), ("traits", traits)) { Percent = built, Type = type };
        }
    }

    private AttackType TypeOf(FeatureVector vector)
    {
        var (words, build) = model.Fraud.Sum(vector);
        return words + build + model.Fraud.Bias > 0 ? AttackType.Fraud : AttackType.CredentialPhishing;
    }

    private static double ShareOfWords(double words, double build)
    {
        // A view that speaks for honesty has no share in an accusation.
        var (forWords, forBuild) = (Math.Max(0, words + 1), Math.Max(0, build + 1));
        return forWords + forBuild == 0 ? 0.5 : forWords / (forWords + forBuild);
    }

    private static int? Strength(string id, double points)
    {
        var percent = (int)Math.Round(100 * points / Weights.Of(id).Points);
        return percent < 100 * LightestPoints / Weights.Of(id).Points ? null : Math.Min(100, percent);
    }

    private static string Likelihood(double logit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(100 / (1 + Math.Exp(-logit)), 0.1, 99.9):F1} %");
}
