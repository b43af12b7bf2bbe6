using Platform.Engine.Learning;

namespace Platform.Fuzz.Targets.Learning;

/// <summary>The file of a learned model, read from the settings: a model or a sentence, never another exception.</summary>
internal static class ModelTarget
{
    public static IReadOnlyList<byte[]> Seeds { get; } = [Make(0), Make(1)];

    public static void Run(ReadOnlySpan<byte> data)
    {
        try
        {
            using var stream = new MemoryStream(data.ToArray());
            ModelFile.Read(stream, "fuzzed");
        }
        catch (ModelException)
        {
        }
    }

    // A model of few weights: short for the mutations, whole for the reader.
    private static byte[] Make(sbyte weight)
    {
        var steps = new sbyte[FeatureVector.Size];
        steps[7] = weight;
        var table = new WeightTable(steps, 0.5f, -1);
        using var stream = new MemoryStream();
        ModelFile.Write(new LearnedModel(table, new Calibration(1, 0), table, new ModelOrigin(MailFeatures.Version, 1, 2)), stream);
        return stream.ToArray();
    }
}
