using Jint.Native;

namespace Platform.Engine.Behaviour.JavaScript.WindowsScript;

/// <summary>Windows Management Instrumentation ([MS-WMI]): starts processes, and tells and changes much of the machine.</summary>
internal sealed class WmiObject(Machine machine) : ComObject(machine, "WMI")
{
    protected override JsValue? Read(string name) => name switch
    {
        "connectserver" => Method(name, _ => this),
        "get" => Method(name, arguments => new WmiClass(Machine, arguments.TextAt(0))),
        "execquery" or "instancesof" => Method(name, arguments => Query(arguments.TextAt(0))),
        "execnotificationquery" => Method(name, _ => this),
        "security_" => this,
        _ => null,
    };

    /// <summary>By moniker: <c>winmgmts:{…}!\\.\root\cimv2:Win32_Process</c>.</summary>
    public ComObject At(string moniker)
    {
        var colon = moniker.LastIndexOf(':');
        var name = colon < 9 ? "" : moniker[(colon + 1)..];
        return name.StartsWith("Win32_", StringComparison.OrdinalIgnoreCase) || name.Contains("StdRegProv", StringComparison.OrdinalIgnoreCase) ? new WmiClass(Machine, name) : this;
    }

    private CollectionObject Query(string query) =>
        new(Machine, query.Contains("antivirus", StringComparison.OrdinalIgnoreCase) || query.Contains("firewall", StringComparison.OrdinalIgnoreCase) ? [] : [new WmiClass(Machine, query)]);
}

internal sealed class WmiClass(Machine machine, string name) : ComObject(machine, "WmiClass")
{
    protected override JsValue? Read(string member) => member switch
    {
        "create" when Is("Win32_Process") => Method(member, arguments => { Machine.Ran(arguments.TextAt(0)); return JsNumber.Create(0); }),
        "create" when Is("ShadowCopy") => Method(member, _ => JsNumber.Create(0)),
        "delete_" or "delete" when Is("ShadowCopy") => Method(member, _ => World.Did(BehaviourKind.DeleteShadowCopies, "T1490", name)),
        "setstringvalue" or "setexpandedstringvalue" or "setdwordvalue" => Method(member, arguments => { Machine.WriteRegistry($"{arguments.TextAt(1)}\\{arguments.TextAt(2)}", ComObjects.Value(arguments.At(3))); return JsNumber.Create(0); }),
        "spawninstance_" or "methods_" or "inparameters" => Method(member, _ => this),
        "execmethod_" => Method(member, arguments => Execute(arguments)),
        "name" or "caption" => Text(Is("Operating") ? "Microsoft Windows 11 Pro" : "explorer.exe"),
        "version" => Text("10.0.22631"),
        "processid" => JsNumber.Create(1_204),
        "manufacturer" => Text("LENOVO"),
        "model" => Text("ThinkPad T14 Gen 3"),
        "totalphysicalmemory" => Text("17179869184"),
        "numberofcores" or "numberoflogicalprocessors" => JsNumber.Create(8),
        "serialnumber" or "uuid" or "id" => Text("4C4C4544-0042-3510"),
        "terminate" => Method(member, _ => JsNumber.Create(0)),
        _ => null,
    };

    private bool Is(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);

    private JsNumber Execute(JsValue[] arguments)
    {
        var command = (arguments.At(1) as ComObject)?.Kept("CommandLine")?.AsText() ?? Kept("CommandLine")?.AsText() ?? "";
        if (arguments.TextAt(0).Equals("Create", StringComparison.OrdinalIgnoreCase) && command.Length > 0)
            Machine.Ran(command);
        return JsNumber.Create(0);
    }
}

/// <summary>The task scheduler ([MS-TSCH]).</summary>
internal sealed class SchedulerObject(Machine machine) : ComObject(machine, "Schedule.Service")
{
    protected override JsValue? Read(string name) => name switch
    {
        "connect" => Method(name, _ => { }),
        "getfolder" => Method(name, _ => this),
        "newtask" => Method(name, _ => new TaskObject(Machine)),
        "registertaskdefinition" or "registertask" => Method(name, Register),
        _ => null,
    };

