using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.ExcelMacro;

/// <summary>Functions that act: flow, cells, names, files, programs, libraries. Those that only compute are asked after them.</summary>
internal sealed class XlmCommands(XlmInterpreter interpreter)
{
    private const int CostOfLooking = 250;
    private const int MaxFill = 2_000;
    private const int MaxLoops = 20_000;

    private readonly Dictionary<string, string> _registered = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, string> _files = [];
    private readonly Stack<XlmLoop> _loops = new();
    private readonly XlmFunctions _functions = new(interpreter);
    private bool _memory;
    private int _rounds;

    private sealed record XlmLoop(XlmCell Start, XlmNode? Condition, string Name, double To, double By);

    private WindowsMachine Machine => interpreter.Machine;

    public object? Run(XlmCall call)
    {
        if (_registered.TryGetValue(call.Name, out var function))
            return Library(function, call.Arguments.Select(interpreter.Evaluate).ToList());
        return Flow(call) ?? Cells(call) ?? System(call) ?? (interpreter.Refer(call.Name) is { } routine ? interpreter.RunFrom(routine) : _functions.Run(call));
    }

    private object? Flow(XlmCall call)
    {
        switch (call.Name)
        {
            case "GOTO":
                if (interpreter.Unsure == 0 && Target(call, 0) is { } next)
                    interpreter.Next = next;
                return true;
            case "RETURN" or "HALT" or "CLOSE" or "FILE.CLOSE" or "QUIT" or "WORKBOOK.CLOSE" or "CLOSE.ALL":
                interpreter.Returns |= interpreter.Unsure == 0;
                return call.Name == "RETURN" ? interpreter.ValueOf(Value(call, 0)) ?? true : true;
            case "RUN":
                return Target(call, 0) is { } routine ? interpreter.RunFrom(routine) : true;
            case "ON.TIME" or "ON.SHEET" or "ON.WINDOW" or "ON.RECALC" or "ON.DOUBLECLICK" or "ON.ENTRY":
                return Target(call, call.Arguments.Count > 1 ? 1 : 0) is { } later ? interpreter.RunFrom(later) : true;
            case "IF":
                return If(call);
            case "ELSE" or "ELSE.IF":
                // The arm above was run; both are.
                return true;
            case "END.IF":
                return true;
            case "WHILE":
                return While(call);
            case "FOR":
                return For(call);
            case "NEXT":
                return NextRound();
            default:
                return null;
        }
    }

    private object? If(XlmCall call)
    {
        var condition = interpreter.ValueOf(Value(call, 0));
        if (call.Arguments.Count < 2)
            return true;
        if (condition is not XlmUnknown)
            return interpreter.Number(condition) != 0 ? Value(call, 1) ?? true : call.Arguments.Count > 2 ? Value(call, 2) ?? false : false;
        interpreter.Unsure++;
        var value = Value(call, 1);
        var other = Value(call, 2);
        interpreter.Unsure--;
        return value is null or XlmUnknown ? other ?? true : value;
    }

    private bool While(XlmCall call)
    {
        var holds = interpreter.ValueOf(Value(call, 0));
        if (_loops.Count < 20 && (holds is XlmUnknown || interpreter.Number(holds) != 0))
            _loops.Push(new XlmLoop(interpreter.Current, call.Arguments.Count > 0 ? call.Arguments[0] : null, "", 0, 0));
        else
            SkipLoop();
        return true;
    }

    private bool For(XlmCall call)
    {
        var name = interpreter.Text(Value(call, 0));
        var (from, to, by) = (interpreter.Number(Value(call, 1)), interpreter.Number(Value(call, 2)), call.Arguments.Count > 3 ? interpreter.Number(Value(call, 3)) : 1);
        interpreter.Book.Names[name] = from;
        if (_loops.Count < 20 && by != 0 && (by > 0 ? from <= to : from >= to))
            _loops.Push(new XlmLoop(interpreter.Current, null, name, to, by));
        else
            SkipLoop();
        return true;
    }

