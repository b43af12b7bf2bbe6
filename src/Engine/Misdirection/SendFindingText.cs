using System.Globalization;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Misdirection;

/// <summary>Sentences for findings, in Japanese for Japanese readers and in English for all others.</summary>
public static class SendFindingText
{
    /// <summary>Values in it come from the mail: escape where the sentence is shown.</summary>
    public static string Render(SendFinding finding, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var evidence = new Dictionary<string, string>(finding.Evidence, StringComparer.Ordinal);
        if (evidence.TryGetValue("verdict", out var verdict) && Enum.TryParse<VerdictKind>(verdict, ignoreCase: true, out var kind))
            evidence["verdict"] = VerdictText.Name(kind, culture);
        var texts = Texts.Of(culture);
        return ReasonText.Fill(texts.Get($"send-finding.{SendFindings.WireName(finding.Kind)}"), evidence, texts);
    }

    /// <summary>Why the risk of a delivered mail was raised.</summary>
    /// <param name="reason">As its row keeps it: <c>sender-stolen</c>.</param>
    public static string Risk(string reason, CultureInfo culture) => Texts.Of(culture).Get($"risk.{reason}");
}
