using Platform.Engine.Attachments.Vba;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>
/// VBA ([MS-VBAL]) and VBScript: one language in two dialects. Statements end with the line or a colon; names know no case; a value is
/// what it is used as. Office starts certain procedures by name (AutoOpen, Workbook_Open); a VBScript file runs what stands outside
/// of procedures. Objects of COM do the harm: WScript.Shell, XMLHTTP, ADODB.Stream, WMI; and functions of libraries by Declare. Code is
/// made by Execute and run here in the same scope. Macros that only a hand starts are run as a layer of their own, called so.
/// </summary>
internal sealed class BasicEmulator : IEmulator
{
    /// <summary>Where of macros that nothing starts by itself.</summary>
    public const string ByHand = "by hand";

    private const int MaxSource = 2 * 1024 * 1024;
    private const int MaxByHand = 40;

    public bool Runs(ScriptLanguage language) => language is ScriptLanguage.Vba or ScriptLanguage.VbScript;

    public void Run(ScriptSource script, BehaviourLog log)
    {
        var source = script.Source.Length > MaxSource ? script.Source[..MaxSource] : script.Source;
        var machine = new WindowsMachine(log);
        var interpreter = new BasicInterpreter(machine, Parse(source, log), script);
        interpreter.RunModule();
        if (script.Language == ScriptLanguage.Vba)
            RunMacros(script, interpreter, log);
        else
            foreach (var name in (ReadOnlySpan<string>)["window_onload", "window_onbeforeunload", "main_onload"])
                if (interpreter.Program.Procedures.ContainsKey(name))
                    interpreter.Call(name, []);
        machine.Finish();
        if (script.Where != ByHand)
            LastLook.At(source, log);
    }

    public static BasicProgram Parse(string source, BehaviourLog log)
    {
        log.Budget.TakeSteps(1 + (source.Length / 64));
        return new BasicParser(new BasicLexer(source).Read(), () => log.Budget.TakeSteps(1)).Parse();
    }

    private static void RunMacros(ScriptSource script, BasicInterpreter interpreter, BehaviourLog log)
    {
        var procedures = interpreter.Program.Procedures.Values.Distinct().ToList();
        var automatic = procedures.Where(procedure => VbaAutoRun.Is(procedure.Name)).ToList();
        if (script.Where == ByHand)
        {
            foreach (var procedure in procedures.Where(procedure => procedure.Parameters.Count == 0 && !VbaAutoRun.Is(procedure.Name)).Take(MaxByHand))
                interpreter.Call(procedure, [], null);
            return;
        }

        foreach (var procedure in automatic.Take(MaxByHand))
            interpreter.Call(procedure, [], null);
        if (procedures.Count > automatic.Count)
            log.Layer(script with { Where = ByHand, Source = script.Source + "\r\n" });
    }
}
