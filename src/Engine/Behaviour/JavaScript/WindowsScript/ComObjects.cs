using Jint.Native;

namespace Platform.Engine.Behaviour.JavaScript.WindowsScript;

/// <summary>Makes automation objects by the name or class id under which they are registered.</summary>
internal static class ComObjects
{
    private static readonly Dictionary<string, string> ByClassId = new(StringComparer.OrdinalIgnoreCase)
    {
        ["72C24DD5-D70A-438B-8A42-98424B88AFB8"] = "wscript.shell",
        ["F935DC22-1CF0-11D0-ADB9-00C04FD58A0B"] = "wscript.shell",
        ["13709620-C279-11CE-A49E-444553540000"] = "shell.application",
        ["9BA05972-F6A8-11CF-A442-00A0C90A8F39"] = "shellwindows",
        ["C08AFD90-F2A1-11D1-8455-00A0C91F3880"] = "shellwindows",
        ["0D43FE01-F093-11CF-8940-00A0C9054228"] = "scripting.filesystemobject",
        ["00000566-0000-0010-8000-00AA006D2EA4"] = "adodb.stream",
        ["88D96A0A-F192-11D4-A65F-0040963251E5"] = "msxml2.xmlhttp",
        ["2087C2F4-2CEF-4953-A8AB-66779B670495"] = "winhttp.winhttprequest.5.1",
        ["0F87369F-A4E5-4CFC-BD3E-73E6154572DD"] = "schedule.service",
        ["76A6415B-CB41-11D1-8B02-00600806D9B6"] = "wbemscripting.swbemlocator",
    };

    public static ComObject Make(Machine machine, string name)
    {
        machine.World.Steps.Charge(8);
        var id = name.Trim().ToLowerInvariant();
        if (id.StartsWith("new:", StringComparison.Ordinal))
            id = id[4..];
        id = ByClassId.GetValueOrDefault(id.Replace("clsid:", "", StringComparison.Ordinal).Trim('{', '}', ' '), id);
        return id switch
        {
            _ when id.StartsWith("wscript.shell", StringComparison.Ordinal) => new ShellObject(machine),
            _ when id.StartsWith("shell.application", StringComparison.Ordinal) || id == "shellwindows" => new ShellApplication(machine),
            _ when id.StartsWith("scripting.filesystemobject", StringComparison.Ordinal) => new FileSystemObject(machine),
            _ when id.StartsWith("scripting.dictionary", StringComparison.Ordinal) => new DictionaryObject(machine),
            _ when id.StartsWith("adodb.stream", StringComparison.Ordinal) => new StreamObject(machine),
            _ when id.Contains("xmlhttp", StringComparison.Ordinal) || id.Contains("winhttp", StringComparison.Ordinal) => new HttpObject(machine),
            _ when id.Contains("domdocument", StringComparison.Ordinal) || id.StartsWith("microsoft.xmldom", StringComparison.Ordinal) || id == "msxml.domdocument" => new XmlObject(machine),
            _ when id.StartsWith("wbemscripting", StringComparison.Ordinal) => new WmiObject(machine),
            _ when id.StartsWith("schedule.service", StringComparison.Ordinal) => new SchedulerObject(machine),
            _ when id.Contains("scriptcontrol", StringComparison.Ordinal) => new ScriptControlObject(machine),
            _ when id.StartsWith("htmlfile", StringComparison.Ordinal) => new HtmlFileObject(machine),
            _ when id.StartsWith("wscript.network", StringComparison.Ordinal) => new NetworkObject(machine),
            _ when id.StartsWith("internetexplorer.application", StringComparison.Ordinal) => new BrowserObject(machine),
            _ when id.Contains("binaryformatter", StringComparison.Ordinal) => new FormatterObject(machine),
            _ when id.EndsWith(".application", StringComparison.Ordinal) => new OfficeObject(machine, name),
            _ => new ComObject(machine, name),
        };
    }

    public static ComObject Get(Machine machine, string moniker, string name)
    {
        var lower = moniker.Trim().ToLowerInvariant();
        if (lower.StartsWith("winmgmts:", StringComparison.Ordinal))
            return new WmiObject(machine).At(moniker);
        if (lower.StartsWith("script:", StringComparison.Ordinal) || lower.StartsWith("scriptlet:", StringComparison.Ordinal))
        {
            var address = moniker[(moniker.IndexOf(':', StringComparison.Ordinal) + 1)..];
            machine.Fetch(address);
            machine.World.Did(BehaviourKind.Execute, "T1218.010", moniker);
            return new ComObject(machine, moniker);
        }

        return Make(machine, lower.Length > 0 ? moniker : name);
    }

    /// <summary>A text, or nothing: what COM takes for a missing argument.</summary>
    public static string Value(JsValue value) => value is OctetsObject octets ? System.Text.Encoding.Latin1.GetString(octets.Content.Span) : value.AsText();
}
