using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>
/// Arguments of powershell.exe: any beginning of a parameter's name will do (<c>-e</c>, <c>-enc</c>, <c>/EncodedComm</c>), behind a
/// hyphen, a slash or one of the longer dashes; the last of them takes the rest of the line as code.
/// </summary>
internal static class PowerShellArguments
{
    private const int MaxWords = 200;

    private static readonly string[] WithValue = ["version", "psconsolefile", "inputformat", "outputformat", "windowstyle", "executionpolicy", "configurationname", "workingdirectory", "custompipename", "settingsfile"];
    private static readonly string[] Switches = ["nologo", "noexit", "sta", "mta", "noprofile", "noninteractive", "login", "help", "interactive", "ec"];

    public static void Run(string arguments, string line, WindowsMachine machine)
    {
        var (text, hidden) = (arguments.Trim(), false);
        for (var count = 0; text.Length > 0 && count < MaxWords; count++)
        {
            var (word, rest) = Cut(text);
            if (word.Length < 2 || !IsDash(word[0]))
            {
                // Without a parameter the rest is code; PowerShell 7 takes a file.
                if (WindowsPaths.Extension(word) is "ps1")
                    File(word, line, machine);
                else
                    Command(text, line, hidden, machine);
                return;
            }

            var name = word[1..].TrimStart('-').ToLowerInvariant();
            if (IsPrefix(name, "encodedcommand", 1) || name == "ec")
            {
                var (code, more) = Cut(rest);
                Encoded(code, line, machine);
                text = more;
                continue;
            }

            if (IsPrefix(name, "command", 1))
            {
                Command(rest, line, hidden, machine);
                return;
            }

            if (IsPrefix(name, "file", 1))
            {
                File(Cut(rest).Word, line, machine);
                return;
            }

            if (!Switches.Any(option => IsPrefix(name, option, 3)) && WithValue.Any(option => IsPrefix(name, option, 1) || name is "ep" or "ex" or "exec" or "w" or "wd"))
            {
                var (value, more) = Cut(rest);
                hidden |= IsPrefix(name, "windowstyle", 1) && value.Trim('\'', '"').ToLowerInvariant() is "hidden" or "1" or "h" or "hid" or "hidd" or "hi" or "hidde";
                text = more;
                continue;
            }

            text = rest;
        }
    }

    public static void RunScript(string code, WindowsMachine machine)
    {
        if (code.Length > 0)
            machine.Log.Layer(new ScriptSource(ScriptLanguage.PowerShell, ScriptHost.Shell, code, "powershell"));
    }

    private static void Encoded(string word, string line, WindowsMachine machine)
    {
        if (Decoded.Base64(word.Trim('"', '\'')) is not { Length: > 1 } content)
            return;
        machine.Log.Did(BehaviourKind.Execute, "T1027.010", line);
        machine.Log.Layer(new ScriptSource(ScriptLanguage.PowerShell, ScriptHost.Shell, Encoding.Unicode.GetString(content), "encoded command"));
    }

    private static void Command(string rest, string line, bool hidden, WindowsMachine machine)
    {
        var code = rest.Trim();
        if (code.Length > 1 && code[0] == '"')
        {
            // The C run-time takes the quotation marks away and \" for one of them.
            code = string.Join(' ', CommandLine.Arguments(code));
        }
        else if (code.Contains('"', StringComparison.Ordinal) && !code.Contains("\\\"", StringComparison.Ordinal))
        {
            code = code.Replace("\"", "", StringComparison.Ordinal);
        }
        else
        {
            code = code.Replace("\\\"", "\"", StringComparison.Ordinal);
        }

        if (code.Trim() is "" or "-")
            return;
        if (hidden)
            machine.Log.Did(BehaviourKind.Execute, "T1564.003", line);
        RunScript(code, machine);
    }

    private static void File(string path, string line, WindowsMachine machine)
    {
        if (machine.IsBrought(path) || StartedProgram.IsInUnsafePlace(path))
            machine.Log.Did(BehaviourKind.Execute, "T1059.001", line);
        if (WindowsPaths.IsRemote(path))
            machine.Fetched(path);
    }

    private static bool IsPrefix(string name, string option, int least) => name.Length >= least && option.StartsWith(name, StringComparison.Ordinal);

    private static bool IsDash(char c) => c is '-' or '/' or '\u2013' or '\u2014' or '\u2015' or '\u2212';

    private static (string Word, string Tail) Cut(string text)
    {
        var start = text.TrimStart();
        if (start.Length == 0)
            return (" ", "");
        var quoted = false;
        for (var at = 0; at < start.Length; at++)
        {
            if (start[at] == '"')
                quoted = !quoted;
            else if (!quoted && char.IsWhiteSpace(start[at]))
                return (start[..at].Replace("\"", "", StringComparison.Ordinal), start[at..].Trim());
        }

        var word = start.Replace("\"", "", StringComparison.Ordinal);
        return (word.Length == 0 ? " " : word, "");
    }
}
