using System.Collections.Frozen;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>What a command line starts. Nothing is run; only the name of its program is looked at.</summary>
internal static class CommandLine
{
    // Programs of Windows and Unix that run or fetch what their arguments say (ATT&CK T1059, T1218, T1105).
    private static readonly FrozenSet<string> Interpreters = FrozenSet.ToFrozenSet(
    [
        "cmd", "comspec", "powershell", "powershell_ise", "pwsh", "mshta", "wscript", "cscript", "rundll32", "regsvr32", "msiexec", "certutil", "bitsadmin", "forfiles", "conhost",
        "ssh", "scp", "sftp", "curl", "wmic", "odbcconf", "hh", "pcalua", "schtasks", "msbuild", "installutil", "cmstp", "control", "ftp", "finger", "python", "pythonw", "java",
        "javaw", "node", "bash", "sh", "zsh", "wsl", "dfsvc", "scriptrunner", "syncappvpublishingserver", "infdefaultinstall", "ie4uinit", "xwizard", "tracker", "desktopimgdownldr",
        "xcopy", "robocopy", "wget", "osascript", "reg", "regasm", "regsvcs", "vssadmin", "wbadmin", "bcdedit", "net", "sc", "at", "replace", "expand", "extrac32", "esentutl",
        "makecab", "findstr", "appinstaller", "msdt", "wt", "winget", "autoit3", "autohotkey", "perl", "ruby", "php", "xterm", "gnome-terminal", "iqy", "mmc", "presentationhost",
    ],
    StringComparer.Ordinal);

    private static readonly FrozenSet<string> Started = FrozenSet.ToFrozenSet(
        ["exe", "com", "scr", "pif", "cpl", "dll", "ocx", "msi", "msp", "bat", "cmd", "js", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "jar", "lnk", "url", "application", "msc", "chm", "xll", "sct", "appref-ms", "iso", "img", "vhd"],
        StringComparer.Ordinal);

    /// <summary>File name of the program without folder and <c>.exe</c>, in lower case; empty when there is none.</summary>
    public static string ProgramOf(string commandLine)
    {
        var text = commandLine.AsSpan().Trim(" \t\r\n@\0");
        if (text.StartsWith("\""))
        {
            var close = text[1..].IndexOf('"');
            text = close < 0 ? text[1..] : text[1..(close + 1)];
        }
        else if (text.IndexOf(".exe", StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            // C:\Program Files\x.exe without quotes.
            text = text[..(at + 4)];
        }
        else if (text.IndexOfAny(" \t,") is var end and >= 0)
        {
            text = text[..end];
        }

        text = text[(text.LastIndexOfAny("\\/") + 1)..].Trim(" %\"'^");
        return (text.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? text[..^4] : text).ToString().ToLowerInvariant();
    }

    /// <summary>It starts a program that does what its arguments say.</summary>
    public static bool IsInterpreted(string commandLine)
    {
        // Carets and quotes inside of a name are passed over by the shell.
        var program = ProgramOf(commandLine).Replace("^", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);
        return Interpreters.Contains(program) || Interpreters.Contains(program.TrimEnd('0', '1', '2', '3', '.'));
    }

    /// <summary>The path names a program, script or shortcut: opening it runs something.</summary>
    public static bool IsStarted(string path) => Started.Contains(FileTypes.Extension(path.Split('?', 2)[0].Trim('"', ' ')));
}
