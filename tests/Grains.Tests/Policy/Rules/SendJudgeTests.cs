using Platform.Engine;
using Platform.Engine.Conditions;
using Platform.Engine.Intelligence;
using Platform.Engine.PersonalData;
using Platform.Engine.Verdicts;
using Platform.Grains.Policy.Rules;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Rules;

namespace Platform.Grains.Tests.Policy.Rules;

public sealed class SendJudgeTests
{
    private static readonly SendAction s_warn = new SendAction.Confirm("Look again");

    /// <summary>A condition that says nothing of the recipient costs its steps once, however many there are.</summary>
    [Fact]
    public void A_mail_to_many_is_judged_as_one_to_few_is()
    {
        var mail = Mail() with { Facts = MessageFacts.Empty with { FilesText = new string('a', MessageFacts.MaxFilesTextLength) } };
        var judge = Judge([Rule($"attachment.text matches \"a{{1,40}}b\"", s_warn), Rule("recipient.outside and size > 0", s_warn)], mail);

        Assert.All(Enumerable.Range(0, 1_000), i => Assert.False(judge.Decide($"p{i}@partner.test").Unfinished));
    }

    [Theory]
    [InlineData("data.card >= 10", true)]
    [InlineData("data.card >= 3", false)]
    [InlineData("not (data == \"iban\")", true)]
    [InlineData("data == \"card\"", false)]
    [InlineData("data.card < 2", false)]
    [InlineData("data.iban > 0 and size > 1 MB", false)]
    [InlineData("data.incomplete", false)]
    [InlineData("subject contains \"offer\"", false)]
    public void What_could_be_decided_otherwise_by_what_was_not_looked_through_waits_for_a_person(string condition, bool isHeld)
    {
        foreach (var gap in new[] { "limit-data", "detector:personal-data" })
        {
            var word = Decide([Rule(condition, s_warn)], Mail() with { NotAsked = [gap], PersonalData = [new PersonalDataFinding(PersonalDataClass.Card, 3, [])] });

            Assert.Equal(isHeld ? (PolicyAction.Quarantine, true) : (null, false), (word.Stop, word.Unfinished));
        }
    }

    [Fact]
    public void A_rule_that_lets_pass_what_holds_no_data_does_not_where_nobody_looked()
    {
        var word = Decide([Rule("data.card == 0", new SendAction.Allow()), Rule("size > 0", s_warn)], Mail() with { NotAsked = ["limit-data"] });

        Assert.True(word.Unfinished);
    }

    [Fact]
    public void A_block_stands_over_what_cannot_be_decided()
    {
        var word = Decide([Rule("data.card > 0", s_warn), Rule("size > 0", new SendAction.Block())], Mail() with { NotAsked = ["limit-data"] });

        Assert.Equal(PolicyAction.Reject, word.Stop);
    }

    [Theory]
    [InlineData("limit-names", true)]
    [InlineData("limit-archive-entries", true)]
    [InlineData("limit-links", false)]
    public void A_name_that_was_not_read_may_be_the_one_that_is_asked_for(string gap, bool isHeld) =>
        Assert.Equal(isHeld, Decide([Rule("attachment.name endsWith \".exe\"", s_warn)], Mail() with { NotAsked = [gap] }).Unfinished);

    [Fact]
    public void A_name_beyond_the_list_counts()
    {
        var mail = Mail() with { Facts = MessageFacts.Empty with { MoreNames = ["a.zip/list.txt", "a.zip/run.EXE"] } };

        Assert.Single(Decide([Rule("attachment.name endsWith \".exe\" and attachment.count == 2", s_warn)], mail).Demands.Confirmations);
    }

    private static SendWord Decide(SendRule[] rules, Verdict mail) => Judge(rules, mail).Decide("bob@partner.test");

    private static SendJudge Judge(SendRule[] rules, Verdict mail) => new(RuleSet.Empty with { Sending = rules }, new ConditionFacts(mail, Envelope.None with { Recipients = ["bob@partner.test"] }, 100));

    private static SendRule Rule(string condition, SendAction action)
    {
        Assert.True(Condition.TryParse(condition, out var parsed, out var error), error?.ToString());
        return new SendRule(Guid.NewGuid(), condition, parsed, [action], Revision: 1, FromMsp: false);
    }

    private static Verdict Mail() => new(VerdictKind.Clean, null, 0, [], Origin.Unknown, MessageFacts.Empty with { Subject = "Special offer" }, [], "test");
}
