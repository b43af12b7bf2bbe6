using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Objects of the system: shell, files, network, streams, management, tasks, mail.</summary>
internal sealed class BasicShellObjects(BasicInterpreter interpreter)
{
    private WindowsMachine Machine => interpreter.Machine;

    public object? Member(BasicObject item, string name, List<object?> given, List<object?> named)
    {
        var first = given.Count > 0 ? BasicValues.Text(given[0]) : "";
        return item.Kind switch
        {
            "wscript" => Host(name, first),
            "err" => name is "number" ? BasicUnknown.Value : "",
            "window" => name is "document" ? new BasicObject("document.page") : name is "close" or "moveto" or "resizeto" or "settimeout" ? BasicFunctions.None : null,
            "wscript.shell" => Shell(name, given, first),
            "shortcut" when name == "save" => SaveShortcut(item),
            "environment" => WindowsEnvironment.Get(first),
            "specialfolders" => Folder(first),
            "shell.application" or "mmc20" or "shellfolder" => Application(item, name, given, first),
            "scripting.filesystemobject" => BasicFileObjects.System(name, given, first, interpreter),
            "textstream" or "file" or "folder" => BasicFileObjects.Member(item, name, given, interpreter),
            "msxml2.xmlhttp" or "winhttp.winhttprequest" => Web(item, name, given),
            "adodb.stream" => Stream(item, name, given),
            "msxml2.domdocument" => name is "createelement" or "documentelement" ? new BasicObject("node") : null,
            "node" => Node(item, name),
            "encoding" => name.StartsWith("get", StringComparison.Ordinal) && given.Count > 0 ? given[0] : null,
            "scripting.dictionary" => Dictionary(item, name, given, first),
            "winmgmts" or "wmi" => Management(item, name, given, first),
            "schedule.service" or "task" or "taskfolder" or "action" => Schedule(item, name, given, first),
            "outlook.application" or "mail" or "mailfolder" or "addresses" or "address" or "attachments" or "namespace" => BasicMailObjects.Member(item, name, given, interpreter),
            "internetexplorer" when name is "navigate" or "navigate2" => Fetched(first),
            "scriptcontrol" when name is "eval" or "executestatement" or "addcode" or "run" => Made(item, first),
            "cipher" => name is "createencryptor" or "createencryptor_2" ? Cipher(item) : name.StartsWith("createdecryptor", StringComparison.Ordinal) ? item : BasicUnknown.Value,
            _ => null,
        };
    }

    /// <summary>A property was set.</summary>
    public void Assigned(BasicObject item, string name, List<object?> arguments, object? value)
    {
        if (item.Kind == "action" && name is "path" or "arguments")
            Machine.RunFromShell($"{(name == "path" ? BasicValues.Text(value) : item.Field("path"))} {(name == "arguments" ? BasicValues.Text(value) : "")}".Trim());
        if (item.Kind == "node" && name is "text" or "nodetypedvalue")
            item.Fields["written"] = name;
    }

    public static BasicObject FileOf(string path)
    {
        var made = new BasicObject("file");
        (made.Fields["value"], made.Fields["path"], made.Fields["name"]) = (path, path, path[(path.LastIndexOf('\\') + 1)..]);
        return made;
    }

    private object? Host(string name, string first) => name switch
    {
        "createobject" or "getobject" => new BasicObjects(interpreter).Make(first, name == "getobject"),
        "scriptfullname" => $@"C:\Users\user\Downloads\{(interpreter.Script.FileName.Length > 0 ? interpreter.Script.FileName : "script.vbs")}",
        "scriptname" => interpreter.Script.FileName.Length > 0 ? interpreter.Script.FileName : "script.vbs",
        "quit" or "sleep" or "echo" => BasicFunctions.None,
        "arguments" => new BasicObject("arguments"),
        "version" => "5.812",
        _ => BasicUnknown.Value,
    };

    private object? Shell(string name, List<object?> given, string first)
    {
        switch (name)
        {
            case "run" or "exec":
                Machine.Run(first);
                if (given.Count > 0 && given[0] is BasicRemote remote)
                    Machine.Log.Did(BehaviourKind.Execute, "T1059", remote.Address);
                return name == "exec" ? BasicUnknown.Value : 0L;
            case "regwrite":
                Machine.SetRegistry(first, "", given.Count > 1 ? BasicValues.Text(given[1]) : "");
                return BasicFunctions.None;
            case "expandenvironmentstrings":
                return WindowsEnvironment.Expand(first);
            case "environment":
                return new BasicObject("environment");
            case "specialfolders":
                return given.Count > 0 ? Folder(first) : new BasicObject("specialfolders");
            case "createshortcut":
                var made = new BasicObject("shortcut");
                made.Fields["file"] = first;
                return made;
            case "currentdirectory":
                return @"C:\Users\user\Downloads";
            default:
                return BasicUnknown.Value;
        }
    }

