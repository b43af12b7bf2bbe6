using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Functions of the language.</summary>
internal static class BasicFunctions
{
    private static readonly FrozenSet<string> Unknown = ((string[])["now", "date", "time", "timer", "rnd", "dateadd", "datediff", "datepart", "year", "month", "day", "hour", "minute", "second", "weekday", "filelen", "filedatetime", "getattr", "inputbox", "dateserial", "datevalue", "timeserial", "cdate", "erl", "seek"]).ToFrozenSet(StringComparer.Ordinal);

    // What takes an array of octets for the text that it holds.
    private static readonly FrozenSet<string> OfArrays = ((string[])["left", "right", "mid", "leftb", "rightb", "midb", "len", "lenb", "asc", "lcase", "ucase", "trim", "strreverse", "replace", "split", "cstr", "instrrev", "unescape"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>False when there is no such function.</summary>
    public static bool TryRun(string name, List<object?> arguments, BasicInterpreter interpreter, out object? value)
    {
        value = null;
        if (Unknown.Contains(name))
        {
            value = BasicUnknown.Value;
            return true;
        }

        var log = interpreter.Log;
        object? first = arguments.Count > 0 ? BasicOperators.Value(arguments[0]) : null;
        if (arguments.Count > 0 && arguments.Exists(argument => argument is BasicRemote) && name is not ("execute" or "executeglobal" or "eval" or "shell" or "callbyname" or "createobject" or "msgbox" or "array"))
        {
            value = arguments.Find(argument => argument is BasicRemote);
            return true;
        }

        if (first is BasicUnknown && name is "len" or "asc" or "cint" or "clng" or "val" or "left" or "mid" or "right" or "isnumeric" or "isempty" or "cdbl")
        {
            value = BasicUnknown.Value;
            return true;
        }

        value = Text(name, first, arguments, log) ?? Numbers(name, first, arguments) ?? Others(name, first, arguments, interpreter);
        if (ReferenceEquals(value, None))
            value = null;
        else if (value is null)
            return false;
        return true;
    }

    /// <summary>A function that was run and gives nothing.</summary>
    public static object None { get; } = new();

    private static object? Text(string name, object? first, List<object?> arguments, BehaviourLog log)
    {
        var text = first is not BasicArray ? BasicValues.Text(first) : OfArrays.Contains(name) ? BasicValues.WholeText(first, log) : "";
        // What goes over the whole of its text pays for it; what takes a part pays for the part.
        var whole = name is "len" or "lenb" or "asc" or "ascw" or "ascb" or "mid" or "midb" or "left" or "leftb" or "right" or "rightb" ? 0 : text.Length;
        if (whole > 128 && !log.Budget.TakeSteps(whole / 128) || name is "trim" or "ltrim" or "rtrim" or "lcase" or "ucase" or "strreverse" or "unescape" or "strconv" && !log.Budget.TakeOutput(text.Length))
            return "";
        switch (name)
        {
            case "chr" or "chrw" or "chrb":
                return ((char)(ushort)BasicValues.Number(first)).ToString();
            case "asc" or "ascw" or "ascb":
                return text.Length == 0 ? 0L : (long)text[0];
            case "len" or "lenb":
                return (long)text.Length * (name == "lenb" ? 2 : 1);
            case "left" or "leftb":
                return Part(text, 0, At(arguments, 1, 0), log);
            case "right" or "rightb":
                return Part(text, text.Length - Math.Clamp(At(arguments, 1, 0), 0, text.Length), text.Length, log);
            case "mid" or "midb":
                return Part(text, At(arguments, 1, 1) - 1, At(arguments, 2, text.Length), log);
            case "lcase":
                return text.ToLowerInvariant();
            case "ucase":
                return text.ToUpperInvariant();
            case "trim":
                return text.Trim(' ');
            case "ltrim":
                return text.TrimStart(' ');
            case "rtrim":
                return text.TrimEnd(' ');
            case "strreverse":
                var letters = text.ToCharArray();
                Array.Reverse(letters);
                return new string(letters);
            case "replace":
                var (find, by) = (BasicValues.Text(Get(arguments, 1)), BasicValues.Text(Get(arguments, 2)));
                if (find.Length == 0)
                    return text;
                return BuiltText.Replaced(text, find, by, At(arguments, 5, 0) == 1 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal, BasicValues.MaxText, log.Budget) ?? text;
            case "space":
                return Repeated(" ", BasicValues.Number(first), log);
            case "string":
                var letter = BasicOperators.Value(Get(arguments, 1));
                return Repeated(letter is string filler ? filler.Length > 0 ? filler[..1] : "" : ((char)(ushort)BasicValues.Number(letter)).ToString(), BasicValues.Number(first), log);
            case "split":
                var separator = arguments.Count > 1 ? BasicValues.Text(arguments[1]) : " ";
                return BasicArray.Of(separator.Length == 0 ? [text] : BuiltText.Pieces(text, from => (text.IndexOf(separator, from, StringComparison.Ordinal), separator.Length), BasicValues.MaxItems, log.Budget));
            case "join":
                return first is BasicArray array ? Joined(array, arguments.Count > 1 ? BasicValues.Text(arguments[1]) : " ", log) : BasicUnknown.Value;
            case "instr":
                return InStr(arguments, log);
            case "instrrev":
                return (long)text.LastIndexOf(BasicValues.Text(Get(arguments, 1)), StringComparison.Ordinal) + 1;
            case "hex":
                return BasicValues.Number(first).ToString(BasicValues.Number(first) < 0 ? "X8" : "X", CultureInfo.InvariantCulture) is var hex && hex.Length > 8 ? hex[^8..] : BasicValues.Number(first).ToString("X", CultureInfo.InvariantCulture);
            case "oct":
                return Convert.ToString(BasicValues.Number(first), 8);
            case "cstr" or "str":
                return name == "str" && BasicValues.Number(first) >= 0 ? " " + text : text;
            case "format":
                return text;
            case "strconv":
                return first is BasicArray octets && !log.Budget.TakeOutput(octets.Items.Count) ? "" : StrConv(first, text, At(arguments, 1, 0));
            case "strcomp":
                return (long)Math.Sign(string.Compare(text, BasicValues.Text(Get(arguments, 1)), At(arguments, 2, 0) == 1 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
            case "unescape":
                return Unescape(text);
            case "escape":
                return text;
            case "filter":
                return first is BasicArray list && log.Budget.TakeSteps(list.Items.Count) && log.Budget.TakeOutput((long)list.Items.Count * BuiltText.CostOfItem) ? Filtered(list, BasicValues.Text(Get(arguments, 1)), arguments.Count < 3 || BasicValues.Truth(arguments[2])) : BasicUnknown.Value;
            default:
                return null;
        }
    }

    private static object? Numbers(string name, object? first, List<object?> arguments)
    {
        switch (name)
        {
            case "cint" or "clng" or "clnglng" or "clngptr" or "cbyte":
                return BasicValues.Number(first);
            case "int" or "fix":
                return (long)(name == "int" ? Math.Floor(Finite(first)) : Math.Truncate(Finite(first)));
            case "cdbl" or "csng" or "ccur" or "cdec":
                return BasicValues.Real(first) is var real && real == Math.Floor(real) && Math.Abs(real) < 9e15 ? (long)real : BasicValues.Real(first);
            case "val":
                var digits = BasicValues.Text(first).Replace(" ", "", StringComparison.Ordinal);
                var end = 0;
                var isRadix = digits.StartsWith("&h", StringComparison.OrdinalIgnoreCase) || digits.StartsWith("&o", StringComparison.OrdinalIgnoreCase);
                while (end < digits.Length && (isRadix ? end < 2 || char.IsAsciiHexDigit(digits[end]) : char.IsAsciiDigit(digits[end]) || digits[end] is '.' or '-'))
                    end++;
                return BasicValues.Real(digits[..end]) is var number && number == Math.Floor(number) && Math.Abs(number) < 9e15 ? (long)number : BasicValues.Real(digits[..end]);
            case "cbool":
                return BasicValues.Truth(first);
            case "cvar" or "nz":
                return first ?? "";
            case "abs":
                return first is double size ? Math.Abs(size) : unchecked(Math.Abs(BasicValues.Number(first) == long.MinValue ? 0 : BasicValues.Number(first)));
            case "sgn":
                return (long)Math.Sign(Finite(first));
            case "sqr":
                return Math.Sqrt(Math.Max(0, Finite(first)));
            case "round":
                return (long)Math.Round(Finite(first));
            case "sin" or "cos" or "tan" or "atn" or "exp" or "log":
                return name switch { "sin" => Math.Sin(Finite(first)), "cos" => Math.Cos(Finite(first)), "tan" => Math.Tan(Finite(first)), "atn" => Math.Atan(Finite(first)), "exp" => Math.Exp(Math.Min(Finite(first), 300)), _ => Math.Log(Math.Max(Finite(first), 1e-300)) };
            case "rgb":
                return BasicValues.Number(first) + (At(arguments, 1, 0) * 256) + (At(arguments, 2, 0) * 65_536);
            case "isnumeric":
                return BasicValues.IsNumeric(first);
            case "isempty":
                return first is null;
            case "isnull" or "ismissing" or "iserror" or "isdate":
                return false;
            case "isarray":
                return first is BasicArray;
            case "isobject":
                return first is BasicObject;
            case "typename":
                return first switch { string => "String", long => "Long", BasicArray => "Variant()", BasicObject => "Object", _ => "Empty" };
            case "vartype":
                return first switch { string => 8L, long => 3L, BasicArray => 8_204L, _ => 0L };
            case "ubound":
                return first is BasicArray upper && upper.Lengths.ElementAtOrDefault((int)Math.Clamp(At(arguments, 1, 1) - 1, 0, 10)) is var length ? (long)length - 1 + upper.Lower : -1L;
            case "lbound":
                return first is BasicArray lower ? lower.Lower : 0L;
            default:
                return null;
        }
    }

    private static object? Others(string name, object? first, List<object?> arguments, BasicInterpreter interpreter)
    {
        switch (name)
        {
            case "array":
                return BasicArray.Of(arguments.Select(BasicOperators.Value));
            case "iif":
                return BasicValues.IsUnknown(first) ? Get(arguments, 1) : BasicValues.Truth(first) ? Get(arguments, 1) ?? None : Get(arguments, 2) ?? None;
            case "choose":
                return Get(arguments, (int)Math.Clamp(BasicValues.Number(first), 0, 100)) ?? None;
            case "switch":
                for (var index = 0; index + 1 < arguments.Count; index += 2)
                    if (BasicValues.Truth(arguments[index]))
                        return arguments[index + 1] ?? None;
                return None;
            case "environ":
                return first is string variable ? WindowsEnvironment.Get(variable) : BasicUnknown.Value;
            case "shell":
                interpreter.Machine.Run(BasicValues.Text(first), "T1059");
                if (first is BasicRemote remote)
                    interpreter.Log.Did(BehaviourKind.Execute, "T1059.005", remote.Address);
                return 1_000L;
            case "execute" or "executeglobal":
                Execute(first, interpreter);
                return None;
            case "eval":
                return Evaluated(first, interpreter);
            case "createobject" or "getobject":
                return new BasicObjects(interpreter).Make(BasicValues.Text(arguments.Find(argument => BasicValues.Text(argument).Length > 0)), name == "getobject");
            case "callbyname":
                return new BasicObjects(interpreter).ByName(arguments);
            case "msgbox":
                return BasicUnknown.Value;
            case "dir":
                return arguments.Count == 0 ? "" : BasicUnknown.Value;
            case "freefile":
                return 1L;
            case "eof":
                return true;
            case "lof":
                return BasicUnknown.Value;
            case "curdir":
                return @"C:\Users\user\Documents";
            case "command":
                return "";
            case "doevents" or "randomize" or "appactivate" or "beep" or "sendkeys" or "unload" or "setattr" or "mkdir" or "chdir" or "sleep" or "alert":
                return None;
            case "getref":
                return BasicValues.Text(first);
            case "vbcrlf" or "vbnewline":
                return "\r\n";
            case "vbcr":
                return "\r";
            case "vblf":
                return "\n";
            case "vbtab":
                return "\t";
            case "vbnullstring":
                return "";
            case "vbnullchar":
                return "\0";
            case "vbhide" or "vbbinarycompare" or "adtypetext_none":
                return 0L;
            case "vbunicode":
                return 64L;
            case "vbfromunicode":
                return 128L;
            case "vbtextcompare" or "vbnormalfocus" or "vbmethod" or "adtypebinary":
                return 1L;
            case "adsavecreateoverwrite" or "vbget" or "adtypetext":
                return 2L;
            default:
                return null;
        }
    }

    private static void Execute(object? code, BasicInterpreter interpreter)
    {
        if (code is BasicRemote remote)
        {
            interpreter.Log.Did(BehaviourKind.Execute, "T1059.005", $"Execute {remote.Address}");
            return;
        }

        var source = BasicValues.WholeText(code, interpreter.Log);
        if (source.Length == 0)
            return;
        interpreter.Log.Did(BehaviourKind.Execute, "T1059.005", $"Execute {(source.Length > 160 ? source[..160] : source)}");
        interpreter.RunMade(source);
    }

    private static object? Evaluated(object? code, BasicInterpreter interpreter)
    {
        if (code is not string source || source.Length == 0)
            return code ?? None;
        if (!interpreter.Log.Budget.TakeSteps(1 + (source.Length / 16)))
            return BasicUnknown.Value;
        var expression = new BasicParser(new BasicLexer(source).Read(), () => interpreter.Log.Budget.TakeSteps(1)).ParseExpression();
        return expression is null ? BasicUnknown.Value : interpreter.Evaluate(expression) ?? None;
    }

    private static object? Get(List<object?> arguments, int place) => place >= 0 && place < arguments.Count ? BasicOperators.Value(arguments[place]) : null;

    private static long At(List<object?> arguments, int place, long otherwise) => place < arguments.Count && arguments[place] is not null ? BasicValues.Number(BasicOperators.Value(arguments[place])) : otherwise;

    private static double Finite(object? value) => BasicValues.Real(value) is var real && double.IsNaN(real) ? 0 : Math.Clamp(real, -9e15, 9e15);

    private static string Part(string text, long start, long length, BehaviourLog log)
    {
        var from = (int)Math.Clamp(start, 0, text.Length);
        var count = (int)Math.Clamp(length, 0, text.Length - from);
        return log.Budget.TakeSteps(count / 128) && log.Budget.TakeOutput(count) ? text.Substring(from, count) : "";
    }

    private static BasicArray Filtered(BasicArray list, string part, bool holds) =>
        BasicArray.Of(list.Items.Where(item => BasicValues.Text(item).Contains(part, StringComparison.Ordinal) == holds));

    private static string Repeated(string text, long times, BehaviourLog log) => BuiltText.Repeated(text.Length > 1 ? text[..1] : text, times, BasicValues.MaxText, log.Budget) ?? "";

    private static string Joined(BasicArray array, string separator, BehaviourLog log) =>
        log.Budget.TakeSteps(1 + (array.Items.Count / 16)) ? BuiltText.Joined(array.Items.Select(BasicValues.Text), separator, BasicValues.MaxText, log.Budget) : "";

    private static long InStr(List<object?> arguments, BehaviourLog log)
    {
        var offset = arguments.Count > 2 && BasicOperators.Value(arguments[0]) is long or double ? 1 : 0;
        var (text, find) = (BasicValues.Text(Get(arguments, offset)), BasicValues.Text(Get(arguments, offset + 1)));
        if (offset == 1 && !log.Budget.TakeSteps(text.Length / 128))
            return 0;
        var start = offset == 1 ? (int)Math.Clamp(BasicValues.Number(arguments[0]) - 1, 0, text.Length) : 0;
        return text.IndexOf(find, start, At(arguments, offset + 2, 0) == 1 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) + 1L;
    }

    private static object StrConv(object? value, string plain, long how)
    {
        var text = value is BasicArray array ? Encoding.Latin1.GetString(BasicValues.Octets(array)!) : plain;
        return how switch
        {
            1 => text.ToUpperInvariant(),
            2 => text.ToLowerInvariant(),
            128 => BasicValues.ArrayOf(Encoding.Latin1.GetBytes(text)),
            _ => text,
        };
    }

    private static string Unescape(string text)
    {
        var made = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var (skip, length) = text[at] == '%' && at + 5 < text.Length && text[at + 1] is 'u' or 'U' ? (2, 4) : (1, 2);
            if (text[at] == '%' && at + skip + length <= text.Length && ushort.TryParse(text.AsSpan(at + skip, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                made.Append((char)code);
                at += skip + length - 1;
            }
            else
            {
                made.Append(text[at]);
            }
        }

        return made.ToString();
    }
}
