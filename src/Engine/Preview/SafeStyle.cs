using System.Text;
using System.Text.RegularExpressions;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Preview;

/// <summary>
/// Keeps of an inline style what only shapes text: weight, slant, decoration, alignment, a readable size. Colours are left
/// out because text in the colour of its ground is hidden; so are all that place, size, clip, load or run.
/// </summary>
internal static partial class SafeStyle
{
    private const int MaxLength = 4_096;
    private const double SmallestFont = 9;
    private const double LargestFont = 40;

    public static string Filter(string? style)
    {
        if (string.IsNullOrEmpty(style) || style.Length > MaxLength || style.Contains('\\', StringComparison.Ordinal) || style.Contains("/*", StringComparison.Ordinal))
            return "";
        var kept = new StringBuilder();
        foreach (var declaration in style.Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                continue;
            var name = declaration[..colon].Trim().ToLowerInvariant();
            var value = declaration[(colon + 1)..].Trim().ToLowerInvariant();
            if (IsSafe(name, value))
                kept.Append(name).Append(':').Append(value).Append(';');
        }

        return kept.ToString();
    }

    private static bool IsSafe(string name, string value) => name switch
    {
        "font-weight" or "font-style" or "text-align" or "text-decoration" or "vertical-align" or "white-space" => Words().IsMatch(value),
        "font-size" => Length().IsMatch(value) && CssDeclarations.Pixels(value) is >= SmallestFont and <= LargestFont,
        _ => false,
    };

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9 -]{0,30}\z")]
    private static partial Regex Words();

    [GeneratedRegex(@"\A[0-9]{1,3}(\.[0-9]{1,3})?(px|pt|em|rem|%)\z")]
    private static partial Regex Length();
}
