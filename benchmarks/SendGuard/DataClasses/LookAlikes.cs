using System.Globalization;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.DataClasses;

/// <summary>Documents with numbers and words that look like personal data and are none; where a check digit could be right, it is, in half of them.</summary>
internal static class LookAlikes
{
    public static IReadOnlyList<(string Kind, Func<Random, IEnumerable<Block>> Make)> All { get; } =
    [
        ("order", Order), ("tracking", Tracking), ("isbn", Isbn), ("jan", Articles), ("timestamp", Timestamps), ("uuid", Uuids), ("hex", Hex), ("prices", Prices), ("versions", Versions), ("addresses of machines", Machines),
        ("log", Log), ("product code", ProductCodes), ("wrong my-number", WrongMyNumber), ("wrong corporate-number", WrongCorporateNumber), ("wrong card", WrongCard), ("wrong iban", WrongIban), ("wrong resident-number", WrongResidentNumber), ("wrong zone", WrongZone),
        ("sample", Samples), ("towns", Towns), ("statistics", Statistics), ("few addresses", FewMails), ("bank news", BankNews), ("meeting", Meeting), ("business number", BusinessNumber), ("dates", Dates), ("passport news", PassportNews), ("serial", Serials), ("services", Services), ("masked", Masked), ("measurements", Measurements), ("slashes", Slashes), ("tight words", TightWords),
    ];

    private static IEnumerable<Block> Order(Random random)
    {
        var (label, item) = random.Pick<(string, string)>([("注文番号", "商品"), ("ご注文番号", "商品"), ("受注No", "品名"), ("Order number", "Item"), ("Order ID", "Item"), ("주문번호", "상품"), ("Purchase order", "Item")]);
        string Of() => random.Next(4) switch { 0 => Numbers.MyNumber(random), 1 => Numbers.Card(random), 2 => Numbers.CorporateNumber(random), _ => $"4{random.Digits(15)}" };
        return random.Chance(0.5)
            ? Lines($"{label}: {Of()}", random.Pick(["ご注文ありがとうございます。発送までお待ちください。", "Thank you for shopping with us.", "주문해 주셔서 감사합니다."]))
            : [new Block.Table([[item, label], .. Enumerable.Range(0, random.Next(2, 15)).Select(_ => (string[])[random.Word(), Of()])])];
    }

    private static IEnumerable<Block> Tracking(Random random)
    {
        var label = random.Pick(["お問い合わせ番号", "追跡番号", "伝票番号", "送り状番号", "Tracking number", "Tracking No.", "운송장번호", "송장번호"]);
        var number = random.Chance(0.5) ? Numbers.MyNumber(random) : random.Digits(12);
        return Lines($"{label}{random.Pick([":", ": ", " "])}{Numbers.Grouped(number, random.Pick(["-", " ", ""]), 4, 4, 4)}", random.Pick(["本日発送いたしました。", "Your parcel is on its way.", "오늘 발송되었습니다."]));
    }

    private static IEnumerable<Block> Isbn(Random random)
    {
        yield return new Block.Line(random.Pick(["参考文献", "Reading list", "참고 도서"]));
        for (var i = random.Next(2, 8); i > 0; i--)
            yield return new Block.Line($"{random.Word()} {random.Word()}, ISBN {random.Pick([$"978-4-{random.Digits(4)}-{random.Digits(4)}-{random.Digits(1)}", $"978{random.Digits(10)}", $"4-{random.Digits(4)}-{random.Digits(4)}-{random.Digits(1)}"])}");
    }

    private static IEnumerable<Block> Articles(Random random) =>
        [new Block.Table([[random.Pick(["JANコード", "JAN", "EAN", "바코드", "GTIN"]), random.Pick(["品名", "Item"]), random.Pick(["単価", "Price"])], .. Enumerable.Range(0, random.Next(3, 20)).Select(_ => (string[])[$"{random.Pick(["49", "45", "880"])}{random.Digits(10)}{random.Digits(1)}"[..13], random.Word(), $"{random.Next(100, 9999)}"])])];

    private static IEnumerable<Block> Timestamps(Random random)
    {
        for (var i = random.Next(3, 15); i > 0; i--)
            yield return new Block.Line(random.Next(4) switch { 0 => $"20{random.Next(20, 27)}{random.Next(1, 13):00}{random.Next(1, 29):00}{random.Digits(6)} backup_{random.Word()}.tar", 1 => $"epoch {random.NextInt64(1_600_000_000_000, 1_800_000_000_000)}", 2 => $"2026-11-{random.Next(1, 29):00}T{random.Next(0, 24):00}:{random.Next(0, 60):00}:{random.Next(0, 60):00}.{random.Digits(6)}Z", _ => $"処理時刻 20261128{random.Digits(6)}" });
    }

