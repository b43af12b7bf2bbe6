using System.Buffers;
using System.Text;
using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// Prefecture, municipality, town, block and house (都道府県, 市区町村, 町名, 丁目・番地・号), written from the large to the small. The prefecture may
/// be left out before great cities, and after a postal code or the word for an address.
/// </summary>
internal static class JapaneseAddress
{
    private const int LongestMunicipality = 12;
    private const int LongestTown = 32;

    // Three times as many as values are told apart.
    private const int MaxBeginnings = 60_000;

    private static readonly string[] Prefectures =
    [
        "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
        "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
    ];

    private static readonly string[] GreatCities =
    [
        "札幌市", "仙台市", "さいたま市", "千葉市", "横浜市", "川崎市", "相模原市", "新潟市", "静岡市", "浜松市", "名古屋市", "京都市", "大阪市", "堺市", "神戸市", "岡山市", "広島市", "北九州市", "福岡市", "熊本市",
        "千代田区", "中央区", "港区", "新宿区", "文京区", "台東区", "墨田区", "江東区", "品川区", "目黒区", "大田区", "世田谷区", "渋谷区", "中野区", "杉並区", "豊島区", "北区", "荒川区", "板橋区", "練馬区", "足立区", "葛飾区", "江戸川区",
    ];

    private static readonly string[] Beginnings = ["〒", "住所", "所在地", "届け先", "送付先", "配送先", "本籍", .. Prefectures, .. GreatCities];
    private static readonly SearchValues<string> AnyBeginning = SearchValues.Create(Beginnings, StringComparison.Ordinal);
    private static readonly SearchValues<char> AfterQuantity = SearchValues.Create("年月日時分秒人名件円%万億千台社店回階個本点歳才倍位校部冊枚泊割期度々者つ");

    // What stands in sentences and in no name of a town.
    private static readonly string[] Sentence = ["では", "には", "から", "まで", "より", "について", "における", "にて", "です", "ます", "した", "する", "という", "との", "への", "など", "さんの", "内の", "市の", "区の", "町の", "村の", "県の", "都の", "府の"];

    public static IEnumerable<FoundValue> Find(ReadableText text)
    {
        var source = text.Text;
        var begun = 0;
        for (var at = Next(source, 0); at >= 0; begun++)
        {
            if (begun == MaxBeginnings)
            {
                text.Cut();
                yield break;
            }

            if (ReadAt(source, at) is { } address)
            {
                yield return address;
                at = Next(source, address.Start + address.Length);
            }
            else
            {
                at = Next(source, at + 1);
            }
        }
    }

    private static int Next(string source, int from)
    {
        if (from >= source.Length)
            return -1;
        var found = source.AsSpan(from).IndexOfAny(AnyBeginning);
        return found < 0 ? -1 : from + found;
    }

    private static FoundValue? ReadAt(string source, int start)
    {
        var beginning = Array.Find(Beginnings, word => string.CompareOrdinal(source, start, word, 0, word.Length) == 0)!;
        var at = start;
        bool isMarked;
        if (beginning is "〒" or "住所" or "所在地" or "届け先" or "送付先" or "配送先" or "本籍")
        {
            isMarked = true;
            at = SkipPostalCode(source, start + beginning.Length);
        }
        else
        {
            isMarked = IsAfterPostalCode(source, start);
        }

        var from = at;
        at = SkipPrefecture(source, at);
        if (at == from && !isMarked && !Array.Exists(GreatCities, city => string.CompareOrdinal(source, from, city, 0, city.Length) == 0))
            return null;
        if (at == from && !isMarked && from > 0 && IsName(source[from - 1]))
            return null;
        at = SkipBlanks(source, at);
        var town = MunicipalityEnd(source, at);
        if (town < 0)
            return null;
        var house = HouseEnd(source, town, isMarked);
        return house < 0 ? null : new FoundValue(from, house - from, Normal(source.AsSpan(from, house - from)));
    }

    private static int SkipPrefecture(string source, int at)
    {
        var prefecture = Array.Find(Prefectures, name => string.CompareOrdinal(source, at, name, 0, name.Length) == 0);
        return prefecture is null ? at : at + prefecture.Length;
    }

    // Behind the mark or the word: ": 〒160-0023 ", each of it or none.
    private static int SkipPostalCode(string source, int at)
    {
        const int longest = 24;
        var end = Math.Min(source.Length, at + longest);
        while (at < end && (char.IsAsciiDigit(source[at]) || char.IsWhiteSpace(source[at]) || source[at] is '-' or ':' or '〒' or ')' or '(' or '】' or ']' or '|' or ',' or '"'))
            at++;
        return at;
    }

