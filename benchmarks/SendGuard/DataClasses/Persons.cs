using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.DataClasses;

/// <summary>Names, addresses and telephones of people who do not exist, in the forms in which people write them.</summary>
internal static class Persons
{
    private static readonly string[] JapaneseFamilies = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田", "松本", "井上", "木村"];
    private static readonly string[] JapaneseGiven = ["太郎", "花子", "健一", "美咲", "翔太", "直樹", "由美", "恵子", "大輔", "さくら", "誠", "陽菜"];
    private static readonly string[] Koreans = ["김민준", "이서연", "박지훈", "최수빈", "정예준", "강하윤", "조현우", "윤지민", "임도윤", "한소희"];
    private static readonly string[] Westerners = ["James Miller", "Emma Clarke", "Oliver Brown", "Sophie Martin", "Lukas Weber", "Anna Rossi", "Daniel Cohen", "Grace Lee", "Noah Jansen", "Maria Garcia"];

    private static readonly (string City, string[] Towns)[] JapaneseTowns =
    [
        ("東京都新宿区", ["西新宿", "高田馬場", "四谷"]), ("東京都港区", ["六本木", "芝浦", "南青山"]), ("東京都八王子市", ["横山町", "子安町"]), ("大阪府大阪市北区", ["梅田", "中之島"]), ("大阪府堺市堺区", ["三国ヶ丘御幸通", "北瓦町"]), ("神奈川県横浜市西区", ["みなとみらい", "北幸"]),
        ("愛知県名古屋市中区", ["栄", "錦"]), ("北海道札幌市中央区", ["北一条西", "南三条西"]), ("福岡県福岡市博多区", ["博多駅前", "中洲"]), ("宮城県仙台市青葉区", ["一番町", "国分町"]), ("京都府京都市伏見区", ["深草西浦町", "桃山町"]), ("広島県広島市中区", ["紙屋町", "本通"]),
        ("長野県松本市", ["中央", "丸の内"]), ("千葉県柏市", ["柏の葉", "末広町"]), ("埼玉県さいたま市大宮区", ["桜木町", "土手町"]), ("静岡県浜松市中央区", ["板屋町", "鍛冶町"]), ("石川県金沢市", ["香林坊", "片町"]), ("鹿児島県鹿児島市", ["天文館", "山下町"]), ("茨城県つくば市", ["吾妻", "天久保"]), ("岐阜県郡上市八幡町", ["島谷", "本町"]),
    ];

    private static readonly string[] KoreanRoads = ["서울특별시 강남구 테헤란로", "서울시 종로구 세종대로", "서울 마포구 월드컵북로", "부산광역시 해운대구 센텀중앙로", "대구광역시 수성구 달구벌대로", "인천 연수구 송도과학로", "경기도 성남시 분당구 판교로", "경기 수원시 영통구 광교로", "대전광역시 유성구 대학로", "제주특별자치도 제주시 첨단로", "강원특별자치도 춘천시 중앙로", "전라북도 전주시 완산구 기린대로"];
    private static readonly string[] KoreanLots = ["서울시 강남구 역삼동", "부산시 사하구 하단동", "경기도 고양시 일산동구 백석동", "광주광역시 서구 치평동", "경상북도 안동시 풍천면 하회리"];

