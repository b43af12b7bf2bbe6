using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>
/// Batch files and command lines of cmd.exe. There is no grammar of record; what is known of it, in the order in which it acts on a
/// line: percent signs are replaced (<c>%x%</c>, <c>%x:~1,2%</c>, <c>%1</c>); the line is cut at <c>&amp; &amp;&amp; || |</c>
/// and parentheses outside of quotation marks, a caret takes the meaning of the next character away; <c>for</c> letters and, where
/// switched on, <c>!x!</c> are put in; the first word is a command of the shell or a program. A program gets the rest as one string.
/// A command line that a program or shortcut gives to the system is not cut: it names one program and its argument string.
/// </summary>
internal sealed class BatchEmulator : IEmulator
{
    private const int MaxSource = 2 * 1024 * 1024;

    public bool Runs(ScriptLanguage language) => language is ScriptLanguage.Batch;

    public void Run(ScriptSource script, BehaviourLog log)
    {
        var source = script.Source.Length > MaxSource ? script.Source[..MaxSource] : script.Source;
        var machine = new WindowsMachine(log);
        var interpreter = new BatchInterpreter(machine, script.FileName);
        if (IsCommandLine(script))
            interpreter.RunAsProgram(source);
        else
            interpreter.RunFile(source);
        machine.Finish();
        LastLook.At(source, log);
    }

    private static bool IsCommandLine(ScriptSource script) =>
        script.Where.EndsWith("command line", StringComparison.Ordinal) || !script.Source.AsSpan().Trim().ContainsAny('\r', '\n') && WindowsPaths.Extension(script.FileName) is not ("bat" or "cmd");
}
