using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>What opening an address of a shortcut does; the same for every kind of file that holds one.</summary>
internal static class ShortcutTarget
{
    // Schemes by which a page or shortcut makes Windows run or mount something (ATT&CK T1218, T1204.001).
    private static readonly string[] Active = ["ms-msdt:", "search-ms:", "search:", "ms-appinstaller:", "ms-officecmd:", "vbscript:", "javascript:", "jar:", "shell:", "hcp:", "applescript:", "ms-cxh:"];

    /// <summary>Puts facts, links and scripts of the target.</summary>
    /// <returns>False when it is an ordinary address or path.</returns>
    public static bool Tell(string target, string where, FileContents contents)
    {
        target = target.Trim().Trim('\0', '"');
        if (target.Length == 0)
            return false;
        if (target.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || target.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || target.StartsWith("ftp:", StringComparison.OrdinalIgnoreCase))
        {
            contents.Link(target);
            return false;
        }

        if (NetworkPlace.OutsideHostOf(target) is not null)
        {
            contents.Fact("shortcut-remote", where, target);
            return true;
        }

        if (IsActive(target))
        {
            contents.Fact(target.StartsWith("search", StringComparison.OrdinalIgnoreCase) ? "shortcut-remote" : "shortcut-command", where, target);
            contents.Link(target);
            if (target.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
                contents.Script(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Page, Uri.UnescapeDataString(target[11..]), where));
            return true;
        }

        var path = target.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? target[5..].TrimStart('/') : target;
        if (!CommandLine.IsInterpreted(path) && !CommandLine.IsStarted(path))
            return false;
        Command(path, where, contents);
        return true;
    }

    /// <summary>An address whose scheme has Windows run or mount something.</summary>
    public static bool IsActive(string address) => Array.Exists(Active, scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>A command line that opening the file runs.</summary>
    public static void Command(string commandLine, string where, FileContents contents)
    {
        contents.Fact("shortcut-command", where, commandLine);
        contents.Script(new ScriptSource(ScriptLanguage.Batch, ScriptHost.Shell, commandLine, where));
    }
}
