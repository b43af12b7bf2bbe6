namespace Platform.Engine.Attachments.Pages;

/// <summary>What a page is for, by the calls in those of its scripts that are no library, and by what it carries.</summary>
internal static class PageJudgement
{
    // A library is longer than what somebody writes for one page.
    private const int LargestOwnScript = 40_000;
    private const int SmallPage = 8_000;
    private const int Near = 90;

    private static readonly string[] Decoders = ["atob(", "fromcharcode", "charcodeat", "unescape(", "decodeuricomponent(", "uint8array", "parseint(", "frombase64", "textdecoder"];
    private static readonly string[] Savers = ["createobjecturl", "mssaveblob", "mssaveoropenblob", ".download", "\"download\"", "'download'", "showsavefilepicker"];
    private static readonly string[] Writers = ["document.write", "innerhtml", "outerhtml", "insertadjacenthtml", "eval(", "eval)(", "function(atob", "new function(", "srcdoc", "createcontextualfragment", "document.open("];
    private static readonly string[] Direct = ["atob(\"", "atob('", "atob(`", "unescape(\"", "unescape('", "unescape(`", "decodeuricomponent(\"%", "decodeuricomponent('%", "decodeuricomponent(`%"];
    private static readonly string[] Leads = ["location.replace(", "location.assign(", "window.open("];

    public static IEnumerable<(string Id, string Seen)> Of(PageScripts scripts, PageShape shape, string? carried, string markup, bool isDrawing)
    {
        var code = OwnCode(scripts);
        string[] decoders = [.. Decoders.Where(call => code.Contains(call, StringComparison.Ordinal))];
        string[] savers = [.. Savers.Where(call => code.Contains(call, StringComparison.Ordinal))];
        string[] writers = [.. Writers.Where(call => code.Contains(call, StringComparison.Ordinal))];
        var direct = Array.Exists(Direct, call => code.Contains(call, StringComparison.Ordinal));
        var encoded = carried is not null || direct || IsEscaped(code);
        var leads = Leading(code);
        var calls = string.Join(", ", decoders.Concat(savers).Concat(writers).Concat(leads is null ? [] : [leads]).Take(6));
        if (encoded && decoders.Length > 0 && savers.Length > 0)
            yield return ("html-smuggling", carried is null ? calls : $"{calls} ({carried})");
        else if (isDrawing && code.Length > 0 && (leads is not null && IsShort(code, decoders) || encoded && decoders.Length + writers.Length > 0 || Nested(code)))
            yield return ("svg-script", calls);
        else if (Nested(code) || encoded && decoders.Length > 0 && writers.Length > 0 || encoded && decoders.Length > 0 && leads is not null)
            yield return ("html-obfuscated-script", calls);
        if (isDrawing && (shape.HasPassword || shape.HasForeignObject && shape.HasNestedPage))
            yield return ("svg-page", "form or page in a drawing");
        if (shape.HasNestedPage)
            yield return ("html-nested-page", "page in an address of the page");
        if (shape.CardField is { } field)
            yield return ("html-card-form", field);
        if (shape.Refresh is { } refresh)
            yield return ("html-redirect-attachment", refresh);
        else if (markup.Length < SmallPage && (leads ?? (savers.Length == 0 && code.Contains(".click()", StringComparison.Ordinal) ? "click()" : null)) is { } led)
            yield return ("html-script-leads", led);
    }

    private static string OwnCode(PageScripts scripts)
    {
        var code = new System.Text.StringBuilder();
        foreach (var script in scripts.Elements)
        {
            var own = PagePayload.WithoutRuns(script);
            if (own.Length <= LargestOwnScript && code.Length < 4 * LargestOwnScript)
                code.Append(own).Append('\n');
        }

        foreach (var (name, handler) in scripts.Handlers)
            if (name is not ("onclick" or "onmouseover" or "onmouseout" or "onmouseenter" or "onmouseleave" or "onchange" or "onsubmit" or "onkeyup" or "onkeydown") || handler.Length > 200)
                code.Append(PagePayload.WithoutRuns(handler)).Append('\n');
        return WithoutData(code.ToString().ToLowerInvariant());
    }

    // Reading plain data is no decoding.
    private static string WithoutData(string code)
    {
        if (!code.Contains(PagePayload.Data, StringComparison.Ordinal))
            return code;
        foreach (var quote in (ReadOnlySpan<char>)['"', '\'', '`'])
            code = code.Replace($"atob({quote}{PagePayload.Data}{quote})", "data", StringComparison.Ordinal);
        return code;
    }

    // A drawing that answers the mouse may open pages too, in one of its many functions.
    private static bool IsShort(string code, string[] decoders) => code.Length <= 1_500 || decoders.Length > 0 || !code.Contains("function", StringComparison.Ordinal);

    // One call inside of another: document.write(unescape(...)), eval(atob(...)).
    private static bool Nested(string code)
    {
        foreach (var writer in Writers)
            for (var at = code.IndexOf(writer, StringComparison.Ordinal); at >= 0; at = code.IndexOf(writer, at + writer.Length, StringComparison.Ordinal))
            {
                var rest = code.AsSpan(at, Math.Min(Near + writer.Length, code.Length - at));
                var end = rest.IndexOf(';');
                rest = end < 0 ? rest : rest[..end];
                foreach (var decoder in (ReadOnlySpan<string>)["atob(", "unescape(", "fromcharcode(", "decodeuricomponent("])
                    if (rest.Contains(decoder, StringComparison.Ordinal) && !code.AsSpan(at, Math.Min(260, code.Length - at)).Contains("google-analytics.com/ga.js", StringComparison.Ordinal))
                        return true;
            }

        return false;
    }

    // Text written as %xx or \xxx over and over.
    private static bool IsEscaped(string code)
    {
        const int least = 60;
        var count = 0;
        foreach (var mark in (ReadOnlySpan<string>)["%", "\\x", "\\u00"])
        {
            for (var at = code.IndexOf(mark, StringComparison.Ordinal); at >= 0 && count < least; at = code.IndexOf(mark, at + mark.Length, StringComparison.Ordinal))
                if (at + mark.Length + 2 <= code.Length && char.IsAsciiHexDigit(code[at + mark.Length]) && char.IsAsciiHexDigit(code[at + mark.Length + 1]))
                    count++;
            if (count >= least)
                return true;
            count = 0;
        }

        return false;
    }

    /// <summary>A place where the script leaves the page; reading where one is does not count.</summary>
    private static string? Leading(string code)
    {
        foreach (var call in Leads)
            if (code.Contains(call, StringComparison.Ordinal))
                return call;
        for (var at = code.IndexOf("location", StringComparison.Ordinal); at >= 0; at = code.IndexOf("location", at + 8, StringComparison.Ordinal))
        {
            var rest = code.AsSpan(at + 8).TrimStart();
            if (rest.StartsWith(".href"))
                rest = rest[5..].TrimStart();
            else if (rest.StartsWith("['href']") || rest.StartsWith("[\"href\"]"))
                rest = rest[8..].TrimStart();
            // location = '#part' stays on the page.
            if (rest.StartsWith("=") && !rest.StartsWith("==") && !rest[1..].TrimStart().StartsWith("'#") && !rest[1..].TrimStart().StartsWith("\"#"))
                return "location";
        }

        return null;
    }
}