    private static readonly Func<Random, string>[] WesternAddresses =
    [
        random => $"{random.Next(1, 9999)} {random.Pick(["Maple", "Washington", "Oak Hill", "Lincoln", "Sunset"])} {random.Pick(["Street", "Ave", "Blvd", "Road", "Dr"])}, {random.Pick(["Springfield", "Portland", "Austin", "San Jose"])}, {random.Pick(["IL", "OR", "TX", "CA"])} {random.Digits(5)}",
        random => $"{random.Next(1, 200)} {random.Pick(["High", "Station", "Church", "Victoria"])} {random.Pick(["Street", "Road", "Lane"])}, {random.Pick(["London", "Leeds", "Oxford"])} {random.Pick(["SW1A", "LS1", "OX4", "EC2V", "M1"])} {random.Next(1, 10)}{random.Pick(["AB", "QT", "XE"])}",
        random => $"{random.Pick(["Lindenstraße", "Hauptstr.", "Goetheplatz", "Bahnhofstrasse", "Schillerallee"])} {random.Next(1, 150)}, {random.Next(10_115, 99_999)} {random.Pick(["Berlin", "München", "Hamburg", "Köln"])}",
        random => $"{random.Next(1, 120)} rue {random.Pick(["de Rivoli", "Victor Hugo", "du Faubourg", "des Lilas"])}, {random.Next(10_000, 95_000)} {random.Pick(["Paris", "Lyon", "Nantes"])}",
        random => $"{random.Next(1, 9)}-{random.Next(1, 30)}-{random.Next(1, 20)} {random.Pick(["Nishi-Shinjuku", "Roppongi", "Umeda"])}, {random.Pick(["Shinjuku-ku", "Minato-ku", "Kita-ku"])}, {random.Pick(["Tokyo", "Osaka"])} {random.Next(100, 600)}-{random.Digits(4)}, Japan",
        random => $"{random.Next(1, 400)} {random.Pick(["Teheran-ro", "Sejong-daero", "Pangyo-ro"])}, {random.Pick(["Gangnam-gu", "Jongno-gu", "Bundang-gu"])}, {random.Pick(["Seoul", "Seongnam-si"])}, Republic of Korea",
        random => $"{random.Next(1, 900)} {random.Pick(["Queen", "King", "Bay"])} Street {random.Pick(["West", "East"])}, Toronto, ON M{random.Next(1, 10)}{random.Pick(["H", "V", "K"])} {random.Next(1, 10)}{random.Pick(["N", "B", "J"])}{random.Next(1, 10)}",
    ];

    public static string Name(Random random, Tongue tongue) => tongue switch
    {
        Tongue.Japanese => $"{random.Pick(JapaneseFamilies)}{random.Pick(["", " ", "　"])}{random.Pick(JapaneseGiven)}",
        Tongue.Korean => random.Pick(Koreans),
        _ => random.Pick(Westerners),
    };

    public static string Mail(Random random) => $"{random.Word(3, 8)}{random.Pick([".", "_", "", "-"])}{random.Word(3, 8)}{random.Pick(["", random.Next(100).ToString("00", null)])}@{random.Pick(["gmail.com", "yahoo.co.jp", "docomo.ne.jp", "naver.com", "outlook.com", $"{random.Word()}.co.jp", $"{random.Word()}.example", $"mail.{random.Word()}.co.kr"])}";

    public static string Phone(Random random, Tongue tongue) => tongue switch
    {
        Tongue.Japanese => JapanesePhone(random),
        Tongue.Korean => KoreanPhone(random),
        _ => random.Next(5) switch
        {
            0 => $"+1 ({random.Pick(["212", "415", "646", "312"])}) {random.Next(200, 999)}-{random.Digits(4)}",
            1 => $"+44 20 {random.Next(7000, 8999)} {random.Digits(4)}",
            2 => $"+49 30 {random.Digits(8, fromOne: true)}",
            3 => $"+33 {random.Next(1, 7)} {random.Digits(2)} {random.Digits(2)} {random.Digits(2)} {random.Digits(2)}",
            _ => $"+65 {random.Pick(["6", "8", "9"])}{random.Digits(3)} {random.Digits(4)}",
        },
    };

    /// <summary>Numbers as signatures have them: the word runs into the number, and a slash parts one from the next.</summary>
    public static string PhoneRow(Random random, Tongue tongue)
    {
        string One() => Phone(random, tongue);
        return random.Next(6) switch
        {
            0 => $"TEL.{One()}",
            1 => $"{random.Pick(["℡", "TEL", "Tel#", "FAX."])}{One()}",
            2 => $"{One()}/{One()}",
            3 => $"TEL:{One()}/FAX:{One()}",
            4 => $"TEL.{One()}/FAX.{One()}",
            _ => $"{One()} / {One()}",
        };
    }