    private static string Folder(string name) => name.ToLowerInvariant() switch
    {
        "startup" or "allusersstartup" => WindowsEnvironment.StartUp,
        "desktop" => @"C:\Users\user\Desktop",
        "appdata" => WindowsEnvironment.Roaming,
        _ => @"C:\Users\user\Documents",
    };

    private object SaveShortcut(BasicObject item)
    {
        var file = item.Field("file");
        Machine.Append(file, $"{item.Field("targetpath")} {item.Field("arguments")}", anew: true);
        return BasicFunctions.None;
    }

    private object? Application(BasicObject item, string name, List<object?> given, string first)
    {
        switch (name)
        {
            case "shellexecute" or "open" or "explore" or "shellexecutew":
                Machine.Run($"{first} {(given.Count > 1 ? BasicValues.Text(given[1]) : "")}".Trim());
                return BasicFunctions.None;
            case "executeshellcommand":
                Machine.Run($"{first} {(given.Count > 2 ? BasicValues.Text(given[2]) : "")}".Trim());
                return BasicFunctions.None;
            case "namespace":
                var folder = new BasicObject("shellfolder");
                folder.Fields["path"] = first;
                return folder;
            case "copyhere" or "movehere":
                // Unpacking what was brought brings what is in it.
                if (Machine.IsBrought(first))
                    Machine.Bring(item.Field("path"));
                return BasicFunctions.None;
            default:
                return item;
        }
    }

    private object? Web(BasicObject item, string name, List<object?> given)
    {
        switch (name)
        {
            case "open" when given.Count > 1:
                (item.Fields["method"], item.Fields["address"]) = (BasicValues.Text(given[0]), BasicValues.Text(given[1]));
                return BasicFunctions.None;
            case "send":
                if (item.Field("method").Equals("post", StringComparison.OrdinalIgnoreCase) && given.Count > 0)
                    Machine.SentOut(item.Field("address"), given[0] is BasicObject);
                else
                    Machine.Fetched(item.Field("address"));
                return BasicFunctions.None;
            case "responsetext" or "responsebody" or "responsestream":
                return new BasicRemote(item.Field("address"));
            case "status":
                return 200L;
            case "readystate":
                return 4L;
            default:
                return BasicFunctions.None;
        }
    }

    private object? Stream(BasicObject item, string name, List<object?> given)
    {
        switch (name)
        {
            case "write" or "writetext" when given.Count > 0:
                item.Fields["data"] = item.Fields.GetValueOrDefault("data") is string before && given[0] is string more && BuiltText.Sum(before, more, BasicValues.MaxText, Machine.Log.Budget) is { } sum ? sum : given[0];
                return BasicFunctions.None;
            case "savetofile" when given.Count > 0:
                BasicFileObjects.Write(BasicValues.Text(given[0]), item.Fields.GetValueOrDefault("data"), interpreter);
                return BasicFunctions.None;
            case "loadfromfile" when given.Count > 0:
                var path = BasicValues.Text(given[0]);
                if (WindowsMachine.IsUserFile(path))
                    Machine.ReadMachine(path);
                item.Fields["data"] = Machine.TextOf(path);
                return BasicFunctions.None;
            case "read" or "readtext":
                var data = item.Fields.GetValueOrDefault("data");
                return name == "readtext" && data is BasicArray octets && Machine.Log.Budget.TakeOutput(octets.Items.Count) ? Decoded.Text(BasicValues.Octets(data)) : data ?? BasicUnknown.Value;
            default:
                return name is "open" or "close" or "flush" or "copyto" ? BasicFunctions.None : null;
        }
    }

