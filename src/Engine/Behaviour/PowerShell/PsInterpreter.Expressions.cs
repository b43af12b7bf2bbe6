using System.Text;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Values of expressions.</summary>
internal sealed partial class PsInterpreter
{
    public object? Evaluate(PsNode node)
    {
        if (_depth >= MaxDepth || !Log.Budget.TakeSteps(1))
            return PsUnknown.Value;
        _depth++;
        var value = node switch
        {
            PsConstant constant => constant.Value,
            PsText text => TextOf(text),
            PsVariable variable => _variables.Get(variable.Name, Log),
            PsList list => list.Items.Select(Evaluate).ToList(),
            PsTable table => TableOf(table),
            PsUnary unary => Unary(unary),
            PsChain chain => Chain(chain),
            PsCast cast => CastOf(cast),
            PsPath path => Path(path),
            PsGroup group => GroupOf(group),
            PsBlock or PsTypeName => node,
            PsAssignment assignment => Assign(assignment),
            PsParameter parameter => $"-{parameter.Name}",
            _ => Statement(node),
        };
        _depth--;
        return value;
    }

    private object? Statement(PsNode node)
    {
        List<object?> output = [];
        ExecuteOne(node, output);
        return PsValues.Unwrap(output);
    }

    private object? TextOf(PsText text)
    {
        var made = new StringBuilder();
        foreach (var part in text.Parts)
        {
            var value = Evaluate(part);
            if (value is PsRemote && text.Parts.Count == 1)
                return value;
            var more = PsValues.WholeText(value, Log);
            if (made.Length + more.Length > PsValues.MaxText || !Log.Budget.TakeOutput(more.Length) || !Log.Budget.TakeSteps(more.Length / 64))
                break;
            made.Append(more);
        }

        return made.ToString();
    }

    private PsObject TableOf(PsTable table)
    {
        var made = new PsObject("hashtable");
        foreach (var (key, value) in table.Entries)
            made.Fields[PsValues.Text(Evaluate(key))] = Evaluate(value);
        return made;
    }

    private object? Unary(PsUnary unary)
    {
        var value = Evaluate(unary.Operand);
        if (value is PsUnknown || !PsValues.Weigh(value, Log))
            return PsUnknown.Value;
        return unary.Operator switch
        {
            "not" => value is PsRemote ? PsUnknown.Value : !PsValues.Truth(value),
            "bnot" => PsValues.Whole(~(int)PsValues.Number(value)),
            "-" => value is double real ? -real : PsValues.Whole(-PsValues.Number(value)),
            "join" => value is PsRemote ? value : PsValues.Joined(PsValues.Items(value), "", Log),
            "split" => PsTexts.Call(PsValues.Text(value), "split", [" \t\r\n", "RemoveEmptyEntries"], Log),
            _ => value,
        };
    }

    private object? Chain(PsChain chain)
    {
        var value = Evaluate(chain.First);
        // One buffer for long sums of text: each further piece would copy all before.
        StringBuilder? sum = null;
        foreach (var (oper, operand) in chain.Others)
        {
            if (!Log.Budget.TakeSteps(1))
                break;
            var other = Evaluate(operand);
            if (oper == "+" && other is not PsRemote && (sum is not null || value is string))
            {
                if (sum is null)
                {
                    var start = (string)value!;
                    if (!Log.Budget.TakeCopy(start.Length))
                        return value;
                    sum = new StringBuilder(start);
                }

                var text = PsValues.WholeText(other, Log);
                if (sum.Length + text.Length <= PsValues.MaxText && Log.Budget.TakeOutput(text.Length))
                    sum.Append(text);
                continue;
            }

            if (sum is not null)
                (value, sum) = (sum.ToString(), null);
            value = PsOperators.Apply(oper, value, other, Log);
        }

        return sum?.ToString() ?? value;
    }

    private object? CastOf(PsCast cast)
    {
        var value = Evaluate(cast.Operand);
        if (cast.Type is "scriptblock")
            return value is PsBlock ? value : BlockOf(PsValues.WholeText(value, Log));
        return cast.Type.Contains("webclient", StringComparison.Ordinal) || cast.Type.Contains("webrequest", StringComparison.Ordinal)
            ? PsObjects.Create(cast.Type, [value], Log)
            : PsCasts.Cast(cast.Type, value, Log);
    }

    private object? GroupOf(PsGroup group)
    {
        List<object?> output = [];
        Execute(group.Statements, output);
        if (group.IsArray)
            return output.Count == 1 && output[0] is byte[] ? output[0] : output;
        // A single list in parentheses stays the list it is.
        return group.Statements.Count == 1 && output.Count == 1 && group.Statements[0] is PsList ? output : PsValues.Unwrap(output);
    }

    private object? Path(PsPath path)
    {
        var value = Evaluate(path.First);
        foreach (var step in path.Steps)
        {
            if (!Log.Budget.TakeSteps(1))
                return PsUnknown.Value;
            if (step.Name is null)
            {
                value = PsMembers.Index(value, Evaluate(step.Arguments![0]), Log);
                continue;
            }

            var name = PsValues.Text(Evaluate(step.Name));
            value = step.Arguments is null
                ? PsMembers.Get(value, name, Log)
                : _members.Call(value, name, step.Arguments.Select(Evaluate).ToList());
        }

        return value;
    }

    private object? Assign(PsAssignment assignment)
    {
        var value = Evaluate(assignment.Value);
        if (assignment.Operator is "+=" && assignment.Target is PsVariable grown && _variables.Append(grown.Name, value, Log))
            return null;
        if (assignment.Operator is not "=")
            value = PsOperators.Apply(assignment.Operator[..1], Evaluate(assignment.Target), value, Log);
        Store(assignment.Target, value);
        return value;
    }

    private void Store(PsNode target, object? value)
    {
        switch (target)
        {
            case PsVariable variable:
                _variables.Set(variable.Name, value);
                break;
            case PsCast cast:
                Store(cast.Operand, PsCasts.Cast(cast.Type, value, Log));
                break;
            case PsList list:
                var items = PsValues.Items(value);
                for (var index = 0; index < list.Items.Count; index++)
                    Store(list.Items[index], index < items.Count ? items[index] : null);
                break;
            case PsPath path:
                StoreInto(path, value);
                break;
        }
    }

    private void StoreInto(PsPath path, object? value)
    {
        var holder = path.Steps.Count == 1 ? Evaluate(path.First) : Evaluate(new PsPath(path.First, [.. path.Steps.Take(path.Steps.Count - 1)]));
        var last = path.Steps[^1];
        if (last.Name is not null)
        {
            _members.Set(holder, PsValues.Text(Evaluate(last.Name)), value);
            return;
        }

        var index = Evaluate(last.Arguments![0]);
        switch (holder)
        {
            case List<object?> list when PsValues.Number(index) is >= 0 and var at && at < list.Count:
                list[(int)at] = value;
                break;
            case byte[] octets when PsValues.Number(index) is >= 0 and var place && place < octets.Length:
                octets[place] = unchecked((byte)PsValues.Number(value));
                break;
            case PsObject item:
                item.Fields[PsValues.Text(index)] = value;
                break;
        }
    }
}
