using System.Globalization;
using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// Six digits of a birth date, then one of sex, century and origin, and six more. Until September 2020 the last is a check digit;
/// what was given out since has none, so that those born later, and foreigners where a word says so, are taken by date and form.
/// </summary>
internal sealed class ResidentNumber : IDataClass
{
    private const int Digits = 13;
    private static readonly DateOnly WithoutCheck = new(2020, 10, 1);

    public PersonalDataClass Class => PersonalDataClass.ResidentNumber;

    public IReadOnlyList<string> Words { get; } =
    [
        "주민등록번호", "주민등록 번호", "주민번호", "주민 번호", "외국인등록번호", "외국인 등록번호", "외국인번호", "국내거소신고번호", "거소신고번호", "resident registration number", "resident registration no", "resident number", "resident no", "rrn", "alien registration number", "alien registration no", "alien registration",
        "foreigner registration number", "foreign registration number", "住民登録番号", "外国人登録番号", "韓国住民登録番号",
    ];

    public IEnumerable<FoundValue> Find(ReadableText text)
    {
        for (var group = 0; group < text.Groups.Count; group++)
        {
            if (text.Number(group, Digits) is not { } number || text.IsEmbedded(number.Start, number.End, Class))
                continue;
            group = number.Last;
            if (IsResident(text, number))
                yield return new FoundValue(number.Start, number.End - number.Start, number.Digits);
        }
    }

    private bool IsResident(ReadableText text, WrittenNumber number)
    {
        var digits = number.Digits;
        if (BirthOf(digits) is not { } birth || number.IsAllOneDigit)
            return false;
        var label = text.LabelOf(number.Start, number.End, Class);
        var isNamed = label?.Class == Class;
        if (!isNamed && (label is { IsTight: true, Class: null } || !number.HasLayout(6, 7) || number.Separator != '-'))
            return false;
        var isForeigner = digits[6] is >= '5' and <= '8';
        return CheckDigits.ResidentNumber(digits, isForeigner) || birth >= WithoutCheck || isForeigner && isNamed;
    }

    private static DateOnly? BirthOf(string digits)
    {
        var century = digits[6] switch { '1' or '2' or '5' or '6' => "19", '3' or '4' or '7' or '8' => "20", _ => "18" };
        return DateOnly.TryParseExact(string.Concat(century, digits.AsSpan(0, 6)), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }
}
