using System.Buffers;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>
/// What a script of a PDF is for, by its words (JavaScript for Acrobat API Reference): forms reckon and check; an attack starts a
/// file, leads to a page by itself, or lays out memory for a fault of the reader. What words do not show, the emulation does.
/// </summary>
internal static class PdfScript
{
    private const int SprayedUnits = 8;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly string[] Leading = ["launchURL", "submitForm", "getURL", "mailMsg", "mailDoc", "mailForm", "openDoc", "Net.HTTP", "SOAP.request", "SOAP.connect", "getAnnot("];

    // Functions whose faults were exploited again and again, called with text made by the script.
    private static readonly string[] Faulty = ["collectEmailInfo", "Collab.getIcon", "media.newPlayer", "customDictionaryOpen", "printSeps", "util.printf(\"%45000", "removeDocument", "addAnnot("];

    public static (string Id, string Seen)? Judge(string source, bool automatic)
    {
        if (Word(source, "exportDataObject") is { } export && LaunchesExport(source))
            return (automatic ? "pdf-script-hostile" : "pdf-script-active", export);
        if (CountUnits(source) >= SprayedUnits && Word(source, "unescape") is not null)
            return ("pdf-script-hostile", "memory laid out by unescape");
        foreach (var fault in Faulty)
            if (Word(source, fault) is { } call && (Word(source, "unescape") ?? Word(source, "while") ?? Word(source, "fromCharCode")) is not null)
                return ("pdf-script-hostile", call);
        if (IsDisguised(source) is { } disguise)
            return ("pdf-script-disguised", disguise);
        if (!automatic || source.Contains("function", StringComparison.Ordinal))
            return null;
        foreach (var call in Leading)
            if (Word(source, call) is { } leading && source.Contains("://", StringComparison.Ordinal))
                return ("pdf-script-hostile", leading);
        return null;
    }

    private static string? Word(string source, string word)
    {
        var at = source.IndexOf(word, StringComparison.Ordinal);
        return at < 0 ? null : source[at..Math.Min(source.Length, at + 120)];
    }

    // nLaunch 2 opens what was written; 1 asks for a place to save it.
    private static bool LaunchesExport(string source)
    {
        var at = source.IndexOf("nLaunch", StringComparison.Ordinal);
        return at >= 0 && source.AsSpan(at + 7, Math.Min(12, source.Length - at - 7)).Contains('2');
    }

    private static int CountUnits(string source)
    {
        var count = 0;
        for (var at = source.IndexOf("%u", StringComparison.OrdinalIgnoreCase); at >= 0 && count < SprayedUnits; at = source.IndexOf("%u", at + 2, StringComparison.OrdinalIgnoreCase))
            if (at + 6 <= source.Length && source.AsSpan(at + 2, 4).IndexOfAnyExcept(HexDigits) < 0)
                count++;
        return count;
    }

    // Forms reckon with parseInt and change texts; what is put together letter by letter and then run is hidden.
    private static string? IsDisguised(string source)
    {
        var runs = Word(source, "eval(") ?? Word(source, "eval (") ?? Word(source, "Function(");
        if (runs is null)
            return null;
        return Word(source, "fromCharCode") ?? Word(source, "unescape(") ?? Word(source, ", 16)") ?? Word(source, ",16)") ?? Word(source, "getAnnots") ?? Word(source, "this.info.")
            ?? (runs.Contains(".replace(", StringComparison.Ordinal) ? runs : null);
    }
}
