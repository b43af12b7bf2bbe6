namespace Platform.Engine.Behaviour.Basic;

/// <summary>Functions of Windows libraries, made known by Declare.</summary>
internal static class BasicLibraryCalls
{
    public static object? Run(BasicDeclare declared, List<object?> arguments, BasicInterpreter interpreter)
    {
        var entry = declared.Entry.ToLowerInvariant().TrimEnd('a', 'w') is { Length: > 2 } trimmed ? trimmed : declared.Entry.ToLowerInvariant();
        var words = arguments.Select(argument => BasicValues.Text(BasicOperators.Value(argument))).ToList();
        var machine = interpreter.Machine;
        switch (entry)
        {
            case "urldownloadtofile" when words.Count > 2:
                machine.Fetched(words[1], words[2]);
                return 0L;
            case "urldownloadtocachefile" when words.Count > 1:
                machine.Fetched(words[1]);
                return 0L;
            case "internetopenurl" when words.Count > 1:
                machine.Fetched(words[1]);
                return 1L;
            case "shellexecute" when words.Count > 2:
                machine.Run($"{words[2]} {(words.Count > 3 ? words[3] : "")}".Trim());
                return 33L;
            case "winexec" when words.Count > 0:
                machine.Run(words[0]);
                return 33L;
            case "createprocess" when words.Count > 1:
                machine.Run(words[0].Length > 0 ? words[0] : words[1]);
                return 1L;
            case "createthread" or "createremotethread" or "queueuserapc" or "enumwindows" or "enumsystemlanguagegroups" or "enumtimeformats" or "enumdateformats" or "settimer" or "callwindowproc" or "enumchildwindows" or "createtimerqueuetimer" or "ntcreatethreadex" or "rtlcreateuserthread" or "dispatchmessage" or "enumuilanguages" or "enumresourcetypes" or "graystring":
                if (interpreter.Program.Declares.Values.Any(other => IsMemory(other.Entry)))
                    interpreter.Log.Did(BehaviourKind.Execute, "T1055", declared.Entry);
                return 1L;
            case "virtualalloc" or "virtualallocex" or "heapalloc" or "virtualprotect":
                return 65_536L;
            case "isdebuggerpresent":
                interpreter.Log.Did(BehaviourKind.Evade, "T1622", declared.Entry);
                return 0L;
            default:
                return IsMemory(declared.Entry) ? 65_536L : BasicUnknown.Value;
        }
    }

    private static bool IsMemory(string entry) =>
        entry.StartsWith("VirtualAlloc", StringComparison.OrdinalIgnoreCase) || entry.StartsWith("HeapCreate", StringComparison.OrdinalIgnoreCase) || entry.StartsWith("WriteProcessMemory", StringComparison.OrdinalIgnoreCase)
        || entry.StartsWith("NtAllocateVirtualMemory", StringComparison.OrdinalIgnoreCase) || entry.StartsWith("VirtualProtect", StringComparison.OrdinalIgnoreCase) || entry.StartsWith("NtWriteVirtualMemory", StringComparison.OrdinalIgnoreCase);
}
