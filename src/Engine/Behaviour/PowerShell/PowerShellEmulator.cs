using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>
/// PowerShell, after the language specification of version 3.0 and the documentation of powershell.exe. A line is a pipeline of
/// commands or an expression; words of a command are text without quotes, expressions need a sign (<c>$ ( [ '</c>). Values are .NET
/// objects, so that attackers unpack with the run-time library itself: Convert, Encoding, GZipStream, -bxor. What is unpacked is
/// called by Invoke-Expression, <c>&amp;</c> or <c>.</c>, and run here in the same scope. Both arms of a condition that cannot be
/// known are run. Obfuscators (backticks, format operator, joins, letters of <c>$env:</c>) disappear by evaluation alone.
/// </summary>
internal sealed class PowerShellEmulator : IEmulator
{
    private const int MaxSource = 4 * 1024 * 1024;

    public bool Runs(ScriptLanguage language) => language is ScriptLanguage.PowerShell;

    public void Run(ScriptSource script, BehaviourLog log)
    {
        var source = script.Source.Length > MaxSource ? script.Source[..MaxSource] : script.Source;
        var machine = new WindowsMachine(log);
        new PsInterpreter(machine, script.FileName).Run(source.TrimStart('\uFEFF'));
        machine.Finish();
        LastLook.At(source, log);
    }
}
