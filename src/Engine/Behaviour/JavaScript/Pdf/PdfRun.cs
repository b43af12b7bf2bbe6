using System.Text;
using Jint.Native;
using Jint.Runtime;
using Platform.Engine.Behaviour.JavaScript.Pages;

namespace Platform.Engine.Behaviour.JavaScript.Pdf;

// A PDF reader (ISO 32000-1 12.6.4.16; "JavaScript for Acrobat API Reference") runs a script in the document: `this` is the document,
// `app` the reader, `event` what happened. Honest scripts calculate and format fields. Hostile ones open an embedded file
// (exportDataObject with nLaunch), lead to a page (launchURL), ask for a password (app.response) and send it (submitForm), or
// fill memory with code and call a function that a reader of old bounded badly.

/// <summary>Runs scripts of PDF files.</summary>
internal static class PdfRun
{
    private static readonly string[] Quiet =
    [
        "AFNumber_Format", "AFNumber_Keystroke", "AFPercent_Format", "AFPercent_Keystroke", "AFDate_Format", "AFDate_FormatEx", "AFDate_Keystroke", "AFDate_KeystrokeEx", "AFTime_Format", "AFTime_FormatEx", "AFTime_Keystroke",
        "AFSpecial_Format", "AFSpecial_Keystroke", "AFSpecial_KeystrokeEx", "AFRange_Validate", "AFSimple_Calculate", "AFMakeNumber", "AFExtractNums", "AFMergeChange",
    ];

    public static void Run(World world)
    {
        var document = new PdfDocument(world);
        var global = world.Global;
        void Put(string name, JsValue value) => WindowMembers.Put(global, name, value);
        foreach (var name in Quiet)
            Put(name, world.Method(name, _ => JsNumber.Create(0)));
        foreach (var name in PdfDocument.Members)
            Put(name, document.Get(name));
        Put("app", new PdfApp(world, document));
        Put("doc", document);
        Put("event", world.Plain(("target", new PdfField(world, "field")), ("value", World.Text("12")), ("change", World.Text("1")), ("rc", JsBoolean.True), ("willCommit", JsBoolean.True), ("name", World.Text("Open")), ("type", World.Text("Doc")), ("targetName", World.Text("field"))));
        Put("util", Util(world));
        Put("console", world.Plain(("println", world.Method("println", _ => { })), ("show", world.Method("show", _ => { })), ("hide", world.Method("hide", _ => { })), ("clear", world.Method("clear", _ => { }))));
        Put("global", world.Plain(("setPersistent", world.Method("setPersistent", _ => { })), ("subscribe", world.Method("subscribe", _ => { }))));
        foreach (var (name, calls) in (ReadOnlySpan<(string, string[])>)[("Collab", ["collectEmailInfo", "getIcon"]), ("spell", ["customDictionaryOpen"]), ("media", ["newPlayer"]), ("security", []), ("SOAP", []), ("Net", []), ("identity", []), ("color", []), ("display", []), ("border", []), ("font", []), ("style", []), ("cursor", []), ("zoomtype", [])])
            Put(name, new LooseObject(world, name, calls));
        world.Execute(world.Script.Source);
        world.Jobs.RunAll();
    }

    private static JsObject Util(World world) => world.Plain(
        ("printf", world.Method("printf", arguments => Printf(world, arguments))),
        ("printd", world.Method("printd", _ => World.Text("2026/06/16"))),
        ("printx", world.Method("printx", arguments => World.Text(arguments.TextAt(1)))),
        ("scand", world.Method("scand", _ => world.Engine.Construct("Date", []))),
        ("byteToChar", world.Method("byteToChar", arguments => World.Text($"{(char)((int)Math.Clamp(Finite(arguments.NumberAt(0)), 0, 255))}"))),
        ("stringFromStream", world.Method("stringFromStream", arguments => World.Text(Encoding.UTF8.GetString(world.BytesOf(arguments.At(0)))))),
        ("streamFromString", world.Method("streamFromString", arguments => arguments.At(0))),
        ("spansToXML", world.Method("spansToXML", _ => JsString.Empty)));

    // A width that no field has, as the known overflow of 2008 (CVE-2008-2992) used it.
    private static JsValue Printf(World world, JsValue[] arguments)
    {
        var format = arguments.TextAt(0);
        if (format.Length < 200 && format.Contains('%', StringComparison.Ordinal) && format.Split('%').Any(part => part.TakeWhile(letter => char.IsAsciiDigit(letter) || letter is '.' or '+' or '-').Count(char.IsAsciiDigit) > 4))
            world.Did(BehaviourKind.Execute, "T1203", $"util.printf(\"{format}\")");
        return World.Text(arguments.TextAt(1));
    }

    internal static double Finite(double number) => double.IsNaN(number) ? 0 : number;
}

