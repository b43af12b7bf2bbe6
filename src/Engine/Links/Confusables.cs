using System.Globalization;
using System.Text;

namespace Platform.Engine.Links;

/// <summary>
/// Letters that the eye takes for Latin ones, after the idea of UTS #39 (Unicode security mechanisms), section 4:
/// two names are confusable when their skeletons are equal. The table is our own choice: what renders alike in mail clients.
/// </summary>
internal static class Confusables
{
    private static readonly Dictionary<char, string> Table = Build(
        "а a", "в b", "с c", "ԁ d", "е e", "ѐ e", "ё e", "һ h", "і i", "ї i", "ј j", "к k", "ӏ l", "м m", "н h", "о o", "р p", "ԛ q", "г r", "ѕ s", "т t", "ц u",
        "ѵ v", "ѡ w", "ԝ w", "х x", "у y", "ү y", "з 3", "ь b", "п n", "α a", "β b", "ε e", "γ y", "η n", "ι i", "κ k", "ν v", "ο o", "ρ p", "σ o", "τ t", "υ u", "χ x", "ω w",
        "օ o", "ո n", "ս u", "հ h", "ց g", "զ q", "ı i", "ł l", "ø o", "đ d", "ħ h", "ŧ t", "ƒ f", "ɑ a", "ɡ g", "ɩ i", "ɪ i", "ʟ l", "ɴ n", "ʀ r", "ꜱ s", "ᴀ a", "ʙ b", "ᴄ c",
        "ᴅ d", "ᴇ e", "ᴊ j", "ᴋ k", "ᴍ m", "ᴏ o", "ᴘ p", "ᴛ t", "ᴜ u", "ᴠ v", "ᴡ w", "ᴢ z", "ʏ y", "ß b", "þ p", "ꭓ x", "ƅ b", "ǀ l", "0 o", "1 l", "| l");

    /// <summary>The Latin letter a character looks like, or null.</summary>
    public static string? LatinOf(char character) => Table.GetValueOrDefault(character);

    /// <summary>The form by which look-alike names are equal: <c>paypа1</c> and <c>paypal</c>, <c>rnicrosoft</c> and <c>microsoft</c>.</summary>
    public static string Skeleton(string text)
    {
        var skeleton = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
                continue;
            var lower = char.ToLowerInvariant(character);
            if (Table.TryGetValue(lower, out var latin))
                skeleton.Append(latin);
            else
                skeleton.Append(lower == 'i' ? 'l' : lower);
        }

        return skeleton.Replace("rn", "m").Replace("vv", "w").Replace("cl", "d").Replace('i', 'l').ToString();
    }

    /// <summary>True when Latin letters stand in one word with letters of a script that imitates them.</summary>
    public static bool MixesScripts(ReadOnlySpan<char> word)
    {
        var latin = false;
        var imitation = false;
        foreach (var character in word)
        {
            latin |= character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '\u00c0' and <= '\u024f';
            imitation |= character is >= '\u0370' and <= '\u058f';
        }

        return latin && imitation;
    }

    private static Dictionary<char, string> Build(params ReadOnlySpan<string> pairs)
    {
        var table = new Dictionary<char, string>();
        foreach (var pair in pairs)
            table[pair[0]] = pair[2..];
        return table;
    }
}
