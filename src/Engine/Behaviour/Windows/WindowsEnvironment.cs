using System.Collections.Frozen;
using System.Text;

namespace Platform.Engine.Behaviour.Windows;

/// <summary>
/// Environment variables of a typical machine. Obfuscated code cuts letters out of them (<c>%ComSpec:~-7,1%</c>,
/// <c>$env:public[13]</c>), so that values stand as Windows 10 has them, letter by letter.
/// </summary>
internal static class WindowsEnvironment
{
    public const string Temp = @"C:\Users\user\AppData\Local\Temp";
    public const string Roaming = @"C:\Users\user\AppData\Roaming";
    public const string StartUp = Roaming + @"\Microsoft\Windows\Start Menu\Programs\Startup";

    private const int MaxExpanded = 64 * 1024;

    public static FrozenDictionary<string, string> Values { get; } = new Dictionary<string, string>
    {
        ["ALLUSERSPROFILE"] = @"C:\ProgramData",
        ["APPDATA"] = Roaming,
        ["CommonProgramFiles"] = @"C:\Program Files\Common Files",
        ["CommonProgramFiles(x86)"] = @"C:\Program Files (x86)\Common Files",
        ["CommonProgramW6432"] = @"C:\Program Files\Common Files",
        ["COMPUTERNAME"] = "DESKTOP-7Q2M4KD",
        ["ComSpec"] = @"C:\WINDOWS\system32\cmd.exe",
        ["DriverData"] = @"C:\Windows\System32\Drivers\DriverData",
        ["HOMEDRIVE"] = "C:",
        ["HOMEPATH"] = @"\Users\user",
        ["LOCALAPPDATA"] = @"C:\Users\user\AppData\Local",
        ["LOGONSERVER"] = @"\\DC01",
        ["NUMBER_OF_PROCESSORS"] = "8",
        ["OneDrive"] = @"C:\Users\user\OneDrive",
        ["OS"] = "Windows_NT",
        ["Path"] = @"C:\WINDOWS\system32;C:\WINDOWS;C:\WINDOWS\System32\Wbem;C:\WINDOWS\System32\WindowsPowerShell\v1.0\;C:\WINDOWS\System32\OpenSSH\",
        ["PATHEXT"] = ".COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC",
        ["PROCESSOR_ARCHITECTURE"] = "AMD64",
        ["PROCESSOR_IDENTIFIER"] = "Intel64 Family 6 Model 140 Stepping 1, GenuineIntel",
        ["PROCESSOR_LEVEL"] = "6",
        ["PROCESSOR_REVISION"] = "8c01",
        ["ProgramData"] = @"C:\ProgramData",
        ["ProgramFiles"] = @"C:\Program Files",
        ["ProgramFiles(x86)"] = @"C:\Program Files (x86)",
        ["ProgramW6432"] = @"C:\Program Files",
        ["PSModulePath"] = @"C:\Program Files\WindowsPowerShell\Modules;C:\WINDOWS\system32\WindowsPowerShell\v1.0\Modules",
        ["PUBLIC"] = @"C:\Users\Public",
        ["SESSIONNAME"] = "Console",
        ["SystemDrive"] = "C:",
        ["SystemRoot"] = @"C:\WINDOWS",
        ["TEMP"] = Temp,
        ["TMP"] = Temp,
        ["USERDNSDOMAIN"] = "CORP.EXAMPLE",
        ["USERDOMAIN"] = "CORP",
        ["USERNAME"] = "user",
        ["USERPROFILE"] = @"C:\Users\user",
        ["windir"] = @"C:\WINDOWS",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Get(string name) => Values.GetValueOrDefault(name, "");

    /// <summary>Replaces <c>%NAME%</c> where the name is known, as ExpandEnvironmentStrings does.</summary>
    public static string Expand(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var made = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] == '%' ? text.IndexOf('%', at + 1) : -1;
            if (end > 0 && made.Length < MaxExpanded && Values.TryGetValue(text[(at + 1)..end], out var value))
            {
                made.Append(value);
                at = end + 1;
                continue;
            }

            made.Append(text[at++]);
        }

        return made.ToString();
    }
}
