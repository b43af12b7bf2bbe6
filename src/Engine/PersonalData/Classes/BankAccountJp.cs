using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// Seven digits that a word names as an account (口座番号, 普通, 当座), with a bank or branch in the same row, its head or the lines around;
/// at Japan Post Bank a symbol of five digits that begins and ends as symbols do, and a number.
/// </summary>
internal sealed class BankAccountJp : IDataClass
{
    private const int Digits = 7;
    private const int Around = 400;
    private const int LinesAround = 10;
    private const int Neighbour = 200;

    public PersonalDataClass Class => PersonalDataClass.BankAccountJp;

    public IReadOnlyList<string> Words { get; } =
    [
        "口座", "口座番号", "口座no", "口座 番号", "預金口座", "普通", "普通預金", "普通口座", "普)", "(普)", "当座", "当座預金", "当座口座", "当)", "(当)", "貯蓄", "貯蓄預金", "総合", "総合口座", "振込先", "振込先口座", "お振込先", "振込口座", "給与振込口座", "account number", "account no", "account no.", "account_number", "accountnumber", "a/c", "a/c no", "a/c no.", "acct", "acct no", "acct no.", "acct. no.",
        "bank account", "bank account number", "ordinary", "ordinary account", "ordinary deposit", "savings", "savings account", "checking", "checking account", "current account", "예금", "보통예금", "보통", "당좌",
    ];

    /// <summary>Words of banks and branches.</summary>
    public static IReadOnlyList<string> BankWords { get; } =
    [
        "銀行", "信用金庫", "信金", "信用組合", "信組", "労働金庫", "労金", "農業協同組合", "農協", "漁協", "ゆうちょ", "金融機関", "支店", "支店名", "本店", "店番", "店番号", "店名", "営業部", "出張所", "店舗番号", "bank", "branch", "swift", "은행", "지점",
    ];

    public IEnumerable<FoundValue> Find(ReadableText text)
    {
        var lastEnd = -1;
        for (var group = 0; group < text.Groups.Count; group++)
        {
            if (PostalBank(text, group) is { } postal)
            {
                yield return postal;
                group++;
                continue;
            }

            if (text.Number(group, Digits) is not { } number || number.Spacing == Spacing.Even || number.Spacing == Spacing.Loose && number.Layout.Count != Digits || text.IsEmbedded(number.Start, number.End, Class) || number.IsAllOneDigit)
                continue;
            var label = text.LabelOf(number.Start, number.End, Class);
            var isNeighbour = lastEnd >= 0 && number.Start - lastEnd <= Neighbour && label?.Class == Class;
            if (label is not { } named || named.Class != Class || !IsNear(named) && !isNeighbour || !HasBank(text, number.Start, named))
                continue;
            group = number.Last;
            lastEnd = number.End;
            yield return new FoundValue(number.Start, number.End - number.Start, number.Digits);
        }
    }

    private static bool IsNear(Label label) => label.Place switch
    {
        LabelPlace.Beside => label.Gap <= 16,
        LabelPlace.Row => true,
        LabelPlace.Above => label.Gap <= 24,
        _ => true,
    };

    private static bool HasBank(ReadableText text, int start, Label label)
    {
        var line = text.Rows.LineOf(start);
        var from = Math.Max(start - Around, text.Rows.StartOf(line - LinesAround));
        if (text.HasBankWord(Math.Min(from, text.Rows.StartOf(line)), Math.Min(start + Around, text.Rows.EndOf(line) + Around)))
            return true;
        var head = text.Rows.FirstOf(line);
        return label.Place == LabelPlace.Column && text.HasBankWord(text.Rows.StartOf(head - 1), text.Rows.EndOf(head));
    }

    // 記号 1xxx0 番号 xxxxxxx1.
    private static FoundValue? PostalBank(ReadableText text, int group)
    {
        const int between = 12;
        if (group + 1 >= text.Groups.Count || text.Groups[group] is not { Length: 5 } symbol || text.Groups[group + 1] is not { Length: >= 6 and <= 8 } number || number.Start - symbol.End > between)
            return null;
        if (text.Text[symbol.Start] != '1' || text.Text[symbol.End - 1] != '0' || text.Text[number.End - 1] != '1')
            return null;
        var line = text.Rows.LineOf(symbol.Start);
        var around = text.Text.AsSpan(text.Rows.StartOf(line - 3), number.End - text.Rows.StartOf(line - 3));
        if (around.Length > Around)
            around = around[^Around..];
        return around.Contains("記号", StringComparison.Ordinal) || around.Contains("ゆうちょ", StringComparison.Ordinal)
            ? new FoundValue(symbol.Start, number.End - symbol.Start, $"{text.Text.AsSpan(symbol.Start, 5)}-{text.Text.AsSpan(number.Start, number.Length)}")
            : null;
    }
}
