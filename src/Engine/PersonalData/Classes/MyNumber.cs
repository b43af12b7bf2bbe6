using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// Twelve digits with their check digit. One in eleven of any twelve digits has it, parcels are numbered by twelve too: so a word must
/// say what it is, or so many of them stand together, all with their check digit, that chance is out of the question.
/// </summary>
internal sealed class MyNumber : IDataClass
{
    private const int Digits = 12;
    private const int Neighbour = 200;
    private const int Many = 6;

    public PersonalDataClass Class => PersonalDataClass.MyNumber;

    public IReadOnlyList<string> Words { get; } =
    [
        "マイナンバー", "マイナンバ-", "マイナンバ一", "個人番号", "個人番号カード", "特定個人情報", "社会保障・税番号", "my number", "mynumber", "my_number", "individual number", "individual no", "마이넘버", "마이 넘버", "개인번호",
    ];

    public IEnumerable<FoundValue> Find(ReadableText text)
    {
        List<FoundValue> silent = [];
        var (tried, lastEnd) = (0, -1);
        for (var group = 0; group < text.Groups.Count; group++)
        {
            if (text.Number(group, Digits) is not { } number || text.IsEmbedded(number.Start, number.End, Class))
                continue;
            if (number.Spacing == Spacing.Loose && !number.IsInBoxes && !number.HasLayout(4, 4, 4))
                continue;
            group = number.Last;
            var label = text.LabelOf(number.Start, number.End, Class);
            var isNeighbour = lastEnd >= 0 && number.Start - lastEnd <= Neighbour && !text.HasOtherLabel(lastEnd, number.Start, Class);
            var isNamed = isNeighbour || label?.Class == Class;
            if (!isNamed && (label is { IsTight: true } || number.Spacing == Spacing.Loose))
                continue;
            var isValid = CheckDigits.MyNumber(number.Digits) && !number.IsAllOneDigit;
            var value = new FoundValue(number.Start, number.End - number.Start, number.Digits);
            if (!isNamed)
            {
                tried++;
                if (isValid)
                    silent.Add(value);
                continue;
            }

            if (!isValid)
                continue;
            lastEnd = number.End;
            yield return value;
        }

        // By chance one in eleven would be right.
        if (silent.Count >= Many && silent.Count == tried && silent.Select(value => value.Value).Distinct(StringComparer.Ordinal).Count() >= Many)
            foreach (var value in silent)
                yield return value;
    }
}