/// <summary>The reader: <c>app</c>.</summary>
internal sealed class PdfApp(World world, PdfDocument document) : HostObject(world)
{
    protected override JsValue? Read(string name) => name switch
    {
        "alert" => Method(name, _ => JsNumber.Create(4)),
        "response" => Method(name, Ask),
        "launchURL" or "openDoc" or "mailMsg" or "mailGetAddrs" => Method(name, arguments => document.Lead(Named(arguments, name is "openDoc" ? "cPath" : "cURL"))),
        "setTimeOut" => Method(name, arguments => JsNumber.Create(World.Jobs.Add(arguments.At(0), arguments.NumberAt(1), []))),
        "setInterval" => Method(name, arguments => JsNumber.Create(World.Jobs.Add(arguments.At(0), arguments.NumberAt(1), [], repeat: true))),
        "clearTimeOut" or "clearInterval" or "beep" or "execMenuItem" or "addMenuItem" or "addSubMenu" or "addToolButton" or "newFDF" or "goBack" or "hideMenuItem" => Method(name, _ => { }),
        "popUpMenu" or "popUpMenuEx" => Method(name, _ => JsValue.Null),
        "execDialog" => Method(name, _ => Text("ok")),
        "trustedFunction" => Method(name, arguments => arguments.At(0)),
        "beginPriv" or "endPriv" => Method(name, _ => { }),
        "viewerType" => Text("Reader"),
        "viewerVariation" => Text("Reader"),
        "viewerVersion" or "formsVersion" => JsNumber.Create(23.006),
        "platform" => Text("WIN"),
        "language" => Text("ENU"),
        "calculate" or "runtimeHighlight" => JsBoolean.True,
        "doc" or "activeDocs" => name == "doc" ? document : World.List([document]),
        "plugIns" => World.List([World.Plain(("name", Text("Updater")), ("version", JsNumber.Create(23)))]),
        "fs" or "media" or "constants" => new LooseObject(World, $"app.{name}", ["newPlayer"]),
        _ => null,
    };

    // Honest forms ask for a name too; only what is asked hidden, or by the name of a secret, is one.
    private JsValue Ask(JsValue[] arguments)
    {
        var given = arguments.At(0) as Jint.Native.Object.ObjectInstance;
        var question = given is null ? arguments.TextAt(0) + arguments.TextAt(1) : given.Get("cQuestion").AsText() + given.Get("cTitle").AsText();
        var hidden = given is null ? arguments.IsTrueAt(3) : TypeConverter.ToBoolean(given.Get("bPassword"));
        if (!hidden && !Reader.IsSecret(question))
            return Text(Reader.Name);
        World.Plant(Reader.Password);
        return Text(Reader.Password);
    }

    internal static string Named(JsValue[] arguments, string name) =>
        arguments.At(0) is Jint.Native.Object.ObjectInstance given ? given.Get(name).AsText() : arguments.TextAt(0);
}

/// <summary>The document: <c>this</c>.</summary>
internal sealed class PdfDocument(World world) : HostObject(world)
{
    public static IReadOnlyList<string> Members { get; } =
    [
        "exportDataObject", "importDataObject", "openDataObject", "getDataObject", "getDataObjectContents", "createDataObject", "dataObjects", "submitForm", "getURL", "mailDoc", "mailForm", "getField", "getNthFieldName", "numFields", "getAnnots", "getAnnot",
        "syncAnnotScan", "info", "numPages", "pageNum", "path", "URL", "documentFileName", "resetForm", "calculateNow", "print", "saveAs", "closeDoc", "addScript", "setAction", "addField", "removeField", "gotoNamedDest", "getPageNthWord", "getPageNumWords", "exportAsFDF",
        "exportAsXFDF", "author", "title", "subject", "keywords", "creator", "producer", "dirty", "external", "hostContainer", "disclosed", "xfa", "getOCGs", "scroll", "zoom", "bookmarkRoot", "filesize", "getTemplate", "spawnPageFromTemplate", "addWatermarkFromText", "flattenPages",
    ];

