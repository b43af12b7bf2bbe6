using System.Buffers;
using System.Globalization;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Pages;

/// <summary>
/// Encoded data of some length in a page that is neither picture, sound nor letter shapes: base64, hexadecimal, lists of numbers.
/// Where base64 decodes to a file of a known kind, that file is opened.
/// </summary>
internal static class PagePayload
{
    private const int LeastBase64 = 400;
    private const int LeastNumbers = 600;
    private const int MaxFiles = 20;
    private const int MostOfData = 2 * 1024 * 1024;

    /// <summary>Stands for a run that is plain data.</summary>
    public const char Data = '§';
    private const int MostOfFile = 16 * 1024 * 1024;

    private static readonly SearchValues<char> NumberLetters = SearchValues.Create("0123456789abcdefABCDEF,xX \r\n\t'\"\\%u");
    private static readonly string[] Harmless = ["image/", "font/", "audio/", "video/", "application/font", "application/x-font", "text/css", "text/javascript", "application/javascript", "application/json"];

    /// <summary>What kind was found: a file type, or <c>encoded</c>; null when nothing was.</summary>
    public static string? Find(string markup, string path, FileContents contents)
    {
        string? found = null;
        var files = 0;
        foreach (var (start, length) in Base64Text.Runs(markup, LeastBase64))
        {
            if (IsHarmless(markup, start))
                continue;
            var head = Base64Text.Decode(markup.AsSpan(start, Math.Min(length, 1_024) & ~3));
            if (head is null || IsWordy(markup.AsSpan(start, Math.Min(length, 400))))
                continue;
            var type = FileTypes.Detect(head);
            if (type.Id is "png" or "jpeg" or "gif" or "webp" or "ico" or "font" or "svg" or "mp3" or "mp4" or "wav" or "bmp" or "json" or "csv")
                continue;
            if (type.Id is "unknown" or "text")
            {
                if (IsData(markup.AsSpan(start, length)))
                    continue;
                found ??= "encoded";
                continue;
            }

            found = type.Id;
            if (files++ < MaxFiles && length <= MostOfFile / 3 * 4 && Base64Text.Decode(markup.AsSpan(start, length)) is { } content && contents.Budget.TakeEntry(path))
                contents.Member(string.Create(CultureInfo.InvariantCulture, $"carried-{files}.{(type.Extensions.Count > 0 ? type.Extensions[0] : "bin")}"), content.AsMemory(0, contents.Budget.TakeUnpacked(content.Length, path)));
        }

        return found ?? (HasNumbers(markup) ? "numbers" : null);
    }

    /// <summary>The text without its long encoded runs: what is left is code. A mark stands for each, <see cref="Data"/> for plain data.</summary>
    public static string WithoutRuns(string script)
    {
        const int least = 200;
        var output = new System.Text.StringBuilder(Math.Min(script.Length, 64 * 1024));
        var at = 0;
        foreach (var (start, length) in Base64Text.Runs(script, least))
        {
            output.Append(script, at, start - at).Append(IsData(script.AsSpan(start, length)) ? Data : '~');
            at = start + length;
        }

        output.Append(script, at, script.Length - at);
        return output.ToString();
    }

