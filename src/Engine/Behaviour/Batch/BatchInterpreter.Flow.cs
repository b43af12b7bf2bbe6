using System.Globalization;
using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>Sequences, pipes, conditions and loops.</summary>
internal sealed partial class BatchInterpreter
{
    private void ExecuteSequence(BatchSequence sequence)
    {
        var outer = _captured;
        if (sequence.Output is not null)
            _captured = new StringBuilder();
        for (var index = 0; index < sequence.Parts.Count; index++)
        {
            if (index < sequence.Operators.Count && sequence.Operators[index] == "|")
            {
                ExecutePipe(sequence.Parts[index], sequence.Parts[index + 1]);
                index++;
                continue;
            }

            Execute(sequence.Parts[index]);
        }

        if (sequence.Output is not null)
        {
            machine.Append(Expand(sequence.Output), _captured!.ToString(), !sequence.Appends);
            _captured = outer;
        }
    }

    // What the left side prints is what the right side reads: interpreters run it.
    private void ExecutePipe(BatchNode left, BatchNode right)
    {
        var outer = _captured;
        _captured = new StringBuilder();
        Execute(left);
        var text = _captured.ToString();
        _captured = outer;
        if (right is BatchCommand command && text.Length > 0)
        {
            var (program, _) = CommandLine.Split(Expand(command.Text));
            switch (CommandLine.BaseName(program))
            {
                case "cmd":
                    RunLine(text);
                    break;
                case "powershell" or "pwsh":
                    machine.Log.Did(BehaviourKind.Execute, "T1059.001", Expand(command.Text));
                    machine.Log.Layer(new ScriptSource(ScriptLanguage.PowerShell, ScriptHost.Shell, text, "piped to powershell"));
                    return;
            }
        }

        Execute(right);
    }

    private void ExecuteIf(BatchIf test)
    {
        var (left, right) = (Expand(test.Left).Trim('"'), Expand(test.Right).Trim('"'));
        var comparison = test.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        bool? holds = test.Operator switch
        {
            "==" or "equ" => Compare(left, right, comparison) == 0,
            "neq" => Compare(left, right, comparison) != 0,
            "lss" => Compare(left, right, comparison) < 0,
            "leq" => Compare(left, right, comparison) <= 0,
            "gtr" => Compare(left, right, comparison) > 0,
            "geq" => Compare(left, right, comparison) >= 0,
            "defined" => _variables.Get(left) is not null,
            "exist" when machine.IsBrought(left) => true,
            _ => null,
        };
        if (holds is { } known)
        {
            if (known != test.Not)
                Execute(test.Then);
            else if (test.Else is not null)
                Execute(test.Else);
            return;
        }

        _unsure++;
        Execute(test.Then);
        if (test.Else is not null)
            Execute(test.Else);
        _unsure--;
    }

    private static int Compare(string left, string right, StringComparison comparison) =>
        long.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var a) && long.TryParse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.Compare(left, right, comparison);

    private void ExecuteFor(BatchFor loop)
    {
        if (_nesting >= MaxNesting || !machine.Log.Budget.TakeSteps(10 + (loop.Set.Length / 16)))
            return;
        _nesting++;
        var set = Expand(loop.Set);
        var had = _variables.Letters.TryGetValue(loop.Variable, out var before);
        if (loop.Mode == 'f')
            BatchForWords.Run(loop, set, _variables, Capture, machine.TextOf, () => Round(loop), machine.Log.Budget);
        else
            foreach (var value in loop.Mode == 'l' ? Numbers(set) : BatchForWords.Plain(set))
            {
                _variables.Letter(loop.Variable, value);
                if (!Round(loop))
                    break;
            }

        if (had)
            _variables.Letters[loop.Variable] = before!;
        else
            _variables.Letters.Remove(loop.Variable);
        _nesting--;
    }

    private bool Round(BatchFor loop)
    {
        if (!machine.Log.Budget.TakeSteps(1))
            return false;
        Execute(loop.Body);
        return true;
    }

    private static IEnumerable<string> Numbers(string set)
    {
        var cells = set.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length < 3 || !long.TryParse(cells[0], CultureInfo.InvariantCulture, out var from) || !long.TryParse(cells[1], CultureInfo.InvariantCulture, out var step) || !long.TryParse(cells[2], CultureInfo.InvariantCulture, out var to) || step == 0)
            yield break;
        var rounds = 0;
        for (var value = from; (step > 0 ? value <= to : value >= to) && rounds++ < MaxRounds; value += step)
            yield return value.ToString(CultureInfo.InvariantCulture);
    }
}