    // Base64 and hexadecimal by an XML element: text in, octets out.
    private object? Node(BasicObject item, string name)
    {
        if (name is not ("nodetypedvalue" or "text") || item.Field("written") is not { Length: > 0 } written || written == name)
            return null;
        var value = item.Fields.GetValueOrDefault("value");
        var isHex = item.Field("datatype").Contains("hex", StringComparison.OrdinalIgnoreCase);
        if (!Machine.Log.Budget.TakeSteps(Length(value) / 64) || !Machine.Log.Budget.TakeOutput(Length(value) * 2L))
            return BasicUnknown.Value;
        if (name == "text")
            return BasicValues.Octets(value) is { } plain ? isHex ? Convert.ToHexStringLower(plain) : Convert.ToBase64String(plain) : BasicUnknown.Value;
        var octets = isHex ? Decoded.Hex(BasicValues.Text(value)) : Decoded.Base64(BasicValues.Text(value));
        return octets is not null ? BasicValues.ArrayOf(octets) : BasicUnknown.Value;
    }

    private static int Length(object? value) => value switch { string text => text.Length, BasicArray array => array.Items.Count, _ => 0 };

    private object? Dictionary(BasicObject item, string name, List<object?> given, string first)
    {
        switch (name)
        {
            case "add" when given.Count > 1:
                if (item.Fields.Count < 20_000)
                    item.Fields[$"item:{first}"] = given[1];
                return BasicFunctions.None;
            case "exists":
                return item.Fields.ContainsKey($"item:{first}");
            case "item":
                return item.Fields.GetValueOrDefault($"item:{first}") ?? BasicFunctions.None;
            case "count":
                return (long)item.Fields.Count;
            case "keys" or "items":
                if (!Machine.Log.Budget.TakeSteps(item.Fields.Count / 4) || !Machine.Log.Budget.TakeOutput((long)item.Fields.Count * BuiltText.CostOfItem))
                    return BasicUnknown.Value;
                return BasicArray.Of(item.Fields.Where(pair => pair.Key.StartsWith("item:", StringComparison.Ordinal)).Select(pair => name == "keys" ? pair.Key[5..] : pair.Value));
            default:
                return null;
        }
    }

    private object? Management(BasicObject item, string name, List<object?> given, string first)
    {
        var of = item.Field("class");
        switch (name)
        {
            case "get" or "instancesof" or "execquery" or "connectserver" or "spawninstance_":
                if (name is "connectserver" or "spawninstance_")
                    return item;
                var at = first.IndexOf("win32_", StringComparison.OrdinalIgnoreCase);
                return at < 0 ? BasicUnknown.Value : BasicObjects.Management(first[at..].ToLowerInvariant());
            case "create" when of.StartsWith("win32_process", StringComparison.Ordinal):
                Machine.Log.Did(BehaviourKind.Execute, "T1047", first);
                Machine.Run(first, "T1047");
                return 0L;
            case "delete_" or "delete" when of.StartsWith("win32_shadowcopy", StringComparison.Ordinal):
                Machine.Log.Did(BehaviourKind.DeleteShadowCopies, "T1490", "Win32_ShadowCopy.Delete_");
                return BasicFunctions.None;
            case "terminate" or "stopservice" when given.Count == 0:
                return BasicUnknown.Value;
            default:
                return null;
        }
    }

    private object? Schedule(BasicObject item, string name, List<object?> given, string first)
    {
        switch (name)
        {
            case "newtask" or "settings" or "triggers" or "registrationinfo" or "principal":
                return new BasicObject("task");
            case "actions":
                return new BasicObject("task");
            case "create":
                return new BasicObject("action");
            case "getfolder":
                return new BasicObject("taskfolder");
            case "registertaskdefinition" or "registertask":
                Machine.Log.Did(BehaviourKind.Persist, "T1053.005", first);
                return BasicFunctions.None;
            default:
                return name == "connect" ? BasicFunctions.None : null;
        }
    }

    private object Fetched(string address)
    {
        if (WindowsPaths.IsAddress(address))
            Machine.Fetched(address);
        return BasicFunctions.None;
    }

    private BasicUnknown Made(BasicObject item, string code)
    {
        var isScript = item.Field("language").StartsWith('j') || item.Field("language").StartsWith('J');
        Machine.Log.Did(BehaviourKind.Execute, isScript ? "T1059.007" : "T1059.005", code);
        Machine.Log.Layer(new ScriptSource(isScript ? ScriptLanguage.JavaScript : ScriptLanguage.VbScript, ScriptHost.WindowsScript, code, "ScriptControl"));
        return BasicUnknown.Value;
    }

    private BasicObject Cipher(BasicObject item)
    {
        Machine.MadeCipher(item.Kind);
        return item;
    }
}
