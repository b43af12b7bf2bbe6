using System.Globalization;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Conditions;

/// <summary>Sentences that say why a delivery went where it went, in Japanese for Japanese readers and in English for all others.</summary>
public static class RuleText
{
    /// <param name="action">By its wire name: <c>quarantine</c>.</param>
    /// <param name="basis">
    /// <c>policy</c> for the platform's; <c>policy-msp</c>, <c>policy-tenant</c>, <c>policy-group</c> or <c>policy-mailbox</c> by where it was set;
    /// <c>allowed</c>, <c>blocked</c>, <c>owner-allowed</c>, <c>owner-blocked</c>, <c>reported</c>, <c>sender</c>, <c>sender-blocked</c> or <c>recipient</c>.
    /// </param>
    /// <param name="origin">Name of where it was set.</param>
    public static string Policy(VerdictKind verdict, string action, string basis, string origin, CultureInfo culture) =>
        Say(basis, culture, ("verdict", VerdictText.Name(verdict, culture)), ("action", Action(action, culture)), ("origin", origin));

    /// <param name="held">The part of the condition that made it hold.</param>
    public static string Rule(string name, int revision, string action, string held, CultureInfo culture) =>
        Say("rule", culture, ("name", name), ("revision", Number(revision)), ("action", Action(action, culture)), ("held", held));

    /// <summary>Of a rule that holds and would ease what must not be eased.</summary>
    public static string Withheld(string name, int revision, CultureInfo culture) => Say("withheld", culture, ("name", name), ("revision", Number(revision)));

    public static string Unfinished(CultureInfo culture) => Say("unfinished", culture);

    private static string Say(string key, CultureInfo culture, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            arguments.Add(name, value);
        var texts = Texts.Of(culture);
        return ReasonText.Fill(texts.Get($"rule-says.{key}"), arguments, texts);
    }

    private static string Action(string action, CultureInfo culture) => Texts.Of(culture).Get($"rule-effect.{action}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
