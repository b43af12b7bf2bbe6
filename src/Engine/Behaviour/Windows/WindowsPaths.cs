using System.Collections.Frozen;

namespace Platform.Engine.Behaviour.Windows;

/// <summary>What the path of a file says about it.</summary>
internal static class WindowsPaths
{
    private static readonly FrozenSet<string> Runnable = Set("exe", "dll", "scr", "com", "pif", "cpl", "msi", "msp", "ocx", "sys", "xll", "jar", "js", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "psm1", "bat", "cmd", "sct", "wsc", "lnk", "url", "inf", "reg", "csproj", "msc", "chm", "py");
    private static readonly FrozenSet<string> Programs = Set("exe", "scr", "com", "pif", "cpl", "msi", "js", "jse", "vbs", "vbe", "wsf", "hta", "ps1", "bat", "cmd", "lnk", "jar", "dll");
    private static readonly FrozenSet<string> Personal = Set("doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "jpg", "png", "txt", "csv", "zip", "bak", "sql", "mdb", "pst");
    private static readonly string[] Writable = [@"\appdata\", @"\temp\", @"\tmp\", @"\users\public\", @"\programdata\", @"\downloads\", @"\perflogs\", @"\$recycle", @"\users\user\", "%temp%", "%appdata%", "%localappdata%", "%public%", "%programdata%", "%tmp%", "%userprofile%", "$env:temp", "$env:appdata", "$env:public"];

    public static string Extension(string path)
    {
        var trimmed = path.Trim().Trim('"', '\'').TrimEnd(' ', '.');
        var dot = trimmed.LastIndexOf('.');
        return dot < 0 || trimmed.Length - dot > 12 || trimmed.AsSpan(dot).ContainsAny('\\', '/') ? "" : trimmed[(dot + 1)..].ToLowerInvariant();
    }

    /// <summary>File name without folders, lower-case: the key by which a file is found again.</summary>
    public static string NameOf(string path)
    {
        var name = path.Trim().Trim('"', '\'').ToLowerInvariant();
        return name[(name.LastIndexOfAny(['\\', '/']) + 1)..];
    }

    /// <summary>Runs, or is loaded by what runs.</summary>
    public static bool IsRunnable(string path) => Runnable.Contains(Extension(path));

    public static bool IsProgram(string path) => Programs.Contains(Extension(path));

    /// <summary>What people make and keep.</summary>
    public static bool IsPersonal(string path) => Personal.Contains(Extension(path));

    /// <summary>A folder into which any program may write, and from which installed programs are not started.</summary>
    public static bool IsWritable(string path)
    {
        var lower = path.ToLowerInvariant().Replace('/', '\\');
        return Writable.Any(folder => lower.Contains(folder, StringComparison.Ordinal));
    }

    public static bool IsStartUp(string path) =>
        path.Contains(@"\Start Menu\Programs\Startup", StringComparison.OrdinalIgnoreCase) || path.Contains(@"\XLSTART\", StringComparison.OrdinalIgnoreCase)
        || path.Contains(@"\Word\STARTUP\", StringComparison.OrdinalIgnoreCase);

    public static bool IsAddress(string text)
    {
        var start = text.AsSpan().TrimStart(" \"'");
        return start.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || start.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || start.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A path on another machine, outside of the own network: <c>\\host.example\share</c>, <c>\\host@SSL\DavWWWRoot</c>.</summary>
    public static bool IsRemote(string path)
    {
        var text = path.Trim().Trim('"', '\'');
        if (!text.StartsWith(@"\\", StringComparison.Ordinal) || text.StartsWith(@"\\.\", StringComparison.Ordinal) || text.StartsWith(@"\\?\", StringComparison.Ordinal))
            return false;
        var end = text.IndexOf('\\', 2);
        var host = end < 0 ? text[2..] : text[2..end];
        return host.Contains('@', StringComparison.Ordinal) || host.Contains('.', StringComparison.Ordinal) && !host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) && !host.EndsWith(".lan", StringComparison.OrdinalIgnoreCase)
            && !host.StartsWith("10.", StringComparison.Ordinal) && !host.StartsWith("192.168.", StringComparison.Ordinal);
    }

    private static FrozenSet<string> Set(params IEnumerable<string> names) => names.ToFrozenSet(StringComparer.Ordinal);
}
