namespace Platform.Engine.Behaviour.Basic;

/// <summary>Conditions, choices and loops. What cannot be known is taken both ways.</summary>
internal sealed partial class BasicInterpreter
{
    private void If(BasicIf test)
    {
        var before = _unsure;
        var decided = false;
        foreach (var (condition, body) in test.Branches)
        {
            var value = Evaluate(condition);
            if (BasicValues.IsUnknown(value))
                _unsure = before + 1;
            else if (!BasicValues.Truth(value))
                continue;
            else
                decided = true;
            Execute(body);
            if (decided)
                break;
        }

        if (!decided)
            Execute(test.Else);
        _unsure = before;
    }

    private void Select(BasicSelect select)
    {
        var subject = Evaluate(select.Subject);
        var isUnknown = BasicValues.IsUnknown(subject);
        if (isUnknown)
            _unsure++;
        foreach (var (conditions, body) in select.Cases)
        {
            var holds = isUnknown || conditions.Count == 0;
            foreach (var (oper, value, to) in conditions)
                holds |= !isUnknown && (to is null
                    ? BasicOperators.Apply(oper, subject, Evaluate(value), Log) is true
                    : BasicOperators.Apply(">=", subject, Evaluate(value), Log) is true && BasicOperators.Apply("<=", subject, Evaluate(to), Log) is true);
            if (!holds)
                continue;
            Execute(body);
            if (!isUnknown)
                break;
        }

        if (isUnknown)
            _unsure--;
    }

    private void For(BasicFor loop)
    {
        var (from, to) = (BasicValues.Real(Evaluate(loop.From)), BasicValues.Real(Evaluate(loop.To)));
        var by = loop.Step is null ? 1 : BasicValues.Real(Evaluate(loop.Step));
        if (by == 0)
            return;
        var rounds = 0;
        for (var value = from; by > 0 ? value <= to : value >= to; value += by)
        {
            if (rounds++ >= MaxRounds || !Log.Budget.TakeSteps(1))
                return;
            _scope.Set(loop.Variable, value == Math.Floor(value) && Math.Abs(value) < 9e15 ? (long)value : value);
            Execute(loop.Body);
            if (EndsLoop("for"))
                return;
            // The body may move the variable on.
            if (_scope.TryGet(loop.Variable, Log, out var moved) && moved is long or double)
                value = BasicValues.Real(moved);
        }
    }

    private void ForEach(BasicForEach each)
    {
        // The body may change what is gone over.
        object?[] items = [.. BasicObjects.Items(Evaluate(each.Source))];
        if (!Log.Budget.TakeSteps(items.Length / 16))
            return;
        foreach (var item in items)
        {
            if (!Log.Budget.TakeSteps(1))
                return;
            _scope.Set(each.Variable, item);
            Execute(each.Body);
            if (EndsLoop("for"))
                return;
        }
    }

    private void Loop(BasicLoop loop)
    {
        for (var round = 0; round < MaxRounds && Log.Budget.TakeSteps(1); round++)
        {
            if (loop.Condition is not null && (loop.TestsFirst || round > 0))
            {
                var value = Evaluate(loop.Condition);
                if (BasicValues.IsUnknown(value) ? round > 0 : BasicValues.Truth(value) == loop.Until)
                    return;
            }

            Execute(loop.Body);
            if (EndsLoop("do"))
                return;
        }
    }

    private bool EndsLoop(string what)
    {
        if (_leaving != what)
            return _leaving is not null;
        _leaving = null;
        return true;
    }
}
