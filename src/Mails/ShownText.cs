using System.Globalization;
using System.Text;

namespace Platform.Mails;

/// <summary>
/// Text that a stranger wrote, made fit to be shown in a mail of ours: one line, bounded, without characters that turn the
/// direction of what stands around them, and without addresses that a mail program would make a link of.
/// </summary>
public static class ShownText
{
    public const int MaxLength = 160;

    public static string Of(string? text, int most = MaxLength)
    {
        var shown = new StringBuilder(Math.Min(text?.Length ?? 0, most) + 1);
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (shown.Length >= most)
                return shown.Append('…').ToString();
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
                shown.Append(shown.Length > 0 && shown[^1] != ' ' ? " " : "");
            else if (category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
                shown.Append(rune.ToString());
        }

        return shown.ToString().TrimEnd().Replace("://", "[:]//", StringComparison.Ordinal).Replace("www.", "www[.]", StringComparison.OrdinalIgnoreCase);
    }
}