    // Numbers, names and texts for a chart or table, as JSON or lines with separators; with anything of a page or script in them they
    // are code.
    private static bool IsData(ReadOnlySpan<char> encoded)
    {
        if (encoded.Length > MostOfData || Base64Text.Decode(encoded) is not { Length: > 0 } decoded || !System.Text.Unicode.Utf8.IsValid(decoded))
            return false;
        var text = System.Text.Encoding.UTF8.GetString(decoded).AsSpan().Trim();
        foreach (var mark in (ReadOnlySpan<string>)["<", "://", "function", "=>", "eval", "script", "();", "\\x", "\\u00"])
            if (text.Contains(mark, StringComparison.OrdinalIgnoreCase))
                return false;
        // One run of letters and digits may be encoded once more.
        var longest = 0;
        var run = 0;
        foreach (var character in text)
        {
            if (char.IsControl(character) && !char.IsWhiteSpace(character))
                return false;
            run = char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '=' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest < LeastBase64 / 4 && text.Length > 0 && (text[0] is '[' or '{' or '"' or '-' || char.IsLetterOrDigit(text[0])) && text.IndexOfAny(",;:\t") >= 0;
    }

    private static bool IsHarmless(string markup, int start)
    {
        var before = markup.AsSpan(Math.Max(0, start - 80), Math.Min(80, start));
        var scheme = before.LastIndexOf("data:", StringComparison.OrdinalIgnoreCase);
        if (scheme < 0 || before[scheme..].IndexOfAny("\"'() ") >= 0)
            return before.TrimEnd().EndsWith("integrity=\"", StringComparison.OrdinalIgnoreCase);
        foreach (var type in Harmless)
            if (before[(scheme + 5)..].StartsWith(type, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    // A run of letters only is prose of a language without blanks, or a path; base64 of 400 has digits and both cases.
    private static bool IsWordy(ReadOnlySpan<char> run)
    {
        int upper = 0, lower = 0, digits = 0, slashes = 0;
        foreach (var character in run)
        {
            upper += char.IsAsciiLetterUpper(character) ? 1 : 0;
            lower += char.IsAsciiLetterLower(character) ? 1 : 0;
            digits += char.IsAsciiDigit(character) ? 1 : 0;
            slashes += character is '/' or '-' ? 1 : 0;
        }

        return slashes * 6 > run.Length || (upper == 0 || lower == 0) && digits < run.Length / 10;
    }

    private static bool HasNumbers(string markup)
    {
        for (var at = 0; at < markup.Length;)
        {
            var start = markup.AsSpan(at).IndexOfAny(NumberLetters);
            if (start < 0)
                return false;
            start += at;
            var length = markup.AsSpan(start).IndexOfAnyExcept(NumberLetters);
            length = length < 0 ? markup.Length - start : length;
            if (length >= LeastNumbers && AreOctets(markup.AsSpan(start, Math.Min(length, 4_000))))
                return true;
            at = start + length;
        }

        return false;
    }

    // Octets one after another, as decimals to 255, as pairs of digits, or as escapes; charts have numbers of many sizes.
    private static bool AreOctets(ReadOnlySpan<char> run)
    {
        int numbers = 0, octets = 0, value = 0, digits = 0, letters = 0, separators = 0;
        foreach (var character in run)
        {
            if (char.IsAsciiDigit(character))
            {
                value = Math.Min(100_000, (value * 10) + character - '0');
                digits++;
                continue;
            }

            letters += char.IsAsciiHexDigit(character) ? 1 : 0;
            separators += character is ',' or '%' or '\\' ? 1 : 0;
            if (digits > 0)
            {
                numbers++;
                octets += value <= 255 && digits <= 3 ? 1 : 0;
            }

            (value, digits) = (0, 0);
        }

        // Hexadecimal: long, with letters, with no commas but between pairs.
        if (letters > run.Length / 8)
            return separators == 0 || separators > run.Length / 7;
        return numbers > 150 && octets * 100 >= numbers * 90 && Spread(run);
    }

    // Encoded data uses octets of all sizes; a list of small counts does not.
    private static bool Spread(ReadOnlySpan<char> run)
    {
        Span<bool> seen = stackalloc bool[256];
        int value = 0, digits = 0, different = 0;
        foreach (var character in run)
        {
            if (char.IsAsciiDigit(character))
            {
                value = Math.Min(100_000, (value * 10) + character - '0');
                digits++;
                continue;
            }

            if (digits > 0 && value < 256 && !seen[value])
            {
                seen[value] = true;
                different++;
            }

            (value, digits) = (0, 0);
        }

        return different >= 20;
    }
}
