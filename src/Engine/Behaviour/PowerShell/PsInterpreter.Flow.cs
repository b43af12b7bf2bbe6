namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Conditions, loops, choices and attempts. What cannot be known is taken both ways.</summary>
internal sealed partial class PsInterpreter
{
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
}
