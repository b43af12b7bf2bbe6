using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.DataClasses;

/// <summary>Documents that hold personal data: forms, tables, lists, prose and signatures as offices write them.</summary>
internal static class PersonalDocuments
{
    public static IReadOnlyList<(string Class, Func<Random, DataDocument> Make)> All { get; } =
    [
        ("my-number", MyNumber), ("corporate-number", CorporateNumber), ("card", Card), ("iban", Iban), ("bank-account-jp", BankAccount),
        ("phone", Phone), ("postal-address", Address), ("resident-number", ResidentNumber), ("passport", Passport), ("e-mail-list", MailList),
    ];

    private static DataDocument MyNumber(Random random)
    {
        var tongue = random.Chance(0.8) ? Tongue.Japanese : Tongue.English;
        if (random.Chance(0.15))
            return Tight(random, "my-number", Tongue.Japanese, ["個人番号No.", "個人番号", "マイナンバー#", "個人番号.", "MyNumber#"], Spaced(random, Numbers.MyNumber(random)));
        var label = tongue == Tongue.Japanese ? random.Pick(["マイナンバー", "個人番号", "個人番号(マイナンバー)", "ﾏｲﾅﾝﾊﾞｰ", "マイナンバー(12桁)", "本人の個人番号"]) : random.Pick(["My Number", "Individual Number", "My Number (Japan)", "MyNumber"]);
        return Numbered(random, "my-number", tongue, label, () => Numbers.MyNumber(random), Spaced, tongue == Tongue.Japanese ? "扶養控除等申告書" : "Year-end adjustment", boxes: true);
    }

    private static DataDocument CorporateNumber(Random random)
    {
        if (random.Chance(0.35))
            return new("corporate-number: invoice", [Title(random.Pick(["請求書", "御請求書", "Invoice"])), new Block.Line($"{random.Pick(["登録番号", "登録番号:", "Registration No."])} T{Numbers.CorporateNumber(random)}"), new Block.Line($"合計 ¥{random.Next(1, 900)},{random.Digits(3)}")], "corporate-number");
        var label = random.Pick(["法人番号", "法人番号(13桁)", "Corporate Number", "支払者の法人番号"]);
        return Numbered(random, "corporate-number", random.Chance(0.8) ? Tongue.Japanese : Tongue.English, label, () => Numbers.CorporateNumber(random), (source, number) => source.Next(4) switch { 0 => Numbers.FullWidth(number), 1 => Numbers.Grouped(number, source.Pick([" ", "-"]), 1, 4, 4, 4), _ => number }, "取引先一覧", boxes: true);
    }

    private static DataDocument Card(Random random)
    {
        var tongue = random.Pick(Enum.GetValues<Tongue>());
        if (random.Chance(0.15))
            return Tight(random, "card", tongue, ["Card No.", "card #", "カードNo.", "CARD.", "カード番号", "카드번호", "VISA", "card"], CardSpaced(random, Numbers.Card(random)));
        var label = tongue switch
        {
            Tongue.Japanese => random.Pick(["カード番号", "クレジットカード番号", "クレジットカード", "ご利用カード番号", "カードNo."]),
            Tongue.Korean => random.Pick(["카드번호", "신용카드 번호", "카드 번호"]),
            _ => random.Pick(["Card number", "Credit card", "Card No.", "Visa/MC number", "Payment card"]),
        };
        return Numbered(random, "card", tongue, label, () => Numbers.Card(random), CardSpaced, Of(tongue, "決済エラーの件", "Payment details", "결제 정보"), boxes: false);
    }

    private static DataDocument Iban(Random random)
    {
        var tongue = random.Pick(Enum.GetValues<Tongue>());
        var label = random.Pick(["IBAN", "IBAN:", "Beneficiary IBAN", "Account (IBAN)", Of(tongue, "送金先IBAN", "Your IBAN", "수취인 IBAN")]);
        return Numbered(random, "iban", tongue, label, () => Numbers.Iban(random), (source, iban) => source.Chance(0.6) ? Numbers.Grouped(iban, " ", 4, 4, 4, 4, 4, 4, 4) : iban, Of(tongue, "海外送金のご依頼", "Remittance details", "해외 송금"), boxes: false);
    }

