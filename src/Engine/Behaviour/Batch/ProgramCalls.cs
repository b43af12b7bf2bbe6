using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>What a program that is started does: by the table of programs, by what it fetches, and by what it starts in turn.</summary>
internal static class ProgramCalls
{
    /// <param name="runLine">Runs a line of cmd.exe.</param>
    /// <param name="runProgram">Starts one program with its argument string.</param>
    public static void Run(ProgramCall call, Action<string> runLine, Action<string> runProgram)
    {
        if (call.Machine.StartsBrought(call.Program, call.Arguments))
            call.Log.Did(BehaviourKind.Execute, WindowsPaths.Extension(call.Program) is "bat" or "cmd" ? "T1059.003" : "T1204.002", call.Line);
        else if (StartedProgram.IsInUnsafePlace(call.Program))
            call.Log.Did(BehaviourKind.Execute, "T1204.002", call.Line);
        if (WindowsPaths.IsRemote(call.Program))
            call.Machine.Fetched(call.Program);
        foreach (var use in ProgramTable.Find(call.Name, call.Arguments))
            call.Log.Did(use.Kind, use.Technique, call.Line);
        if (call.Name is "taskkill" or "net" or "net1" or "sc" or "wmic" or "tskill" or "pskill" && ProgramTable.IsProtection(call.Arguments) && IsEnding(call))
            call.Log.Did(BehaviourKind.DisableDefence, "T1562.001", call.Line);
        if (!ProgramFetches.Run(call) && !ProgramLaunches.Run(call, runLine, runProgram))
            ProgramSettings.Run(call, runProgram);
    }

    private static bool IsEnding(ProgramCall call) =>
        call.Name is "taskkill" or "tskill" or "pskill" || call.Words.Any(word => word.ToLowerInvariant() is "stop" or "delete" or "config" or "uninstall" or "terminate" or "pause");
}
