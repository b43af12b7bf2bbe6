using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Mails;

/// <summary>
/// Text that a stranger wrote, made fit to be shown in a mail of ours: one line, bounded, without characters that turn the
/// direction of what stands around them, and without addresses that a mail program would make a link to a page of.
/// </summary>
public static partial class ShownText
{
    public const int MaxLength = 160;

    public static string Of(string? text, int most = MaxLength)
    {
        var line = Line(text ?? "", most);
        var broken = line.Replace("://", "[:]//", StringComparison.Ordinal).Replace("www.", "www[.]", StringComparison.OrdinalIgnoreCase);
        return string.Join(' ', broken.Split(' ').Select(word => MailAddress().IsMatch(word) ? word : HostDot().Replace(word, "[.]")));
    }

    /// <summary>For a page of ours, which makes no links of it: as it stands, on one line, bounded.</summary>
    public static string OnPage(string? text, int most = MaxLength) => Line(text ?? "", most);

    private static string Line(string text, int most)
    {
        var shown = new StringBuilder(Math.Min(text.Length, most) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= most)
                return shown.ToString().TrimEnd() + '…';
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
                shown.Append(shown.Length > 0 && shown[^1] != ' ' ? " " : "");
            else if (category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
                shown.Append(rune.ToString());
        }

        return shown.ToString().TrimEnd();
    }

    /// <summary>What stands before a top-level domain: mail programs make links of <c>example.com/path</c> too.</summary>
    [GeneratedRegex(@"(?<=[\p{L}\p{N}-])\.(?=\p{L}{2})", RegexOptions.CultureInvariant)]
    private static partial Regex HostDot();

    /// <summary>An address of a person stays readable: it leads to no page.</summary>
    [GeneratedRegex(@"^[<(""']?[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}.-]+[>)""',;:]*$", RegexOptions.CultureInvariant)]
    private static partial Regex MailAddress();
}
