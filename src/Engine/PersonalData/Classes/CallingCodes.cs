using System.Collections.Frozen;
using System.Globalization;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>Country codes (ITU-T E.164, list of assigned codes) and how many digits follow them.</summary>
internal static class CallingCodes
{
    private static readonly FrozenDictionary<string, (int Least, int Most)> Lengths =
        ("1:10-10 7:10-10 20:8-10 27:9-9 30:10-10 31:9-9 32:8-9 33:9-9 34:9-9 36:8-9 39:8-11 40:9-9 41:9-9 43:7-13 44:9-10 45:8-8 46:7-10 47:8-8 48:9-9 49:7-12 51:8-9 52:10-11 53:8-8 54:10-11 55:10-11 56:9-9 57:10-10 58:10-10 60:8-10 61:9-9 "
        + "62:8-12 63:8-10 64:8-10 65:8-8 66:8-9 81:9-11 82:8-11 84:9-10 86:10-11 90:10-10 91:10-10 92:9-10 93:9-9 94:9-9 95:7-10 98:10-10 212:9-9 213:8-9 216:8-8 218:9-9 234:8-10 254:9-9 351:9-9 352:6-9 353:7-9 354:7-7 355:8-9 356:8-8 357:8-8 "
        + "358:6-11 359:8-9 370:8-8 371:8-8 372:7-8 375:9-9 380:9-9 381:8-9 385:8-9 386:8-8 420:9-9 421:9-9 502:8-8 503:8-8 506:8-8 507:7-8 591:8-8 593:8-9 595:9-9 598:8-8 673:7-7 852:8-8 853:8-8 855:8-9 856:8-10 880:10-10 886:8-9 960:7-7 961:7-8 "
        + "962:8-9 965:8-8 966:9-9 968:8-8 971:8-9 972:8-9 973:8-8 974:8-8 976:8-8 977:8-10 992:9-9 994:9-9 995:9-9 996:9-9 998:9-9")
        .Split(' ').Select(entry => entry.Split(':', '-'))
        .ToFrozenDictionary(entry => entry[0], entry => (int.Parse(entry[1], CultureInfo.InvariantCulture), int.Parse(entry[2], CultureInfo.InvariantCulture)), StringComparer.Ordinal);

    /// <summary>The digits behind the country code; null when no country has a number like this.</summary>
    public static string? National(string digits)
    {
        for (var length = 1; length <= 3 && length < digits.Length; length++)
        {
            if (!Lengths.TryGetValue(digits[..length], out var range))
                continue;
            var national = digits[length..];
            if (national.Length < range.Least || national.Length > range.Most)
                return null;
            return digits[0] == '1' && national[0] < '2' ? null : national;
        }

        return null;
    }
}
