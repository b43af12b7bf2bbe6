using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// The number of a passport where a word says so, in the forms of those who issue many; and the second line of a machine readable zone
/// (ICAO Doc 9303 part 4, 4.2.2), whose check digits speak for themselves.
/// </summary>
internal sealed class Passport : IDataClass
{
    private const int ZoneLength = 44;
    private const int MaxLine = 120;

    public PersonalDataClass Class => PersonalDataClass.Passport;

    public IReadOnlyList<string> Words { get; } =
    [
        "passport", "passport no", "passport no.", "passport number", "passport_no", "passport_number", "passportno", "passport #", "パスポート", "パスポート番号", "パスポートno", "旅券", "旅券番号", "旅券no", "여권", "여권번호", "여권 번호", "护照", "護照",
    ];

    public IEnumerable<FoundValue> Find(ReadableText text) => Zones(text).Concat(Named(text));

    private static IEnumerable<FoundValue> Zones(ReadableText text)
    {
        var source = text.Text;
        var seen = -1;
        for (var at = source.IndexOf('<', StringComparison.Ordinal); at >= 0; at = source.IndexOf('<', at + 1))
        {
            var line = text.Rows.LineOf(at);
            if (line == seen)
                continue;
            seen = line;
            var (start, end) = (text.Rows.StartOf(line), text.Rows.EndOf(line));
            if (end - start is >= ZoneLength and <= MaxLine && NumberInZone(source[start..end].Replace(" ", "", StringComparison.Ordinal).Trim()) is { } number)
                yield return new FoundValue(start, end - start, number);
            at = Math.Max(at, end - 1);
        }
    }

    private static string? NumberInZone(string zone)
    {
        if (zone.Length != ZoneLength || zone.Any(character => !(char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '<')))
            return null;
        // Utopia issues the samples of the standard.
        if (zone.AsSpan(10, 3) is "UTO" || !IsCheck(zone[9]) || !IsCheck(zone[19]) || !IsCheck(zone[27]) || !IsCheck(zone[43]))
            return null;
        var isValid = CheckDigits.TravelDocument(zone.AsSpan(0, 9), zone[9])
            && CheckDigits.TravelDocument(zone.AsSpan(13, 6), zone[19])
            && CheckDigits.TravelDocument(zone.AsSpan(21, 6), zone[27])
            && CheckDigits.TravelDocument(string.Concat(zone.AsSpan(0, 10), zone.AsSpan(13, 7), zone.AsSpan(21, 22)), zone[43]);
        return isValid ? zone[..9].TrimEnd('<') : null;
    }

    private static bool IsCheck(char character) => char.IsAsciiDigit(character) || character == '<';

    private IEnumerable<FoundValue> Named(ReadableText text)
    {
        var end = 0;
        foreach (var group in text.Groups)
        {
            if (group.Start < end)
                continue;
            var (start, stop) = TokenAround(text.Text, group);
            var number = stop - start is >= 8 and <= 10 ? text.Text[start..stop].Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() : "";
            if (!IsForm(number) || text.IsEmbedded(start, stop, Class) || text.LabelOf(start, stop, Class) is not { } label || label.Class != Class || !IsNear(label, char.IsAsciiLetter(text.Text[start])))
                continue;
            end = stop;
            yield return new FoundValue(start, stop - start, number);
        }
    }

    // Digits alone need the word close by; letters and digits are less common.
    private static bool IsNear(Label label, bool hasLetters) => label.IsTight || label is { Place: LabelPlace.Above, Gap: < 20 } || label.Place != LabelPlace.Row && hasLetters && (label.Place != LabelPlace.Beside || label.Gap <= 30);

    private static (int Start, int End) TokenAround(string text, DigitGroup group)
    {
        const int longest = 10;
        var (start, end) = (group.Start, group.End);
        while (start > 0 && end - start <= longest && char.IsAsciiLetterOrDigit(text[start - 1]))
            start--;
        while (end < text.Length && end - start <= longest && char.IsAsciiLetterOrDigit(text[end]))
            end++;
        // TK 1234567.
        if (start == group.Start && end == group.End && group.Length is 7 or 8 && start > 1 && text[start - 1] == ' ' && char.IsAsciiLetterUpper(text[start - 2]))
        {
            var letters = start - 2;
            while (letters > 0 && start - letters <= 3 && char.IsAsciiLetterUpper(text[letters - 1]))
                letters--;
            if (start - 1 - letters <= 2 && (letters == 0 || !char.IsAsciiLetterOrDigit(text[letters - 1])))
                start = letters;
        }

        return (start, end);
    }

    private static bool IsForm(string number)
    {
        var form = string.Concat(number.Select(character => char.IsAsciiDigit(character) ? 'd' : 'L'));
        // Japan and others; Korea old and new, India, Australia, China; the United States, the United Kingdom, Taiwan; France.
        return form is "LLddddddd" or "Ldddddddd" or "LdddLdddd" or "Lddddddd" or "LLdddddd" or "ddddddddd" or "ddLLddddd" or "LLdddddddd"
            || form.Length == 9 && number[0] is 'C' or 'F' or 'G' or 'H' or 'J' or 'K' or 'L' && form.Count(character => character == 'd') >= 4 && form.Contains("Ld", StringComparison.Ordinal);
    }
}
