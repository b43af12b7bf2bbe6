using System.Globalization;
using Platform.Engine.Conditions;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Conditions;

public sealed class RuleTextTests
{
    [Theory]
    [InlineData("en", "The rule \"No {held} images\" (revision 3) decided: quarantined. It holds because of: size > 2 MB")]
    [InlineData("ja", "ルール「No {held} images」(第3版)により「隔離」となりました。該当した条件: size > 2 MB")]
    public void A_rule_that_decided_is_named(string language, string sentence) =>
        Assert.Equal(sentence, RuleText.Rule("No {held} images", 3, "quarantine", "size > 2 MB", CultureInfo.GetCultureInfo(language)));

    [Theory]
    [InlineData("en", "The policy for the verdict \"spam\" decided: tagged and delivered.")]
    [InlineData("ja", "判定「迷惑メール」に対するポリシーにより「タグを付けて配信」となりました。")]
    public void A_policy_that_decided_is_named(string language, string sentence) =>
        Assert.Equal(sentence, RuleText.Policy(VerdictKind.Spam, "tag", "policy", "", CultureInfo.GetCultureInfo(language)), ignoreCase: true);

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void Every_action_and_basis_has_words(string language)
    {
        var texts = Texts.Of(CultureInfo.GetCultureInfo(language));
        string[] keys = ["rule-effect.deliver", "rule-effect.tag", "rule-effect.quarantine", "rule-effect.reject", "rule-says.policy", "rule-says.allowed", "rule-says.blocked"];

        Assert.DoesNotContain(keys, key => !texts.Has(key));
    }
}
