namespace Platform.Engine.Behaviour.Batch;

/// <summary>Programs that change settings of the machine: registry, tasks, rights.</summary>
internal static class ProgramSettings
{
    public static void Run(ProgramCall call, Action<string> runProgram)
    {
        switch (call.Name)
        {
            case "reg":
                Registry(call);
                break;
            case "schtasks":
                if (call.After("/tr") is { } task)
                    runProgram(task.Trim('\''));
                break;
            case "icacls" or "cacls":
                if (call.Arguments.Contains("Everyone:", StringComparison.OrdinalIgnoreCase) && call.Words.Exists(word => word.Length is 2 or 3 && word.EndsWith(':') || word.EndsWith(@":\", StringComparison.Ordinal) || word.EndsWith(@":\*", StringComparison.Ordinal)))
                    call.Log.Did(BehaviourKind.DisableDefence, "T1222.001", call.Line);
                break;
            case "wmic":
                if (call.Arguments.IndexOf("create", StringComparison.OrdinalIgnoreCase) is > 0 and var at && call.Arguments.Contains("process", StringComparison.OrdinalIgnoreCase))
                    runProgram(call.Arguments[(at + 6)..].Trim().Trim('"', '\'', '(', ')'));
                break;
        }
    }

    private static void Registry(ProgramCall call)
    {
        if (call.Words.Count < 2 || !call.Words[0].Equals("add", StringComparison.OrdinalIgnoreCase))
            return;
        call.Machine.SetRegistry(call.Words[1], call.After("/v") ?? (call.Has("/ve") ? "(default)" : ""), call.After("/d") ?? "");
    }
}
