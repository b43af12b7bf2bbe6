using Platform.Engine.Learning;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Learning;

public sealed class ModelTrainingTests
{
    [Fact]
    public async Task The_same_mails_and_seed_make_the_same_file_in_whatever_order_they_come()
    {
        var forward = Write((await Examples.SetAsync()).Train(7));
        var backward = Write((await Examples.SetAsync(backwards: true)).Train(7));

        Assert.Equal(forward, backward);
    }

    [Fact]
    public async Task What_was_learned_is_told_apart_in_mails_never_seen()
    {
        var model = await Examples.ModelAsync();

        Assert.True(LogitOf(model, Examples.Attack(101).Mail) > LogitOf(model, Examples.Honest(101).Mail) + 2);
    }

    [Theory]
    [InlineData(102, AttackType.Fraud)]
    [InlineData(103, AttackType.CredentialPhishing)]
    public async Task The_kind_of_attack_is_told_apart(int index, AttackType type)
    {
        var signs = new LearnedSigns(await Examples.ModelAsync()).Inspect(Features.Of(Examples.Attack(index).Mail));

        Assert.All(signs, sign => Assert.Equal(type, sign.Type));
    }

    [Fact]
    public void A_line_from_margins_to_odds_follows_what_happened()
    {
        var calibration = PlattScaling.Fit([-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5], [false, false, false, true, false, true, false, true, true, true]);

        Assert.True(calibration.Slope > 0 && calibration.Logit(2) > 0 && calibration.Logit(-2) < 0, $"{calibration}");
    }

    private static double LogitOf(LearnedModel model, Detectors.TestMail mail)
    {
        var (words, build) = model.Attack.Sum(Features.Of(mail));
        return model.Calibration.Logit(words + build + model.Attack.Bias);
    }

    private static byte[] Write(LearnedModel model)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(model, stream);
        return stream.ToArray();
    }
}
