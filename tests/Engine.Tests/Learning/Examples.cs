using Platform.Engine.Learning;
using Platform.Engine.Tests.Detectors;

namespace Platform.Engine.Tests.Learning;

/// <summary>A small set of made mails that a model can be trained from in a moment.</summary>
internal static class Examples
{
    private static readonly string[] Wanted = ["confirm your password", "verify your account", "unlock your mailbox", "renew your storage", "validate your login"];
    private static readonly string[] Told = ["the minutes of the meeting", "our plan for the spring", "the photos of the trip", "a draft of the report", "the agenda of Tuesday"];

    public static async Task<LearnedModel> ModelAsync(int seed = 1) => (await SetAsync()).Train(seed);

    public static async Task<TrainingSet> SetAsync(bool backwards = false)
    {
        var set = new TrainingSet();
        var mails = Enumerable.Range(0, 30).SelectMany(index => new[] { Attack(index), Honest(index) });
        foreach (var (name, mail, label) in backwards ? mails.Reverse() : mails)
            await set.AddAsync(name, mail.ToBytes(), label, "", 1, TestContext.Current.CancellationToken);
        return set;
    }

    public static (string Name, TestMail Mail, MailLabel Label) Attack(int index) => index % 3 == 0
        ? ($"fraud {index}", new TestMail { From = $"Director {index} <boss{index}@gmail.com>", Subject = "Kindly transfer the funds", Text = $"Dear beneficiary number {index}, kindly transfer the funds to the account of the lawyer {Told[index % 5]}." }, MailLabel.Fraud)
        : ($"phishing {index}", new TestMail { From = $"Support <x{index}@host{index}.top>", Subject = $"Urgent: {Wanted[index % 5]}", Html = $"<p>Dear user, {Wanted[index % 5]} within {index} hours or it will be closed.</p><a href=\"http://page{index}.top/q\">{Wanted[index % 5]}</a>" }, MailLabel.Phishing);

    public static (string Name, TestMail Mail, MailLabel Label) Honest(int index) =>
        ($"honest {index}", new TestMail { From = $"Hanako Sato <hanako{index}@partner.example>", Subject = $"Notes {index}", Text = $"Hello Taro, here is {Told[index % 5]}. We can talk about it on day {index}. Best wishes, Hanako" }, MailLabel.Honest);
}