    private static DataDocument BankAccount(Random random)
    {
        var bank = random.Pick(["三菱UFJ銀行", "みずほ銀行", "三井住友銀行", "りそな銀行", "千葉銀行", "城南信用金庫", "楽天銀行"]);
        var branch = random.Pick(["新宿支店", "梅田支店", "本店営業部", "横浜駅前支店", "第一営業支店"]);
        var kind = random.Pick(["普通", "普通", "普通預金", "当座"]);
        string Number() => random.Digits(7, fromOne: true);
        var holder = Persons.Name(random, Tongue.Japanese);
        IReadOnlyList<Block> blocks = random.Next(6) switch
        {
            0 => [Title("お振込先"), .. Lines($"銀行名:{bank}", $"支店名:{branch}", $"口座種別:{kind}", $"口座番号:{Number()}", $"口座名義:{holder}")],
            1 => [Title("給与振込口座のお届け"), new Block.Table([["氏名", "金融機関", "支店", "種別", "口座番号"], .. Enumerable.Range(0, random.Next(1, 12)).Select(_ => (string[])[Persons.Name(random, Tongue.Japanese), bank, branch, kind, Number()])])],
            2 => [new Block.Line("経費の精算について、下記の口座へお願いいたします。"), new Block.Line($"{bank} {branch} {kind} {random.Pick([Number(), Numbers.FullWidth(Number())])} {holder}")],
            3 => [Title("Refund"), .. Lines($"Bank: {random.Pick(["MUFG Bank", "Mizuho Bank", "Rakuten Bank"])}", $"Branch: {random.Pick(["Shinjuku", "Umeda"])} ({random.Digits(3)})", $"Account type: {random.Pick(["Ordinary", "Savings"])}", $"Account number: {Number()}")],
            4 => [Title("口座振替依頼書"), new Block.Table([["金融機関名", bank], ["支店名", $"{branch}({random.Digits(3)})"], ["預金種目", kind], ["口座番号", Number()], ["口座名義", holder]])],
            _ => [Title("お支払い口座"), .. Lines("ゆうちょ銀行", $"記号 1{random.Digits(3)}0", $"番号 {random.Digits(7, fromOne: true)}1", holder)],
        };
        return new("bank-account-jp", blocks, "bank-account-jp");
    }

    private static DataDocument Phone(Random random)
    {
        var tongue = random.Pick(Enum.GetValues<Tongue>());
        string Of() => Persons.Phone(random, tongue);
        var label = tongue switch { Tongue.Japanese => random.Pick(["電話番号", "TEL", "携帯", "連絡先", "Tel", "緊急連絡先"]), Tongue.Korean => random.Pick(["전화번호", "연락처", "휴대폰", "T."]), _ => random.Pick(["Phone", "Tel", "Mobile", "Contact", "Cell"]) };
        IReadOnlyList<Block> blocks = random.Next(7) switch
        {
            5 => [Greeting(tongue), new Block.Line("--"), new Block.Line(Persons.Name(random, tongue)), new Block.Line(Persons.PhoneRow(random, tongue))],
            6 => [new Block.Table([[NameLabel(tongue), label], .. Enumerable.Range(0, random.Next(2, 12)).Select(_ => (string[])[Persons.Name(random, tongue), Persons.PhoneRow(random, tongue)])])],
            0 => [Greeting(tongue), new Block.Line("--"), new Block.Line(Persons.Name(random, tongue)), new Block.Line($"{label}{random.Pick([": ", ":", " "])}{Of()}")],
            1 => [new Block.Table([[NameLabel(tongue), label], .. Enumerable.Range(0, random.Next(2, 25)).Select(_ => (string[])[Persons.Name(random, tongue), Of()])])],
            2 => [new Block.Line(tongue switch { Tongue.Japanese => $"{Persons.Name(random, tongue)}様の携帯は{Of()}です。折り返しお願いします。", Tongue.Korean => $"{Persons.Name(random, tongue)} 님 번호는 {Of()} 입니다. 연락 부탁드립니다.", _ => $"You can reach {Persons.Name(random, tongue)} at {Of()} after five." })],
            3 => [.. Enumerable.Range(0, random.Next(3, 12)).Select(_ => new Block.Line($"・{Persons.Name(random, tongue)} {Of()}"))],
            _ => [new Block.Table([[NameLabel(tongue), Persons.Name(random, tongue)], [label, Of()]])],
        };
        return new("phone", blocks, "phone");
    }

