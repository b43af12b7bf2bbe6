namespace Platform.Engine.Learning;

/// <summary>A table of weights for hashed features, eight bits each: what two mails with the same features have in common.</summary>
/// <param name="Scale">What one step of a weight counts.</param>
internal sealed record WeightTable(sbyte[] Steps, float Scale, float Bias)
{
    private const int MostSteps = 127;

    public static WeightTable Of(float[] weights, float bias)
    {
        // The few largest weights belong to single mails; cutting them off leaves finer steps to all others.
        var sizes = weights.Where(weight => weight != 0).Select(MathF.Abs).Order().ToArray();
        var largest = sizes.Length == 0 ? 1 : sizes[(int)((sizes.Length - 1) * 0.9995)];
        var scale = MathF.Max(largest, 1e-6f) / MostSteps;
        var steps = new sbyte[FeatureVector.Size];
        for (var index = 0; index < steps.Length; index++)
            steps[index] = (sbyte)Math.Clamp(MathF.Round(weights[index] / scale), -MostSteps, MostSteps);
        return new WeightTable(steps, scale, bias);
    }

    public float Of(int index) => Steps[index] * Scale;

    /// <summary>What each view adds to the margin.</summary>
    public (float Words, float Build) Sum(FeatureVector vector)
    {
        int words = 0, build = 0;
        foreach (var feature in vector.All)
        {
            if (feature.View == FeatureView.Words)
                words += Steps[feature.Index];
            else
                build += Steps[feature.Index];
        }

        return (words * Scale * vector.ValueOf(FeatureView.Words), build * Scale * vector.ValueOf(FeatureView.Build));
    }
}

/// <summary>From a margin to a probability (Platt, "Probabilistic outputs for support vector machines", 1999), fitted to mails that the weights were not made from.</summary>
internal sealed record Calibration(float Slope, float Offset)
{
    public double Logit(double margin) => Slope * margin + Offset;
}

/// <summary>
/// The engine's own model: logistic regression over hashed features, of two tables. One tells attacks from honest mail, the other
/// what an attack is after. Immutable; the same mail gives the same answer on every machine.
/// </summary>
public sealed class LearnedModel
{
    private static readonly Lazy<LearnedModel> FromResource = new(() =>
    {
        using var resource = typeof(LearnedModel).Assembly.GetManifestResourceStream("Learning/model.bin")
            ?? throw new InvalidOperationException("The embedded model is missing from this build.");
        return ModelFile.Read(resource, "of this build");
    });

    internal LearnedModel(WeightTable attack, Calibration calibration, WeightTable fraud, ModelOrigin origin)
    {
        Attack = attack;
        Calibration = calibration;
        Fraud = fraud;
        Origin = origin;
    }

    /// <summary>The model that ships with the engine.</summary>
    public static LearnedModel Embedded => FromResource.Value;

    /// <summary>What it was made of.</summary>
    public ModelOrigin Origin { get; }

    internal WeightTable Attack { get; }

    internal Calibration Calibration { get; }

    /// <summary>Above zero where an attack is after money by words alone, below where it is after a secret.</summary>
    internal WeightTable Fraud { get; }
}

/// <param name="FeatureVersion">Of the features that the weights are of; another one cannot be used.</param>
/// <param name="Mails">Examples that the weights were made from, own made ones too.</param>
public sealed record ModelOrigin(int FeatureVersion, int Seed, int Mails);
