using System.Text;
using System.Text.RegularExpressions;
using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// Addresses in Latin letters: a house in a street, and a postal code or a city behind it; of Japan and Korea too, as they are written for
/// abroad. One of a street alone is not taken. Expressions without backtracking: linear in the text.
/// </summary>
internal static partial class WesternAddress
{
    private static readonly Regex[] Forms = [HouseFirst(), Germanic(), French(), Southern(), Japan(), Korea()];

    public static List<FoundValue> Find(ReadableText text)
    {
        List<FoundValue> found = [];
        foreach (var form in Forms)
            foreach (var match in form.EnumerateMatches(text.Text))
                found.Add(new FoundValue(match.Index, match.Length, Normal(text.Lower.AsSpan(match.Index, match.Length))));
        return found;
    }

    private static string Normal(ReadOnlySpan<char> address)
    {
        var normal = new StringBuilder(address.Length);
        foreach (var character in address)
            if (char.IsLetterOrDigit(character))
                normal.Append(character);
        return normal.ToString();
    }

    // 12 High Street, Oxford OX1 4AB; 1600 Pennsylvania Avenue NW, Washington, DC 20500; 100 Queen Street West, Toronto, ON M5H 2N2.
    [GeneratedRegex(
        @"\b\d{1,6}[A-Za-z]?,?\s(?:[NSEW]\.?\s)?(?:[A-Z0-9][\w'.-]*\s){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Way|Court|Ct|Place|Pl|Square|Sq|Parkway|Pkwy|Highway|Hwy|Terrace|Close|Crescent|Row|Gardens|Grove|Hill|Quay|Walk|Circle|Cir|Mews|Plaza|Trail)\b[.,;|\s][\w\s.,;|#'-]{0,70}?\b(?:[A-Z]{2}[\s,;|]+\d{5}(?:-\d{4})?|(?:Alabama|Arizona|California|Colorado|Florida|Georgia|Illinois|Massachusetts|Michigan|Minnesota|New\sYork|New\sJersey|Ohio|Oregon|Pennsylvania|Texas|Virginia|Washington)[\s,;|]+\d{5}|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)[\s,;|]+\d{4})\b",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex HouseFirst();

    // Lindenstraße 12, 10969 Berlin; Keizersgracht 100, 1015 AA Amsterdam.
    [GeneratedRegex(
        @"\b\p{Lu}[\p{L}.-]*(?:\s\p{L}[\p{L}.-]*){0,3}?(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|straat|laan|plein|gracht|kade|\sStraße|\sStr\.|\sAllee|\sPlatz|\sWeg)\s?\d{1,4}\s?[a-zA-Z]?[\s,;|]{1,4}(?:[A-Z]{1,2}-)?\d{4,5}(?:\s?[A-Z]{2}\b)?[\s,;|]+\p{Lu}\p{L}+",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Germanic();

    // 12 bis, rue de Rivoli, 75001 Paris.
    [GeneratedRegex(
        @"\b\d{1,4}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|quai|allée|cours|route|Rue|Avenue|Boulevard|Place)\s[\p{L}\s'’.-]{2,50}[\s,;|]+(?:F-)?\d{5}\s+\p{Lu}\p{L}+",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex French();

    // Via Roma 12, 00184 Roma; Calle Mayor, 5, 2º, 28013 Madrid.
    [GeneratedRegex(
        @"\b(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Ll]argo|[Cc]alle|[Aa]venida|[Aa]vda\.|[Pp]laza|[Pp]aseo|[Rr]ua|[Pp]raça)\s[\p{L}\s'’.-]{2,40}?,?\s?(?:n\.?\s?)?\d{1,4}[^\n\d]{0,8}(?:\d?[ºª°][^\n\d]{0,6})?[\s,;|]+\d{4,5}(?:-\d{3})?\s+\p{Lu}\p{L}+",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Southern();

    // 2-8-1 Nishi-Shinjuku, Shinjuku-ku, Tokyo 163-8001.
    [GeneratedRegex(
        @"\b\d{1,4}(?:-\d{1,4}){0,3},?\s[\w\s,.#-]{0,60}?-(?:ku|shi|gun|machi|cho|mura|chome)\b[\w\s,.-]{0,60}?(?:\b\d{3}-\d{4}\b|\b(?i:japan)\b)",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Japan();

    // 152 Teheran-ro, Gangnam-gu, Seoul.
    [GeneratedRegex(
        @"\b\d{1,4}(?:-\d{1,3})?,?\s(?:[A-Z][\w-]*\s)?[A-Z\d][\w]*-?(?:ro|gil|daero)\b[\w\s,.-]{0,40}?-(?:gu|si|gun)\b",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Korea();
}
