using System.Globalization;
using System.Text;
using Platform.Engine.Mail;

namespace Platform.Engine.Links;

/// <summary>
/// Bare URLs in text, as mail clients make them clickable: a scheme or <c>www.</c>, to the end of the URL. Full-width letters,
/// dots and slashes count as their ASCII forms; Japanese text and punctuation after a URL does not belong to it.
/// </summary>
internal static class TextLinks
{
    private const int MaxLength = 4_096;
    private static readonly string[] Starts = ["http://", "https://", "hxxp://", "hxxps://", "ftp://", "www."];

    public static void Collect(string text, string path, LinkKind kind, List<MailLink> links, int maxLinks)
    {
        foreach (var url in Find(text).Concat(BareDomains.Find(text)))
        {
            if (links.Count >= maxLinks)
                return;
            links.Add(Make(url, path, kind));
        }
    }

    /// <summary>URLs that are written in an HTML body without being a link there.</summary>
    public static void CollectUnlinked(string visible, string path, List<MailLink> links, int maxLinks)
    {
        var linked = links.Where(l => l.PartPath == path).SelectMany(l => (string[])[l.Target, .. l.Text.Split(' ')]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var url in Find(visible).Concat(BareDomains.Find(visible)))
        {
            if (links.Count >= maxLinks)
                return;
            if (linked.Add(url))
                links.Add(Make(url, path, LinkKind.Text));
        }
    }

    public static IEnumerable<string> Find(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var start = Fold(text[i]);
            if (start is not ('h' or 'f' or 'w') || (i > 0 && char.IsAsciiLetterOrDigit(Fold(text[i - 1]))))
                continue;
            foreach (var prefix in Starts)
            {
                if (!StartsWith(text, i, prefix))
                    continue;
                var end = End(text, i + prefix.Length, prefix == "www." ? i : i + prefix.Length);
                if (end > i + prefix.Length)
                {
                    yield return text[i..end];
                    i = end - 1;
                }

                break;
            }
        }
    }

    private static MailLink Make(string url, string path, LinkKind kind)
    {
        var ascii = Plain(Ascii(url));
        var resolved = LinkTarget.Resolve(ascii.Contains("://", StringComparison.Ordinal) ? ascii : "http://" + ascii, null);
        return LinkTarget.Unwrapped(kind, url, resolved, "", path);
    }

    // Written so that no program makes it a link, and read aloud by people: hxxp://example[.]com.
    private static string Plain(string url)
    {
        if (url.StartsWith("hxxp", StringComparison.OrdinalIgnoreCase))
            url = string.Concat("http", url.AsSpan(4));
        return url.Contains('[', StringComparison.Ordinal) || url.Contains('(', StringComparison.Ordinal)
            ? url.Replace("[.]", ".", StringComparison.Ordinal).Replace("(.)", ".", StringComparison.Ordinal).Replace("[dot]", ".", StringComparison.OrdinalIgnoreCase).Replace("[:]", ":", StringComparison.Ordinal)
            : url;
    }

    private static bool StartsWith(string text, int at, string prefix)
    {
        if (at + prefix.Length >= text.Length)
            return false;
        for (var k = 0; k < prefix.Length; k++)
            if (Fold(text[at + k]) != prefix[k])
                return false;
        return true;
    }

    private static int End(string text, int position, int hostStart)
    {
        var limit = Math.Min(text.Length, hostStart + MaxLength);
        var host = position;
        while (host < limit && IsHostCharacter(text, host))
            host++;
        host = CutMixedLabel(text, hostStart, host);
        if (host <= hostStart)
            return -1;
        var end = host;
        if (end < limit && Fold(text[end]) is '/' or ':' or '?' or '#' or '@' or '\\')
            while (end < limit && IsPathCharacter(text[end]))
                end++;
        return TrimPunctuation(text, hostStart, end);
    }

    private static bool IsHostCharacter(string text, int at)
    {
        var c = text[at];
        if (c == '.' && at > 0 && text[at - 1] == '[')
            return at + 1 < text.Length && text[at + 1] == ']';
        if (c is '.' or '\u3002' or '\uFF0E' or '\uFF61')
            return at + 1 < text.Length && char.IsLetterOrDigit(Fold(text[at + 1])) && (c != '\u3002' || char.IsAsciiLetterOrDigit(Fold(text[at + 1])));
        return c is '-' or '_' or '[' or ']' or '%' || char.IsLetterOrDigit(c);
    }

    // "example.comです": the last label begins in ASCII and goes on in another script, so the text has begun.
    private static int CutMixedLabel(string text, int start, int end)
    {
        var label = end;
        while (label > start && Fold(text[label - 1]) != '.')
            label--;
        if (label >= end || !char.IsAsciiLetterOrDigit(Fold(text[label])))
            return end;
        var cut = label;
        while (cut < end && Fold(text[cut]) < 0x80)
            cut++;
        return cut;
    }

    private static bool IsPathCharacter(char c)
    {
        var folded = Fold(c);
        if (folded < 0x80)
            return folded is > ' ' and not ('<' or '>' or '"' or '`' or '{' or '}' or '|' or '^');
        return char.IsLetter(c) && c is < '\u2E80' && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.OtherLetter;
    }

    private static int TrimPunctuation(string text, int start, int end)
    {
        for (var trimmed = 0; end > start && trimmed < 32; trimmed++)
        {
            var c = Fold(text[end - 1]);
            if (c is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' or '_' or '\\')
                end--;
            else if (c is ')' or ']' && Count(text, start, end, c == ')' ? '(' : '[') < Count(text, start, end, c))
                end--;
            else
                break;
        }

        return end;
    }

    private static int Count(string text, int start, int end, char wanted)
    {
        var count = 0;
        for (var i = start; i < end; i++)
            if (Fold(text[i]) == wanted)
                count++;
        return count;
    }

    private static string Ascii(string url)
    {
        var folded = new StringBuilder(url.Length);
        foreach (var c in url)
            folded.Append(char.IsAscii(c) ? c : Fold(c));
        return folded.ToString();
    }

    // Full-width forms (U+FF01 to U+FF5E) and the ideographic full stops stand for ASCII (UTS 46).
    private static char Fold(char c) => c switch
    {
        '\u3002' or '\uFF61' => '.',
        >= '\uFF01' and <= '\uFF5E' => char.ToLowerInvariant((char)(c - 0xFEE0)),
        >= 'A' and <= 'Z' => (char)(c + 32),
        _ => c,
    };
}
