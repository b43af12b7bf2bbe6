using System.Text;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Finds what a command's name stands for: function, block, cmdlet, program.</summary>
internal sealed partial class PsInterpreter
{
    private const int MaxShown = 200;

    private List<object?> RunCommand(PsCommand command, List<object?>? input)
    {
        var name = Evaluate(command.Name);
        var output = Dispatch(command, name, input);
        if (command.Output is null)
            return output;
        PsFileCalls.Write(PsValues.Text(Evaluate(command.Output)), output.Count == 1 ? output[0] : output, this);
        return [];
    }

    private List<object?> Dispatch(PsCommand command, object? name, List<object?>? input)
    {
        switch (name)
        {
            case PsBlock block:
                return Call(block, Arguments(command.Arguments), input);
            case PsRemote remote:
                Log.Did(BehaviourKind.Execute, "T1059.001", remote.Address);
                return [];
            case null or PsUnknown or PsObject when command.Call == ' ':
                return [];
            case List<object?> { Count: > 0 } list:
                name = list[0];
                break;
        }

        var word = PsValues.Text(name).Trim();
        if (word.Length == 0)
            return [];
        if (_functions.TryGetValue(word, out var function))
            return Call(function, Arguments(command.Arguments), input);
        var resolved = PsAliases.Resolve(Aliases.GetValueOrDefault(word, word));
        if (_functions.TryGetValue(resolved, out function))
            return Call(function, Arguments(command.Arguments), input);
        if (_cmdlets.Knows(resolved))
            return _cmdlets.Run(resolved, PsArguments.Of(command.Arguments, Evaluate, Log), input);
        if (!IsCmdletName(resolved))
            RunProgram(word, command, input);
        else
            foreach (var argument in command.Arguments)
                if (Evaluate(argument) is string text && text.Length is > 5 and < 4_096)
                    Windows.LastLook.At(text, Log);
        return [PsUnknown.Value];
    }

    /// <summary>Runs what Invoke-Expression is given: code, or what would have been fetched.</summary>
    public void Invoke(object? value, List<object?> output)
    {
        switch (value)
        {
            case PsRemote remote:
                Log.Did(BehaviourKind.Execute, "T1059.001", $"Invoke-Expression {remote.Address}");
                break;
            case PsBlock block:
                output.AddRange(Call(block, []));
                break;
            case null or PsUnknown:
                break;
            default:
                var code = PsValues.WholeText(value, Log);
                if (code.Length == 0)
                    break;
                Log.Did(BehaviourKind.Execute, "T1059.001", $"Invoke-Expression {(code.Length > MaxShown ? code[..MaxShown] : code)}");
                RunMade(code, output);
                break;
        }
    }

    private List<object?> Arguments(IReadOnlyList<PsNode> nodes)
    {
        List<object?> arguments = [];
        for (var index = 0; index < nodes.Count; index++)
        {
            if (nodes[index] is not PsParameter parameter)
                arguments.Add(Evaluate(nodes[index]));
            else if (parameter.Value is not null)
                arguments.Add(new PsBound(parameter.Name, Evaluate(parameter.Value)));
            else
                arguments.Add(new PsBound(parameter.Name, index + 1 < nodes.Count && nodes[index + 1] is not PsParameter ? Evaluate(nodes[++index]) : true));
        }

        return arguments;
    }

    // Verb-Noun: a command that we do not know, no program.
    private static bool IsCmdletName(string name) =>
        name.IndexOf('-', StringComparison.Ordinal) is > 1 and var dash && dash < name.Length - 2 && !name.AsSpan().ContainsAny('.', '\\', '/') && name.AsSpan(0, dash).ContainsAnyExceptInRange('a', 'z') is false;

    private void RunProgram(string word, PsCommand command, List<object?>? input)
    {
        var line = new StringBuilder(word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word);
        foreach (var argument in command.Arguments)
        {
            if (argument is PsParameter parameter)
            {
                line.Append(" -").Append(parameter.Name);
                if (parameter.Value is not null)
                    line.Append(':').Append(PsValues.Text(Evaluate(parameter.Value)));
                continue;
            }

            var value = Evaluate(argument);
            var text = value is List<object?> list ? PsValues.Joined(list, " ", Log) : PsValues.Text(value);
            line.Append(' ').Append(text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text);
            if (line.Length > 32_000)
                break;
        }

        if (input is { Count: > 0 } && Windows.CommandLine.BaseName(word) is "powershell" or "pwsh" or "cmd")
            Log.Layer(new ScriptSource(Windows.CommandLine.BaseName(word) == "cmd" ? ScriptLanguage.Batch : ScriptLanguage.PowerShell, ScriptHost.Shell, PsValues.Joined(input, "\r\n", Log), "piped"));
        Machine.RunFromShell(line.ToString());
    }
}
