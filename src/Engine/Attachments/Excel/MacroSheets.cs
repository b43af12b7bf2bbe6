using System.Buffers;
using System.Globalization;
using System.Text;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Excel;

/// <summary>
/// Gathers the Excel 4.0 macro sheets of a workbook, from whichever format, into one script and its facts: excel4-sheet, excel4-hidden,
/// excel4-auto-run, excel4-suspicious.
/// </summary>
internal sealed class MacroSheets(FileContents contents)
{
    private const int MaxScript = 2 * 1024 * 1024;
    private const int MaxNames = 2_000;
    private const int ManyCharacters = 20;

    // What runs programs or foreign code, and what writes the formulas that will.
    private static readonly string[] Strong = ["EXEC(", "CALL(", "REGISTER(", "REGISTER.ID(", "FOPEN(", "FWRITE(", "FWRITELN(", "FILE.DELETE(", "DIRECTORY("];
    private static readonly string[] Writing = ["FORMULA(", "FORMULA.FILL(", "FORMULA.ARRAY(", "SET.VALUE(", "SET.NAME(", "FORMULA.CONVERT("];
    private static readonly string[] Running = ["RUN(", "GOTO(", "WORKBOOK.", "GET.WORKSPACE(", "GET.CELL(", "GET.DOCUMENT(", "APP.MAXIMIZE(", "ON.TIME(", "EVALUATE("];

    private static readonly string[] Told = [.. Strong, .. Writing, .. Running];

    private readonly StringBuilder _script = new();
    private readonly List<(string Name, string Value)> _names = [];
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);
    private int _characters;

    /// <summary>Whether the workbook has any.</summary>
    public bool Any { get; private set; }

    /// <param name="state">As OOXML names it: visible, hidden, veryHidden.</param>
    public void Sheet(string name, string state)
    {
        Any = true;
        contents.Fact("excel4-sheet", name, state);
        if (state != "visible")
            contents.Fact("excel4-hidden", name, state);
    }

    public void Name(string name, string value)
    {
        if (_names.Count < MaxNames)
            _names.Add((name, value));
    }

    /// <param name="formula">Without the equals sign; empty for a constant.</param>
    public void Cell(string sheet, string address, string formula, string value, bool isText)
    {
        if (_script.Length > MaxScript || formula.Length + value.Length == 0)
            return;
        var content = formula.Length > 0 ? formula : isText || !double.TryParse(value, CultureInfo.InvariantCulture, out _) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
        _script.Append(sheet).Append('!').Append(address).Append(": =").Append(OneLine(content)).Append('\n');
        if (formula.Length > 0)
            See(formula);
    }

    /// <summary>Hands the script over, with what else the workbook holds for it.</summary>
    public void Finish(DocumentValues values)
    {
        foreach (var (name, value) in _names)
            values.Add($"Name.{name}", value);
        if (!Any)
            return;
        foreach (var (name, value) in _names)
            if (StartsByItself(name))
                contents.Fact("excel4-auto-run", name, value);
        var strong = _functions.Intersect(Strong).ToList();
        var hides = _functions.Overlaps(Writing) && (_functions.Overlaps(Running) || _characters >= ManyCharacters) || _characters >= 3 * ManyCharacters;
        if (strong.Count > 0 || hides)
            contents.Fact("excel4-suspicious", "", string.Join(", ", _functions.Select(function => function.TrimEnd('('))) + (_characters >= ManyCharacters ? $", {_characters} characters by number" : ""));
        if (_script.Length > 0)
            contents.Script(new ScriptSource(ScriptLanguage.ExcelMacro, ScriptHost.Office, _script.ToString(), "macro sheets") { Page = values.ToPage() });
    }

    private static bool StartsByItself(string name)
    {
        var bare = name.StartsWith("_xlnm.", StringComparison.OrdinalIgnoreCase) ? name["_xlnm.".Length..] : name;
        return bare.StartsWith("Auto_Open", StringComparison.OrdinalIgnoreCase) || bare.StartsWith("Auto_Close", StringComparison.OrdinalIgnoreCase) || bare.StartsWith("Auto_Activate", StringComparison.OrdinalIgnoreCase) || bare.StartsWith("Auto_Deactivate", StringComparison.OrdinalIgnoreCase);
    }

    private void See(string formula)
    {
        foreach (var function in Told)
            if (Calls(formula, function))
                _functions.Add(function);
        for (var at = 0; (at = formula.IndexOf("CHAR(", at, StringComparison.OrdinalIgnoreCase)) >= 0; at += 5)
            _characters++;
    }

    private static bool Calls(string formula, string function)
    {
        for (var at = 0; (at = formula.IndexOf(function, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            if (at == 0 || !char.IsLetterOrDigit(formula[at - 1]) && formula[at - 1] is not ('.' or '_'))
                return true;
        return false;
    }

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    private static string OneLine(string text) => text.AsSpan().ContainsAny(LineEnds) ? text.ReplaceLineEndings(" ") : text;
}
