using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>COM objects in PowerShell.</summary>
internal sealed class PsComCalls(PsInterpreter interpreter)
{
    private WindowsMachine Machine => interpreter.Machine;

    public object? Call(PsObject item, string name, List<object?> arguments)
    {
        var words = arguments.Select(argument => PsValues.Text(argument)).ToList();
        var first = words.Count > 0 ? words[0] : "";
        var kind = item.Kind[4..];
        switch (name)
        {
            case "run" or "exec" when kind.StartsWith("wscript.shell", StringComparison.Ordinal):
                Machine.RunFromShell(first);
                return PsUnknown.Value;
            case "regwrite" when words.Count > 1:
                Machine.SetRegistry(first, "", words[1]);
                return null;
            case "createshortcut":
                return PsCasts.Named("com:shortcut", first);
            case "save" when kind == "shortcut":
                Machine.Append(item.Field("value"), $"{item.Field("targetpath")} {item.Field("arguments")}", anew: true);
                if (WindowsPaths.IsStartUp(item.Field("value")))
                    Machine.Log.Did(BehaviourKind.Persist, "T1547.009", item.Field("value"));
                return null;
            case "shellexecute" or "open" when kind.StartsWith("shell.application", StringComparison.Ordinal):
                Machine.RunFromShell(string.Join(' ', words.Take(2)).Trim());
                return null;
            case "open" when words.Count > 1:
                (item.Fields["method"], item.Fields["value"]) = (words[0], words[1]);
                return null;
            case "send":
                if (item.Field("method").Equals("post", StringComparison.OrdinalIgnoreCase))
                    Machine.SentOut(item.Field("value"), file: false);
                else
                    Machine.Fetched(item.Field("value"));
                return null;
            case "navigate" or "navigate2":
                Machine.Fetched(first);
                return null;
            case "write" or "writetext":
                item.Data = arguments[0] is PsRemote or string ? arguments[0] : PsValues.Octets(arguments[0]);
                return null;
            case "savetofile":
                PsFileCalls.Write(first, item.Data, interpreter);
                return null;
            case "expandenvironmentstrings":
                return WindowsEnvironment.Expand(first);
            case "shellexecute" or "executeshellcommand" or "executeexcel4macro" or "ddeinitiate":
                Machine.RunFromShell(string.Join(' ', words.Take(2)).Trim());
                return null;
            default:
                return name.Contains("document", StringComparison.Ordinal) || words.Count == 0 ? item : new PsObject(item.Kind);
        }
    }
}
