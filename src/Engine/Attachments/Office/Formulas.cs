namespace Platform.Engine.Attachments.Office;

/// <summary>Formulas of ordinary sheets that reach outside: facts office-remote-function, office-remote-send, office-dde, and links.</summary>
internal static class Formulas
{
    private static readonly string[] Remote = ["WEBSERVICE(", "IMPORTDATA(", "IMPORTXML(", "IMPORTHTML(", "IMPORTFEED(", "IMAGE("];

    // What gathers a text of many cells, or tells of the machine.
    private static readonly string[] Gathering = ["CONCAT(", "CONCATENATE(", "TEXTJOIN(", "INFO(", "CELL(", "ENCODEURL("];

    public static void Tell(string formula, string where, FileContents contents)
    {
        var text = formula.TrimStart('=', ' ');
        if (Service(text) is var (service, topic) && DdeTarget.StartsProgram(service, topic))
            contents.Fact("office-dde", where, formula);
        foreach (var function in Remote)
        {
            if (!Calls(text, function))
                continue;
            contents.Fact(Gathering.Any(gather => text.Contains(gather, StringComparison.OrdinalIgnoreCase)) && GathersRange(text) ? "office-remote-send" : "office-remote-function", where, formula);
            break;
        }

        if (text.Contains("://", StringComparison.Ordinal))
            foreach (var address in Addresses(text))
                contents.Link(address);
    }

    private static bool Calls(string text, string function)
    {
        var at = text.IndexOf(function, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(text[at - 1]) && text[at - 1] != '_');
    }

    // Many cells, or what stands on the machine: an honest query asks by one cell.
    private static bool GathersRange(string text) =>
        text.Contains(':', StringComparison.Ordinal) && text.Replace("://", "", StringComparison.Ordinal).Contains(':', StringComparison.Ordinal)
        || Calls(text, "INFO(") || Calls(text, "CELL(");

    // service|topic!item, the topic quoted when it holds more than letters.
    private static (string Service, string Topic)? Service(string text)
    {
        var bar = text.IndexOf('|');
        if (bar <= 0)
            return null;
        var start = bar;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '.' or '\'' or '\\' or ':'))
            start--;
        var end = text.IndexOf('!', bar);
        return end < 0 ? null : (text[start..bar], text[(bar + 1)..end]);
    }

    private static IEnumerable<string> Addresses(string text)
    {
        for (var at = 0; (at = text.IndexOf("http", at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var end = text.AsSpan(at).IndexOfAny("\"' )>");
            end = end < 0 ? text.Length : at + end;
            if (text.AsSpan(at, end - at).Contains("://", StringComparison.Ordinal))
                yield return text[at..end];
            at = Math.Max(end, at + 4);
        }
    }
}
