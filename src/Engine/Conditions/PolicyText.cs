using System.Globalization;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Conditions;

/// <summary>What the settings of a policy do, in words for people.</summary>
public static class PolicyText
{
    private const string Action = "action.";

    /// <param name="key">Key of the setting: <c>action.spam</c>.</param>
    public static string Setting(string key, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(key);
        var texts = Texts.Of(culture);
        if (!key.StartsWith(Action, StringComparison.Ordinal))
            return texts.Get($"policy-setting.{key}");
        var verdict = VerdictText.Name(Enum.Parse<VerdictKind>(key[Action.Length..], ignoreCase: true), culture);
        return ReasonText.Fill(texts.Get("policy-setting.action"), new Dictionary<string, string>(StringComparer.Ordinal) { ["verdict"] = verdict }, texts);
    }
}
