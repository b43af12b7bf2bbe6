using System.Globalization;
using System.Text;
using Platform.Engine.Language;

namespace Platform.Engine.Conditions;

/// <summary>The table of facts in <c>docs/rules.md</c>, made of <see cref="FactTable"/>.</summary>
internal static class FactPage
{
    public static string Render()
    {
        var page = new StringBuilder("| fact | type | what it is | 内容 |\n|---|---|---|---|\n");
        foreach (var fact in Condition.Facts)
            page.Append(CultureInfo.InvariantCulture, $"| `{fact.Name}` | {TypeName(fact.Type)} | {fact.Says(CultureInfo.InvariantCulture)} | {fact.Says(CultureInfo.GetCultureInfo("ja"))} |\n");
        return page.ToString();
    }

    private static string TypeName(ConditionType type) => Texts.Of(CultureInfo.InvariantCulture).Get($"fact-type.{type.ToString().ToLowerInvariant()}");
}
