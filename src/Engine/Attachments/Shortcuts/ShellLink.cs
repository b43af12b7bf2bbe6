namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>What a shortcut file says, as far as it was read; empty where it says nothing.</summary>
/// <param name="Target">The program, file or address it opens: of the environment block, the link information or the list of items.</param>
/// <param name="Appended">What stands after the end of the link; the shell passes over it.</param>
/// <param name="Machine">NetBIOS name of the machine that made it.</param>
internal sealed record ShellLink(
    string Target,
    string Arguments,
    string RelativePath,
    string WorkingFolder,
    string IconLocation,
    string Description,
    string Machine,
    int ShowCommand,
    ReadOnlyMemory<byte> Appended)
{
    public const int ShowMinimised = 7;

    public string CommandLine
    {
        get
        {
            var program = Target.Length > 0 ? Target : RelativePath;
            return Arguments.Length == 0 ? program : $"{(program.Contains(' ', StringComparison.Ordinal) ? $"\"{program}\"" : program)} {Arguments}";
        }
    }
}
