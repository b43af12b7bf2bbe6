using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Runs procedures and statements. Errors never stop it, as under On Error Resume Next; both arms of a condition that cannot be known are run.</summary>
internal sealed partial class BasicInterpreter
{
    private const int MaxCalls = 40;
    private const int MaxDepth = 260;
    private const int MaxRounds = 400_000;
    private const int CostOfCode = 200;
    private const int MaxJumps = 1_000;

    private readonly BasicObjects _objects;
    private readonly List<object?> _with = [];
    private readonly BasicScope _global = new(null);
    private BasicScope _scope;
    private int _calls;
    private int _depth;
    private int _unsure;
    private int _jumps;
    private string? _leaving;
    private string? _label;

    public BasicInterpreter(WindowsMachine machine, BasicProgram program, ScriptSource script)
    {
        Machine = machine;
        Program = program;
        Script = script;
        Values = DocumentValues.Parse(script.Host == ScriptHost.Office ? script.Page : null);
        _objects = new BasicObjects(this);
        _scope = _global;
    }

    public WindowsMachine Machine { get; }

    public BehaviourLog Log => Machine.Log;

    public BasicProgram Program { get; }

    public ScriptSource Script { get; }

    /// <summary>What the document holds besides code.</summary>
    public Dictionary<string, string> Values { get; }

    public BasicScope Scope => _scope;

    /// <summary>Paths of open files by their number.</summary>
    public Dictionary<long, string> Files { get; } = [];

    public void RunModule()
    {
        Execute(Program.Statements);
        _leaving = null;
    }

    public object? Call(string name, IReadOnlyList<object?> arguments) =>
        Program.Procedures.TryGetValue(name, out var procedure) ? Call(procedure, arguments, null) : BasicUnknown.Value;

    public object? Call(BasicProcedure procedure, IReadOnlyList<object?> arguments, BasicObject? me)
    {
        if (_calls >= MaxCalls || _depth >= MaxDepth || !Log.Budget.TakeSteps(1))
            return BasicUnknown.Value;
        var (outer, withs) = (_scope, _with.Count);
        _scope = new BasicScope(_global) { Me = me, Function = procedure.Name };
        for (var index = 0; index < procedure.Parameters.Count; index++)
            _scope.Declare(procedure.Parameters[index], index < arguments.Count ? arguments[index] : null);
        if (procedure.IsFunction)
            _scope.Declare(procedure.Name, null);
        var jumps = _jumps;
        _calls++;
        Execute(procedure.Body);
        _calls--;
        _jumps = jumps;
        _label = null;
        if (_leaving != "end")
            _leaving = null;
        _scope.TryGet(procedure.Name, Log, out var result);
        _lastArguments = [.. procedure.Parameters.Select(parameter => _scope.TryGet(parameter, Log, out var value) ? value : null)];
        _scope = outer;
        _with.RemoveRange(withs, _with.Count - withs);
        return procedure.IsFunction ? result : null;
    }

    private List<object?> _lastArguments = [];

    /// <summary>Code that the script made, run in the same scope.</summary>
    public void RunMade(string source)
    {
        if (_calls >= MaxCalls || !Log.Budget.TakeSteps(CostOfCode))
            return;
        LastLook.At(source, Log);
        var made = BasicEmulator.Parse(source, Log);
        foreach (var (name, procedure) in made.Procedures)
            Program.Procedures[name] = procedure;
        foreach (var (name, declared) in made.Declares)
            Program.Declares[name] = declared;
        foreach (var (name, declared) in made.Classes)
            Program.Classes[name] = declared;
        _calls++;
        Execute(made.Statements);
        _calls--;
    }

    private void Execute(IReadOnlyList<BasicNode> statements)
    {
        for (var index = 0; index < statements.Count; index++)
        {
            if (_leaving is not null || _depth >= MaxDepth || !Log.Budget.TakeSteps(1))
                return;
            _depth++;
            ExecuteOne(statements[index]);
            _depth--;
            if (_label is null)
                continue;
            // A jump goes up from block to block until one holds its label.
            var target = Find(statements, _label);
            if (target < 0)
            {
                _leaving ??= "jump";
                return;
            }

            (index, _label, _leaving) = (target, null, null);
        }
    }

    private static int Find(IReadOnlyList<BasicNode> statements, string label)
    {
        for (var index = 0; index < statements.Count; index++)
            if (statements[index] is BasicLabel mark && mark.Name == label)
                return index;
        return -1;
    }

    private void ExecuteOne(BasicNode statement)
    {
        switch (statement)
        {
            case BasicAssignment assignment:
                Assign(assignment);
                break;
            case BasicCall call:
                Evaluate(call.Target is BasicName name ? new BasicPath(name, [new BasicStep(null, [])]) : call.Target);
                break;
            case BasicDeclaration declaration:
                Declare(declaration);
                break;
            case BasicIf test:
                If(test);
                break;
            case BasicSelect select:
                Select(select);
                break;
            case BasicFor loop:
                For(loop);
                break;
            case BasicForEach each:
                ForEach(each);
                break;
            case BasicLoop loop:
                Loop(loop);
                break;
            case BasicWith with:
                _with.Add(Evaluate(with.Subject));
                Execute(with.Body);
                if (_with.Count > 0)
                    _with.RemoveAt(_with.Count - 1);
                break;
            case BasicExit exit when _unsure == 0:
                _leaving = exit.What;
                break;
            case BasicJump jump when _unsure == 0 && _jumps++ < MaxJumps:
                _label = jump.Label;
                break;
            case BasicFile file:
                BasicFileStatements.Run(file, this);
                break;
        }
    }

    private void Declare(BasicDeclaration declaration)
    {
        object? value = null;
        if (declaration.Bounds is { } bounds)
        {
            var lengths = bounds.Select(bound => (int)Math.Clamp(BasicValues.Number(Evaluate(bound)) + 1, 0, BasicValues.MaxItems)).ToArray();
            var count = lengths.Aggregate(1L, (product, length) => Math.Min(product * Math.Max(1, length), BasicValues.MaxItems + 1L));
            var old = declaration.Keeps && _scope.TryGet(declaration.Name, Log, out var before) ? before as BasicArray : null;
            // Arrays are made longer one by one, each in the place of the one before.
            if (lengths.Length == 0 || count > BasicValues.MaxItems || !Log.Budget.TakeSteps(count / 32) || !Log.Budget.TakeOutput(Math.Max(0, count - (old?.Items.Count ?? 0)) + (count / 32)))
                count = 0;
            List<object?> items = [.. Enumerable.Repeat((object?)null, (int)count)];
            if (old is not null)
                for (var index = 0; index < Math.Min(items.Count, old.Items.Count); index++)
                    items[index] = old.Items[index];
            value = new BasicArray(0, lengths.Length == 0 ? [0] : lengths, items);
            if (declaration.Keeps || _scope.TryGet(declaration.Name, Log, out _))
            {
                _scope.Set(declaration.Name, value);
                return;
            }
        }
        else if (declaration.Value is not null)
        {
            value = Evaluate(declaration.Value);
        }
        else if (declaration.Type is "string")
        {
            value = "";
        }

        _scope.Declare(declaration.Name, value);
    }
}