    private bool NextRound()
    {
        if (!_loops.TryPeek(out var loop))
            return true;
        bool again;
        if (loop.Name.Length > 0)
        {
            var value = interpreter.Number(interpreter.Book.Names.GetValueOrDefault(loop.Name)) + loop.By;
            interpreter.Book.Names[loop.Name] = value;
            again = loop.By > 0 ? value <= loop.To : value >= loop.To;
        }
        else
        {
            again = interpreter.ValueOf(interpreter.Evaluate(loop.Condition)) is var holds && holds is not XlmUnknown && interpreter.Number(holds) != 0;
        }

        if (again && _rounds++ < MaxLoops)
            interpreter.Next = loop.Start with { Row = loop.Start.Row + 1 };
        else if (_loops.TryPeek(out var last) && last == loop)
            // Asking the condition may have ended it already: it may call NEXT itself.
            _loops.Pop();
        return true;
    }

    private void SkipLoop()
    {
        // Looking down the sheet costs as much as many steps.
        if (!interpreter.Log.Budget.TakeSteps(CostOfLooking))
            return;
        for (var row = interpreter.Current.Row + 1; row < interpreter.Current.Row + 500; row++)
            if (interpreter.Book.Formula(interpreter.Current with { Row = row }) is { } formula && formula.StartsWith("NEXT(", StringComparison.OrdinalIgnoreCase))
            {
                interpreter.Next = interpreter.Current with { Row = row + 1 };
                return;
            }
    }

    private object? Cells(XlmCall call)
    {
        switch (call.Name)
        {
            case "FORMULA" or "FORMULA.ARRAY" or "FORMULA.FILL" or "FORMULA.CONVERT" when call.Arguments.Count > 0:
                var content = interpreter.ValueOf(Value(call, 0));
                if (call.Name != "FORMULA.CONVERT" && Target(call, 1) is { } target)
                    Put(call, target, content);
                return content ?? true;
            case "SET.VALUE" when Target(call, 0) is { } cell:
                interpreter.Book.Store(cell, interpreter.ValueOf(Value(call, 1)));
                return true;
            case "SET.NAME" or "DEFINE.NAME" when call.Arguments.Count > 1:
                if (interpreter.Book.Names.Count < 5_000)
                    interpreter.Book.Names[NameOf(call.Arguments[0])] = Value(call, 1);
                return true;
            default:
                return null;
        }
    }

