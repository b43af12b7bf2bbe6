using System.Globalization;
using Platform.Engine.Verdicts;

namespace Platform.Grains.Policy;

/// <summary>The header field that policy adds to a delivered mail. Made of our own words and numbers only: nothing of the mail gets in.</summary>
internal static class VerdictTag
{
    public const string FieldName = "X-Inspection-Verdict";

    public static string For(Verdict verdict, Guid messageId) =>
        string.Create(CultureInfo.InvariantCulture, $"{FieldName}: {NameOf(verdict.Kind)}; score={verdict.Score}; id={messageId}\r\n");

    private static string NameOf(VerdictKind kind) => kind switch
    {
        VerdictKind.Clean => "clean",
        VerdictKind.Bulk => "bulk",
        VerdictKind.Spam => "spam",
        VerdictKind.Suspicious => "suspicious",
        VerdictKind.Phishing => "phishing",
        VerdictKind.Malware => "malware",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a verdict"),
    };
}
