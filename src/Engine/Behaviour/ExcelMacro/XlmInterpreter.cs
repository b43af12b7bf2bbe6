using System.Globalization;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.ExcelMacro;

/// <summary>A value that cannot be known here.</summary>
internal sealed class XlmUnknown
{
    public static XlmUnknown Value { get; } = new();
}

/// <summary>Runs the cells of macro sheets. Values are null, bool, double, string, cells, and what is not known.</summary>
internal sealed class XlmInterpreter
{
    private const int MaxText = 1024 * 1024;
    private const int MaxDepth = 120;
    private const int MaxCalls = 24;
    private const int MaxEmpty = 200;
    private const int MaxRounds = 200_000;

    private readonly XlmCommands _commands;
    private readonly HashSet<XlmCell> _visited = [];
    private readonly Dictionary<string, XlmNode?> _parsed = new(StringComparer.Ordinal);
    private int _depth;
    private int _calls;
    private int _rounds;

    public XlmInterpreter(WindowsMachine machine, XlmBook book)
    {
        Machine = machine;
        Book = book;
        _commands = new XlmCommands(this);
    }

    public WindowsMachine Machine { get; }

    public BehaviourLog Log => Machine.Log;

    public XlmBook Book { get; }

    public XlmCell Current { get; private set; }

    /// <summary>Above zero while an arm of a condition runs that may not run: flow stays.</summary>
    public int Unsure { get; set; }

    /// <summary>Where the flow goes next; null for the cell below.</summary>
    public XlmCell? Next { get; set; }

    public bool Returns { get; set; }

    public void RunAll()
    {
        foreach (var start in Book.Starts.Distinct().Take(20))
            RunFrom(start);
        // What no flow reached, in the order of the sheet.
        for (var index = 0; index < Book.InOrder.Count; index++)
            if (!_visited.Contains(Book.InOrder[index]))
                RunFrom(Book.InOrder[index]);
    }

    /// <summary>Runs down from a cell; the value of RETURN, or of the last cell.</summary>
    public object? RunFrom(XlmCell start)
    {
        if (_calls >= MaxCalls)
            return XlmUnknown.Value;
        _calls++;
        var (before, empty) = (Current, 0);
        object? value = null;
        Current = start;
        while (empty < MaxEmpty && _rounds++ < MaxRounds && Log.Budget.TakeSteps(1))
        {
            if (Book.Formula(Current) is not { } formula)
            {
                if (Book.Value(Current) is null && ++empty > 50 || Current.Row >= 1_048_576)
                    break;
                Current = Current with { Row = Current.Row + 1 };
                continue;
            }

            empty = 0;
            _visited.Add(Current);
            (Next, Returns) = (null, false);
            var here = Current;
            value = Run(formula);
            Current = here;
            Book.Store(here, value);
            if (Returns)
                break;
            Current = Next ?? here with { Row = here.Row + 1 };
        }

        (Returns, Next, Current) = (false, null, before);
        _calls--;
        return value;
    }

    public object? Run(string formula)
    {
        if (formula.IndexOf("|'", StringComparison.Ordinal) is > 0 and var pipe && formula.LastIndexOf("'!", StringComparison.Ordinal) is var end && end > pipe)
        {
            // Dynamic data exchange: program|'topic'!item.
            Machine.Run($"{formula[..pipe].Trim('=', '+', '-', '@', ' ')} {formula[(pipe + 2)..end]}");
            return XlmUnknown.Value;
        }

        if (!_parsed.TryGetValue(formula, out var node))
        {
            Log.Budget.TakeSteps(1 + (formula.Length / 32));
            node = new XlmParser(formula, () => Log.Budget.TakeSteps(1)).Parse();
            if (_parsed.Count < 20_000)
                _parsed[formula] = node;
        }

        return node is null ? XlmUnknown.Value : Evaluate(node);
    }

    public object? Evaluate(XlmNode? node)
    {
        if (node is null)
            return null;
        if (_depth >= MaxDepth || !Log.Budget.TakeSteps(1))
            return XlmUnknown.Value;
        _depth++;
        var value = node switch
        {
            XlmConstant constant => constant.Value,
            XlmReference reference => Refer(reference.Text) is { } cell ? cell : Named(reference.Text),
            XlmUnary unary => Unary(unary),
            XlmChain chain => Chain(chain),
            XlmCall call => _commands.Run(call),
            _ => XlmUnknown.Value,
        };
        _depth--;
        return value;
    }

    /// <summary>The cell that an address or a defined name stands for.</summary>
    public XlmCell? Refer(string text) => Book.Names.GetValueOrDefault(text) is XlmCell named ? named : XlmBook.Address(text, Current.Sheet, Current);

    /// <summary>Of a cell what it holds; else the value itself.</summary>
    public object? ValueOf(object? value)
    {
        if (value is not XlmCell cell)
            return value;
        if (Book.Value(cell) is { } held)
            return held;
        // A cell that is only read has the value of its formula.
        if (Book.Formula(cell) is { } formula && _depth < MaxDepth - 20 && _calls < MaxCalls && !_visited.Contains(cell))
        {
            _visited.Add(cell);
            _calls++;
            var (before, next, returns) = (Current, Next, Returns);
            Current = cell;
            var made = ValueOf(Run(formula));
            (Current, Next, Returns) = (before, next, returns);
            _calls--;
            Book.Store(cell, made);
            return made;
        }

        return null;
    }

    public string Text(object? value) => ValueOf(value) switch
    {
        string text => text,
        bool truth => truth ? "TRUE" : "FALSE",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => "",
    };

    public double Number(object? value) => ValueOf(value) switch
    {
        double number => number,
        bool truth => truth ? 1 : 0,
        string text => double.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var parsed) ? parsed : 0,
        _ => 0,
    };

    private object? Named(string name) => Book.Names.GetValueOrDefault(name) switch
    {
        string text when text.StartsWith('"') => text.Trim('"'),
        string text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
        null => XlmUnknown.Value,
        var value => value,
    };

    private bool Pays(object? value) => value is not string { Length: > 512 } text || Log.Budget.TakeSteps(text.Length / 512);

    private object? Unary(XlmUnary unary)
    {
        var value = ValueOf(Evaluate(unary.Operand));
        if (value is XlmUnknown)
            return value;
        return unary.Operator switch
        {
            '-' => -Number(value),
            '%' => Number(value) / 100,
            _ => value,
        };
    }

    private object? Chain(XlmChain chain)
    {
        var value = ValueOf(Evaluate(chain.First));
        foreach (var (oper, operand) in chain.Others)
        {
            if (!Log.Budget.TakeSteps(1))
                break;
            var other = ValueOf(Evaluate(operand));
            if (oper == "&")
            {
                var (a, b) = (Text(value), Text(other));
                value = BuiltText.Sum(a, b, MaxText, Log.Budget) ?? a;
                continue;
            }

            if (value is XlmUnknown || other is XlmUnknown)
            {
                value = XlmUnknown.Value;
                continue;
            }

            if (!Pays(value) || !Pays(other))
                break;
            var (x, y) = (Number(value), Number(other));
            var order = value is string || other is string ? string.Compare(Text(value), Text(other), StringComparison.OrdinalIgnoreCase) : x.CompareTo(y);
            value = oper switch
            {
                "=" => order == 0,
                "<>" => order != 0,
                "<" => order < 0,
                ">" => order > 0,
                "<=" => order <= 0,
                ">=" => order >= 0,
                "+" => x + y,
                "-" => x - y,
                "*" => x * y,
                "/" => y == 0 ? 0d : x / y,
                _ => Math.Pow(x, y),
            };
        }

        return value;
    }
}
