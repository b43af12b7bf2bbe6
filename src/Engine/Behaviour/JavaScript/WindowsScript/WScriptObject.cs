using Jint.Native;
using Jint.Runtime;

namespace Platform.Engine.Behaviour.JavaScript.WindowsScript;

/// <summary><c>WScript</c>, the object of the script host itself.</summary>
internal sealed class WScriptObject(Machine machine) : ComObject(machine, "WScript")
{
    protected override JsValue? Read(string name) => name switch
    {
        "createobject" or "connectobject" => Method(name, arguments => ComObjects.Make(Machine, arguments.TextAt(0))),
        "getobject" => Method(name, arguments => ComObjects.Get(Machine, arguments.TextAt(0), arguments.TextAt(1))),
        "quit" => Method(name, Quit),
        "sleep" => Method(name, arguments => World.Clock.Advance(arguments.NumberAt(0) is var time && double.IsFinite(time) ? time : 0)),
        "echo" => Method(name, _ => { }),
        "scriptfullname" => Text(Machine.ScriptPath),
        "scriptname" => Text(Machine.ScriptPath[(Machine.ScriptPath.LastIndexOf('\\') + 1)..]),
        "fullname" => Text(@"C:\Windows\System32\wscript.exe"),
        "path" => Text(@"C:\Windows\System32"),
        "name" => Text("Windows Script Host"),
        "version" => Text("5.812"),
        "buildversion" => JsNumber.Create(16_384),
        "interactive" => JsBoolean.True,
        "timeout" => JsNumber.Create(0),
        "arguments" => new ArgumentsObject(Machine),
        "stdout" or "stderr" => new TextStreamObject(Machine, "", "", append: false),
        "stdin" => new TextStreamObject(Machine, "", "", append: false),
        _ => null,
    };

    private static JsValue Quit(JsValue[] arguments) => throw new QuitException();
}

/// <summary><c>WScript.Arguments</c>: started by a double click, so there are none.</summary>
internal sealed class ArgumentsObject(Machine machine) : ComObject(machine, "Arguments")
{
    protected override JsValue? Read(string name) => name switch
    {
        "length" => JsNumber.Create(0),
        "count" => Method(name, _ => JsNumber.Create(0)),
        "named" or "unnamed" => this,
        "exists" => Method(name, _ => JsBoolean.False),
        "item" => Method(name, Invoke),
        _ => null,
    };

    protected override JsValue Invoke(JsValue[] arguments) => throw new JavaScriptException(World.Engine.Intrinsics.Error, "Subscript out of range");
}

/// <summary><c>WScript.Shell</c>.</summary>
internal sealed class ShellObject(Machine machine) : ComObject(machine, "WScript.Shell")
{
    protected override JsValue? Read(string name) => name switch
    {
        "run" => Method(name, arguments => { Machine.Ran(arguments.TextAt(0)); return JsNumber.Create(0); }),
        "exec" => Method(name, arguments => { Machine.Ran(arguments.TextAt(0)); return new ProcessObject(Machine); }),
        "regwrite" => Method(name, arguments => Machine.WriteRegistry(arguments.TextAt(0), ComObjects.Value(arguments.At(1)))),
        "regread" => Method(name, arguments => Text(arguments.TextAt(0).Contains("version", StringComparison.OrdinalIgnoreCase) ? "10.0" : "1")),
        "regdelete" => Method(name, _ => { }),
        "expandenvironmentstrings" => Method(name, arguments => Text(Machine.Expand(arguments.TextAt(0)))),
        "specialfolders" => new FoldersObject(Machine, "SpecialFolders", Machine.Folder),
        "environment" => new EnvironmentObject(Machine),
        "createshortcut" => Method(name, arguments => new ShortcutObject(Machine, arguments.TextAt(0))),
        "currentdirectory" => Text(@"C:\Users\kenji\Downloads"),
        "popup" => Method(name, _ => JsNumber.Create(1)),
        "sendkeys" or "logevent" => Method(name, _ => { }),
        "appactivate" => Method(name, _ => JsBoolean.True),
        _ => null,
    };
}