    private static IEnumerable<Block> Uuids(Random random)
    {
        for (var i = random.Next(3, 15); i > 0; i--)
            yield return new Block.Line($"{random.Pick(["request", "session", "id", "リクエストID"])} {new Guid(random.Bytes(16))}");
    }

    private static IEnumerable<Block> Hex(Random random)
    {
        for (var i = random.Next(3, 10); i > 0; i--)
            yield return new Block.Line($"sha256 {Convert.ToHexStringLower(random.Bytes(32))}");
    }

    private static IEnumerable<Block> Prices(Random random) =>
        [new Block.Table([[random.Pick(["品目", "Item", "품목"]), random.Pick(["数量", "Qty", "수량"]), random.Pick(["金額", "Amount", "금액"])], .. Enumerable.Range(0, random.Next(3, 15)).Select(_ => (string[])[random.Word(), $"{random.Next(1, 100)}", random.Pick([$"¥{random.Next(1, 900)},{random.Digits(3)},{random.Digits(3)}", $"{random.Next(1_000_000, 9_999_999)}", $"${random.Next(10, 999)}.{random.Digits(2)}"])])])];

    private static IEnumerable<Block> Versions(Random random)
    {
        for (var i = random.Next(3, 10); i > 0; i--)
            yield return new Block.Line($"{random.Word()} {random.Pick(["v", "version ", "ver."])}{random.Next(0, 20)}.{random.Next(0, 99)}.{random.Next(0, 9999)}.{random.Next(0, 99999)}");
    }

    private static IEnumerable<Block> Machines(Random random)
    {
        for (var i = random.Next(3, 12); i > 0; i--)
            yield return new Block.Line($"host{i} {random.Next(1, 255)}.{random.Next(0, 255)}.{random.Next(0, 255)}.{random.Next(1, 255)} {string.Join(':', random.Bytes(6).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)))} mtu 1500");
    }

    private static IEnumerable<Block> Log(Random random)
    {
        for (var i = random.Next(4, 25); i > 0; i--)
            yield return new Block.Line($"2026-11-{random.Next(1, 29):00} {random.Next(0, 24):00}:{random.Digits(1)}7:{random.Digits(1)}3,{random.Digits(3)} INFO [{random.Word()}-{random.Next(1, 99)}] {random.Pick(["txid=", "orderId=", "trace_id=", "seq "])}{random.Pick([random.Digits(16), Numbers.Card(random), Numbers.MyNumber(random), random.Digits(19)])} took {random.Next(1, 9999)} ms");
    }

    private static IEnumerable<Block> ProductCodes(Random random)
    {
        var label = random.Pick(["型番", "部品番号", "Model", "품번"]);
        for (var i = random.Next(2, 8); i > 0; i--)
            yield return new Block.Line(random.Next(5) switch { 0 => $"{label} {random.Pick(["090", "03", "080"])}-{random.Digits(4)}-{random.Digits(4)}", 1 => $"XR-{random.Digits(3)}-{random.Digits(4)}-{random.Digits(4)}", 2 => $"Part No. 0{random.Digits(2)}-{random.Digits(4)}-{random.Digits(4)}-{(char)('A' + random.Next(26))}", 3 => $"{label} 010-{random.Digits(4)}-{random.Digits(4)}", _ => $"{random.Word().ToUpperInvariant()}{random.Digits(11)}" });
    }

    private static IEnumerable<Block> WrongMyNumber(Random random) => Wrong(random, random.Pick(["マイナンバー", "個人番号", "My Number"]), () => Numbers.Grouped(Numbers.Spoilt(random, Numbers.MyNumber(random)), random.Pick(["", "-", " "]), 4, 4, 4));

    private static IEnumerable<Block> WrongCorporateNumber(Random random) => Wrong(random, random.Pick(["法人番号", "Corporate Number"]), () => Numbers.Spoilt(random, Numbers.CorporateNumber(random)));

    private static IEnumerable<Block> WrongCard(Random random) => Wrong(random, random.Pick(["カード番号", "Card number", "카드번호"]), () => Numbers.Grouped(Numbers.Spoilt(random, Numbers.Card(random)), random.Pick(["", "-", " "]), 4, 4, 4, 4));

