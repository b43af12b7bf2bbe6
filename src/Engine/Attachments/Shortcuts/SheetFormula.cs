using System.Buffers;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>Formulas that do more than reckon, in cells of CSV and SYLK files.</summary>
internal static class SheetFormula
{
    private static readonly SearchValues<char> Operators = SearchValues.Create("=+-@(,*/&");
    private static readonly string[] Senders = ["WEBSERVICE(", "IMPORTXML(", "IMPORTDATA(", "IMPORTHTML(", "IMPORTFEED(", "IMPORTRANGE(", "IMAGE("];
    private static readonly string[] Runners = ["EXEC(", "CALL(", "REGISTER(", "FOPEN(", "RUN(", "SHELL("];

    /// <summary>Id of the fact; null for a value or a harmless formula.</summary>
    public static string? Judge(string cell)
    {
        var text = cell.Trim(' ', '"', '\t', '\'');
        if (text.Length < 4 || text[0] is not ('=' or '+' or '-' or '@' or '|'))
            return null;
        if (IsDde(text))
            return "sheet-command";
        var tight = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (Array.Exists(Runners, call => Calls(tight, call)))
            return "sheet-command";
        if (!tight.Contains("://", StringComparison.Ordinal))
            return null;
        if (Array.Exists(Senders, call => Calls(tight, call)))
            return IsBuilt(tight) ? "sheet-sends-cells" : "sheet-remote-formula";

        // A link whose address is put together of other cells carries them out on a click; lists of orders link so to themselves.
        return Calls(tight, "HYPERLINK(") && IsBuilt(tight) ? "sheet-remote-formula" : null;
    }

    // program|topic!item, the topic in quotes or not: =cmd|' /C calc'!A0 ([MS-XLS] DDE link; ATT&CK T1559.002).
    private static bool IsDde(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        var item = bar < 0 ? -1 : text.IndexOf('!', bar);
        if (item < 0)
            return false;
        var start = text.AsSpan(0, bar).LastIndexOfAny(Operators) + 1;
        var program = text.AsSpan(start, bar - start).Trim(" '\"");
        
        // Prices come by the same way: =MT4|BID!EURUSD. A program that runs what it is told does not.
        return program.Length is > 0 and < 260 && (CommandLine.IsInterpreted(program.ToString()) || CommandLine.IsStarted(program.ToString()) || program.EndsWith("excel", StringComparison.OrdinalIgnoreCase) || program.EndsWith("winword", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsBuilt(string formula)
    {
        var open = formula.IndexOf("://", StringComparison.Ordinal);
        var comma = formula.IndexOf("\",", open, StringComparison.Ordinal);
        var address = comma < 0 ? formula[open..] : formula[open..comma];
        return address.Contains("\"&", StringComparison.Ordinal) || address.Contains("CONCAT", StringComparison.Ordinal);
    }

    private static bool Calls(string formula, string call)
    {
        for (var at = formula.IndexOf(call, StringComparison.Ordinal); at >= 0; at = formula.IndexOf(call, at + 1, StringComparison.Ordinal))
            if (at == 0 || !char.IsLetterOrDigit(formula[at - 1]))
                return true;
        return false;
    }
}
