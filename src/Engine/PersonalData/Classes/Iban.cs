using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>ISO 13616: country, two check digits and the account, together or in groups of four; the length is that of the country in the registry of SWIFT.</summary>
internal sealed class Iban : IDataClass
{
    private static readonly FrozenDictionary<string, int> Lengths =
        ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 "
        + "LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30")
        .Split(' ').ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry.AsSpan(2), CultureInfo.InvariantCulture), StringComparer.Ordinal);

    // Those that the registry and its readers print.
    private static readonly HashSet<string> Samples = new(StringComparer.Ordinal)
    {
        "DE89370400440532013000", "GB29NWBK60161331926819", "GB82WEST12345698765432", "GB33BUKB20201555555555", "FR1420041010050500013M02606", "CH9300762011623852957", "NL91ABNA0417164300", "BE68539007547034", "ES9121000418450200051332", "IT60X0542811101000000123456", "AT611904300234573201", "IE29AIBK93115212345678", "SE4550000000058398257466",
    };

    public PersonalDataClass Class => PersonalDataClass.Iban;

    public IReadOnlyList<string> Words { get; } = ["iban"];

    public IEnumerable<FoundValue> Find(ReadableText text)
    {
        foreach (var group in text.Groups)
        {
            // The check digits follow the country at once.
            if (group.Start < 2 || !char.IsAsciiLetter(text.Text[group.Start - 1]) || !char.IsAsciiLetter(text.Text[group.Start - 2]))
                continue;
            if (ReadAt(text.Text, group.Start - 2) is { } iban)
                yield return iban;
        }
    }

    /// <summary>Whether a country and two digits stand before, with nothing between but what an IBAN is made of.</summary>
    public static bool IsInside(string text, int start)
    {
        const int longest = 42;
        for (var at = start - 1; at >= 0 && start - at <= longest && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is ' ' or '-'); at--)
            if (at + 3 < start && char.IsAsciiLetter(text[at]) && char.IsAsciiLetter(text[at + 1]) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3])
                && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && Lengths.ContainsKey(text.Substring(at, 2).ToUpperInvariant()))
                return true;
        return false;
    }

    private static FoundValue? ReadAt(string text, int start)
    {
        var country = text.Substring(start, 2).ToUpperInvariant();
        if (!Lengths.TryGetValue(country, out var length) || !BeginsHere(text, start))
            return null;
        var iban = new StringBuilder(length);
        var at = start;
        for (; at < text.Length && iban.Length < length; at++)
        {
            if (char.IsAsciiLetterOrDigit(text[at]))
                iban.Append(char.ToUpperInvariant(text[at]));
            else if (text[at] is not (' ' or '-' or '.') || at > start && !char.IsAsciiLetterOrDigit(text[at - 1]))
                return null;
        }

        var value = iban.ToString();
        if (value.Length < length || !char.IsAsciiDigit(value[3]) || at < text.Length && char.IsAsciiLetterOrDigit(text[at]) || Samples.Contains(value))
            return null;
        return CheckDigits.Iban(value) ? new FoundValue(start, at - start, value) : null;
    }

    private static bool BeginsHere(string text, int start)
    {
        const string name = "IBAN";
        if (start == 0 || !(char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '-' or '_' or '/'))
            return true;
        return start >= name.Length && text.AsSpan(start - name.Length, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
