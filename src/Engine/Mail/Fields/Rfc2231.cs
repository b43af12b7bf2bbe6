using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Mail.Fields;

/// <summary>
/// Parameter values continued and encoded (RFC 2231): <c>name*=charset'lang'%XX</c>, <c>name*0="a"; name*1="b"</c>,
/// <c>name*0*=charset'lang'%XX</c>. Beside them stand the plain form and, against RFC 2047 but everywhere in the field,
/// encoded words in quotes.
/// </summary>
internal static class Rfc2231
{
    private const int MaxReadings = 8;

    /// <summary>All distinct readings of a parameter, the one most clients take first; Latin-1 octets decoded to text.</summary>
    public static IReadOnlyList<string> Readings(MimeField field, string name)
    {
        var readings = new List<string>();
        string? first = null, last = null, single = null;
        var sections = new List<Section>();
        foreach (var parameter in field.Parameters)
        {
            if (parameter.Name == name)
            {
                first ??= parameter.Value;
                last = parameter.Value;
            }
            else if (parameter.Name.Length > name.Length && parameter.Name[name.Length] == '*' && parameter.Name.StartsWith(name, StringComparison.Ordinal))
            {
                var suffix = parameter.Name[(name.Length + 1)..];
                if (suffix.Length == 0)
                    single ??= DecodeExtended(parameter.Value);
                else if (ParseSection(suffix, parameter.Value) is { } section)
                    sections.Add(section);
            }
        }

        Add(readings, single);
        if (sections.Count > 0)
            Add(readings, Join(sections));
        Add(readings, first is null ? null : DecodePlain(first));
        Add(readings, last is null ? null : DecodePlain(last));
        Add(readings, first);
        return readings;
    }

    /// <summary>True when the parameter is given more than once, or its sections are out of order or have gaps.</summary>
    public static string? Defect(MimeField field, string name)
    {
        var plain = 0;
        var single = 0;
        var expected = 0;
        foreach (var parameter in field.Parameters)
        {
            if (parameter.Name == name)
            {
                plain++;
            }
            else if (parameter.Name.StartsWith(name + "*", StringComparison.Ordinal))
            {
                var suffix = parameter.Name[(name.Length + 1)..];
                if (suffix.Length == 0)
                {
                    single++;
                    if (parameter.Value.Count(c => c == '\'') < 2)
                        return "encoded parameter without a charset";
                }
                else if (ParseSection(suffix, parameter.Value) is not { } section)
                    return "malformed parameter section";
                else if (section.Index != expected++)
                    return "parameter sections out of order";
                else if (section.Encoded && section.Index == 0 && parameter.Value.Count(c => c == '\'') < 2)
                    return "encoded parameter without a charset";
            }
        }

        return plain > 1 || single > 1 ? "parameter given twice" : single > 0 && expected > 0 ? "parameter given in two forms" : null;
    }

    /// <summary>Octets without a declared charset, or encoded words, to text.</summary>
    public static string DecodePlain(string value)
    {
        var text = IsAscii(value) ? value : Charsets.Guess(Encoding.Latin1.GetBytes(value));
        return EncodedWords.Decode(text);
    }

    private sealed record Section(int Index, bool Encoded, string Value);

    private static Section? ParseSection(string suffix, string value)
    {
        var encoded = suffix.EndsWith('*');
        var digits = encoded ? suffix[..^1] : suffix;
        return digits.Length is > 0 and < 5 && digits.All(char.IsAsciiDigit)
            ? new Section(int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture), encoded, value)
            : null;
    }

    private static string Join(List<Section> sections)
    {
        string? charset = null;
        var octets = new List<byte>();
        var seen = new HashSet<int>();
        foreach (var section in sections.OrderBy(s => s.Index))
        {
            if (!seen.Add(section.Index))
                continue;
            var value = section.Value;
            if (section.Encoded && charset is null)
                (charset, value) = SplitCharset(value);
            octets.AddRange(section.Encoded ? Unescape(value) : Encoding.Latin1.GetBytes(value));
        }

        var bytes = octets.ToArray();
        return charset is null ? DecodePlain(Encoding.Latin1.GetString(bytes)) : Charsets.Decode(bytes, charset);
    }

    private static string DecodeExtended(string value)
    {
        var (charset, text) = SplitCharset(value);
        return Charsets.Decode(Unescape(text), charset);
    }

    private static (string? Charset, string Value) SplitCharset(string value)
    {
        var first = value.IndexOf('\'', StringComparison.Ordinal);
        var second = first < 0 ? -1 : value.IndexOf('\'', first + 1);
        return second < 0 ? (null, value) : (value[..first], value[(second + 1)..]);
    }

    private static byte[] Unescape(string value)
    {
        var octets = new List<byte>(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '%' && i + 2 < value.Length && QuotedPrintable.Hex(value[i + 1]) is var high and >= 0 && QuotedPrintable.Hex(value[i + 2]) is var low and >= 0)
            {
                octets.Add((byte)((high << 4) | low));
                i += 2;
            }
            else
            {
                octets.Add((byte)value[i]);
            }
        }

        return [.. octets];
    }

    private static bool IsAscii(string value) => System.Text.Ascii.IsValid(value) && !value.Contains('\u001b', StringComparison.Ordinal);

    private static void Add(List<string> readings, string? reading)
    {
        if (!string.IsNullOrEmpty(reading) && readings.Count < MaxReadings && !readings.Contains(reading))
            readings.Add(reading);
    }
}