    private ComObject Register(JsValue[] arguments)
    {
        World.Did(BehaviourKind.Persist, "T1053.005", $"{arguments.TextAt(0)}: {(arguments.At(1) as TaskObject)?.Command ?? arguments.TextAt(1)}");
        return new ComObject(Machine, "RegisteredTask");
    }
}

internal sealed class TaskObject(Machine machine) : ComObject(machine, "TaskDefinition")
{
    private readonly ComObject _action = new(machine, "ExecAction");

    public string Command => $"{_action.Kept("Path")?.AsText()} {_action.Kept("Arguments")?.AsText()}";

    protected override JsValue? Read(string name) => name == "actions" ? World.Plain(("Create", Method("create", _ => _action)), ("create", Method("create", _ => _action))) : null;
}

/// <summary><c>MSScriptControl.ScriptControl</c>: runs code of another language.</summary>
internal sealed class ScriptControlObject(Machine machine) : ComObject(machine, "ScriptControl")
{
    protected override JsValue? Read(string name) =>
        name is "addcode" or "executestatement" or "eval" or "run" ? Method(name, arguments => { Add(arguments.TextAt(0)); }) : null;

    private void Add(string code)
    {
        var language = (Kept("language")?.AsText() ?? "").Contains("vb", StringComparison.OrdinalIgnoreCase) ? ScriptLanguage.VbScript : ScriptLanguage.JavaScript;
        World.Log.Layer(new ScriptSource(language, ScriptHost.WindowsScript, code, "script control"));
    }
}

/// <summary><c>htmlfile</c>: a document by which scripts reach a window, the clipboard, other script engines.</summary>
internal sealed class HtmlFileObject(Machine machine) : ComObject(machine, "htmlfile")
{
    protected override JsValue? Read(string name) => name switch
    {
        "write" or "writeln" => Method(name, arguments => Written(arguments.TextAt(0))),
        "parentwindow" or "script" => this,
        "execscript" => Method(name, arguments => Run(arguments.TextAt(0), arguments.TextAt(1))),
        "eval" => Method(name, arguments => World.Evaluate(arguments.TextAt(0))),
        "settimeout" => Method(name, arguments => JsNumber.Create(World.Jobs.Add(arguments.At(0), arguments.NumberAt(1), []))),
        _ => null,
    };

    private void Written(string html) =>
        World.Log.Layer(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.WindowsScript, "", "htmlfile") { Page = html, FileName = "htmlfile.hta" });

    private void Run(string code, string language)
    {
        if (language.Contains("vb", StringComparison.OrdinalIgnoreCase))
            World.Log.Layer(new ScriptSource(ScriptLanguage.VbScript, ScriptHost.WindowsScript, code, "htmlfile"));
        else
            World.Evaluate(code);
    }
}

/// <summary>.NET's <c>BinaryFormatter</c> through COM: reading an object back from octets runs what is in it.</summary>
internal sealed class FormatterObject(Machine machine) : ComObject(machine, "BinaryFormatter")
{
    protected override JsValue? Read(string name) => name.StartsWith("deserialize", StringComparison.Ordinal) ? Method(name, _ => Deserialise()) : null;

    private ComObject Deserialise()
    {
        World.Did(BehaviourKind.Execute, "T1620", "BinaryFormatter.Deserialize of octets in the script");
        return new ComObject(Machine, "Deserialized");
    }
}

/// <summary>An Office program that a script drives: its macros, libraries and mail.</summary>
internal sealed class OfficeObject(Machine machine, string progId) : ComObject(machine, progId)
{
    protected override JsValue? Read(string name) => name switch
    {
        "registerxll" or "ddeinitiate" or "executeexcel4macro" => Method(name, arguments => Machine.Ran($"{arguments.TextAt(0)} {arguments.TextAt(1)}")),
        "run" => Method(name, _ => { }),
        _ => null,
    };
}
