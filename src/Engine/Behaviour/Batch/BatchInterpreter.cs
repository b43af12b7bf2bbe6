using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>Runs the lines of a batch file and what they call. What cannot be known (whether a file is there, what a program answered) is taken both ways.</summary>
internal sealed partial class BatchInterpreter(WindowsMachine machine, string fileName)
{
    private const int MaxNesting = 16;
    private const int MaxRounds = 5_000;
    private const int MaxJumps = 300;

    private readonly BatchVariables _variables = new($@"C:\Users\user\Downloads\{(fileName.Length > 0 ? fileName : "script.bat")}", machine.Log.Budget);
    private readonly Dictionary<string, int> _jumps = new(StringComparer.OrdinalIgnoreCase);
    private string[] _lines = [];
    private List<(string Label, int Line)> _labels = [];
    private int _line;
    private int _nesting;
    private int _unsure;
    private bool _inFile;
    private bool _delayed;
    private StringBuilder? _captured;

    public void RunFile(string source)
    {
        _inFile = true;
        _lines = source.TrimStart('\uFEFF').Split('\n');
        _labels = [.. _lines.Index().Where(line => IsLabel(line.Item)).Select(line => (line.Item.AsSpan().TrimStart(" \t,;=").TrimEnd()[1..].TrimStart().ToString(), line.Index))];
        RunFrom(0);
    }

    /// <summary>One program and its argument string, as CreateProcess takes them.</summary>
    public void RunAsProgram(string commandLine)
    {
        var (program, rest) = CommandLine.Split(_variables.ExpandPercent(commandLine.Trim(), inFile: false));
        Start(program, rest);
    }

    /// <summary>A line as it is typed at the prompt, or stands after <c>cmd /c</c>.</summary>
    public void RunLine(string line)
    {
        if (_nesting >= MaxNesting || !machine.Log.Budget.TakeSteps(1 + (line.Length / 64)))
            return;
        _nesting++;
        var wasFile = _inFile;
        _inFile = false;
        foreach (var part in line.Split('\n'))
            Execute(new BatchParser(_variables.ExpandPercent(part.TrimEnd('\r'), inFile: false), () => null).Parse());
        _inFile = wasFile;
        _nesting--;
    }

    private void RunFrom(int start)
    {
        if (_nesting >= MaxNesting)
            return;
        _nesting++;
        _line = start;
        while (_line < _lines.Length)
        {
            var text = NextLine()!;
            if (!machine.Log.Budget.TakeSteps(1 + (text.Length / 64)))
                break;
            if (!IsLabel(text))
                Execute(new BatchParser(text, NextLine).Parse());
        }

        _nesting--;
    }

    private string? NextLine()
    {
        if (_line >= _lines.Length)
            return null;
        machine.Log.Budget.TakeSteps(_lines[_line].Length / 64);
        var text = _lines[_line++].TrimEnd('\r').Replace("\u001a", "", StringComparison.Ordinal);
        return IsLabel(text) ? text : _variables.ExpandPercent(text, inFile: true);
    }

    private static bool IsLabel(string text) => text.AsSpan().TrimStart(" \t,;=") is [':', ..];

    private void Execute(BatchNode node)
    {
        if (!machine.Log.Budget.TakeSteps(1))
            return;
        switch (node)
        {
            case BatchSequence sequence:
                ExecuteSequence(sequence);
                break;
            case BatchIf test:
                ExecuteIf(test);
                break;
            case BatchFor loop:
                ExecuteFor(loop);
                break;
            case BatchCommand command:
                ExecuteCommand(command);
                break;
        }
    }

    private string Capture(string line)
    {
        var outer = _captured;
        _captured = new StringBuilder();
        RunLine(line);
        var text = _captured.ToString();
        _captured = outer;
        return text;
    }

    private string Expand(string text)
    {
        var made = _variables.ExpandLetters(text);
        if (_delayed)
            made = _variables.ExpandDelayed(made);
        return machine.Log.Budget.TakeSteps(made.Length / 32) ? made : "";
    }

