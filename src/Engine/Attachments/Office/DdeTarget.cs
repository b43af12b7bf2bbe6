namespace Platform.Engine.Attachments.Office;

/// <summary>
/// Dynamic data exchange asks a service, which is the name of a program, for a topic; Office starts the program when none answers.
/// Spreadsheets honestly ask quotation and machine services, so only services and topics of a command interpreter are told.
/// </summary>
internal static class DdeTarget
{
    private static readonly HashSet<string> Programs = new(StringComparer.OrdinalIgnoreCase)
    {
        "cmd", "powershell", "pwsh", "msexcel", "mshta", "rundll32", "regsvr32", "certutil", "wscript", "cscript", "msiexec", "bitsadmin", "wmic", "explorer", "schtasks", "installutil", "regasm", "msbuild", "forfiles", "conhost", "curl", "ftp",
    };

    private static readonly string[] Marks = [".exe", "powershell", "cmd ", "/c ", "mshta", "rundll32", "regsvr32", "certutil", "http:", "https:", @"\system32", @"\windows", "%comspec%", "%temp%", "wscript", "cscript", ".hta", ".ps1", ".bat", ".vbs"];

    public static bool StartsProgram(string service, string topic)
    {
        var name = service.Trim().Trim('\'', '"');
        var last = name[(name.LastIndexOfAny(['\\', '/']) + 1)..];
        var bare = last.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? last[..^4] : last;
        return Programs.Contains(bare) || HasMark(name) || HasMark(topic);
    }

    private static bool HasMark(string text) => Marks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
