using System.Globalization;
using System.Text;
using Platform.Engine.Language;

namespace Platform.Engine.PersonalData.Reading;

/// <summary>
/// Text in one form: full-width letters and digits become plain ones, half-width kana become kana, every hyphen <c>-</c> and every
/// blank a blank; marks join their letters, and what draws nothing is left out. As NFKC does (UAX #15), but lines and cells stay.
/// </summary>
internal static class PlainForm
{
    public static string Of(string source)
    {
        var plain = new StringBuilder(source.Length);
        for (var at = 0; at < source.Length;)
            at += Append(source, at, plain);
        return plain.ToString();
    }

    // Answers how many characters of the source were taken.
    private static int Append(string source, int at, StringBuilder plain)
    {
        var character = source[at];
        if (char.IsAscii(character))
            return AppendAscii(source, at, plain);
        if (character is >= '\u4e00' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3' or >= '\u3041' and <= '\u3096' or >= '\u30a1' and <= '\u30fb')
            plain.Append(character);
        else if (character is >= '\uff01' and <= '\uff5e')
            plain.Append((char)(character - 0xfee0));
        else if (IsHyphen(character) || character == '\u30fc' && plain.Length > 0 && char.IsAsciiDigit(plain[^1]))
            plain.Append('-');
        else if (character is >= '\uff66' and <= '\uff9f')
            return AppendRun(source, at, plain, static c => c is >= '\uff66' and <= '\uff9f');
        else if (character is >= '\u1100' and <= '\u11ff')
            return AppendRun(source, at, plain, static c => c is >= '\u1100' and <= '\u11ff');
        else if (character is '\u3099' or '\u309a' or >= '\u0300' and <= '\u036f')
            Join(plain, character);
        else if (character is '\u2028' or '\u2029' or '\u0085')
            plain.Append('\n');
        else if (char.IsWhiteSpace(character))
            plain.Append(' ');
        else if (!NormalText.IsInvisible(character))
            AppendOther(character, plain);
        return 1;
    }

    private static int AppendAscii(string source, int at, StringBuilder plain)
    {
        var character = source[at];
        if (character == '\r')
        {
            plain.Append('\n');
            return at + 1 < source.Length && source[at + 1] == '\n' ? 2 : 1;
        }

        plain.Append(character switch
        {
            '\f' or '\v' => '\n',
            '\t' or '\n' => character,
            < ' ' or '\u007f' => ' ',
            _ => character,
        });
        return 1;
    }

    private static int AppendRun(string source, int at, StringBuilder plain, Func<char, bool> goesOn)
    {
        const int longest = 256;
        var end = at + 1;
        while (end < source.Length && end - at < longest && goesOn(source[end]))
            end++;
        plain.Append(source[at..end].Normalize(NormalizationForm.FormKC));
        return end - at;
    }

    private static void Join(StringBuilder plain, char mark)
    {
        if (plain.Length == 0 || char.IsSurrogate(plain[^1]))
            return;
        var joined = $"{plain[^1]}{mark}".Normalize(NormalizationForm.FormC);
        if (joined.Length == 1)
            plain[^1] = joined[0];
    }

    private static void AppendOther(char character, StringBuilder plain)
    {
        if (CharUnicodeInfo.GetDecimalDigitValue(character) is var digit and >= 0)
            plain.Append((char)('0' + digit));
        else if (character is >= '\u2100' and <= '\u2fdf' or >= '\u3200' and <= '\u33ff' or >= '\uf900' and <= '\ufb06' or >= '\uffe0' and <= '\uffe6')
            plain.Append(character.ToString().Normalize(NormalizationForm.FormKC));
        else
            plain.Append(character);
    }

    private static bool IsHyphen(char character) =>
        character is >= '\u2010' and <= '\u2015' or '\u2212' or '\u2043' or '\ufe58' or '\ufe63' or '\u2500' or '\u30a0' or '\uff70' or '\u2e3a';
}
