using System.Globalization;
using System.Text;
using MimeKit.Utils;
using Platform.Engine.Verdicts;

namespace Platform.Grains.Policy;

/// <summary>The header fields that policy adds to a delivered mail. Made of our own words and numbers and of the tag text of the policy: nothing of the mail gets in.</summary>
internal static class VerdictTag
{
    public const string FieldName = "X-Inspection-Verdict";

    /// <summary>Holds the tag text, for the rules of mail clients.</summary>
    public const string TextFieldName = "X-Inspection-Tag";

    /// <param name="text">Of the policy, without control characters; empty for none. What is not ASCII is encoded by RFC 2047.</param>
    public static string For(Verdict verdict, Guid messageId, string text)
    {
        var field = string.Create(CultureInfo.InvariantCulture, $"{FieldName}: {NameOf(verdict.Kind)}; score={verdict.Score}; id={messageId}\r\n");
        return text.Length == 0 ? field : $"{field}{TextFieldName}: {Encoded(text)}\r\n";
    }

    private static string Encoded(string text) => Ascii.IsValid(text) ? text : Encoding.ASCII.GetString(Rfc2047.EncodeText(Encoding.UTF8, text)).Trim();

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
