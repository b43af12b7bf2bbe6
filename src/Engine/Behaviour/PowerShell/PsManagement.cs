using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Windows Management Instrumentation: classes, their instances and methods.</summary>
internal static class PsManagement
{
    public static PsObject Instance(string text)
    {
        var lower = text.ToLowerInvariant();
        var at = lower.IndexOf("win32_", StringComparison.Ordinal);
        var name = at < 0 ? lower : lower[at..];
        var end = name.IndexOfAny([' ', '.', ':', '\'', '"']);
        return PsCasts.Named("wmi", end < 0 ? name : name[..end]);
    }

    public static object? Call(PsObject item, string method, List<object?> arguments, PsInterpreter interpreter)
    {
        var name = item.Field("value");
        if (method is "create" && name.StartsWith("win32_process", StringComparison.Ordinal) && arguments.Count > 0)
        {
            interpreter.Log.Did(BehaviourKind.Execute, "T1047", PsValues.Text(arguments[0]));
            interpreter.Machine.RunFromShell(PsValues.Text(arguments[0]));
        }
        else if (method is "delete" or "delete_")
        {
            Deleted(item, interpreter);
        }
        else if (method is "stopservice" or "changestartmode" && ProgramTable.IsProtection(name))
        {
            interpreter.Log.Did(BehaviourKind.DisableDefence, "T1562.001", name);
        }

        return PsUnknown.Value;
    }

    public static void Deleted(object? item, PsInterpreter interpreter)
    {
        if (item is PsObject { Kind: "wmi" } instance && instance.Field("value").StartsWith("win32_shadowcopy", StringComparison.Ordinal))
            interpreter.Log.Did(BehaviourKind.DeleteShadowCopies, "T1490", "Win32_ShadowCopy.Delete");
    }
}
