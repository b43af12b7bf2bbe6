using Platform.Engine.Intelligence;
using Platform.Engine.Mail;

namespace Platform.Engine.Learning;

/// <param name="Message">The mail as it was received.</param>
/// <param name="Label">What a person says it is.</param>
public sealed record FeedbackExample(ReadOnlyMemory<byte> Message, MailLabel Label);

/// <summary>The mails that people of one tenant called right or wrong. Whoever keeps them decides which are still worth learning from.</summary>
public interface ILearningFeedback
{
    /// <summary>In a stable order: the same examples give the same model.</summary>
    IAsyncEnumerable<FeedbackExample> ExamplesAsync(CancellationToken cancellationToken);
}

/// <summary>Adds what a tenant's feedback teaches to a model, without forgetting what the model knew.</summary>
public static class FeedbackTraining
{
    /// <summary>The most that feedback moves the log odds of any mail it was given.</summary>
    public const double MostMove = 4;

    private const double Cost = 1;
    private static readonly DateTimeOffset Moment = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The model with the tenant's word added; the same instance when there is no feedback.</summary>
    public static async Task<LearnedModel> AdjustAsync(LearnedModel model, ILearningFeedback feedback, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(feedback);
        var scanner = new Scanner(new MailReader(), NetworkTable.Embedded, EngineParts.Detectors, TimeProvider.System);
        List<TrainingRow> rows = [];
        await foreach (var example in feedback.ExamplesAsync(cancellationToken).ConfigureAwait(false))
        {
            var seen = await scanner.ExamineAsync(new ScanRequest(example.Message, Envelope.None, ScanContext.Offline(Moment)), cancellationToken).ConfigureAwait(false);
            var features = MailFeatures.Of(seen.Input, seen.Signs);
            var (words, build) = model.Attack.Sum(features);
            rows.Add(TrainingRow.Of(features, example.Label != MailLabel.Honest, 1) with { Offset = words + build + model.Attack.Bias });
        }

        return rows.Count == 0 ? model : new LearnedModel(Add(model, rows, seed), model.Calibration, model.Fraud, model.Origin);
    }

    private static WeightTable Add(LearnedModel model, List<TrainingRow> rows, int seed)
    {
        var (moves, _) = LogisticTrainer.Train(rows, Cost, seed, withBias: false);
        var largest = rows.Max(row => Math.Abs(MoveOf(row, moves))) * Math.Abs(model.Calibration.Slope);
        var share = largest > MostMove ? (float)(MostMove / largest) : 1;
        return WeightTable.Of([.. moves.Select((move, index) => model.Attack.Of(index) + share * move)], model.Attack.Bias);
    }

    private static double MoveOf(TrainingRow row, float[] moves)
    {
        double sum = 0;
        for (var at = 0; at < row.Indices.Length; at++)
            sum += moves[row.Indices[at]] * row.Values[at];
        return sum;
    }
}
