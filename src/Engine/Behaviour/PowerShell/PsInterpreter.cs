using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Runs statements. Bounded in steps, depth of calls and rounds.</summary>
internal sealed partial class PsInterpreter
{
    private const int MaxDepth = 220;
    private const int MaxCalls = 16;
    private const int MaxRounds = 400_000;
    private const int CostOfCode = 200;

    private readonly PsVariables _variables;
    private readonly PsCmdlets _cmdlets;
    private readonly PsMembers _members;
    private readonly Dictionary<string, PsBlock> _functions = new(StringComparer.OrdinalIgnoreCase);
    private int _depth;
    private int _calls;
    private int _unsure;
    private string? _leaving;

    public PsInterpreter(WindowsMachine machine, string fileName)
    {
        Machine = machine;
        _variables = new PsVariables(fileName);
        _cmdlets = new PsCmdlets(this);
        _members = new PsMembers(this);
    }

    public WindowsMachine Machine { get; }

    public BehaviourLog Log => Machine.Log;

    public PsVariables Variables => _variables;

    public Dictionary<string, string> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void Run(string source) => Execute(Parse(source), []);

    /// <summary>Code that the script made, run in the same scope.</summary>
    public void RunMade(string source, List<object?> output)
    {
        if (_calls >= MaxCalls || !Log.Budget.TakeSteps(CostOfCode))
            return;
        LastLook.At(source, Log);
        _calls++;
        Execute(Parse(source), output);
        _calls--;
    }

    public List<object?> Call(PsBlock block, IReadOnlyList<object?> arguments, IReadOnlyList<object?>? input = null, object? current = null)
    {
        List<object?> output = [];
        // Each parameter is looked for among the arguments, and takes what is left of them.
        if (_calls >= MaxCalls || !Log.Budget.TakeSteps(1 + ((1L + block.Parameters.Count) * (arguments.Count + (input?.Count ?? 0)) / 16)))
            return output;
        _calls++;
        var saved = _variables.Enter(block.Parameters, arguments, input, current);
        Execute(block.Statements, output);
        _variables.Leave(saved);
        if (_leaving is "return")
            _leaving = null;
        _calls--;
        return output;
    }

    /// <summary>The body of ForEach-Object and Where-Object: no scope of its own, <c>$_</c> alone is new.</summary>
    public void Each(PsBlock block, object? current, List<object?> output)
    {
        if (!Log.Budget.TakeSteps(1))
            return;
        var before = _variables.Get("_");
        _variables.Set("_", current);
        Execute(block.Statements, output);
        _variables.Set("_", before);
        if (_leaving is "return" or "continue")
            _leaving = null;
    }

    public PsBlock BlockOf(string source) => new(source, [], Parse(source));

    public bool IsFunction(string name, out PsBlock block) => _functions.TryGetValue(name, out block!);

    private IReadOnlyList<PsNode> Parse(string source)
    {
        Log.Budget.TakeSteps(1 + (source.Length / 64));
        return new PsParser(new PsReader(source), () => Log.Budget.TakeSteps(1)).Script();
    }

    private void Execute(IReadOnlyList<PsNode> statements, List<object?> output)
    {
        foreach (var statement in statements)
        {
            if (_leaving is not null || !Log.Budget.TakeSteps(1) || _depth >= MaxDepth)
                return;
            _depth++;
            ExecuteOne(statement, output);
            _depth--;
        }
    }

    private void ExecuteOne(PsNode statement, List<object?> output)
    {
        switch (statement)
        {
            case PsAssignment assignment:
                Assign(assignment);
                break;
            case PsPipeline pipeline:
                Add(output, Pipe(pipeline.Parts));
                break;
            case PsCommand command:
                Add(output, RunCommand(command, null));
                break;
            case PsIf test:
                If(test, output);
                break;
            case PsLoop loop:
                Loop(loop, output);
                break;
            case PsForEach each:
                ForEach(each, output);
                break;
            case PsSwitch choice:
                Switch(choice, output);
                break;
            case PsFunction function:
                _functions[function.Name] = function.Body;
                break;
            case PsTry attempt:
                Try(attempt, output);
                break;
            case PsLeave leave:
                Leave(leave, output);
                break;
            case PsGroup { IsArray: false } group:
                Execute(group.Statements, output);
                break;
            case PsNothing:
                break;
            default:
                Add(output, Evaluate(statement));
                break;
        }
    }

    // Lists go into the pipeline item by item.
    private void Add(List<object?> output, object? value)
    {
        if (value is List<object?> list)
            output.AddRange(Log.Budget.TakeSteps(list.Count / 16) ? list : []);
        else if (value is not null)
            output.Add(value);
    }

    private List<object?> Pipe(IReadOnlyList<PsNode> parts)
    {
        List<object?> flow = [];
        for (var index = 0; index < parts.Count; index++)
        {
            List<object?> next = [];
            if (parts[index] is PsCommand command)
                Add(next, RunCommand(command, index == 0 ? null : flow));
            else
                Add(next, Evaluate(parts[index]));
            flow = next;
            if (_leaving is not null)
                break;
        }

        return flow;
    }
}
