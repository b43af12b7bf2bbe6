using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>Programs that a command starts; the shell itself among them.</summary>
internal sealed partial class BatchInterpreter
{
    private bool Shell(string rest)
    {
        var text = rest;
        while (true)
        {
            text = text.TrimStart(' ', '\t', ',', ';', '=');
            if (text.Length < 2 || text[0] != '/')
                return true;
            var option = char.ToLowerInvariant(text[1]);
            if (option is 'c' or 'k' or 'r')
                break;
            var end = 2;
            while (end < text.Length && text[end] is not (' ' or '/' or '\t'))
                end++;
            _delayed |= text[..end].Equals("/v:on", StringComparison.OrdinalIgnoreCase) || text[..end].Equals("/v", StringComparison.OrdinalIgnoreCase);
            text = text[end..];
        }

        var line = text[2..].Trim();
        // One pair of quotation marks around the whole is taken off.
        if (line.Length > 1 && line[0] == '"' && (line[^1] == '"' || line.IndexOf('"', 1) < 0) && !IsQuotedProgram(line))
            line = line[1..].TrimEnd('"');
        RunLine(line);
        return true;
    }

    private static bool IsQuotedProgram(string line)
    {
        var end = line.IndexOf('"', 1);
        return end == line.Length - 1 && !line.AsSpan(1, end - 1).ContainsAny(" &|") || end > 0 && end < line.Length - 1 && line.AsSpan().Count('"') % 2 == 0 && line[end + 1] == ' ' && line.AsSpan().Count('"') > 2 && line[^1] != '"';
    }

    private void Start(string program, string rest, string? output = null)
    {
        // Judging a program goes through tables.
        if (!machine.Log.Budget.TakeSteps(60 + (rest.Length / 16)))
            return;
        var context = new ProgramCall(machine, CommandLine.BaseName(program), program, rest, output);
        if (CommandLine.BaseName(program) == "cmd")
            Shell(rest);
        else if (_nesting < MaxNesting)
            ProgramCalls.Run(context, RunLine, RunAsNested);
    }

    private void RunAsNested(string commandLine)
    {
        if (_nesting >= MaxNesting || !machine.Log.Budget.TakeSteps(1))
            return;
        _nesting++;
        RunAsProgram(commandLine);
        _nesting--;
    }
}