    private static DataDocument Address(Random random)
    {
        var tongue = random.Pick(Enum.GetValues<Tongue>());
        string Of() => Persons.Address(random, tongue);
        var label = tongue switch { Tongue.Japanese => random.Pick(["住所", "ご住所", "お届け先", "現住所", "送付先"]), Tongue.Korean => random.Pick(["주소", "배송지", "거주지"]), _ => random.Pick(["Address", "Ship to", "Home address"]) };
        IReadOnlyList<Block> blocks = random.Next(4) switch
        {
            0 => [Greeting(tongue), new Block.Line($"{label}{random.Pick([": ", ":", " "])}{Of()}")],
            1 => [new Block.Table([[NameLabel(tongue), label], .. Enumerable.Range(0, random.Next(2, 20)).Select(_ => (string[])[Persons.Name(random, tongue), Of()])])],
            2 => [new Block.Line(label), new Block.Line(Of()), new Block.Line(Persons.Name(random, tongue))],
            _ => [new Block.Line(tongue switch { Tongue.Japanese => $"来週から{Of()}に引っ越しますので、書類はそちらへお送りください。", Tongue.Korean => $"다음 주부터 {Of()} 로 보내 주세요.", _ => $"Please send the parcel to {Of()} by Friday." })],
        };
        return new("postal-address", blocks, "postal-address");
    }

    private static DataDocument ResidentNumber(Random random)
    {
        var label = random.Pick(["주민등록번호", "주민번호", "주민등록번호(외국인등록번호)", "Resident registration number", "住民登録番号(韓国)"]);
        return Numbered(random, "resident-number", Tongue.Korean, label, () => Numbers.ResidentNumber(random), (source, number) => source.Next(4) switch { 0 => $"{number[..6]} - {number[6..]}", 1 => number, 2 => Numbers.FullWidth($"{number[..6]}-{number[6..]}"), _ => $"{number[..6]}-{number[6..]}" }, "인사 기록", boxes: false);
    }

    private static DataDocument Passport(Random random)
    {
        if (random.Chance(0.3))
        {
            var (first, second) = Numbers.Zone(random);
            return new("passport: zone", [Title(random.Pick(["Scan of passport", "パスポートの写し", "여권 사본"])), new Block.Line(first), new Block.Line(second)], "passport");
        }

        var tongue = random.Pick(Enum.GetValues<Tongue>());
        var label = tongue switch { Tongue.Japanese => random.Pick(["旅券番号", "パスポート番号", "パスポートNo."]), Tongue.Korean => random.Pick(["여권번호", "여권 번호"]), _ => random.Pick(["Passport No.", "Passport number", "Passport"]) };
        return Numbered(random, "passport", tongue, label, () => Numbers.Passport(random), (_, number) => number, Of(tongue, "出張者名簿", "Visa application", "출장자 명단"), boxes: false);
    }

    private static DataDocument MailList(Random random)
    {
        var count = random.Next(6, 40);
        var tongue = random.Pick(Enum.GetValues<Tongue>());
        IReadOnlyList<Block> blocks = random.Next(3) switch
        {
            0 => [new Block.Table([[NameLabel(tongue), random.Pick(["メールアドレス", "E-mail", "이메일"])], .. Enumerable.Range(0, count).Select(_ => (string[])[Persons.Name(random, tongue), Persons.Mail(random)])])],
            1 => [Greeting(tongue), new Block.Line(string.Join(random.Pick(["; ", ", "]), Enumerable.Range(0, count).Select(_ => Persons.Mail(random))))],
            _ => [Title(random.Pick(["セミナー参加者", "Newsletter subscribers", "참가자 명단"])), .. Enumerable.Range(0, count).Select(_ => new Block.Line($"{Persons.Name(random, tongue)} <{Persons.Mail(random)}>"))],
        };
        return new("e-mail-list", blocks, "e-mail-list");
    }