    public static string Address(Random random, Tongue tongue) => tongue switch
    {
        Tongue.Japanese => JapaneseAddress(random),
        Tongue.Korean => random.Chance(0.7)
            ? $"{random.Pick(KoreanRoads)}{random.Pick(["", ""])} {random.Next(1, 500)}{random.Pick(["", $"번길 {random.Next(1, 60)}", $"-{random.Next(1, 40)}"])}{random.Pick(["", $", {random.Next(101, 120)}동 {random.Next(101, 2500)}호", " 3층"])}"
            : $"{random.Pick(KoreanLots)} {random.Next(1, 900)}-{random.Next(1, 99)}{random.Pick(["", "번지"])}",
        _ => random.Pick(WesternAddresses)(random),
    };

    private static string JapaneseAddress(Random random)
    {
        var (city, towns) = random.Pick(JapaneseTowns);
        var (block, lot, house) = (random.Next(1, 9), random.Next(1, 30), random.Next(1, 25));
        var number = random.Next(6) switch
        {
            0 => $"{block}丁目{lot}番{house}号",
            1 => $"{"一二三四五六七八九"[block - 1]}丁目{lot}-{house}",
            2 => Numbers.FullWidth($"{block}-{lot}-{house}"),
            3 => $"{random.Next(100, 3000)}番地{random.Pick(["", $"{house}"])}",
            4 => $"{block}−{lot}−{house}",
            _ => $"{block}-{lot}-{house}",
        };
        var address = $"{city}{random.Pick(towns)}{number}{random.Pick(["", "", $" グリーンハイツ{random.Next(101, 900)}号室", $"　第{random.Next(1, 9)}ビル{random.Next(2, 12)}F"])}";
        return random.Chance(0.5) ? $"〒{random.Digits(3)}-{random.Digits(4)}{random.Pick([" ", "　", ""])}{address}" : address;
    }

    private static string JapanesePhone(Random random)
    {
        var (area, local) = random.Next(5) switch
        {
            0 => (random.Pick(["03", "06"]), $"{random.Next(3000, 6999)}"),
            1 => (random.Pick(["045", "052", "011", "092", "075"]), $"{random.Next(200, 999)}"),
            2 => (random.Pick(["0466", "0263", "0742", "0985"]), $"{random.Next(20, 99)}"),
            _ => (random.Pick(["090", "080", "070"]), $"{random.Next(1000, 9999)}"),
        };
        var last = random.Digits(4);
        return random.Next(8) switch
        {
            0 => $"{area}({local}){last}",
            1 => Numbers.FullWidth($"{area}-{local}-{last}"),
            2 => $"+81-{area[1..]}-{local}-{last}",
            3 when area.Length == 3 && local.Length == 4 => $"{area}{local}{last}",
            4 => $"{area}ー{local}ー{last}",
            5 => $"({area}) {local}-{last}",
            _ => $"{area}-{local}-{last}",
        };
    }

    private static string KoreanPhone(Random random)
    {
        var (area, local) = random.Next(4) switch
        {
            0 => ("02", $"{random.Next(200, 9999)}"),
            1 => (random.Pick(["031", "051", "064", "070"]), $"{random.Next(200, 9999)}"),
            _ => ("010", $"{random.Next(2000, 9999)}"),
        };
        var last = random.Digits(4);
        return random.Next(5) switch
        {
            0 => $"+82-{area[1..]}-{local}-{last}",
            1 => $"{area})"[..^1] + $"-{local}-{last}",
            2 when area == "010" => $"{area}{local}{last}",
            3 when area == "010" => $"{area}.{local}.{last}",
            _ => $"{area}-{local}-{last}",
        };
    }
}

internal enum Tongue
{
    Japanese,
    English,
    Korean,
}
