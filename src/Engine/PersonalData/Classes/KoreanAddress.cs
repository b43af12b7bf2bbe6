using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// By road (도로명주소: 서울특별시 강남구 테헤란로 152) or by lot (지번: 서울시 강남구 역삼동 737-32): words from the large to the small before the
/// number of the house. Read from that number backwards.
/// </summary>
internal static class KoreanAddress
{
    private const int LongestBefore = 60;

    private static readonly string[] Regions = ["서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원", "충청", "충북", "충남", "전라", "전북", "전남", "경상", "경북", "경남", "제주"];
    private static readonly string[] NoHouse = ["년", "월", "일", "시", "분", "원", "명", "개", "층", "호선", "차선", "번 출구", "번출구", "번 버스", "번버스", "킬로", "km", " km", "m ", "%", "위", "회", "세", "곳", "건", "대 ", "인"];

    public static IEnumerable<FoundValue> Find(ReadableText text)
    {
        var source = text.Text;
        var end = 0;
        foreach (var group in text.Groups)
        {
            if (group.Start < end || group.Length > 5 || group.Start < 4 || !IsHangul(source[group.Start - 1]) && !(source[group.Start - 1] is ' ' or '\t' && IsHangul(source[group.Start - 2])))
                continue;
            if (ReadBefore(source, group) is not { } address)
                continue;
            end = address.Start + address.Length;
            yield return address;
        }
    }

    private static FoundValue? ReadBefore(string source, DigitGroup house)
    {
        var at = source[house.Start - 1] is ' ' or '\t' ? house.Start - 1 : house.Start;
        var kind = source[at - 1];
        if (kind is not ('로' or '길' or '동' or '리' or '가'))
            return null;
        var isRoad = kind is '로' or '길';
        var (start, hasDistrict, hasRegion) = WordsBefore(source, at);
        if (!hasDistrict && !(hasRegion && isRoad) || !isRoad && !hasRegion && !hasDistrict)
            return null;
        var end = house.End;
        // 판교역로235번길 14: the first number is of the road.
        if (isRoad && Continues(source, end, out var road))
            end = road;
        if (end + 1 < source.Length && source[end] == '-' && char.IsAsciiDigit(source[end + 1]))
            for (end++; end < source.Length && char.IsAsciiDigit(source[end]); end++)
            {
            }

        var rest = source.AsSpan(end);
        foreach (var unit in NoHouse)
            if (rest.StartsWith(unit, StringComparison.Ordinal))
                return null;
        return new FoundValue(start, end - start, string.Join(' ', source[start..end].Split([' ', '\t', '\n', ','], StringSplitOptions.RemoveEmptyEntries)));
    }

    private static bool Continues(string source, int at, out int end)
    {
        end = at;
        if (!source.AsSpan(at).StartsWith("번길") && !source.AsSpan(at).StartsWith("번가길") && !source.AsSpan(at).StartsWith("길"))
            return false;
        at = source.IndexOf('길', at) + 1;
        while (at < source.Length && source[at] == ' ')
            at++;
        var digits = at;
        while (at < source.Length && char.IsAsciiDigit(source[at]))
            at++;
        end = at;
        return at > digits;
    }

    // Goes back over words of Hangul and the blanks, commas and borders between them.
    private static (int Start, bool HasDistrict, bool HasRegion) WordsBefore(string source, int at)
    {
        var (start, hasDistrict, hasRegion, words) = (at, false, false, 0);
        for (var end = at; end > 0 && at - end < LongestBefore && words < 7;)
        {
            var begin = end;
            while (begin > 0 && at - begin < LongestBefore && (IsHangul(source[begin - 1]) || char.IsAsciiDigit(source[begin - 1]) && begin < end))
                begin--;
            if (begin == end)
                break;
            var word = source.AsSpan(begin, end - begin);
            var isRegion = IsRegion(word);
            var isDistrict = words > 0 && word.Length >= 2 && word[^1] is '구' or '군' or '시' or '읍' or '면';
            if (words > 0 && !isRegion && !isDistrict && !(word[^1] is '동' or '리' or '도' or '로' or '길'))
                break;
            hasRegion |= isRegion && words > 0;
            hasDistrict |= isDistrict && !isRegion;
            start = begin;
            words++;
            if (isRegion && words > 1)
                break;
            end = begin;
            while (end > 0 && begin - end < 3 && source[end - 1] is ' ' or '\t' or ',')
                end--;
            if (end == begin)
                break;
        }

        return (start, hasDistrict, hasRegion);
    }

    private static bool IsRegion(ReadOnlySpan<char> word)
    {
        foreach (var region in Regions)
            if (word.StartsWith(region, StringComparison.Ordinal) && (word.Length == region.Length || word[^1] is '시' or '도'))
                return true;
        return false;
    }

    private static bool IsHangul(char character) => character is >= '\uac00' and <= '\ud7a3';
}
