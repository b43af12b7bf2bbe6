using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Files by statements of the language: <c>Open path For Binary As #1</c>, <c>Put #1, , data</c>.</summary>
internal static class BasicFileStatements
{
    public static void Run(BasicFile statement, BasicInterpreter interpreter)
    {
        var values = statement.Operands.Select(operand => BasicOperators.Value(interpreter.Evaluate(operand))).ToList();
        var machine = interpreter.Machine;
        var first = values.Count > 0 ? BasicValues.Text(values[0]) : "";
        switch (statement.Verb)
        {
            case "open" when values.Count > 1:
                interpreter.Files[BasicValues.Number(values[1])] = first;
                if (statement.Mode is "output" or "binary" or "append")
                    machine.ChangedPersonal(first);
                if (statement.Mode is "input" && WindowsMachine.IsUserFile(first))
                    machine.ReadMachine(first);
                break;
            case "print" or "write" or "put" when values.Count > 1 && interpreter.Files.TryGetValue(BasicValues.Number(values[0]), out var path):
                if (values[^1] is BasicRemote remote)
                    machine.Fetched(remote.Address, path);
                else if (values[^1] is BasicArray)
                    machine.Wrote(path, BasicValues.Octets(values[^1]));
                else if (BasicValues.Text(values[^1]) is var text && text.StartsWith("MZ", StringComparison.Ordinal))
                    machine.Wrote(path, Encoding.Latin1.GetBytes(text));
                else
                    machine.Append(path, string.Concat(values.Skip(1).Select(BasicValues.Text)) + (statement.Verb == "put" ? "" : "\r\n"), anew: false);
                break;
            case "filecopy" or "name" when values.Count > 1:
                machine.ChangedPersonal(first);
                machine.Copied(first, BasicValues.Text(values[1]));
                break;
            case "kill":
                machine.ChangedPersonal(first);
                break;
        }
    }
}