    protected override JsValue? Read(string name) => name switch
    {
        "exportDataObject" => Method(name, Export),
        "importDataObject" or "createDataObject" => Method(name, _ => JsBoolean.True),
        "openDataObject" => Method(name, _ => this),
        "getDataObject" => Method(name, arguments => World.Plain(("name", arguments.At(0)), ("path", arguments.At(0)), ("size", JsNumber.Create(65_536)))),
        "getDataObjectContents" => Method(name, _ => World.Bytes([])),
        "dataObjects" => World.List([World.Plain(("name", Text("attachment")), ("path", Text("attachment")), ("size", JsNumber.Create(65_536)))]),
        "submitForm" => Method(name, arguments => World.Ask(PdfApp.Named(arguments, "cURL"), SecretFields())),
        "getURL" => Method(name, arguments => Lead(PdfApp.Named(arguments, "cURL"))),
        "mailDoc" or "mailForm" => Method(name, _ => { }),
        "getField" => Method(name, arguments => Field(arguments.TextAt(0))),
        "getNthFieldName" => Method(name, _ => Text("field")),
        "getAnnots" => Method(name, _ => World.List([])),
        "getAnnot" or "getTemplate" => Method(name, _ => JsValue.Null),
        "getOCGs" => Method(name, _ => World.List([])),
        "info" => World.Plain(("Title", Text("Document")), ("Author", Text("")), ("Producer", Text("")), ("title", Text("Document"))),
        "numPages" or "numFields" => JsNumber.Create(1),
        "pageNum" => JsNumber.Create(0),
        "filesize" => JsNumber.Create(180_224),
        "getPageNumWords" => Method(name, _ => JsNumber.Create(0)),
        "getPageNthWord" => Method(name, _ => JsString.Empty),
        "path" or "URL" or "documentFileName" => Text($"/C/Users/kenji/Downloads/{World.Script.FileName}"),
        "author" or "title" or "subject" or "keywords" or "creator" or "producer" => JsString.Empty,
        "dirty" or "external" => JsBoolean.False,
        "hostContainer" or "xfa" or "bookmarkRoot" or "disclosed" => JsValue.Undefined,
        "zoom" => JsNumber.Create(100),
        _ => Members.Contains(name) ? Method(name, _ => { }) : null,
    };

    private readonly Dictionary<string, PdfField> _fields = new(StringComparer.Ordinal);

    public void Lead(string address)
    {
        if (!World.IsRemote(address))
        {
            if (address.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || address.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))
                World.Did(BehaviourKind.Execute, "T1204.002", address);
            return;
        }

        World.Ask(address, null);
        World.Did(BehaviourKind.Redirect, "T1204.001", address);
    }

    // nLaunch: 0 saves, 1 saves and opens, 2 opens from a temporary place.
    private void Export(JsValue[] arguments)
    {
        var given = arguments.At(0) as Jint.Native.Object.ObjectInstance;
        var name = PdfApp.Named(arguments, "cName");
        var launch = PdfRun.Finite(given is null ? arguments.NumberAt(2) : TypeConverter.ToNumber(given.Get("nLaunch")));
        World.Did(BehaviourKind.Drop, "T1027.009", name);
        if (launch > 0)
            World.Did(BehaviourKind.Execute, "T1204.002", $"exportDataObject {name}, nLaunch {launch}");
    }

    private PdfField Field(string name)
    {
        if (!_fields.TryGetValue(name, out var field) && _fields.Count < 1_000)
            _fields[name] = field = new PdfField(World, name);
        return field ?? new PdfField(World, name);
    }

    private string SecretFields() => string.Join('&', _fields.Values.Select(field => field.Get("value").AsText()));
}

/// <summary>A field of the form.</summary>
internal sealed class PdfField(World world, string name) : HostObject(world)
{
    protected override JsValue? Read(string member) => member switch
    {
        "name" => Text(name),
        "value" or "valueAsString" => Text("12"),
        "type" => Text("text"),
        "page" => JsNumber.Create(0),
        "rect" => World.List([JsNumber.Create(10), JsNumber.Create(10), JsNumber.Create(100), JsNumber.Create(30)]),
        "setFocus" or "setItems" or "clearItems" or "checkThisBox" or "buttonImportIcon" or "setAction" => Method(member, _ => { }),
        "getArray" => Method(member, _ => World.List([this])),
        "isBoxChecked" => Method(member, _ => World.Truth(false)),
        "getItemAt" => Method(member, _ => JsString.Empty),
        _ => null,
    };
}

/// <summary>An object that takes everything; some of its calls are known only from exploits, when what they are given is long.</summary>
internal sealed class LooseObject(World world, string called, string[] fragile) : HostObject(world)
{
    private const int Long = 2_000;

    protected override JsValue? Read(string name) => name is "then" or "toString" or "valueOf" or "toJSON" or "constructor" ? null : Method(name, arguments => Take(name, arguments));

    private JsObject Take(string name, JsValue[] arguments)
    {
        if (fragile.Contains(name) && (name == "newPlayer" && arguments.At(0).Type is Types.Null || arguments.Any(IsLong)))
            World.Did(BehaviourKind.Execute, "T1203", $"{called}.{name} with what no reader bounds");
        return World.Plain();
    }

    private static bool IsLong(JsValue value) => value switch
    {
        JsString text => text.Length > Long,
        Jint.Native.Object.ObjectInstance given => given.Get("msg") is JsString { Length: > Long },
        _ => false,
    };
}
