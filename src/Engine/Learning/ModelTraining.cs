namespace Platform.Engine.Learning;

/// <summary>What a mail of the training turned out to be.</summary>
public enum MailLabel
{
    Honest,

    /// <summary>After a secret, by page, form, code or attachment.</summary>
    Phishing,

    /// <summary>After money, by words alone.</summary>
    Fraud,
}

/// <summary>A mail as the training takes it: what the model would see of it, and what it is.</summary>
/// <param name="Group">Mails of one group have a text or a template in common; calibration never tests on what it trained on.</param>
internal sealed record TrainingExample(FeatureVector Features, MailLabel Label, string Group, float Importance = 1);

/// <summary>Makes a model of examples. The same examples in the same order and the same seed give the same model.</summary>
internal static class ModelTraining
{
    private const double Cost = 20;
    private const double FraudCost = 20;
    private const int CalibrationFolds = 4;

    public static LearnedModel Train(IReadOnlyList<TrainingExample> examples, int seed, int calibrationFolds = CalibrationFolds)
    {
        var rows = examples.Select(example => TrainingRow.Of(example.Features, example.Label != MailLabel.Honest, example.Importance)).ToList();
        var (weights, bias) = LogisticTrainer.Train(rows, Cost, seed);
        var (fraud, fraudBias) = LogisticTrainer.Train(
            [.. examples.Where(example => example.Label != MailLabel.Honest).Select(example => TrainingRow.Of(example.Features, example.Label == MailLabel.Fraud, example.Importance))],
            FraudCost,
            seed);
        return new LearnedModel(
            WeightTable.Of(weights, bias),
            Calibrate(examples, rows, seed, calibrationFolds),
            WeightTable.Of(fraud, fraudBias),
            new ModelOrigin(MailFeatures.Version, seed, examples.Count));
    }

    private static Calibration Calibrate(IReadOnlyList<TrainingExample> examples, List<TrainingRow> rows, int seed, int folds)
    {
        // Groups of each kind are dealt apart, so that no fold lacks one; too few of them cannot be kept whole.
        var random = new Random(seed);
        var foldOf = new int[rows.Count];
        foreach (var kind in Enumerable.Range(0, rows.Count).GroupBy(index => rows[index].Positive))
        {
            var groups = kind.Select(index => examples[index].Group).Distinct(StringComparer.Ordinal).ToArray();
            random.Shuffle(groups);
            var place = groups.Select((group, index) => (group, index)).ToDictionary(pair => pair.group, pair => pair.index, StringComparer.Ordinal);
            foreach (var index in kind)
                foldOf[index] = (groups.Length >= folds ? place[examples[index].Group] : index) % folds;
        }

        var margins = new double[rows.Count];
        Parallel.For(0, folds, fold =>
        {
            var (weights, bias) = LogisticTrainer.Train([.. rows.Where((_, index) => foldOf[index] != fold)], Cost, seed);
            var table = WeightTable.Of(weights, bias);
            for (var index = 0; index < rows.Count; index++)
            {
                if (foldOf[index] != fold)
                    continue;
                var (words, build) = table.Sum(examples[index].Features);
                margins[index] = words + build + table.Bias;
            }
        });
        return PlattScaling.Fit(margins, [.. rows.Select(row => row.Positive)]);
    }
}
