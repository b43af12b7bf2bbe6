using System.Text;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>
/// Texts that change the machine when opened: <c>.reg</c> (registry file: keys in brackets, values below) and <c>.inf</c> (setup
/// information, whose sections register libraries and run commands). What they would do is handed on as the commands of the
/// same effect.
/// </summary>
internal sealed class SetupTextReader : IFileReader
{
    private const int MaxCommands = 60;

    // Keys that start something by themselves (ATT&CK T1547.001, T1546) or hold the locks of the machine (T1562.001).
    private static readonly string[] Starting = [@"\CurrentVersion\Run", @"\Winlogon", @"\Image File Execution Options", @"\shell\open\command", @"\Active Setup\", @"\CurrentVersion\Policies\Explorer\Run", @"\Services\", @"\AppInit_DLLs", @"\InprocServer32", @"\ms-settings\"];
    private static readonly string[] Locks = [@"\Windows Defender", @"\Policies\System", @"\SystemRestore", @"\SafeBoot", @"\Security Center", @"\WindowsFirewall"];

    public bool Reads(MailAttachment file) => file.Type.Id == "reg" || FileTypes.Extension(file.FileName) is "reg" or "inf";

    public void Read(MailAttachment file, FileContents contents)
    {
        var text = SmallText.Of(file);
        var script = new StringBuilder();
        if (FileTypes.Extension(file.FileName) == "inf")
            ReadInformation(text, script, contents);
        else
            ReadRegistry(text, script, contents);
        if (script.Length > 0)
            contents.Script(new ScriptSource(ScriptLanguage.Batch, ScriptHost.Shell, script.ToString(), "settings"));
    }

    private static void ReadRegistry(string text, StringBuilder script, FileContents contents)
    {
        var count = 0;
        foreach (var (key, name, value) in SmallText.Settings(text))
        {
            if (name.Length == 0 || count >= MaxCommands)
                continue;
            var id = Array.Exists(Starting, part => key.Contains(part, StringComparison.OrdinalIgnoreCase)) ? "registry-autostart"
                : Array.Exists(Locks, part => key.Contains(part, StringComparison.OrdinalIgnoreCase)) ? "registry-lock" : null;
            if (id is null)
                continue;
            count++;
            var data = Value(value);
            contents.Fact(id, key, $"{name.Trim('"')}={data}");
            script.Append("reg add \"").Append(Short(key)).Append("\" /v ").Append(name == "@" ? "\"\"" : $"\"{name.Trim('"')}\"").Append(" /d \"").Append(data.Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\" /f\r\n");
        }
    }

    private static void ReadInformation(string text, StringBuilder script, FileContents contents)
    {
        var count = 0;
        foreach (var (section, key, value) in SmallText.Settings(text))
        {
            if (count >= MaxCommands)
                return;
            var line = key.Length == 0 ? value : $"{key}={value}";
            if (section.StartsWith("autorun", StringComparison.OrdinalIgnoreCase) ? key.ToUpperInvariant() is "OPEN" or "SHELLEXECUTE" or @"SHELL\OPEN\COMMAND"
                : CommandLine.IsInterpreted(line) || line.Contains("scrobj.dll", StringComparison.OrdinalIgnoreCase) || line.Contains("://", StringComparison.Ordinal) && line.Contains(".dll", StringComparison.OrdinalIgnoreCase))
            {
                count++;
                var command = key.Length == 0 || section.StartsWith("autorun", StringComparison.OrdinalIgnoreCase) ? value : line;
                contents.Fact("shortcut-command", section, command);
                script.Append(command).Append("\r\n");
            }
        }
    }

    private static string Value(string written) => written.Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);

    private static string Short(string key) => key
        .Replace("HKEY_CURRENT_USER", "HKCU", StringComparison.OrdinalIgnoreCase)
        .Replace("HKEY_LOCAL_MACHINE", "HKLM", StringComparison.OrdinalIgnoreCase);
}
