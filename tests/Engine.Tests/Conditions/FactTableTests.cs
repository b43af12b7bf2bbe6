using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.Engine.Conditions;
using Platform.Engine.Language;

namespace Platform.Engine.Tests.Conditions;

public sealed class FactTableTests
{
    private const string Begin = "<!-- facts -->\n";
    private const string End = "<!-- end of facts -->";

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void Every_fact_and_type_is_described(string language)
    {
        var texts = Texts.Of(CultureInfo.GetCultureInfo(language));
        var keys = Condition.Facts.Select(fact => $"fact.{fact.Name}").Concat(Enum.GetNames<ConditionType>().Select(type => $"fact-type.{type.ToLowerInvariant()}"));

        Assert.DoesNotContain(keys, key => !texts.Has(key));
    }

    [Fact]
    public void The_guide_to_rules_lists_the_facts_of_today()
    {
        var page = Path.Combine(Root(), "docs", "rules.md");
        var text = File.ReadAllText(page).ReplaceLineEndings("\n");
        var fresh = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + FactPage.Render() + text[text.IndexOf(End, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(page, text = fresh);

        Assert.True(text == fresh, "docs/rules.md is stale: run this test project with UPDATE_DOCS=1 and commit the page.");
    }

    [Fact]
    public void The_examples_of_the_guide_are_conditions()
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs", "rules.md")).ReplaceLineEndings("\n");
        var examples = text.Split("```rule\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(examples.Length > 3);
        Assert.All(examples, example => Assert.True(Condition.TryParse(example, out _, out var error), $"{example}: {error}"));
    }

    private static string Root([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
