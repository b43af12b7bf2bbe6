using System.Globalization;
using Platform.Api.GraphQL.SendRules;
using Platform.Engine.Conditions;

namespace Platform.Api.Tests.GraphQL.SendRules;

public sealed class SendRuleTemplateTests
{
    public static TheoryData<string> Keys() => [.. SendRuleTemplate.All.Select(template => template.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Its_condition_is_of_the_language(string key) => Assert.True(Condition.TryParse(SendRuleTemplate.All.Single(template => template.Key == key).Condition, out _, out _));

    [Theory]
    [MemberData(nameof(Keys))]
    public void It_has_a_name_of_its_own_in_each_language(string key) =>
        Assert.NotEqual(PolicyText.SendTemplate(key, CultureInfo.GetCultureInfo("ja")), PolicyText.SendTemplate(key, CultureInfo.GetCultureInfo("en")));
}
