namespace Platform.Engine.Behaviour.Basic;

/// <summary>Statements that hold others: conditions and loops.</summary>
internal sealed partial class BasicParser
{
    private void If(List<BasicNode> into)
    {
        List<(BasicNode, IReadOnlyList<BasicNode>)> branches = [];
        List<BasicNode> otherwise = [];
        _at++;
        var condition = Expression();
        if (IsWord("then"))
            _at++;
        if (condition is null)
        {
            PassLine();
            return;
        }

        if (Current.Kind != BasicTokenKind.Line)
        {
            List<BasicNode> then = [];
            OnLine(then);
            if (IsWord("else"))
            {
                _at++;
                OnLine(otherwise);
            }

            if (IsWord("end") && IsWordAt(1, "if"))
                _at += 2;
            into.Add(new BasicIf([(condition, then)], otherwise));
            return;
        }

        while (true)
        {
            List<BasicNode> body = [];
            Block(body, ["if"]);
            branches.Add((condition, body));
            if (IsWord("elseif"))
            {
                _at++;
                condition = Expression() ?? new BasicConstant(false);
                if (IsWord("then"))
                    _at++;
                continue;
            }

            if (IsWord("else"))
            {
                _at++;
                Block(otherwise, ["if"]);
            }

            break;
        }

        into.Add(new BasicIf(branches, otherwise));
    }

    // Statements after Then on the same line.
    private void OnLine(List<BasicNode> into)
    {
        while (Current.Kind is not (BasicTokenKind.Line or BasicTokenKind.End) && !IsWord("else") && !(IsWord("end") && IsWordAt(1, "if")) && step())
        {
            if (Current.Kind == BasicTokenKind.Colon)
            {
                _at++;
                continue;
            }

            if (Current.Kind == BasicTokenKind.Number)
            {
                into.Add(new BasicJump(Current.Value?.ToString() ?? ""));
                _at++;
                continue;
            }

            var start = _at;
            Statement(into);
            if (_at == start)
                _at++;
        }
    }

    private void Select(List<BasicNode> into)
    {
        _at++;
        if (IsWord("case"))
            _at++;
        if (Expression() is not { } subject)
        {
            PassLine();
            return;
        }

        List<(IReadOnlyList<(string, BasicNode, BasicNode?)>, IReadOnlyList<BasicNode>)> cases = [];
        SkipLines();
        while (IsWord("case") && step())
        {
            _at++;
            List<(string, BasicNode, BasicNode?)> conditions = [];
            if (IsWord("else"))
                _at++;
            else
                Conditions(conditions);
            List<BasicNode> body = [];
            Block(body, ["select"]);
            cases.Add((conditions, body));
            SkipLines();
        }

        into.Add(new BasicSelect(subject, cases));
    }

    private void Conditions(List<(string, BasicNode, BasicNode?)> conditions)
    {
        do
        {
            var oper = "=";
            if (IsWord("is"))
                _at++;
            if (Current is { Kind: BasicTokenKind.Symbol, Text: "=" or "<" or ">" or "<>" or "<=" or ">=" })
            {
                oper = Current.Text;
                _at++;
            }

            if (Expression() is not { } value)
                break;
            BasicNode? to = null;
            if (IsWord("to"))
            {
                _at++;
                to = Expression();
            }

            conditions.Add((oper, value, to));
        }
        while (Take(","));
    }

    private void For(List<BasicNode> into)
    {
        _at++;
        var each = IsWord("each");
        if (each)
            _at++;
        var variable = Current.Text.ToLowerInvariant();
        _at++;
        BasicNode? from = null, to = null, by = null;
        if (each && IsWord("in"))
        {
            _at++;
            from = Expression();
        }
        else if (Take("="))
        {
            from = Expression();
            if (IsWord("to"))
            {
                _at++;
                to = Expression();
            }

            if (IsWord("step"))
            {
                _at++;
                by = Expression();
            }
        }

        List<BasicNode> body = [];
        Block(body, ["for"]);
        if (IsWord("next"))
        {
            _at++;
            if (Current.Kind == BasicTokenKind.Name)
                _at++;
        }

        if (from is not null && each)
            into.Add(new BasicForEach(variable, from, body));
        else if (from is not null && to is not null)
            into.Add(new BasicFor(variable, from, to, by, body));
        else
            into.AddRange(body);
    }

    private void Do(List<BasicNode> into)
    {
        _at++;
        var condition = LoopCondition(out var until);
        var first = condition is not null;
        List<BasicNode> body = [];
        Block(body, ["do"]);
        if (IsWord("loop"))
            _at++;
        if (!first)
            condition = LoopCondition(out until);
        into.Add(new BasicLoop(condition, until, first, body));
    }

    private BasicNode? LoopCondition(out bool until)
    {
        until = IsWord("until");
        if (!IsWord("while", "until"))
            return null;
        _at++;
        return Expression();
    }

    private void While(List<BasicNode> into)
    {
        _at++;
        var condition = Expression();
        List<BasicNode> body = [];
        Block(body, ["while"]);
        if (IsWord("wend"))
            _at++;
        into.Add(new BasicLoop(condition ?? new BasicConstant(false), false, true, body));
    }
}
