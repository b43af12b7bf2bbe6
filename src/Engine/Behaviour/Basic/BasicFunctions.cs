using System.Collections.Frozen;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Functions of the language.</summary>
internal static partial class BasicFunctions
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
}
