using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Learning;

namespace Platform.Engine.Tests.Learning;

public sealed class ModelFileTests
{
    [Fact]
    public void The_shipped_model_was_made_for_the_features_of_this_engine()
    {
        Assert.Equal(MailFeatures.Version, LearnedModel.Embedded.Origin.FeatureVersion);
    }

    [Fact]
    public void The_shipped_model_is_small()
    {
        Assert.InRange(Write(LearnedModel.Embedded).Length, 1_000, 300_000);
    }

    [Fact]
    public async Task What_was_written_is_read()
    {
        var model = await Examples.ModelAsync();

        var read = ModelFile.Read(new MemoryStream(Write(model)), "m");

        Assert.Equal((model.Origin, model.Calibration), (read.Origin, read.Calibration));
        Assert.Equal(model.Attack.Steps, read.Attack.Steps);
        Assert.Equal(model.Fraud.Steps, read.Fraud.Steps);
    }

    [Fact]
    public void A_model_for_other_features_is_refused_with_advice()
    {
        var octets = Write(LearnedModel.Embedded);
        octets[4]++;

        Assert.EndsWith("Train it again.", Assert.Throws<ModelException>(() => ModelFile.Read(new MemoryStream(octets), "m")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(1_000)]
    public void Half_a_model_is_refused(int length)
    {
        Assert.Throws<ModelException>(() => ModelFile.Read(new MemoryStream(Write(LearnedModel.Embedded)[..length]), "m"));
    }

    [Fact]
    public void More_than_a_model_is_refused()
    {
        using var stream = new MemoryStream();
        var model = LearnedModel.Embedded;
        ModelFile.Write(new LearnedModel(model.Attack, model.Calibration, model.Fraud with { Steps = [.. model.Fraud.Steps, 1] }, model.Origin), stream);
        stream.Position = 0;

        Assert.Throws<ModelException>(() => ModelFile.Read(stream, "m"));
    }

    [Fact]
    public void A_number_that_is_none_is_refused()
    {
        var octets = Write(LearnedModel.Embedded);
        BitConverter.TryWriteBytes(octets.AsSpan(16), float.NaN);

        Assert.Throws<ModelException>(() => ModelFile.Read(new MemoryStream(octets), "m"));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Assert.StartsWith("The model /no/such/model cannot be read: ", Assert.Throws<ModelException>(() => ModelFile.Open("/no/such/model")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_changes_in_a_file_gives_a_model_or_a_sentence()
    {
        var octets = Write(LearnedModel.Embedded);
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, octets.Length - 1).Zip(Gen.Choose(0, 255)).ArrayOf(8).ToArbitrary(), changes =>
        {
            var changed = (byte[])octets.Clone();
            foreach (var (at, value) in changes)
                changed[at] = (byte)value;
            try
            {
                return ModelFile.Read(new MemoryStream(changed), "m") is not null;
            }
            catch (ModelException)
            {
                return true;
            }
        }));
    }

    private static byte[] Write(LearnedModel model)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(model, stream);
        return stream.ToArray();
    }
}
