using System.Text;
using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// Telephone numbers in the forms in which they are written: with the country (E.164), or as the plans of Japan, Korea and North
/// America group them; others where a word says so. Free and premium services (0120, 0570, 1588) are no person's and left out.
/// </summary>
internal sealed class Phone : IDataClass
{
    private const int MaxParts = 6;

    public PersonalDataClass Class => PersonalDataClass.Phone;

    public IReadOnlyList<string> Words { get; } =
    [
        "電話", "電話番号", "お電話", "tel", "tel.", "telephone", "telephone no", "telephone number", "phone", "phone no", "phone no.", "phone number", "phone_number", "phonenumber", "mobile", "mobile no", "mobile phone", "mobile number", "cell", "cell phone", "cellphone", "fax", "fax番号", "tel番号", "ファックス", "ファクス", "携帯", "携帯電話",
        "携帯番号", "携帯電話番号", "連絡先", "緊急連絡先", "ご連絡先", "連絡先電話番号", "自宅電話", "自宅電話番号", "直通", "contact", "contact no", "contact number", "call", "whatsapp", "telefon", "téléphone", "tél", "telefono", "teléfono", "handy", "전화", "전화번호", "휴대폰", "휴대폰번호", "휴대폰 번호", "휴대전화", "휴대전화번호", "핸드폰",
        "연락처", "비상연락처", "비상 연락처", "팩스", "유선전화", "직통전화",
    ];

    public IEnumerable<FoundValue> Find(ReadableText text)
    {
        for (var group = 0; group < text.Groups.Count; group++)
        {
            if (ReadAt(text, group) is not ({ } value, var last))
                continue;
            group = last;
            yield return value;
        }
    }

    private (FoundValue? Value, int Last) ReadAt(ReadableText text, int group)
    {
        var parts = PartsAt(text, group);
        var first = text.Groups[group];
        var isInternational = first.Start > 0 && text.Text[first.Start - 1] == '+';
        for (var count = parts.Count; count > 0; count--)
        {
            var last = text.Groups[group + count - 1];
            var start = isInternational ? first.Start - 1 : first.Start > 0 && text.Text[first.Start - 1] == '(' ? first.Start - 1 : first.Start;
            if (text.IsEmbedded(start, last.End, Class))
                continue;
            var number = isInternational ? International(parts, count) : Domestic(text, start, last.End, parts, count, group);
            if (number is not null)
                return (new FoundValue(start, last.End - start, number), group + count - 1);
        }

        return (null, group);
    }

    /// <summary>Groups that may be of one number, each with what stands before it.</summary>
    private static List<(string Digits, string Before)> PartsAt(ReadableText text, int group)
    {
        List<(string, string)> parts = [(Of(text, group), "")];
        var digits = text.Groups[group].Length;
        while (parts.Count < MaxParts && group + parts.Count < text.Groups.Count)
        {
            var (here, next) = (text.Groups[group + parts.Count - 1], text.Groups[group + parts.Count]);
            var between = text.Text.AsSpan(here.End, Math.Min(4, next.Start - here.End));
            digits += next.Length;
            if (next.Start - here.End > 3 || digits > 15 || between.IndexOfAnyExcept(" -.()") >= 0)
                break;
            parts.Add((Of(text, group + parts.Count), between.ToString()));
        }

        return parts;
    }

    private static string Of(ReadableText text, int group) =>
        text.Groups[group] is { Length: <= 15 } digits ? text.Text.Substring(digits.Start, digits.Length) : "";

    private static string? International(List<(string Digits, string Before)> parts, int count)
    {
        var digits = new StringBuilder();
        for (var index = 0; index < count; index++)
            // +81 (0)90 ...: the zero is for callers at home.
            if (index == 0 || parts[index] is not { Digits: "0", Before: " (" or "(" or "-(" })
                digits.Append(parts[index].Digits);
        var all = digits.ToString();
        if (CallingCodes.National(all) is not { } national)
            return null;
        if (all.StartsWith("81", StringComparison.Ordinal) || all.StartsWith("82", StringComparison.Ordinal))
        {
            var home = national.StartsWith('0') ? national : $"0{national}";
            return NumberPlans.IsJapanese(home) || NumberPlans.IsKorean(home) ? home : null;
        }

        return $"+{all}";
    }

    private string? Domestic(ReadableText text, int start, int end, List<(string Digits, string Before)> parts, int count, int group)
    {
        var digits = string.Concat(parts.Take(count).Select(part => part.Digits));
        if (digits.Length is < 8 or > 12 || NumberPlans.IsService(digits) || digits.AsSpan().IndexOfAnyExcept(digits[0]) < 0)
            return null;
        var label = text.LabelOf(start, end, Class);
        var isNamed = label?.Class == Class;
        if (!isNamed && label is { IsTight: true } other && (other.Class is null || IsOfNumbers(other)))
            return null;
        int[] layout = [.. parts.Take(count).Select(part => part.Digits.Length)];
        if (count == 1)
            return Bare(digits, label, isNamed);
        var isSpaced = parts.Take(count).Skip(1).All(part => part.Before is " " or ".");
        if (isSpaced && !isNamed && (Joins(text, group - 1) || Joins(text, group + count - 1)))
            return null;
        if (NumberPlans.IsGroupedAtHome(digits, layout) && (!isSpaced || isNamed || NumberPlans.IsMobile(digits)))
            return digits;
        var isBracketed = text.Text[start] == '(';
        if (NumberPlans.IsNorthAmerican(digits) && layout is [3, 3, 4] or [1, 3, 3, 4] && (isBracketed || isNamed))
            return $"+1{digits[^10..]}";
        // Of other countries, in the groups that are usual there; 2026-11-28 is a day.
        return isNamed && layout is not [4, 2, 2] and not [2, 2, 4] && label is { IsTight: true, Place: not LabelPlace.Above } && Array.TrueForAll(layout, length => length is >= 2 and <= 8) ? digits : null;
    }

    // The word for another class of numbers, right before it; an address or a list stands before telephone numbers everywhere.
    private static bool IsOfNumbers(Label label) =>
        label is { Place: not LabelPlace.Beside } or { Gap: 0 } && label.Class is not (PersonalDataClass.PostalAddress or PersonalDataClass.EMailList);

    private static string? Bare(string digits, Label? label, bool isNamed)
    {
        if (NumberPlans.IsMobile(digits))
            return isNamed || label is not { Class: null, Place: LabelPlace.Row or LabelPlace.Column } ? digits : null;
        if (!isNamed)
            return null;
        if (NumberPlans.IsJapanese(digits) || NumberPlans.IsKorean(digits))
            return digits;
        // A sheet takes the number for one and drops its zero.
        if (label is { Place: LabelPlace.Column } && NumberPlans.IsMobile($"0{digits}"))
            return $"0{digits}";
        return label is { IsTight: true } && NumberPlans.IsNorthAmerican(digits) ? $"+1{digits[^10..]}" : null;
    }

    // A blank and more digits: a row of numbers.
    private static bool Joins(ReadableText text, int group) =>
        group >= 0 && group + 1 < text.Groups.Count && text.Groups[group + 1].Start - text.Groups[group].End == 1 && text.Text[text.Groups[group].End] is ' ' or '.';
}
