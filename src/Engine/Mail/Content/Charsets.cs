using System.Text;

namespace Platform.Engine.Mail.Content;

/// <summary>
/// Character sets of mail (RFC 2046, 4.1.2, and the WHATWG Encoding Standard for the labels seen in the field).
/// A declared charset is a hint from a hostile sender: it is used when the bytes are valid in it; otherwise UTF-8
/// when valid, then the most plausible Japanese encoding, then windows-1252, which never fails. ISO-2022-JP
/// (RFC 1468) is seven-bit with escapes, and in the field also carries half-width katakana (cp50220, cp50221).
/// </summary>
internal static class Charsets
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Dictionary<string, Encoding> ByLabel = BuildLabels();

    public static Encoding Windows1252 { get; } = ByLabel["windows-1252"];

    /// <summary>Decodes with the declared charset where the bytes allow it, else by guess.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? declared)
    {
        if (bytes.IsEmpty)
            return "";
        var label = Normalize(declared);
        if (label is "utf-7" or "unicode-1-1-utf-7")
            return Utf7.Decode(bytes);
        if (StartsWithBom(bytes, out var bom, out var skip))
            return bom.GetString(bytes[skip..]);

        var wide = label.StartsWith("utf-16", StringComparison.Ordinal) || label.StartsWith("utf-32", StringComparison.Ordinal) || label is "ucs-2" or "unicode";
        if (wide && ByLabel.TryGetValue(label, out var wideEncoding))
            return (label is "utf-16" or "ucs-2" or "unicode" && IsBigEndian(bytes) ? Encoding.BigEndianUnicode : wideEncoding).GetString(bytes);

        var escaped = CharsetGuess.HasJapaneseEscapes(bytes);
        var eightBit = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0;
        if (!eightBit)
            return (escaped ? ByLabel["iso-2022-jp"] : ByLabel.GetValueOrDefault(label, Encoding.ASCII)).GetString(bytes);

        if (ByLabel.TryGetValue(label, out var encoding) && label is not ("us-ascii" or "iso-2022-jp") && IsValid(bytes, encoding))
            return encoding.GetString(bytes);
        return label is "utf-8" or "utf8" && IsValidUtf8(WithoutCutTail(bytes)) ? Encoding.UTF8.GetString(bytes) : Guess(bytes);
    }

    // Senders cut text in the middle of a character.
    private static ReadOnlySpan<byte> WithoutCutTail(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
            if (bytes[^back] >= 0xC0)
                return bytes[..^back];
        return bytes;
    }

    /// <summary>Decodes bytes that declare nothing.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes) => CharsetGuess.Of(bytes) switch
    {
        GuessedCharset.Iso2022Jp => ByLabel["iso-2022-jp"].GetString(bytes),
        GuessedCharset.Utf8 => Encoding.UTF8.GetString(bytes),
        GuessedCharset.ShiftJis => ByLabel["shift_jis"].GetString(bytes),
        GuessedCharset.EucJp => ByLabel["euc-jp"].GetString(bytes),
        GuessedCharset.EucKr => ByLabel["euc-kr"].GetString(bytes),
        _ => Windows1252.GetString(bytes),
    };

    /// <summary>Text as bytes that join others of the declared charset; where none, or an unknown one, is declared, ASCII.</summary>
    /// <returns>Null: the charset has not all of the letters.</returns>
    public static byte[]? Encode(string text, string? declared)
    {
        var label = Normalize(declared);
        if (label is "utf-7" or "unicode-1-1-utf-7")
            return null;
        var known = ByLabel.GetValueOrDefault(label, Encoding.ASCII);
        try
        {
            return Encoding.GetEncoding(known.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback).GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    public static bool IsKnown(string label) => ByLabel.ContainsKey(Normalize(label)) || Normalize(label) is "utf-7" or "unicode-1-1-utf-7";

    public static bool IsValidUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    // UTF-16 without a mark is big-endian by RFC 2781, little-endian from most Windows programs: Latin and kana decide.
    private static bool IsBigEndian(ReadOnlySpan<byte> bytes)
    {
        int lead = 0, trail = 0;
        for (var i = 0; i + 1 < Math.Min(bytes.Length, 2_048); i += 2)
        {
            lead += bytes[i] is 0 or 0x30 ? 1 : 0;
            trail += bytes[i + 1] is 0 or 0x30 ? 1 : 0;
        }

        return lead >= trail;
    }

    private static bool IsValid(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (encoding is UTF8Encoding)
            return IsValidUtf8(bytes);
        if (encoding.IsSingleByte)
            return true;
        var sample = encoding.GetString(bytes);
        var broken = 0;
        foreach (var c in sample)
            if (c == '\uFFFD' || (c == '?' && encoding.CodePage is not 932))
                broken++;

        // Broken double bytes decode to a replacement. A few in a long text are damage, not another charset.
        return broken == 0 || !sample.Contains('\uFFFD') || broken * 50 < sample.Length;
    }

    private static bool StartsWithBom(ReadOnlySpan<byte> bytes, out Encoding encoding, out int length)
    {
        (encoding, length) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (StrictIfValid(bytes), 3),
            [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            _ => (Encoding.ASCII, 0),
        };
        return length > 0;
    }

    private static Encoding StrictIfValid(ReadOnlySpan<byte> bytes) => IsValidUtf8(bytes) ? StrictUtf8 : Encoding.UTF8;

    private static string Normalize(string? label)
    {
        if (string.IsNullOrWhiteSpace(label))
            return "";
        var text = label.Trim().Trim('"', '\'').ToLowerInvariant();
        var language = text.IndexOf('*', StringComparison.Ordinal);
        return language > 0 ? text[..language] : text;
    }

    private static Dictionary<string, Encoding> BuildLabels()
    {
        // The one place that makes the code pages known to the runtime; without it iso-2022-jp is not decoded.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var labels = new Dictionary<string, Encoding>(StringComparer.Ordinal);
        Add(Encoding.UTF8.CodePage, "utf-8", "utf8", "unicode-1-1-utf-8", "utf-8-mac", "x-unicode20utf8");
        Add(1200, "utf-16le", "utf-16", "ucs-2", "unicode");
        Add(1201, "utf-16be");
        Add(12000, "utf-32", "utf-32le");
        Add(12001, "utf-32be");
        Add(50221, "iso-2022-jp", "csiso2022jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-ms", "iso2022jp", "cp50220", "cp50221", "cp50222", "jis");
        Add(932, "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "ms932", "cp932", "windows-31j", "csshiftjis", "mskanji");
        Add(51932, "euc-jp", "eucjp", "x-euc-jp", "x-euc", "cp51932", "eucjp-ms", "cseucpkdfmtjapanese");
        Add(949, "euc-kr", "euckr", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601", "korean", "cp949", "uhc", "windows-949", "cseuckr", "iso-ir-149");
        Add(50225, "iso-2022-kr");
        Add(54936, "gb18030", "gbk", "gb2312", "gb_2312-80", "gb_2312", "cp936", "x-gbk", "euc-cn", "chinese", "csgb2312", "gb-18030", "windows-936");
        Add(52936, "hz-gb-2312");
        Add(950, "big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5", "big-5", "cp950");
        Add(20866, "koi8-r", "koi8", "koi", "cskoi8r");
        Add(21866, "koi8-u", "koi8-ru");
        Add(866, "ibm866", "cp866", "866", "dos-866");
        Add(437, "ibm437", "cp437", "437");
        Add(850, "ibm850", "cp850", "850");
        Add(852, "ibm852", "cp852");
        Add(874, "windows-874", "tis-620", "iso-8859-11", "dos-874");
        Add(10000, "macintosh", "mac", "x-mac-roman", "macroman");
        Add(10007, "x-mac-cyrillic");
        Add(1252, "windows-1252", "cp1252", "x-cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "iso_8859-1", "iso-ir-100", "ibm819", "cp819", "x-ansi", "ansi", "8bit", "x-unknown", "unknown-8bit");
        Add(1254, "windows-1254", "cp1254", "iso-8859-9", "latin5");
        foreach (var page in (int[])[1250, 1251, 1253, 1255, 1256, 1257, 1258])
            Add(page, $"windows-{page}", $"cp{page}", $"x-cp{page}", $"win-{page}", $"windows{page}");
        foreach (var (number, page) in ((int, int)[])[(2, 28592), (3, 28593), (4, 28594), (5, 28595), (6, 28596), (7, 28597), (8, 28598), (13, 28603), (15, 28605)])
            Add(page, $"iso-8859-{number}", $"iso8859-{number}", $"iso_8859-{number}", $"iso-8859-{number}-i");
        labels["us-ascii"] = labels["ascii"] = labels["ansi_x3.4-1968"] = labels["646"] = Encoding.ASCII;
        return labels;

        void Add(int page, params ReadOnlySpan<string> names)
        {
            var encoding = Encoding.GetEncoding(page);
            foreach (var name in names)
                labels[name] = encoding;
        }
    }
}