    private static IEnumerable<Block> WrongIban(Random random) => Wrong(random, "IBAN", () => Numbers.Grouped(Numbers.Spoilt(random, Numbers.Iban(random)), random.Pick(["", " "]), 4, 4, 4, 4, 4, 4));

    private static IEnumerable<Block> WrongResidentNumber(Random random) => Wrong(random, random.Pick(["주민등록번호", "주민번호"]), () =>
    {
        string number;
        do
            number = Numbers.ResidentNumber(random);
        while (number[6] is not ('1' or '2') || string.CompareOrdinal(number[..2], "30") < 0);
        number = random.Chance(0.3) ? $"{number[..2]}13{number[4..]}" : number[..12] + (char)('0' + ((number[12] - '0' + 1 + random.Next(8)) % 10));
        return $"{number[..6]}-{number[6..]}";
    });

    private static IEnumerable<Block> WrongZone(Random random)
    {
        var (first, second) = Numbers.Zone(random, isBroken: true);
        return Lines("scan", first, second);
    }

    private static IEnumerable<Block> Samples(Random random) => Lines(
        random.Pick(["テスト環境ではこの番号を使ってください。", "Use these in the sandbox.", "테스트용 번호입니다."]),
        random.Pick(["4111 1111 1111 1111", "4242424242424242", "5555-5555-5555-4444", "3782 822463 10005", "DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]));

    private static IEnumerable<Block> Towns(Random random) => Lines(
        random.Pick(["東京都新宿区で開催される展示会に出展します。", "大阪府大阪市の店舗を3月に改装します。", "神奈川県横浜市には500人の会員がいます。", "来月は北海道札幌市に2泊します。", "愛知県名古屋市の4-6月の売上です。", "서울특별시 강남구에서 3월에 행사를 엽니다.", "경기도 성남시의 직원은 120명입니다.", "We will meet 12 people in London and 5 in Oxford.", "The Oxford Street shop opens in 2026.", "강남구 테헤란로 3번 출구에서 만나요."]),
        random.Pick(["詳細は追ってご連絡します。", "More soon.", "자세한 내용은 추후 안내드리겠습니다."]));

    private static IEnumerable<Block> Statistics(Random random) =>
        [new Block.Table([["都道府県", "市区町村", "人口", "世帯数"], .. Enumerable.Range(0, random.Next(4, 12)).Select(_ => (string[])[random.Pick(["東京都", "大阪府", "愛知県"]), random.Pick(["新宿区", "堺市", "豊田市", "府中市"]), $"{random.Next(1_000, 999_999)}", $"{random.Next(1_000, 99_999)}"])])];

    private static IEnumerable<Block> FewMails(Random random) => Lines($"{Persons.Mail(random)} と {Persons.Mail(random)} に共有しました。", $"icon@2x.png, git@github.com:{random.Word()}/{random.Word()}.git, Message-ID: <{random.Word()}@{random.Word()}.example>");

    private static IEnumerable<Block> BankNews(Random random) => Lines($"三菱UFJ銀行は新宿支店を移転します。受付は{random.Next(9, 15)}時からです。", $"普通預金の金利は0.{random.Digits(2)}%です。管理番号 {random.Digits(7, fromOne: true)}", $"お問い合わせ番号 {random.Digits(7, fromOne: true)}");

    private static IEnumerable<Block> Meeting(Random random) => Lines($"Zoom meeting ID: {random.Next(800, 999)} {random.Digits(4)} {random.Digits(4)}", $"Passcode: {random.Digits(6)}", $"会議室 {random.Next(1, 9)}F-{random.Next(100, 999)}, 11-28 14:05");

    private static IEnumerable<Block> BusinessNumber(Random random) => Lines($"사업자등록번호 {random.Digits(3, fromOne: true)}-{random.Digits(2)}-{random.Digits(5)}", $"견적번호: Q{random.Digits(8)}", $"계좌번호 {random.Digits(3)}-{random.Digits(6)}-{random.Digits(2)}-{random.Digits(3)}");

    private static IEnumerable<Block> Dates(Random random) =>
        [new Block.Table([[random.Pick(["開始", "Start"]), random.Pick(["終了", "End"]), "No"], .. Enumerable.Range(0, random.Next(3, 12)).Select(_ => (string[])[$"2026-{random.Next(1, 13):00}-{random.Next(1, 29):00}", $"{random.Next(1, 13)}/{random.Next(1, 29)}/2026", $"{random.Digits(8)}"])])];

    private static IEnumerable<Block> PassportNews(Random random) => Lines(random.Pick(["パスポートの更新には2週間ほどかかります。", "Please bring your passport and two copies.", "여권 사본을 지참해 주세요."]), $"{random.Pick(["受付番号", "Booking reference", "접수번호"])} {random.Pick(["AB", "RC"])}{random.Digits(7)}");

    private static IEnumerable<Block> Serials(Random random)
    {
        for (var i = random.Next(2, 8); i > 0; i--)
            yield return new Block.Line($"{random.Pick(["S/N", "シリアル番号", "Serial", "시리얼번호"])} {random.Pick([random.Digits(12), random.Digits(16), $"{random.Digits(4)}-{random.Digits(4)}-{random.Digits(4)}-{random.Digits(4)}", Numbers.Card(random)])}");
    }

    private static IEnumerable<Block> Services(Random random) => Lines($"{random.Pick(["サポート窓口", "お客様センター"])} 0120-{random.Digits(3)}-{random.Digits(3)}", $"ナビダイヤル 0570-{random.Digits(3)}-{random.Digits(3)}", $"고객센터 1588-{random.Digits(4)}");

    private static IEnumerable<Block> Masked(Random random) => Lines($"カード番号 ****-****-****-{random.Digits(4)}", $"Card ending in {random.Digits(4)}", $"マイナンバー ********{random.Digits(4)}", $"주민등록번호 {random.Next(50, 99)}0{random.Next(1, 10)}1{random.Next(0, 10)}-1******");

    private static IEnumerable<Block> Measurements(Random random) =>
        [new Block.Table([["t", "x", "y"], .. Enumerable.Range(0, random.Next(5, 30)).Select(i => (string[])[$"{i}", $"{random.NextDouble() * 1000:F4}", $"{random.Next(1000, 9999)} {random.Next(1000, 9999)}"])])];

    // Slashes of articles, dates, fractions and paths.
    private static IEnumerable<Block> Slashes(Random random)
    {
        for (var i = random.Next(2, 8); i > 0; i--)
        {
            var (first, second) = ($"03-{random.Digits(4)}-{random.Digits(4)}", $"090{random.Digits(8)}");
            yield return new Block.Line(random.Next(7) switch
            {
                0 => $"部品番号 {first}/03-{random.Digits(4)}-{random.Digits(4)}",
                1 => $"XR-{first}/{first}",
                2 => $"{random.Word()}.example/{second}/{second}/index.html",
                3 => $"2026-11-{random.Next(10, 29)}/2026-12-{random.Next(10, 29)}",
                4 => $"{second}/{random.Next(1, 99)} 完了",
                5 => $"src/{second}/{random.Word()}.cs",
                _ => $"図面番号 {first}/{random.Next(1, 9)}",
            });
        }
    }

    // Words that end like the word for a class, or name another number, and run into it.
    private static IEnumerable<Block> TightWords(Random random)
    {
        for (var i = random.Next(2, 8); i > 0; i--)
        {
            var (phone, card, number) = ($"03-{random.Digits(4)}-{random.Digits(4)}", Numbers.Card(random), Numbers.MyNumber(random));
            yield return new Block.Line(random.Next(7) switch
            {
                0 => $"hotel{phone}",
                1 => $"model{phone}",
                2 => $"Order No.{card}",
                3 => $"{random.Pick(["ticket", "order", "case no"])} #{card}",
                4 => $"#{random.Pick([card, number])} を閉じました",
                5 => $"注文No.{number}",
                _ => $"https://{random.Word()}.example/{random.Pick(["card", "tel."])}{random.Pick([$"/{card}", phone])}",
            });
        }
    }

    private static IEnumerable<Block> Wrong(Random random, string label, Func<string> number) => random.Chance(0.5)
        ? Lines($"{label}: {number()}", random.Pick(["番号に誤りがあります。", "This number is wrong.", "번호가 잘못되었습니다."]))
        : [new Block.Table([[random.Pick(["No", "項番"]), label], .. Enumerable.Range(1, random.Next(2, 8)).Select(i => (string[])[$"{i}", number()])])];

    private static IEnumerable<Block> Lines(params IEnumerable<string> lines) => lines.Select(line => new Block.Line(line));
}