    private static bool IsAfterPostalCode(string source, int start)
    {
        var at = start - 1;
        while (at >= 0 && start - at <= 4 && (char.IsWhiteSpace(source[at]) || source[at] is ',' or '"' or '|'))
            at--;
        var digits = 0;
        for (; at >= 0 && digits < 8 && (char.IsAsciiDigit(source[at]) || source[at] == '-'); at--)
            digits += source[at] == '-' ? 0 : 1;
        return digits == 7;
    }

    private static int SkipBlanks(string source, int at)
    {
        for (var most = at + 3; at < source.Length && at < most && (source[at] is ' ' or '\t' or '\n' or ',' or '"' or '|'); at++)
        {
        }

        return at;
    }

    // Behind the first 市, 区, 町, 村 or 郡 that does not begin the name.
    private static int MunicipalityEnd(string source, int at)
    {
        for (var end = at + 1; end < source.Length && end - at <= LongestMunicipality && IsName(source[end - 1]); end++)
            if (source[end] is '市' or '区' or '町' or '村' or '郡')
                return end + 1;
        return -1;
    }

    private static int HouseEnd(string source, int at, bool isMarked)
    {
        var start = at;
        while (at < source.Length && at - start <= LongestTown && (IsName(source[at]) || source[at] is ' ' or '\t' or '\n' or ',' or '"' or '|') && !IsNumeral(source, at))
            at++;
        if (at >= source.Length || at - start > LongestTown || !IsNumeral(source, at))
            return -1;
        var town = source.AsSpan(start, at - start);
        foreach (var word in Sentence)
            if (town.Contains(word, StringComparison.Ordinal))
                return -1;
        return NumbersEnd(source, at, isMarked || town.EndsWith("町"));
    }

    // A digit, or a numeral that a word for a block follows.
    private static bool IsNumeral(string source, int at)
    {
        if (char.IsAsciiDigit(source[at]))
            return true;
        var end = at;
        while (end < source.Length && end - at < 4 && source[end] is '一' or '二' or '三' or '四' or '五' or '六' or '七' or '八' or '九' or '十')
            end++;
        return end > at && end < source.Length && (source.AsSpan(end).StartsWith("丁目") || source.AsSpan(end).StartsWith("番"));
    }

    private static int NumbersEnd(string source, int at, bool oneIsEnough)
    {
        var (parts, units, start) = (0, 0, at);
        while (at < source.Length && at - start < 30)
        {
            var number = at;
            while (at < source.Length && (char.IsAsciiDigit(source[at]) || units == 0 && source[at] is '一' or '二' or '三' or '四' or '五' or '六' or '七' or '八' or '九' or '十'))
                at++;
            if (at == number || at - number > 5)
                break;
            parts++;
            var unit = UnitAt(source, at);
            units += unit > 0 ? 1 : 0;
            at += unit;
            var next = at;
            if (next < source.Length && source[next] is '-' or 'の' or 'ノ')
                next++;
            else if (next < source.Length && source[next] == ' ' && unit > 0)
                next++;
            else if (unit == 0)
                break;
            if (next >= source.Length || !char.IsAsciiDigit(source[next]))
                break;
            at = next;
        }

        if (parts == 0 || parts == 1 && units == 0 && !oneIsEnough || parts == 1 && units == 0 && at < source.Length && (AfterQuantity.Contains(source[at]) || source[at] is ',' or '.' or '/' or ':'))
            return -1;
        // 4-5月 is a time, 2-3人 are people.
        return units == 0 && parts < 3 && at < source.Length && AfterQuantity.Contains(source[at]) ? -1 : at;
    }

    private static int UnitAt(string source, int at)
    {
        foreach (var unit in (ReadOnlySpan<string>)["丁目", "番地", "地割", "番", "号", "線"])
            if (string.CompareOrdinal(source, at, unit, 0, unit.Length) == 0)
                return unit.Length;
        return 0;
    }

    private static bool IsName(char character) => character is >= '\u3005' and <= '\u3007' or >= '\u3041' and <= '\u3096' or >= '\u30a1' and <= '\u30fe' and not '・' or >= '\u4e00' and <= '\u9fff';

    private static string Normal(ReadOnlySpan<char> address)
    {
        var normal = new StringBuilder(address.Length);
        foreach (var character in address)
        {
            if (char.IsWhiteSpace(character) || character is ',' or '"' or '|')
                continue;
            normal.Append(character is '丁' or '番' or 'の' or '-' ? '-' : character is '目' or '地' or '号' ? ' ' : character);
        }

        return normal.Replace(" ", "").ToString().TrimEnd('-');
    }
}
