using System.Globalization;
using Platform.Engine.Language;
using Platform.Engine.Learning;
using Platform.Engine.Tests.Detectors;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Learning;

public sealed class LearnedSignsTests
{
    [Fact]
    public async Task An_attack_is_told_by_its_words()
    {
        var sign = (await InspectAsync(Examples.Attack(101).Mail)).Single(sign => sign.Id == "learned-words");

        Assert.Contains(sign.Arguments.Single().Value.Split(", "), term => term is "verify" or "password" or "confirm" or "account" or "urgent" or "your");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public async Task What_its_make_tells_is_said_in_words(string language)
    {
        var verdict = Weighing.Weigh(await InspectAsync(Examples.Attack(101).Mail));
        var reason = verdict.Reasons.Single(reason => reason.Id == "learned-build");
        var trait = Texts.Of(new CultureInfo(language)).Get("trait.links-foreign");

        Assert.Contains(trait, ReasonText.Render(reason, new CultureInfo(language)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Honest_mail_is_spoken_for()
    {
        Assert.DoesNotContain(await InspectAsync(Examples.Honest(101).Mail), sign => sign.Id is "learned-words" or "learned-build");
    }

    [Fact]
    public async Task Without_a_model_nothing_learned_is_said()
    {
        var mail = Examples.Attack(101).Mail;
        var scanner = new Scanner(new Engine.Mail.MailReader(), null, EngineParts.Detectors, TimeProvider.System);

        var verdict = await scanner.ScanAsync(new ScanRequest(mail.ToBytes(), Envelope.None, mail.Context), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(verdict.Reasons, reason => reason.Id.StartsWith("learned-", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<Engine.Detectors.Sign>> InspectAsync(TestMail mail) =>
        [.. new LearnedSigns(await Examples.ModelAsync()).Inspect(Features.Of(mail))];
}