    private void Put(XlmCall call, XlmCell target, object? content)
    {
        interpreter.Book.Set(target, content);
        if (call.Name != "FORMULA.FILL" || call.Arguments[1] is not XlmReference { Text: var text } || text.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon) || XlmBook.Address(text[(colon + 1)..], target.Sheet) is not { } end)
            return;
        var count = 0;
        for (var row = target.Row; row <= end.Row && count < MaxFill; row++)
            for (var column = target.Column; column <= end.Column && count++ < MaxFill; column++)
                interpreter.Book.Set(target with { Row = row, Column = column }, content);
    }

    private object? System(XlmCall call)
    {
        switch (call.Name)
        {
            case "EXEC":
                Machine.Run(interpreter.Text(Value(call, 0)));
                return true;
            case "INITIATE":
                Machine.Run($"{interpreter.Text(Value(call, 0))} {interpreter.Text(Value(call, 1))}");
                return 1d;
            case "CALL":
                var given = call.Arguments.Select(interpreter.Evaluate).ToList();
                return Library(interpreter.Text(given.ElementAtOrDefault(1)), given.Skip(3).ToList());
            case "REGISTER":
                var names = call.Arguments.Select(argument => interpreter.Text(interpreter.Evaluate(argument))).ToList();
                if (names.Count > 3 && names[3].Length > 0 && _registered.Count < 200)
                    _registered[names[3].ToUpperInvariant()] = names[1];
                _memory |= IsMemory(names.ElementAtOrDefault(1) ?? "");
                return 1d;
            case "FOPEN":
                _files[_files.Count + 1] = interpreter.Text(Value(call, 0));
                return (double)_files.Count;
            case "FWRITE" or "FWRITELN":
                if (_files.TryGetValue((int)Math.Clamp(interpreter.Number(Value(call, 0)), 0, 10_000), out var path))
                    Machine.Append(path, interpreter.Text(Value(call, 1)) + (call.Name == "FWRITELN" ? "\r\n" : ""), anew: false);
                return 1d;
            case "OPEN" or "WEBSERVICE":
                if (WindowsPaths.IsAddress(interpreter.Text(Value(call, 0))))
                    Machine.Fetched(interpreter.Text(Value(call, 0)));
                return XlmUnknown.Value;
            case "GET.WORKSPACE":
                return Workspace((int)Math.Clamp(interpreter.Number(Value(call, 0)), 0, 1_000));
            case "GET.CELL" or "GET.DOCUMENT" or "GET.WINDOW" or "DOCUMENTS" or "FILES" or "DIRECTORY" or "FREAD" or "FREADLN" or "APP.MAXIMIZE" or "GET.WORKBOOK" or "FSIZE":
                return XlmUnknown.Value;
            case "ALERT" or "MESSAGE" or "WAIT" or "ECHO" or "ERROR" or "WORKBOOK.HIDE" or "HIDE" or "SAVE" or "SELECT" or "FCLOSE" or "FILE.DELETE" or "WORKBOOK.INSERT" or "WORKBOOK.ACTIVATE" or "BEEP" or "INPUT" or "SEND.KEYS" or "COPY" or "PASTE" or "CLEAR" or "APP.MINIMIZE" or "UNREGISTER" or "ARGUMENT" or "RESULT" or "VOLATILE" or "STEP":
                return true;
            default:
                return null;
        }
    }

    // A person at a machine has a screen, a mouse and sound: what sandboxes lack.
    private object Workspace(int what)
    {
        if (what is 13 or 14 or 19 or 31 or 42)
            interpreter.Log.Did(BehaviourKind.Evade, "T1497.001", $"GET.WORKSPACE({what})");
        return what switch
        {
            1 => "Windows (64-bit) NT 10.00",
            2 => "16.0",
            13 => 1_920d,
            14 => 1_080d,
            19 or 42 => true,
            26 => "user",
            31 => false,
            _ => XlmUnknown.Value,
        };
    }

    private double Library(string function, List<object?> arguments)
    {
        var words = arguments.Select(interpreter.Text).ToList();
        var plain = function.ToLowerInvariant();
        if (plain.StartsWith("urldownloadto", StringComparison.Ordinal) && words.Count > 1)
            Machine.Fetched(words.Find(WindowsPaths.IsAddress) ?? words[1], words.Count > 2 ? words[2] : "");
        else if (plain.StartsWith("shellexecute", StringComparison.Ordinal) && words.Count > 2)
            Machine.Run($"{words[2]} {(words.Count > 3 ? words[3] : "")}".Trim());
        else if (plain.StartsWith("winexec", StringComparison.Ordinal) && words.Count > 0)
            Machine.Run(words[0]);
        else if (plain.StartsWith("createprocess", StringComparison.Ordinal) && words.Count > 1)
            Machine.Run(words[0].Length > 1 ? words[0] : words[1]);
        else if (plain.StartsWith("internetopenurl", StringComparison.Ordinal) && words.Count > 1)
            Machine.Fetched(words[1]);
        else if (plain is "createthread" or "createremotethread" or "queueuserapc" or "ntcreatethreadex" or "enumsystemlocalesa" or "callwindowproca" || plain.StartsWith("writeprocessmemory", StringComparison.Ordinal))
            interpreter.Log.Did(BehaviourKind.Execute, _memory || IsMemory(plain) ? "T1055" : "T1106", function);
        _memory |= IsMemory(plain);
        return IsMemory(plain) ? 65_536d : 0d;
    }

    private static bool IsMemory(string function) => function.StartsWith("VirtualAlloc", StringComparison.OrdinalIgnoreCase) || function.StartsWith("WriteProcessMemory", StringComparison.OrdinalIgnoreCase) || function.StartsWith("RtlCopyMemory", StringComparison.OrdinalIgnoreCase) || function.StartsWith("RtlMoveMemory", StringComparison.OrdinalIgnoreCase) || function.StartsWith("HeapCreate", StringComparison.OrdinalIgnoreCase);

    private object? Value(XlmCall call, int place) => place < call.Arguments.Count ? interpreter.Evaluate(call.Arguments[place]) : null;

    private XlmCell? Target(XlmCall call, int place) => place >= call.Arguments.Count ? null : interpreter.Evaluate(call.Arguments[place]) switch
    {
        XlmCell cell => cell,
        string text => interpreter.Refer(text),
        _ => null,
    };

    private string NameOf(XlmNode? node) => node is XlmReference reference ? reference.Text : interpreter.Text(interpreter.Evaluate(node));
}
