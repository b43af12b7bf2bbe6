using System.Globalization;

namespace Platform.Engine.Behaviour.ExcelMacro;

/// <summary>Functions of the sheet: text, numbers, places.</summary>
internal sealed class XlmFunctions(XlmInterpreter interpreter)
{
    private const int MaxText = 1024 * 1024;

    public object? Run(XlmCall call)
    {
        var arguments = call.Arguments.Select(interpreter.Evaluate).ToList();
        if (arguments.Count > 0 && arguments.TrueForAll(argument => interpreter.ValueOf(argument) is XlmUnknown))
            return XlmUnknown.Value;
        return Text(call.Name, arguments) ?? Logic(call.Name, arguments) ?? Places(call, arguments) ?? Numbers(call.Name, arguments) ?? XlmUnknown.Value;
    }

    private object? Text(string name, List<object?> arguments)
    {
        var first = T(arguments, 0);
        if (!interpreter.Log.Budget.TakeSteps(1 + (first.Length / 128)) || name is "UPPER" or "LOWER" or "TRIM" or "CLEAN" && !interpreter.Log.Budget.TakeOutput(first.Length))
            return "";
        switch (name)
        {
            case "CHAR" or "UNICHAR":
                return ((char)(ushort)Math.Clamp(N(arguments, 0), 0, 65_535)).ToString();
            case "CODE" or "UNICODE":
                return first.Length > 0 ? (double)first[0] : 0d;
            case "MID":
                return Part(first, N(arguments, 1) - 1, N(arguments, 2));
            case "LEFT":
                return Part(first, 0, arguments.Count > 1 ? N(arguments, 1) : 1);
            case "RIGHT":
                return Part(first, first.Length - Math.Clamp(arguments.Count > 1 ? N(arguments, 1) : 1, 0, first.Length), first.Length);
            case "LEN":
                return (double)first.Length;
            case "CONCATENATE" or "CONCAT":
                return BuiltText.Joined(arguments.Take(300).Select(interpreter.Text), "", MaxText, Budget);
            case "TEXTJOIN":
                return BuiltText.Joined(arguments.Skip(2).Take(300).Select(interpreter.Text), first, MaxText, Budget);
            case "UPPER":
                return first.ToUpperInvariant();
            case "LOWER":
                return first.ToLowerInvariant();
            case "TRIM" or "CLEAN":
                return first.Trim();
            case "T" or "TEXT" or "PROPER":
                return first;
            case "REPT":
                return BuiltText.Repeated(first, Whole(N(arguments, 1)), MaxText, Budget) ?? "";
            case "SUBSTITUTE":
                return T(arguments, 1).Length == 0 ? first : BuiltText.Replaced(first, T(arguments, 1), T(arguments, 2), StringComparison.Ordinal, MaxText, Budget) ?? "";
            case "REPLACE":
                var from = (int)Math.Clamp(N(arguments, 1) - 1, 0, first.Length);
                var count = (int)Math.Clamp(N(arguments, 2), 0, first.Length - from);
                return BuiltText.Joined([first[..from], T(arguments, 3), first[(from + count)..]], "", MaxText, Budget);
            case "FIND" or "SEARCH":
                return Budget.TakeSteps(T(arguments, 1).Length / 128) && T(arguments, 1).IndexOf(first, name == "FIND" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? at + 1d : XlmUnknown.Value;
            case "DEC2HEX":
                return ((long)Math.Clamp(N(arguments, 0), -9e15, 9e15)).ToString("X", CultureInfo.InvariantCulture);
            case "HEX2DEC":
                return long.TryParse(first, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? (double)hex : 0d;
            case "VALUE" or "N":
                return N(arguments, 0);
            default:
                return null;
        }
    }

    private object? Logic(string name, List<object?> arguments) => name switch
    {
        "AND" => arguments.Exists(argument => interpreter.ValueOf(argument) is XlmUnknown) ? XlmUnknown.Value : arguments.TrueForAll(argument => interpreter.Number(argument) != 0),
        "OR" => arguments.Exists(argument => interpreter.ValueOf(argument) is XlmUnknown) ? XlmUnknown.Value : arguments.Exists(argument => interpreter.Number(argument) != 0),
        "NOT" => N(arguments, 0) == 0,
        "ISNUMBER" => interpreter.ValueOf(arguments.FirstOrDefault()) is double,
        "ISERROR" or "ISERR" or "ISNA" => false,
        "ISBLANK" => interpreter.ValueOf(arguments.FirstOrDefault()) is null,
        "ISTEXT" => interpreter.ValueOf(arguments.FirstOrDefault()) is string,
        "CHOOSE" => arguments.ElementAtOrDefault((int)Math.Clamp(N(arguments, 0), 0, 300)),
        "TRUE" => true,
        "FALSE" => false,
        _ => null,
    };

    private object? Places(XlmCall call, List<object?> arguments)
    {
        var cell = arguments.FirstOrDefault() as XlmCell? ?? interpreter.Refer(T(arguments, 0));
        switch (call.Name)
        {
            case "INDIRECT" or "TEXTREF" or "ABSREF" or "EVALUATE" or "DEREF":
                if (call.Name == "EVALUATE")
                    return interpreter.Run(T(arguments, 0).TrimStart('='));
                return call.Name == "DEREF" ? interpreter.ValueOf(arguments.FirstOrDefault()) : interpreter.Refer(T(arguments, 0)) is { } target ? target : XlmUnknown.Value;
            case "OFFSET" when cell is { } start:
                return start with { Row = (int)Math.Clamp(start.Row + N(arguments, 1), 1, 1_048_576), Column = (int)Math.Clamp(start.Column + N(arguments, 2), 1, 16_384) };
            case "INDEX" when cell is { } corner:
                return call.Arguments is [XlmReference { Text: var text }, ..] && IsRow(text) && arguments.Count == 2
                    ? corner with { Column = corner.Column + (int)Math.Clamp(N(arguments, 1) - 1, 0, 16_000) }
                    : corner with { Row = corner.Row + (int)Math.Clamp(N(arguments, 1) - 1, 0, 1_000_000), Column = corner.Column + (int)Math.Clamp((arguments.Count > 2 ? N(arguments, 2) : 1) - 1, 0, 16_000) };
            case "ROW":
                return (double)(arguments.FirstOrDefault() as XlmCell? ?? interpreter.Current).Row;
            case "COLUMN":
                return (double)(arguments.FirstOrDefault() as XlmCell? ?? interpreter.Current).Column;
            case "ADDRESS":
                return $"{Letters((int)Math.Clamp(N(arguments, 1), 1, 16_384))}{(int)Math.Clamp(N(arguments, 0), 1, 1_048_576)}";
            case "ACTIVE.CELL" or "CALLER":
                return interpreter.Current;
            default:
                return null;
        }
    }

    private object? Numbers(string name, List<object?> arguments)
    {
        var (first, second) = (N(arguments, 0), N(arguments, 1));
        switch (name)
        {
            case "INT":
                return Math.Floor(first);
            case "ROUND" or "TRUNC" or "ROUNDDOWN":
                return name == "ROUND" ? Math.Round(first) : Math.Truncate(first);
            case "MOD":
                return second == 0 ? 0d : first - (second * Math.Floor(first / second));
            case "ABS":
                return Math.Abs(first);
            case "QUOTIENT":
                return second == 0 ? 0d : Math.Truncate(first / second);
            case "POWER":
                return Math.Pow(first, second);
            case "SQRT":
                return Math.Sqrt(Math.Max(0, first));
            case "SUM":
                return arguments.Sum(interpreter.Number);
            case "PRODUCT":
                return arguments.Aggregate(1d, (product, argument) => product * interpreter.Number(argument));
            case "MAX" or "MIN":
                return arguments.Count == 0 ? 0d : name == "MAX" ? arguments.Max(interpreter.Number) : arguments.Min(interpreter.Number);
            case "BITXOR":
                return (double)(Whole(first) ^ Whole(second));
            case "BITAND":
                return (double)(Whole(first) & Whole(second));
            case "BITOR":
                return (double)(Whole(first) | Whole(second));
            case "SIGN":
                return (double)Math.Sign(double.IsNaN(first) ? 0 : first);
            default:
                return null;
        }
    }

    private static long Whole(double number) => (long)Math.Clamp(double.IsNaN(number) ? 0 : number, -9e15, 9e15);

    private static bool IsRow(string range)
    {
        var digits = range.Replace("$", "", StringComparison.Ordinal).Split(':');
        return digits.Length == 2 && string.Concat(digits[0].Where(char.IsAsciiDigit)) == string.Concat(digits[1].Where(char.IsAsciiDigit));
    }

    private static string Letters(int column)
    {
        var made = "";
        for (; column > 0; column = (column - 1) / 26)
            made = (char)('A' + ((column - 1) % 26)) + made;
        return made;
    }

    private EmulationBudget Budget => interpreter.Log.Budget;

    private string Part(string text, double start, double length)
    {
        var from = (int)Math.Clamp(start, 0, text.Length);
        var count = (int)Math.Clamp(length, 0, text.Length - from);
        return Budget.TakeOutput(count) ? text.Substring(from, count) : "";
    }

    private string T(List<object?> arguments, int place) => place < arguments.Count ? interpreter.Text(arguments[place]) : "";

    private double N(List<object?> arguments, int place) => place < arguments.Count ? interpreter.Number(arguments[place]) : 0;
}
