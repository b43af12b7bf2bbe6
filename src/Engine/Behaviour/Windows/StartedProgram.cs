namespace Platform.Engine.Behaviour.Windows;

/// <summary>How much it says that a command line is started.</summary>
internal static class StartedProgram
{
    /// <summary>
    /// <see cref="BehaviourKind.Start"/> for what people open and for programs of the system, whose arguments the shell's
    /// emulator reads; <see cref="BehaviourKind.Execute"/> for unknown programs and those in folders where anybody may write.
    /// </summary>
    public static BehaviourKind KindOf(string commandLine)
    {
        var (program, _) = CommandLine.Split(WindowsEnvironment.Expand(commandLine));
        if (WindowsPaths.IsAddress(program) || program.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || program.StartsWith("ms-", StringComparison.OrdinalIgnoreCase))
            return BehaviourKind.Start;
        if (IsInUnsafePlace(program))
            return BehaviourKind.Execute;
        var name = CommandLine.BaseName(program);
        if (name.Length == 0 || ProgramTable.Knows(name) || !WindowsPaths.IsRunnable(program) && WindowsPaths.Extension(program).Length > 0)
            return BehaviourKind.Start;
        return program.Contains(@":\Program Files", StringComparison.OrdinalIgnoreCase) || program.Contains(@"\system32\", StringComparison.OrdinalIgnoreCase) || program.StartsWith(@"\\", StringComparison.Ordinal)
            ? BehaviourKind.Start
            : BehaviourKind.Execute;
    }

    /// <summary>A program or script in a folder where any program may write, or on a foreign machine; companions in the script's own folder are not.</summary>
    public static bool IsInUnsafePlace(string program) =>
        !program.StartsWith(@"C:\Users\user\Downloads\", StringComparison.OrdinalIgnoreCase) && (WindowsPaths.IsRunnable(program) || WindowsPaths.Extension(program).Length == 0 || WindowsPaths.Extension(program) is "tmp" or "dat" or "txt" or "log" or "jpg" or "png") &&
        (WindowsPaths.IsRemote(program) || WindowsPaths.IsWritable(program) && (WindowsPaths.IsRunnable(program) || WindowsPaths.Extension(program) is "tmp" or "dat" or ""));
}
