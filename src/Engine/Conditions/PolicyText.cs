using System.Globalization;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Conditions;

/// <summary>What the settings of a policy do, in words for people.</summary>
public static class PolicyText
{
    /// <summary>What begins the keys that end with a verdict.</summary>
    private static readonly string[] OfVerdicts = ["action.", "rights."];

    /// <param name="key">Of a ready sending rule: <c>outside-wait</c>.</param>
    public static string SendTemplate(string key, CultureInfo culture) => Texts.Of(culture).Get($"send-template.{key}");

    /// <param name="key">Key of the setting: <c>action.spam</c>.</param>
    public static string Setting(string key, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(key);
        var texts = Texts.Of(culture);
        var of = Array.Find(OfVerdicts, of => key.StartsWith(of, StringComparison.Ordinal));
        if (of is null)
            return texts.Get($"policy-setting.{key}");
        var verdict = VerdictText.Name(Enum.Parse<VerdictKind>(key[of.Length..], ignoreCase: true), culture);
        return ReasonText.Fill(texts.Get($"policy-setting.{of[..^1]}"), new Dictionary<string, string>(StringComparer.Ordinal) { ["verdict"] = verdict }, texts);
    }
}
