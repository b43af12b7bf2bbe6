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

    private void If(PsIf test, List<object?> output)
    {
        var before = _unsure;
        var decided = false;
        foreach (var (condition, body) in test.Branches)
        {
            var value = Evaluate(condition);
            if (PsValues.IsUnknown(value))
                _unsure = before + 1;
            else if (!PsValues.Truth(value))
                continue;
            else
                decided = true;
            Execute(body, output);
            if (decided)
                break;
        }

        if (!decided && test.Else is not null)
            Execute(test.Else, output);
        _unsure = before;
    }

    private void Loop(PsLoop loop, List<object?> output)
    {
        if (loop.Start is not null)
            ExecuteOne(loop.Start, []);
        for (var round = 0; round < MaxRounds && Log.Budget.TakeSteps(1); round++)
        {
            if ((loop.TestsFirst || round > 0) && loop.Condition is not null)
            {
                var value = Evaluate(loop.Condition);
                // What cannot be known is taken for one round.
                if (value is PsUnknown or PsRemote ? round > 0 : PsValues.Truth(value) == (loop.Kind == "until"))
                    return;
            }

            Execute(loop.Body, output);
            if (EndsLoop())
                return;
            if (loop.Step is not null)
                ExecuteOne(loop.Step, []);
        }
    }

    private void ForEach(PsForEach each, List<object?> output)
    {
        var source = Evaluate(each.Source);
        if (!PsValues.Weigh(source, Log))
            return;
        var items = PsValues.Items(source);
        // The body may change the list that is gone over.
        var count = items.Count;
        for (var index = 0; index < Math.Min(count, items.Count); index++)
        {
            if (!Log.Budget.TakeSteps(1))
                return;
            Store(each.Variable, items[index]);
            Execute(each.Body, output);
            if (EndsLoop())
                return;
        }
    }

    private bool EndsLoop()
    {
        if (_leaving is "continue")
            _leaving = null;
        if (_leaving is "break")
        {
            _leaving = null;
            return true;
        }

        return _leaving is not null;
    }

    private void Switch(PsSwitch choice, List<object?> output)
    {
        var subject = Evaluate(choice.Subject);
        if (!PsValues.Weigh(subject, Log))
            return;
        foreach (var item in PsValues.Items(subject).DefaultIfEmpty(null).Take(10_000).ToList())
        {
            if (!Log.Budget.TakeSteps(1))
                return;
            var found = false;
            foreach (var (value, body) in choice.Cases)
            {
                var isUnknown = PsValues.IsUnknown(item);
                if (value is null ? found && !isUnknown : !isUnknown && PsOperators.Apply("eq", item, Evaluate(value), Log) is not true)
                    continue;
                found = true;
                Execute(body, output);
                if (_leaving is "break" or "continue")
                {
                    _leaving = null;
                    break;
                }

                if (_leaving is not null)
                    return;
            }
        }
    }

    private void Try(PsTry attempt, List<object?> output)
    {
        Execute(attempt.Body, output);
        if (_leaving is "throw")
            _leaving = null;
        if (_leaving is null)
        {
            // Whatever could fail may have failed.
            _unsure++;
            Execute(attempt.Handler, output);
            _unsure--;
        }

        var left = _leaving;
        _leaving = null;
        Execute(attempt.Last, output);
        _leaving ??= left;
    }

    private void Leave(PsLeave leave, List<object?> output)
    {
        if (leave.Value is not null)
            Add(output, Evaluate(leave.Value));
        if (_unsure == 0)
            _leaving = leave.Word;
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