    private void ExecuteCommand(BatchCommand command)
    {
        // Cutting up a command costs more than a step of other languages.
        var text = machine.Log.Budget.TakeSteps(4 + (command.Text.Length / 32)) ? Expand(command.Text).Trim(' ', '\t') : "";
        var outer = _captured;
        if (command.Output is not null)
            _captured = new StringBuilder();
        var (word, rest) = BatchWords.Cut(text);
        if (word.Length > 0 && !RunBuiltIn(word.ToLowerInvariant(), rest, command))
            Start(word, rest, command.Output is { } output ? Expand(output) : null);
        if (command.Output is null)
            return;
        machine.Append(Expand(command.Output).Trim('"'), _captured!.ToString(), !command.Appends);
        _captured = outer;
    }

    private bool RunBuiltIn(string word, string rest, BatchCommand command)
    {
        switch (word)
        {
            case "set":
                BatchSet.Run(rest, _variables, command.Input is { } input ? machine.TextOf(Expand(input)) : null, Print);
                return true;
            case "echo" or "echo." or "echo:" or "echo(" or "echo/" or "echo+" or "echo," or "echo;":
                Print(rest.StartsWith(' ') ? rest[1..] : rest);
                return true;
            case "type":
                Print(machine.TextOf(rest.Trim()) ?? "");
                return false;
            case "setlocal":
                _delayed |= rest.Contains("enabledelayed", StringComparison.OrdinalIgnoreCase);
                return true;
            case "call":
                Call(rest.Trim());
                return true;
            case "goto":
                Jump(rest.Trim());
                return true;
            case "exit":
                if (_unsure == 0 && _inFile)
                    _line = _lines.Length;
                return true;
            case "cmd" or "cmd.exe":
                Shell(rest);
                return true;
            case "copy" or "move" or "ren" or "rename" or "xcopy":
                BatchFiles.Copy(rest, machine);
                return true;
            case "endlocal" or "rem" or "cd" or "chdir" or "pushd" or "popd" or "title" or "cls" or "color" or "pause" or "shift" or "md" or "mkdir" or "rd" or "rmdir" or "del" or "erase" or "ver" or "vol" or "path" or "prompt" or "date" or "time" or "verify" or "break" or "dir" or "assoc" or "mklink":
                return true;
            default:
                return CommandLine.BaseName(word) == "cmd" && Shell(rest);
        }
    }

    private void Print(string text)
    {
        if (_captured is not null && machine.Log.Budget.TakeOutput(text.Length))
            _captured.Append(text).Append("\r\n");
    }

    private void Call(string text)
    {
        if (!text.StartsWith(':'))
        {
            // call expands percent signs once more: %%x%% comes to its value here.
            RunLine(text);
            return;
        }

        var (label, rest) = BatchWords.Cut(text);
        if (Find(label[1..]) is not { } line || !Jumps(label))
            return;
        var (back, arguments) = (_line, _variables.Arguments);
        _variables.Arguments = CommandLine.Arguments(rest);
        RunFrom(line);
        (_line, _variables.Arguments) = (back, arguments);
    }

    private void Jump(string label)
    {
        if (!_inFile || _unsure > 0)
            return;
        if (label.Trim(':').Equals("eof", StringComparison.OrdinalIgnoreCase))
            _line = _lines.Length;
        else if (Find(label.TrimStart(':').Split(' ', '\t')[0]) is { } line && Jumps(label))
            _line = line;
    }

    private bool Jumps(string label)
    {
        var count = _jumps[label] = _jumps.GetValueOrDefault(label) + 1;
        return count <= MaxJumps;
    }

    private int? Find(string label)
    {
        machine.Log.Budget.TakeSteps(1 + (_labels.Count / 16));
        foreach (var (text, line) in _labels)
            if (text.StartsWith(label, StringComparison.OrdinalIgnoreCase) && (text.Length == label.Length || text[label.Length] is ' ' or '\t' or ':'))
                return line + 1;
        return null;
    }
}
