using Platform.Engine.Learning;
using Platform.Engine.Tests.Detectors;

namespace Platform.Engine.Tests.Learning;

public sealed class FeedbackTrainingTests
{
    private static readonly TestMail Reported = Examples.Honest(200).Mail with { Subject = "Offer of the harbour festival", Text = "The harbour festival sells tickets for the regatta on Sunday." };

    [Fact]
    public async Task A_reported_mail_and_its_like_look_more_like_attacks()
    {
        var model = await Examples.ModelAsync();
        var adjusted = await AdjustAsync(model, (Reported, MailLabel.Phishing));
        var like = Reported with { Text = "Tickets for the regatta of the harbour festival on Sunday and Monday." };

        Assert.True(LogitOf(adjusted, like) > LogitOf(model, like) + 0.2);
    }

    [Fact]
    public async Task Other_mails_hardly_move()
    {
        var model = await Examples.ModelAsync();
        var adjusted = await AdjustAsync(model, (Reported, MailLabel.Phishing));
        var other = Examples.Attack(101).Mail;

        Assert.InRange(LogitOf(adjusted, other) - LogitOf(model, other), -1.5, 1.5);
    }

    [Fact]
    public async Task Many_reporters_move_a_mail_no_further_than_the_bound()
    {
        var model = await Examples.ModelAsync();
        var attack = Examples.Attack(101).Mail;
        var adjusted = await AdjustAsync(model, [.. Enumerable.Repeat((attack, MailLabel.Honest), 50)]);

        Assert.InRange(LogitOf(model, attack) - LogitOf(adjusted, attack), 0, FeedbackTraining.MostMove + 0.5);
    }

    [Fact]
    public async Task Without_feedback_the_model_stays()
    {
        var model = await Examples.ModelAsync();

        Assert.Same(model, await AdjustAsync(model));
    }

    private static Task<LearnedModel> AdjustAsync(LearnedModel model, params (TestMail Mail, MailLabel Label)[] examples) =>
        FeedbackTraining.AdjustAsync(model, new Feedback(examples), 1, TestContext.Current.CancellationToken);

    private static double LogitOf(LearnedModel model, TestMail mail)
    {
        var (words, build) = model.Attack.Sum(Features.Of(mail));
        return model.Calibration.Logit(words + build + model.Attack.Bias);
    }

    private sealed class Feedback((TestMail Mail, MailLabel Label)[] examples) : ILearningFeedback
    {
        public IAsyncEnumerable<FeedbackExample> ExamplesAsync(CancellationToken cancellationToken) =>
            examples.Select(example => new FeedbackExample(example.Mail.ToBytes(), example.Label)).ToAsyncEnumerable();
    }
}
