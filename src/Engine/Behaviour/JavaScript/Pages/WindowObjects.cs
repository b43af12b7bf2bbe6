using Jint.Native;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary><c>location</c> (HTML 7.2.4).</summary>
internal sealed class LocationObject(Page page) : HostObject(page.World)
{
    private string _hash = "";

    protected override JsValue? Read(string name) => name switch
    {
        "href" => Text(page.Address + _hash),
        "toString" or "valueOf" => Method(name, _ => Text(page.Address + _hash)),
        "hash" => Text(_hash),
        "assign" or "replace" => Method(name, arguments => page.Navigate(arguments.TextAt(0))),
        "reload" => Method(name, _ => { }),
        "ancestorOrigins" => World.List([]),
        "protocol" or "host" or "hostname" or "port" or "pathname" or "search" or "origin" => Text(Addresses.Part(page.Address, name)),
        _ => null,
    };

    protected override bool Write(string name, JsValue value)
    {
        switch (name)
        {
            case "href":
                page.Navigate(value.AsText());
                return true;
            case "hash":
                _hash = $"#{value.AsText().TrimStart('#')}";
                return true;
            default:
                return name is "search" or "pathname" or "host" or "hostname" or "protocol" or "port";
        }
    }
}

/// <summary><c>navigator</c>: an ordinary browser on an ordinary machine.</summary>
internal sealed class NavigatorObject(Page page) : HostObject(page.World)
{
    private const string Agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 Safari/537.36";

    protected override JsValue? Read(string name) => name switch
    {
        "userAgent" => Text(Agent),
        "appVersion" => Text(Agent[8..]),
        "appName" => Text("Netscape"),
        "appCodeName" => Text("Mozilla"),
        "product" => Text("Gecko"),
        "platform" => Text("Win32"),
        "vendor" => Text("Google Inc."),
        "oscpu" => Text("Windows NT 10.0; Win64; x64"),
        "language" or "userLanguage" or "browserLanguage" or "systemLanguage" => Text(Asked().Language),
        "languages" => World.List([Text(Asked().Language), Text(Asked().ShortLanguage)]),
        "webdriver" or "doNotTrack" => JsBoolean.False,
        "cookieEnabled" or "onLine" or "pdfViewerEnabled" => JsBoolean.True,
        "hardwareConcurrency" or "deviceMemory" => JsNumber.Create(8),
        "maxTouchPoints" => JsNumber.Create(0),
        "plugins" or "mimeTypes" => World.List([World.Plain(("name", Text("PDF Viewer"))), World.Plain(("name", Text("Chrome PDF Viewer")))]),
        "javaEnabled" => Method(name, _ => JsBoolean.False),
        "sendBeacon" => Method(name, arguments => { World.Ask(Addresses.Resolve(arguments.TextAt(0), page.Address), Network.Sent(World, arguments.At(1))); return JsBoolean.True; }),
        "msSaveBlob" or "msSaveOrOpenBlob" => Method(name, arguments => { if (arguments.At(0) is BlobObject blob) page.Blobs.Saved(blob, arguments.TextAt(1)); return JsBoolean.True; }),
        "clipboard" => World.Plain(("writeText", Method("writeText", arguments => { page.Clipboard.Put(arguments.TextAt(0)); return World.Resolved(JsValue.Undefined); })), ("write", Method("write", arguments => { page.Clipboard.Write(arguments.At(0)); return World.Resolved(JsValue.Undefined); })), ("readText", Method("readText", _ => World.Resolved(JsString.Empty)))),
        "permissions" => World.Plain(("query", Method("query", _ => World.Resolved(World.Plain(("state", Text("prompt"))))))),
        "serviceWorker" => World.Plain(("register", Method("register", _ => World.Resolved(World.Plain()))), ("ready", World.Resolved(World.Plain()))),
        "geolocation" or "mediaDevices" or "connection" => new SilentObject(World),
        "userAgentData" => World.Plain(("mobile", JsBoolean.False), ("platform", Text("Windows")), ("brands", World.List([]))),
        _ => null,
    };

    private Place Asked()
    {
        World.AskedPlace = true;
        return World.Place;
    }
}

/// <summary><c>localStorage</c>, <c>sessionStorage</c>.</summary>
internal sealed class StorageObject(World world) : HostObject(world)
{
    private const int MostItems = 500;

    private readonly Dictionary<string, string> _items = new(StringComparer.Ordinal);

    protected override IEnumerable<string> Names => _items.Keys;

    protected override JsValue? Read(string name) => name switch
    {
        "getItem" => Method(name, arguments => _items.TryGetValue(arguments.TextAt(0), out var item) ? Text(item) : JsValue.Null),
        "setItem" => Method(name, arguments => { Keep(arguments.TextAt(0), arguments.TextAt(1)); }),
        "removeItem" => Method(name, arguments => { _items.Remove(arguments.TextAt(0)); }),
        "clear" => Method(name, _ => _items.Clear()),
        "key" => Method(name, arguments => arguments.NumberAt(0) is >= 0 and < MostItems and var index && index < _items.Count ? Text(_items.Keys.ElementAt((int)index)) : JsValue.Null),
        "length" => JsNumber.Create(_items.Count),
        _ => _items.TryGetValue(name, out var kept) ? Text(kept) : null,
    };

    protected override bool Write(string name, JsValue value)
    {
        Keep(name, value.AsText());
        return true;
    }

    private void Keep(string name, string value)
    {
        if (_items.Count < MostItems && value.Length < 5_000_000)
            _items[name] = value;
    }
}