internal sealed class FoldersObject(Machine machine, string progId, Func<string, string> find) : ComObject(machine, progId)
{
    protected override JsValue? Read(string name) => name is "item" ? Method(name, Invoke) : name is "count" ? JsNumber.Create(16) : null;

    protected override JsValue Invoke(JsValue[] arguments) => Text(find(arguments.TextAt(0)));
}

internal sealed class EnvironmentObject(Machine machine) : ComObject(machine, "Environment")
{
    protected override JsValue? Read(string name) => name is "item" ? Method(name, arguments => Text(Machine.Variable(arguments.TextAt(0)))) : null;

    // shell.Environment("Process") is again such an object; ("TEMP") of it is a variable.
    protected override JsValue Invoke(JsValue[] arguments) =>
        arguments.TextAt(0).ToUpperInvariant() is "PROCESS" or "SYSTEM" or "USER" or "VOLATILE" or "" ? this : Text(Machine.Variable(arguments.TextAt(0)));
}

internal sealed class ShortcutObject(Machine machine, string path) : ComObject(machine, "Shortcut")
{
    protected override JsValue? Read(string name) => name switch
    {
        "save" => Method(name, _ => Machine.Save(path, System.Text.Encoding.UTF8.GetBytes($"{Kept("TargetPath")?.AsText()} {Kept("Arguments")?.AsText()}"), append: false)),
        "fullname" => Text(path),
        _ => null,
    };
}

internal sealed class ProcessObject(Machine machine) : ComObject(machine, "WshScriptExec")
{
    protected override JsValue? Read(string name) => name switch
    {
        "stdout" or "stderr" or "stdin" => new TextStreamObject(Machine, "", "", append: false),
        "status" => JsNumber.Create(1),
        "exitcode" => JsNumber.Create(0),
        "processid" => JsNumber.Create(4_812),
        "terminate" => Method(name, _ => { }),
        _ => null,
    };
}

/// <summary><c>Shell.Application</c>, and the shell windows by which a script reaches it unseen.</summary>
internal sealed class ShellApplication(Machine machine) : ComObject(machine, "Shell.Application")
{
    protected override JsValue? Read(string name) => name switch
    {
        "shellexecute" => Method(name, Execute),
        "open" or "explore" or "filerun" => Method(name, arguments => Machine.Ran(arguments.TextAt(0))),
        "namespace" => Method(name, arguments => new ShellFolder(Machine, arguments.TextAt(0))),
        "document" or "application" or "parent" => this,
        "item" => Method(name, _ => this),
        "windows" => Method(name, _ => new CollectionObject(Machine, [this])),
        "isservicerunning" => Method(name, _ => JsBoolean.False),
        "minimizeall" or "undominimizeall" => Method(name, _ => { }),
        "count" => JsNumber.Create(1),
        _ => null,
    };

    private void Execute(JsValue[] arguments)
    {
        Machine.Ran($"{arguments.TextAt(0)} {arguments.TextAt(1)}");
        if (arguments.TextAt(3).Equals("runas", StringComparison.OrdinalIgnoreCase))
            World.Did(BehaviourKind.Elevate, "T1548.002", $"{arguments.TextAt(0)} {arguments.TextAt(1)}");
    }
}

internal sealed class ShellFolder(Machine machine, string path) : ComObject(machine, "Folder")
{
    protected override JsValue? Read(string name) => name switch
    {
        "copyhere" or "movehere" => Method(name, arguments => Machine.Save($"{path}\\{arguments.TextAt(0)[(arguments.TextAt(0).LastIndexOf('\\') + 1)..]}", Machine.Read(arguments.TextAt(0)), append: false)),
        "self" => this,
        "path" => Text(path.Length > 0 && !path.All(char.IsAsciiDigit) ? path : Machine.Folder("Startup")),
        "items" => Method(name, _ => new CollectionObject(Machine, [])),
        "parsename" => Method(name, arguments => new ShellFolder(Machine, $"{path}\\{arguments.TextAt(0)}")),
        "invokeverb" or "invokeverbex" => Method(name, _ => Machine.Ran(path)),
        _ => null,
    };
}