    // The word runs into the number, as in signatures and on forms that leave no room.
    private static DataDocument Tight(Random random, string dataClass, Tongue tongue, string[] labels, string number) =>
        new($"{dataClass}: tight", [Greeting(tongue), new Block.Line($"{Persons.Name(random, tongue)} {random.Pick(labels)}{number}")], dataClass);

    // A form, a table with the label at its head, a sentence, a list under a heading, or boxes of one digit.
    private static DataDocument Numbered(Random random, string dataClass, Tongue tongue, string label, Func<string> number, Func<Random, string, string> written, string title, bool boxes)
    {
        string Next() => written(random, number());
        var layout = random.Next(boxes ? 7 : 6);
        IReadOnlyList<Block> blocks = layout switch
        {
            0 => [Title(title), new Block.Line($"{NameLabel(tongue)}{random.Pick([":", ": ", ":"])}{Persons.Name(random, tongue)}"), new Block.Line($"{label}{random.Pick([":", ": ", ":", " "])}{Next()}")],
            1 => [Title(title), new Block.Table([[NameLabel(tongue), label, Of(tongue, "備考", "Note", "비고")], .. Enumerable.Range(0, random.Next(1, 20)).Select(_ => (string[])[Persons.Name(random, tongue), Next(), random.Pick(["", "済", "OK"])])])],
            2 => [Greeting(tongue), new Block.Line(tongue switch { Tongue.Japanese => $"{Persons.Name(random, tongue)}の{label}は {Next()} です。ご確認をお願いします。", Tongue.Korean => $"{Persons.Name(random, tongue)}의 {label}는 {Next()} 입니다.", _ => $"For {Persons.Name(random, tongue)} the {label} is {Next()}, as discussed." })],
            3 => [new Block.Line($"{label}{random.Pick(["一覧", ":", " (list)", ""])}"), .. Enumerable.Range(0, random.Next(1, 8)).Select(_ => new Block.Line($"{Persons.Name(random, tongue)} {Next()}"))],
            4 => [Title(title), new Block.Line(label), new Block.Line(Next()), new Block.Line(Persons.Name(random, tongue))],
            5 => [Title(title), new Block.Table([[NameLabel(tongue), Persons.Name(random, tongue)], [label, Next()]])],
            _ => [Title(title), new Block.Table([[label, .. number().Select(digit => digit.ToString())]])],
        };
        return new($"{dataClass}: {layout}", blocks, dataClass);
    }

    private static string Spaced(Random random, string number) => random.Next(6) switch
    {
        0 => Numbers.Grouped(number, "-", 4, 4, 4),
        1 => Numbers.Grouped(number, " ", 4, 4, 4),
        2 => Numbers.FullWidth(number),
        3 => Numbers.FullWidth(Numbers.Grouped(number, "-", 4, 4, 4)),
        4 => string.Join(' ', number.ToCharArray()),
        _ => number,
    };

    private static string CardSpaced(Random random, string number)
    {
        int[] groups = number.Length switch { 15 => [4, 6, 5], 14 => [4, 6, 4], _ => [4, 4, 4, 4] };
        return random.Next(5) switch
        {
            0 => number,
            1 => Numbers.FullWidth(Numbers.Grouped(number, "-", groups)),
            2 => Numbers.Grouped(number, "\u2010", groups),
            3 => Numbers.Grouped(number, "-", groups),
            _ => Numbers.Grouped(number, " ", groups),
        };
    }

    private static string Of(Tongue tongue, string japanese, string english, string korean) => tongue switch { Tongue.Japanese => japanese, Tongue.Korean => korean, _ => english };

    private static Block.Line Title(string text) => new(text);

    private static IEnumerable<Block> Lines(params IEnumerable<string> lines) => lines.Select(line => new Block.Line(line));

    private static string NameLabel(Tongue tongue) => tongue switch { Tongue.Japanese => "氏名", Tongue.Korean => "성명", _ => "Name" };

    private static Block.Line Greeting(Tongue tongue) => new(tongue switch { Tongue.Japanese => "お世話になっております。下記のとおりご連絡いたします。", Tongue.Korean => "안녕하세요. 아래 내용 확인 부탁드립니다.", _ => "Hello, please see below as promised." });
}
