using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// Thirteen digits, the first a check digit of the others, where a word says so or a <c>T</c> before them makes them the number of an
/// issuer of invoices. Articles (JAN, ISBN) have thirteen digits too.
/// </summary>
internal sealed class CorporateNumber : IDataClass
{
    private const int Digits = 13;
    private const int Neighbour = 200;

    public PersonalDataClass Class => PersonalDataClass.CorporateNumber;

    public IReadOnlyList<string> Words { get; } =
    [
        "法人番号", "法人no", "法人マイナンバー", "適格請求書発行事業者登録番号", "適格請求書発行事業者", "インボイス登録番号", "インボイス番号", "corporate number", "corporate no", "corporate_number", "houjin bangou", "법인번호", "법인 번호",
    ];

    public IEnumerable<FoundValue> Find(ReadableText text)
    {
        var lastEnd = -1;
        for (var group = 0; group < text.Groups.Count; group++)
        {
            if (text.Number(group, Digits) is not { } number || number.Spacing == Spacing.Loose && !number.IsInBoxes && !number.HasLayout(1, 4, 4, 4))
                continue;
            var isIssuer = IsIssuer(text.Text, number.Start);
            if (text.IsEmbedded(isIssuer ? number.Start - 1 : number.Start, number.End, Class) && !(isIssuer && text.Text[number.Start - 1] == '-'))
                continue;
            group = number.Last;
            if (number.IsAllOneDigit || !CheckDigits.CorporateNumber(number.Digits))
                continue;
            var isNeighbour = lastEnd >= 0 && number.Start - lastEnd <= Neighbour && !text.HasOtherLabel(lastEnd, number.Start, Class);
            if (!isIssuer && !isNeighbour && text.LabelOf(number.Start, number.End, Class)?.Class != Class)
                continue;
            lastEnd = number.End;
            yield return new FoundValue(number.Start, number.End - number.Start, number.Digits);
        }
    }

    // T1234567890123, T-1234567890123, T 1234567890123.
    private static bool IsIssuer(string text, int start)
    {
        var at = start - 1;
        if (at > 0 && text[at] is '-' or ' ')
            at--;
        return at >= 0 && text[at] is 'T' or 't' && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]) && text[at - 1] is not ('-' or '_'));
    }
}
