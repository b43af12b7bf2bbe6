using System.Text;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Values of expressions, and what names stand for.</summary>
internal sealed partial class BasicInterpreter
{
    public object? Evaluate(BasicNode node)
    {
        if (_depth >= MaxDepth || !Log.Budget.TakeSteps(1))
            return BasicUnknown.Value;
        _depth++;
        var value = node switch
        {
            BasicConstant constant => constant.Value,
            BasicName name => Name(name.Name),
            BasicPath path => Path(path),
            BasicUnary unary => Unary(unary),
            BasicChain chain => Chain(chain),
            BasicNew made => New(made.Type),
            BasicNamedArgument named => Evaluate(named.Value),
            _ => BasicUnknown.Value,
        };
        _depth--;
        return value;
    }

    private BasicObject New(string type)
    {
        if (!Program.Classes.TryGetValue(type, out var declared))
            return BasicObjects.Create(type);
        var made = new BasicObject($"class:{type}");
        foreach (var field in declared.Fields.OfType<BasicDeclaration>())
            made.Fields[field.Name] = field.Value is null ? null : Evaluate(field.Value);
        if (declared.Procedures.TryGetValue("class_initialize", out var start))
            Call(start, [], made);
        return made;
    }

    private object? Unary(BasicUnary unary)
    {
        var value = BasicOperators.Value(Evaluate(unary.Operand));
        if (BasicValues.IsUnknown(value))
            return BasicUnknown.Value;
        return unary.Operator switch
        {
            "not" => value is bool truth ? !truth : ~BasicValues.Number(value),
            "-" => value is double real ? -real : -BasicValues.Number(value),
            _ => value,
        };
    }

    private object? Chain(BasicChain chain)
    {
        var value = Evaluate(chain.First);
        StringBuilder? joined = null;
        foreach (var (oper, operand) in chain.Others)
        {
            if (!Log.Budget.TakeSteps(1))
                break;
            // "or" and "and" of an unknown are not known either; both sides are asked, as the language does.
            var other = BasicOperators.Value(Evaluate(operand));
            if (oper == "&" && other is not BasicRemote && (joined is not null || value is string))
            {
                if (joined is null)
                {
                    if (!Log.Budget.TakeCopy(((string)value!).Length))
                        return value;
                    joined = new StringBuilder((string)value!);
                }

                var text = BasicValues.WholeText(other, Log);
                if (joined.Length + text.Length <= BasicValues.MaxText && Log.Budget.TakeOutput(text.Length))
                    joined.Append(text);
                continue;
            }

            if (joined is not null)
                (value, joined) = (joined.ToString(), null);
            value = BasicOperators.Apply(oper, value, other, Log);
        }

        return joined?.ToString() ?? value;
    }

    private object? Name(string name)
    {
        if (_scope.TryGet(name, Log, out var value))
            return value;
        return Invoke(name, [], isCall: false);
    }

    private object? Path(BasicPath path)
    {
        object? value;
        var index = 0;
        switch (path.First)
        {
            case null:
                value = _with.Count > 0 ? _with[^1] : BasicUnknown.Value;
                break;
            case BasicName name:
                if (path.Steps is [{ Name: null, Arguments: { } given }, ..])
                {
                    value = NameWith(name.Name, given);
                    index = 1;
                }
                else
                {
                    value = IsModule(name.Name, path.Steps) ? null : Name(name.Name);
                }

                break;
            default:
                value = Evaluate(path.First);
                break;
        }

        for (; index < path.Steps.Count; index++)
        {
            if (!Log.Budget.TakeSteps(1))
                return BasicUnknown.Value;
            var step = path.Steps[index];
            if (step.Name is null)
                value = Indexed(value, Arguments(step.Arguments!));
            else if (path.First is BasicName module && index == 0 && IsModule(module.Name, path.Steps))
                value = Invoke(step.Name, step.Arguments is null ? [] : Arguments(step.Arguments), isCall: true);
            else
                value = _objects.Member(value, step.Name, step.Arguments is null ? null : Arguments(step.Arguments));
        }

        return value;
    }

    // VBA.Chr, Strings.Mid, Module1.Run: what stands before the point only tells where.
    private bool IsModule(string name, IReadOnlyList<BasicStep> steps) =>
        steps is [{ Name: { } member }, ..] && (name is "vba" or "strings" or "interaction" or "math" or "conversion" or "filesystem" or "information" or "datetime" or "vb" or "kernel32" || Program.Procedures.ContainsKey($"{name}.{member}")) && !_scope.TryGet(name, Log, out _);

    private object? NameWith(string name, IReadOnlyList<BasicNode?> given)
    {
        if (_scope.TryGet(name, Log, out var held) && (held is BasicArray or BasicObject || held is not null && !Program.Procedures.ContainsKey(name)))
            return Indexed(held, Arguments(given));
        var arguments = Arguments(given);
        var value = Invoke(name, arguments, isCall: true);
        // What a procedure did to its parameters is seen by the caller.
        if (Program.Procedures.TryGetValue(name, out var procedure))
            for (var index = 0; index < Math.Min(given.Count, Math.Min(_lastArguments.Count, procedure.Parameters.Count)); index++)
                if (given[index] is BasicName variable && !ReferenceEquals(_lastArguments[index], arguments[index]) && variable.Name != procedure.Name)
                    _scope.Set(variable.Name, _lastArguments[index]);
        return value;
    }

