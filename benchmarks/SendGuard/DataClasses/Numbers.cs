using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.DataClasses;

/// <summary>Numbers of the schemes with their check digits, by the published rules and apart from the detectors.</summary>
internal static class Numbers
{
    private const string TravelAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static string Digits(this Random random, int count, bool fromOne = false)
    {
        var digits = new StringBuilder(count);
        for (var i = 0; i < count; i++)
            digits.Append(random.Next(i == 0 && fromOne ? 1 : 0, 10));
        return digits.ToString();
    }

    public static string MyNumber(Random random)
    {
        int[] weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
        var body = random.Digits(11);
        var rest = body.Zip(weights, (digit, weight) => (digit - '0') * weight).Sum() % 11;
        return $"{body}{(rest < 2 ? 0 : 11 - rest)}";
    }

    public static string CorporateNumber(Random random)
    {
        var body = $"{random.Next(1, 10)}{random.Next(0, 10)}0{random.Next(0, 10)}01{random.Digits(6)}";
        var sum = body.Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 2 : 1)).Sum();
        return $"{9 - (sum % 9)}{body}";
    }

    public static string Card(Random random)
    {
        var (prefix, length) = random.Pick<(string, int)>([("4", 16), ("4", 16), ($"5{random.Next(1, 6)}", 16), ($"{random.Next(2221, 2721)}", 16), (random.Pick(["34", "37"]), 15), ($"35{random.Next(28, 90)}", 16), ("6011", 16), ("65", 16), ("36", 14), ("62", 16)]);
        var body = prefix + random.Digits(length - prefix.Length - 1);
        return body + LuhnOf(body);
    }

    public static char LuhnOf(string body)
    {
        int[] doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
        var sum = 0;
        for (var at = 0; at < body.Length; at++)
            sum += (body.Length - at) % 2 == 1 ? doubled[body[at] - '0'] : body[at] - '0';
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    public static string Iban(Random random)
    {
        var (country, account) = random.Next(7) switch
        {
            0 => ("DE", random.Digits(18)),
            1 => ("FR", random.Digits(23)),
            2 => ("GB", random.Pick(["BARC", "LOYD", "MIDL", "HBUK"]) + random.Digits(14)),
            3 => ("NL", random.Pick(["INGB", "RABO", "TRIO"]) + random.Digits(10)),
            4 => ("ES", random.Digits(20)),
            5 => ("CH", random.Digits(17)),
            _ => ("IT", (char)('A' + random.Next(26)) + random.Digits(22)),
        };
        var spelled = string.Concat($"{account}{country}00".Select(character => char.IsAsciiDigit(character) ? character.ToString() : (character - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        return $"{country}{98 - (int)(System.Numerics.BigInteger.Parse(spelled, CultureInfo.InvariantCulture) % 97):00}{account}";
    }

    public static string ResidentNumber(Random random)
    {
        var isNew = random.Chance(0.1);
        var birth = isNew ? new DateTime(2020, 10, 1).AddDays(random.Next(1_500)) : new DateTime(1945, 1, 1).AddDays(random.Next(27_000));
        var isForeign = random.Chance(0.2);
        var body = $"{birth:yyMMdd}{(isForeign ? 5 : 1) + (birth.Year >= 2000 ? 2 : 0) + random.Next(2)}{random.Digits(5)}";
        int[] weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        var sum = body.Zip(weights, (digit, weight) => (digit - '0') * weight).Sum();
        return isNew ? body + random.Digits(1) : $"{body}{((isForeign ? 13 : 11) - (sum % 11)) % 10}";
    }

    public static string Passport(Random random) => random.Next(6) switch
    {
        0 or 1 => $"{random.Pick(["TK", "TR", "TZ", "MZ", "MU", "TS", "XS"])}{random.Digits(7)}",
        2 => $"M{random.Digits(8)}",
        3 => $"M{random.Digits(3)}{(char)('A' + random.Next(26))}{random.Digits(4)}",
        4 => random.Digits(9, fromOne: true),
        _ => $"E{(char)('A' + random.Next(8))}{random.Digits(7)}",
    };

    /// <summary>Both lines of a passport's machine readable zone (ICAO 9303-4).</summary>
    public static (string First, string Second) Zone(Random random, bool isBroken = false)
    {
        var state = random.Pick(["JPN", "KOR", "USA", "GBR", "FRA"]);
        var first = $"P<{state}{random.Pick(["TANAKA", "KIM", "SMITH", "SUZUKI", "PARK", "MARTIN"])}<<{random.Pick(["HANAKO", "MINJUN", "JOHN", "KENJI", "ANNE"])}".PadRight(44, '<');
        var number = $"{random.Pick(["TK", "M1", "X9", "E4"])}{random.Digits(7)}";
        var born = $"{random.Next(50, 99)}{random.Next(1, 13):00}{random.Next(1, 29):00}";
        var expires = $"{random.Next(27, 36)}{random.Next(1, 13):00}{random.Next(1, 29):00}";
        var head = number + Check(number);
        var middle = born + Check(born);
        var tail = expires + Check(expires) + new string('<', 14) + '0';
        var check = Check(head + middle + tail);
        return (first, $"{head}{state}{middle}{random.Pick(["M", "F"])}{tail}{(isBroken ? (char)('0' + ((check - '0' + 1 + random.Next(9)) % 10)) : check)}");
    }

    /// <summary>Another last digit. Not 0 for 9 nor 9 for 0, which a check by nines does not see.</summary>
    public static string Spoilt(Random random, string number)
    {
        char other;
        do
            other = (char)('0' + random.Next(10));
        while ((other - number[^1]) % 9 == 0);
        return $"{number[..^1]}{other}";
    }

    public static string Grouped(string number, string separator, params ReadOnlySpan<int> lengths)
    {
        List<string> groups = [];
        var at = 0;
        foreach (var length in lengths)
        {
            if (at >= number.Length)
                break;
            groups.Add(number.Substring(at, Math.Min(length, number.Length - at)));
            at += length;
        }

        if (at < number.Length)
            groups.Add(number[at..]);
        return string.Join(separator, groups);
    }

    public static string FullWidth(string text) => string.Concat(text.Select(character => character is > ' ' and <= '~' ? (char)(character + 0xFEE0) : character == ' ' ? '\u3000' : character));

    private static char Check(string field)
    {
        int[] weights = [7, 3, 1];
        return (char)('0' + (field.Select((character, index) => Math.Max(0, TravelAlphabet.IndexOf(character, StringComparison.Ordinal)) * weights[index % 3]).Sum() % 10));
    }
}
