using Jint.Native;
using Platform.Engine.Behaviour.JavaScript.Pages;

namespace Platform.Engine.Behaviour.JavaScript.WindowsScript;

// Windows Script Host gives a script WScript and, through it or `new ActiveXObject(progid)`, every automation object of the machine
// (COM, [MS-OAUT]): WScript.Shell starts programs and writes the registry, Scripting.FileSystemObject and ADODB.Stream write files,
// MSXML2.XMLHTTP fetches, WMI and the task scheduler do all of it again by other names. An HTML application is a page that may use
// them too. JScript is ECMAScript 3 with names of COM members in any case, `Enumerator`, and code in `@cc_on` comments.

/// <summary>Runs scripts of Windows Script Host and HTML applications.</summary>
internal static class WindowsScriptRun
{
    public static void Run(World world)
    {
        var machine = new Machine(world);
        if (world.Script.Page is not null)
        {
            var page = new Page(world);
            WindowMembers.Install(page);
            Install(machine);
            PageRun.RunIn(page);
        }
        else
        {
            Install(machine);
            world.Execute(ConditionalCode.Open(world.Script.Source));
            world.Jobs.RunAll();
        }

        machine.Conclude();
    }

    private static void Install(Machine machine)
    {
        var world = machine.World;
        var global = world.Global;
        void Put(string name, JsValue value) => WindowMembers.Put(global, name, value);
        if (world.Script.Page is null)
        {
            Put("WScript", new WScriptObject(machine));
            Put("WSH", global.Get("WScript"));
            foreach (var name in (ReadOnlySpan<string>)["setTimeout", "setInterval"])
                Put(name, world.Method(name, arguments => JsNumber.Create(world.Jobs.Add(arguments.At(0), arguments.NumberAt(1), []))));
        }

        Put("ActiveXObject", new HostConstructor(world, "ActiveXObject", arguments => ComObjects.Make(machine, arguments.TextAt(0))));
        Put("GetObject", world.Method("GetObject", arguments => ComObjects.Get(machine, arguments.TextAt(0), arguments.TextAt(1))));
        Put("CreateObject", world.Method("CreateObject", arguments => ComObjects.Make(machine, arguments.TextAt(0))));
        Put("Enumerator", new HostConstructor(world, "Enumerator", arguments => new EnumeratorObject(machine, arguments.At(0))));
        Put("VBArray", new HostConstructor(world, "VBArray", arguments => new VbArrayObject(machine, arguments.At(0))));
        foreach (var (name, value) in (ReadOnlySpan<(string, JsValue)>)[("ScriptEngine", World.Text("JScript")), ("ScriptEngineMajorVersion", JsNumber.Create(5)), ("ScriptEngineMinorVersion", JsNumber.Create(8)), ("ScriptEngineBuildVersion", JsNumber.Create(16_384))])
            Put(name, world.Method(name, _ => value));
        Put("CollectGarbage", world.Method("CollectGarbage", _ => { }));
    }
}

/// <summary>JScript's conditional compilation: code that stands in comments of the form <c>/*@cc_on … @*/</c>.</summary>
internal static class ConditionalCode
{
    public static string Open(string code) => !code.Contains("@cc_on", StringComparison.OrdinalIgnoreCase) ? code : code
        .Replace("/*@cc_on", " ", StringComparison.OrdinalIgnoreCase)
        .Replace("//@cc_on", " ", StringComparison.OrdinalIgnoreCase)
        .Replace("@cc_on", " ", StringComparison.OrdinalIgnoreCase)
        .Replace("@*/", " ", StringComparison.Ordinal);
}
