using System.Globalization;
using System.Text;

namespace Platform.Engine.Language;

/// <summary>
/// Text as it is compared: NFKC (full-width forms become plain ones), lower case, Latin letters without accents, invisible
/// characters removed, every run of white space one blank. So <c>ｐａｓｓ&#xAD;ｗｏｒｄ</c> is <c>password</c>.
/// </summary>
internal static class NormalText
{
    private static readonly char[] Accented = [.. Enumerable.Range(0, 0x250).Select(code => code < 0xc0 ? (char)code : WithoutAccent((char)code))];

    public static string Fold(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var character in text)
            if (char.IsAscii(character) || !IsInvisible(character))
                visible.Append(char.IsSurrogate(character) || !char.IsControl(character) ? character : ' ');

        var folded = new StringBuilder(visible.Length);
        var blank = true;
        foreach (var character in Normalized(visible))
        {
            if (char.IsWhiteSpace(character))
            {
                if (!blank)
                    folded.Append(' ');
                blank = true;
                continue;
            }

            folded.Append(FoldLetter(character));
            blank = false;
        }

        if (folded.Length > 0 && blank)
            folded.Length--;
        return folded.ToString();
    }

    /// <summary>Zero-width characters, soft hyphens, direction marks and other format characters that draw nothing.</summary>
    public static bool IsInvisible(char character) =>
        character is '\u00ad' or '\u034f' or '\u115f' or '\u1160' or '\u3164' or '\uffa0' || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format;

    private static string Normalized(StringBuilder text)
    {
        // A lone surrogate has no normal form (Normalize would throw).
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
                continue;
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
                index++;
            else
                text[index] = '\ufffd';
        }

        // Unassigned and non-character code points are refused by some normalisers.
        text.Replace('\uffff', '\ufffd').Replace('\ufffe', '\ufffd');
        try
        {
            return text.ToString().Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text.ToString();
        }
    }

    private static char FoldLetter(char character)
    {
        if (character < '\u00c0')
            return char.ToLowerInvariant(character);
        var plain = character < Accented.Length ? Accented[character]
            : character is >= '\u1e00' and <= '\u1eff' ? WithoutAccent(character)
            : char.ToLowerInvariant(character);

        // Small capitals (ᴘᴀʏᴍᴇɴᴛ) have no compatibility form.
        if (plain is >= '\u1d00' and <= '\u1d22' or >= '\u0250' and <= '\u02af' && Links.Confusables.LatinOf(plain) is { Length: 1 } latin)
            return latin[0];

        return plain switch
        {
            '\u2019' or '\u2018' or '\u201b' or '\u02bc' => '\'',
            '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
            var other => other,
        };
    }

    private static char WithoutAccent(char character)
    {
        var letter = character.ToString().Normalize(NormalizationForm.FormD)[0];
        return letter == '\u0131' ? 'i' : char.ToLowerInvariant(letter);
    }
}