    private List<object?> Arguments(IReadOnlyList<BasicNode?> nodes)
    {
        List<object?> arguments = new(nodes.Count);
        foreach (var node in nodes)
            arguments.Add(node is null ? null : node is BasicNamedArgument named ? new BasicNamedValue(named.Name, Evaluate(named.Value)) : Evaluate(node));
        return arguments;
    }

    private object? Indexed(object? value, List<object?> arguments)
    {
        if (value is BasicArray array)
            return array.Place(arguments) is >= 0 and var place ? array.Items[place] : null;
        if (value is BasicObject item)
            return arguments.Count == 0 ? value : _objects.Member(item, "item", arguments);
        return arguments.Count == 0 ? value : BasicUnknown.Value;
    }

    /// <summary>A procedure, a function of a library, a function of the language or an object known by name.</summary>
    public object? Invoke(string name, List<object?> arguments, bool isCall)
    {
        if (Program.Procedures.TryGetValue(name, out var procedure) && !(!isCall && _scope.Function == procedure.Name))
            return Call(procedure, Plain(arguments), procedure.Module.Length == 0 ? _scope.Me : null);
        if (_scope.Me is not null && Program.Classes.TryGetValue(_scope.Me.Kind.Replace("class:", "", StringComparison.Ordinal), out var own) && own.Procedures.TryGetValue(name, out var method))
            return Call(method, Plain(arguments), _scope.Me);
        // The name is looked for in many places.
        if (!Log.Budget.TakeSteps(5 + (name.Length / 8)))
            return BasicUnknown.Value;
        if (Program.Declares.TryGetValue(name, out var declared))
            return BasicLibraryCalls.Run(declared, Plain(arguments), this);
        var plain = Plain(arguments);
        if (BasicFunctions.TryRun(name, plain, this, out var value))
            return value;
        return _objects.Named(name, arguments) ?? (isCall ? BasicUnknown.Value : Values.TryGetValue(name, out var held) ? held : null);
    }

    public static List<object?> Plain(List<object?> arguments) => arguments.Exists(argument => argument is BasicNamedValue) ? [.. arguments.Select(argument => argument is BasicNamedValue named ? named.Value : argument)] : arguments;

    private void Assign(BasicAssignment assignment)
    {
        // s = s & x: in place.
        if (assignment is { Target: BasicName target, Value: BasicChain { First: BasicName first } chain } && first.Name == target.Name && chain.Others.All(other => other.Operator is "&" or "+") && chain.Others.Count < 50 && !chain.Others.Any(other => Mentions(other.Operand, target.Name)))
        {
            var parts = chain.Others.Select(other => (other.Operator, Value: BasicOperators.Value(Evaluate(other.Operand)))).ToList();
            if (parts.TrueForAll(part => part.Value is string || part.Operator == "&" && part.Value is not BasicRemote) && _scope.HoldsText(target.Name))
            {
                foreach (var (_, part) in parts)
                    _scope.Append(target.Name, BasicValues.WholeText(part, Log), Log);
                return;
            }

            var sum = Name(target.Name);
            foreach (var (oper, part) in parts)
                sum = BasicOperators.Apply(oper, sum, part, Log);
            Store(target, sum);
            return;
        }

        Store(assignment.Target, Evaluate(assignment.Value));
    }

    private static bool Mentions(BasicNode node, string name) => node switch
    {
        BasicName other => other.Name == name,
        BasicPath path => path.First is not null && Mentions(path.First, name) || path.Steps.Any(step => step.Arguments?.Any(argument => argument is not null && Mentions(argument, name)) is true),
        BasicConstant => false,
        _ => true,
    };

    private void Store(BasicNode target, object? value)
    {
        switch (target)
        {
            case BasicName name:
                _scope.Set(name.Name, value);
                break;
            case BasicPath { Steps: [.., var last] } path:
                var holder = path.Steps.Count == 1 ? path.First is null ? _with.Count > 0 ? _with[^1] : null : path.First is BasicName plain ? Name(plain.Name) : Evaluate(path.First) : Evaluate(new BasicPath(path.First, [.. path.Steps.SkipLast(1)]));
                StoreInto(holder, last, value);
                break;
        }
    }

    private void StoreInto(object? holder, BasicStep last, object? value)
    {
        var arguments = last.Arguments is null ? [] : Arguments(last.Arguments);
        if (holder is BasicArray array && last.Name is null)
        {
            if (array.Place(arguments) is >= 0 and var place)
                array.Items[place] = value;
        }
        else if (holder is BasicObject item)
        {
            _objects.Set(item, last.Name ?? "item", arguments, value);
        }
    }
}

/// <summary>An argument given by name.</summary>
internal sealed record BasicNamedValue(string Name, object? Value);
