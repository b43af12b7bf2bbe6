using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>Copying, moving and renaming.</summary>
internal static class BatchFiles
{
    public static void Copy(string rest, WindowsMachine machine)
    {
        string[] names = [.. CommandLine.Arguments(rest).Where(word => word.Length > 0 && (word[0] != '/' || word.Contains('\\', StringComparison.Ordinal)))];
        if (names.Length < 2)
            return;
        var (from, to) = (names[0], names[^1]);
        if (WindowsPaths.IsRemote(from))
            machine.Fetched(from, to);
        else
            machine.Copied(from, to);
    }
}
