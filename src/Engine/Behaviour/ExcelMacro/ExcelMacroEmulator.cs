using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.ExcelMacro;

/// <summary>
/// Excel 4.0 macros: a macro sheet is a program whose cells are run down a column, each a formula with side effects ([MS-XLS] 2.5.198
/// lists the functions; the Function Reference of Excel 4.0 tells what they do). GOTO and RUN move on, RETURN and HALT end; FORMULA and
/// SET.VALUE write cells, code among them; EXEC starts programs, CALL and REGISTER reach into libraries. It begins where the
/// defined name Auto_Open points; cells that no flow reaches are run after it, one by one. One formula a line: <c>sheet!cell: =FORMULA</c>.
/// </summary>
internal sealed class ExcelMacroEmulator : IEmulator
{
    private const int MaxSource = 2 * 1024 * 1024;

    public bool Runs(ScriptLanguage language) => language is ScriptLanguage.ExcelMacro;

    public void Run(ScriptSource script, BehaviourLog log)
    {
        var source = script.Source.Length > MaxSource ? script.Source[..MaxSource] : script.Source;
        var machine = new WindowsMachine(log);
        var interpreter = new XlmInterpreter(machine, XlmBook.Read(source, DocumentValues.Parse(script.Page)));
        interpreter.RunAll();
        machine.Finish();
        LastLook.At(source, log);
    }
}
