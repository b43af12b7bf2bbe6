using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Files as <c>[IO.File]</c> and the cmdlets treat them.</summary>
internal static class PsFileCalls
{
    private static readonly string[] Secrets = [@"\login data", @"\cookies", "wallet", @"\.ssh\", "id_rsa", ".kdbx", "key4.db", "logins.json", @"\sam", "ntds.dit", @"\local state"];

    public static object? Call(string name, List<object?> arguments, PsInterpreter interpreter)
    {
        var path = arguments.Count > 0 ? PsValues.Text(arguments[0]) : "";
        var second = arguments.Count > 1 ? arguments[1] : null;
        switch (name)
        {
            case "writeallbytes" or "writealltext" or "writealllines":
                Write(path, second, interpreter);
                return null;
            case "appendalltext":
                interpreter.Machine.Append(path, PsValues.WholeText(second, interpreter.Log), anew: false);
                return null;
            case "readallbytes" or "readalltext" or "readalllines" or "openread" or "readlines":
                return Read(path, name is "readallbytes", interpreter);
            case "copy":
                interpreter.Machine.Copied(path, PsValues.Text(second));
                return null;
            case "move":
                interpreter.Machine.ChangedPersonal(path);
                interpreter.Machine.Copied(path, PsValues.Text(second));
                return null;
            case "delete" or "openwrite" or "create" or "open":
                if (name != "delete")
                    interpreter.Machine.ChangedPersonal(path);
                return PsCasts.Named("filestream", path);
            case "exists":
                return interpreter.Machine.IsBrought(path) ? true : PsUnknown.Value;
            default:
                return PsUnknown.Value;
        }
    }

    public static void Write(string path, object? content, PsInterpreter interpreter)
    {
        interpreter.Machine.ChangedPersonal(path);
        if (content is PsRemote remote)
        {
            interpreter.Machine.Fetched(remote.Address, path);
            return;
        }

        if (content is string or List<object?> { Count: > 0 } && content is string || content is List<object?> lines && lines.Exists(line => line is string))
        {
            var text = content is List<object?> list ? PsValues.Joined(list, "\r\n", interpreter.Log) : (string)content;
            interpreter.Machine.Append(path, text, anew: true);
            if (text.StartsWith("MZ", StringComparison.Ordinal))
                interpreter.Machine.Wrote(path, Encoding.Latin1.GetBytes(text));
            return;
        }

        interpreter.Machine.Wrote(path, PsValues.Octets(content) ?? []);
    }

    public static object? Read(string path, bool octets, PsInterpreter interpreter)
    {
        if (interpreter.Machine.TextOf(path) is { } text)
            return octets ? Encoding.UTF8.GetBytes(text) : text;
        var lower = path.ToLowerInvariant();
        if (WindowsMachine.IsUserFile(path) || Secrets.Any(secret => lower.Contains(secret, StringComparison.Ordinal)))
        {
            interpreter.Machine.ReadMachine(path);
            return octets ? Encoding.ASCII.GetBytes($"content of {path}") : $"content of {path}";
        }

        return PsUnknown.Value;
    }
}
