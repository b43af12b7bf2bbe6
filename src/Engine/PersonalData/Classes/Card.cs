using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// A payment card (ISO/IEC 7812): the range of its issuer, a length of that issuer, the Luhn digit. Grouped as on the card, or named by
/// a word, or bare where no word speaks of another number.
/// </summary>
internal sealed class Card : IDataClass
{
    private const int Neighbour = 400;

    private static readonly int[] Lengths = [19, 18, 17, 16, 15, 14, 13];

    // What issuers and payment services publish for trials.
    private static readonly HashSet<string> Samples = new(StringComparer.Ordinal)
    {
        "4111111111111111", "4242424242424242", "4012888888881881", "4222222222222", "4000056655665556", "4000000000000002", "4000000000000077", "5555555555554444", "5105105105105100", "5200828282828210", "2223003122003222", "2223000048400011",
        "378282246310005", "371449635398431", "378734493671000", "6011111111111117", "6011000990139424", "30569309025904", "38520000023237", "3056930009020004", "36227206271667", "3530111333300000", "3566002020360505", "6200000000000005", "5019717010103742", "6331101999990016", "4917610000000000",
    };

    public PersonalDataClass Class => PersonalDataClass.Card;

    public IReadOnlyList<string> Words { get; } =
    [
        "クレジットカード", "クレジットカード番号", "クレジット番号", "カード番号", "カードno", "カード", "クレカ", "デビットカード", "会員番号(カード)", "ご利用カード", "card", "card number", "card no", "card no.", "card_number", "cardnumber", "cardno", "card #", "credit card", "credit card number", "debit card",
        "cc number", "visa", "mastercard", "master card", "jcb", "amex", "american express", "diners", "pan", "unionpay", "카드", "카드번호", "카드 번호", "신용카드", "신용카드번호", "신용카드 번호", "체크카드", "체크카드 번호", "결제카드",
    ];

    public IEnumerable<FoundValue> Find(ReadableText text)
    {
        var refused = -Neighbour - 1;
        for (var group = 0; group < text.Groups.Count; group++)
        {
            if (ReadAt(text, group) is not { } number)
                continue;
            group = number.Last;
            var label = text.LabelOf(number.Start, number.End, Class);
            // Down a long column without borders its head is out of sight, but not the number above.
            if (!IsMeant(number, label, isBesideRefused: number.Start - refused <= Neighbour))
            {
                refused = number.End;
                continue;
            }

            yield return new FoundValue(number.Start, number.End - number.Start, number.Digits);
        }
    }

    private static WrittenNumber? ReadAt(ReadableText text, int group)
    {
        foreach (var length in Lengths)
        {
            if (text.Number(group, length) is not { } number)
                continue;
            if (IsCard(text, number))
                return number;
        }

        return null;
    }

    private static bool IsCard(ReadableText text, WrittenNumber number)
    {
        if (!HasIssuer(number.Digits) || !CheckDigits.Luhn(number.Digits) || Samples.Contains(number.Digits) || number.IsAllOneDigit || text.IsEmbedded(number.Start, number.End, PersonalDataClass.Card) || Iban.IsInside(text.Text, number.Start))
            return false;
        // The number of a row and fifteen digits are no card of sixteen.
        return number.Spacing == Spacing.None || number.IsInBoxes || IsGrouped(number);
    }

    private bool IsMeant(WrittenNumber number, Label? label, bool isBesideRefused)
    {
        if (label?.Class == Class)
            return true;
        if (label is { IsTight: true, Class: null } || number.Spacing == Spacing.Loose)
            return false;
        // Bare digits in a row of other numbers are one of those.
        return number.Spacing == Spacing.None ? number.Digits.Length is 15 or 16 && label is not { Class: null } && !isBesideRefused : IsGrouped(number);
    }

    private static bool IsGrouped(WrittenNumber number) =>
        number.HasLayout(4, 4, 4, 4) || number.HasLayout(4, 6, 5) || number.HasLayout(4, 6, 4) || number.HasLayout(4, 4, 4, 3) || number.HasLayout(4, 4, 4, 2) || number.HasLayout(4, 4, 4, 4, 3) || number.HasLayout(6, 13) || number.HasLayout(4, 4, 4, 1);

    private static bool HasIssuer(string digits)
    {
        var two = Prefix(digits, 2);
        var three = Prefix(digits, 3);
        var four = Prefix(digits, 4);
        return digits.Length switch
        {
            13 => digits[0] == '4',
            14 => two is 36 or 38 or 39 || three is >= 300 and <= 305 || four == 3095,
            15 => two is 34 or 37,
            16 => digits[0] == '4' || two is >= 51 and <= 55 || four is >= 2221 and <= 2720 || four is >= 3528 and <= 3589 || two is 62 or 65 or 81 or 94 || four == 6011 || three is >= 644 and <= 649 || two is 30 or 36 or 38 or 39 || IsMaestro(four),
            17 or 18 => two == 62 || IsMaestro(four),
            _ => digits[0] == '4' || two == 62 || four is >= 3528 and <= 3589 || IsMaestro(four),
        };
    }

    private static bool IsMaestro(int four) => four is 5018 or 5019 or 5020 or 5038 or 5893 or 6304 or 6759 or 6761 or 6762 or 6763;

    private static int Prefix(string digits, int length) => int.Parse(digits.AsSpan(0, length), System.Globalization.CultureInfo.InvariantCulture);
}
