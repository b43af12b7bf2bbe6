using System.Collections.Frozen;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// The numbering plans at home: Japan (Telecommunications Numbering Plan of the Ministry of Internal Affairs), Korea (전기통신번호관리세칙)
/// and North America (NANP): how long, and in which groups.
/// </summary>
internal static class NumberPlans
{
    // Area codes of three digits; those of two are 03, 04 and 06, all others are longer.
    private static readonly FrozenSet<string> JapaneseAreas = (
        "011 015 017 018 019 022 023 024 025 026 027 028 029 042 043 044 045 046 047 048 049 052 053 054 055 058 059 072 073 075 076 077 078 079 082 083 084 086 087 088 089 092 093 095 096 097 098 099").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> KoreanAreas = "031 032 033 041 042 043 044 051 052 053 054 055 061 062 063 064 070".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Free, shared-cost and premium services of Japan, voice mail; representative numbers of Korea.</summary>
    public static bool IsService(string digits) =>
        digits.StartsWith("0120", StringComparison.Ordinal) || digits.StartsWith("0570", StringComparison.Ordinal) || digits.StartsWith("0990", StringComparison.Ordinal) || digits.StartsWith("0180", StringComparison.Ordinal)
        || digits.StartsWith("0800", StringComparison.Ordinal) && digits.Length is 10 or 11 || digits.Length == 8 && digits[0] == '1' && digits[1] is '5' or '6' or '8' || digits.StartsWith("080", StringComparison.Ordinal) && digits.Length == 10;

    /// <summary>Of Japan or Korea.</summary>
    public static bool IsMobile(string digits) => digits.Length == 11 && (digits.StartsWith("070", StringComparison.Ordinal) || digits.StartsWith("080", StringComparison.Ordinal) || digits.StartsWith("090", StringComparison.Ordinal) || digits.StartsWith("010", StringComparison.Ordinal));

    public static bool IsJapanese(string digits)
    {
        if (digits.Length < 10 || digits[0] != '0' || IsService(digits))
            return false;
        return digits.Length switch
        {
            11 => digits[2] == '0' && digits[1] is >= '5' and <= '9',
            10 => digits[1] is >= '1' and <= '9' && digits[2] != '0',
            _ => false,
        };
    }

    public static bool IsKorean(string digits)
    {
        if (digits.Length < 9 || digits[0] != '0')
            return false;
        if (digits.StartsWith("02", StringComparison.Ordinal))
            return digits.Length is 9 or 10;
        if (digits.StartsWith("01", StringComparison.Ordinal))
            return digits[2] is '0' or '1' or >= '6' && digits.Length is 10 or 11;
        return KoreanAreas.Contains(digits[..3]) && digits.Length is 10 or 11 || digits.StartsWith("050", StringComparison.Ordinal) && digits.Length is 11 or 12;
    }

    public static bool IsNorthAmerican(string digits)
    {
        var number = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        return number.Length == 10 && number[0] >= '2';
    }

    /// <summary>Whether digits stand in the groups that the plan of Japan or Korea gives them.</summary>
    public static bool IsGroupedAtHome(string digits, int[] layout)
    {
        if (digits[0] != '0')
            return false;
        var area = digits[..layout[0]];
        if (IsJapanese(digits))
        {
            var fits = layout switch
            {
                [3, 4, 4] or [3, 8] => digits.Length == 11,
                [2, 4, 4] => area is "03" or "04" or "06",
                [3, 3, 4] => JapaneseAreas.Contains(area),
                [4, 2, 4] => true,
                [5, 1, 4] => true,
                _ => false,
            };
            if (fits)
                return true;
        }

        return IsKorean(digits) && layout switch
        {
            [2, 3, 4] or [2, 4, 4] => area == "02",
            [3, 3, 4] or [3, 4, 4] => area.Length == 3,
            [4, 3, 4] or [4, 4, 4] => area.StartsWith("050", StringComparison.Ordinal),
            _ => false,
        };
    }
}
