using System.Text;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary><c>window</c> (HTML 7.2): the global object of a page. What is rarely used is made when it is first asked for.</summary>
internal static class WindowMembers
{
    private const int MostNamedElements = 300;

    private static readonly string[] WebClasses =
    [
        "FormData", "Headers", "URLSearchParams", "URL", "webkitURL", "FileReader", "Event", "CustomEvent", "MouseEvent", "KeyboardEvent", "InputEvent", "PointerEvent", "UIEvent", "FocusEvent", "TouchEvent",
        "SubmitEvent", "MessageEvent", "MutationObserver", "ResizeObserver", "PerformanceObserver", "IntersectionObserver", "AbortController", "MessageChannel",
    ];

    private static readonly string[] NodeClasses =
    [
        "Node", "Element", "HTMLElement", "HTMLInputElement", "HTMLFormElement", "HTMLAnchorElement", "HTMLImageElement", "HTMLScriptElement", "HTMLIFrameElement", "HTMLCanvasElement", "HTMLDivElement", "SVGElement", "Document",
        "HTMLDocument", "DocumentFragment", "NodeList", "HTMLCollection", "Window", "EventTarget", "Text", "DOMException", "CanvasRenderingContext2D", "Storage", "Navigator", "Location", "History", "CSSStyleSheet", "ShadowRoot", "TouchList",
    ];

    public static void Install(Page page)
    {
        var world = page.World;
        var window = page.Window;
        foreach (var name in (ReadOnlySpan<string>)["window", "self", "top", "parent", "frames", "globalThis"])
            Put(window, name, window);
        foreach (var element in page.Dom.All.Where(element => element.Id is { Length: > 0 }).Take(MostNamedElements))
            if (!window.HasProperty(element.Id!))
                Lazy(world, element.Id!, () => page.Wrap(element));
        world.Names.Find = name => page.Dom.GetElementById(name) is { } element ? page.Wrap(element) : null;
        Put(window, "document", page.DocumentObject);
        Put(window, "location", page.Location());
        Accessor(world, window, "location", () => page.Location(), value => page.Navigate(value.AsText()));
        InstallFunctions(page, window);
        InstallObjects(page, window);
        Classes.Install(page, window);
        foreach (var name in WebClasses)
            Lazy(world, name, () => page.Library.Web.Get(name));
        foreach (var name in NodeClasses)
            Lazy(world, name, () => new HostConstructor(world, name, _ => throw new JavaScriptException(world.Engine.Intrinsics.TypeError, "Illegal constructor")));
        foreach (var name in (ReadOnlySpan<string>)["$", "jQuery"])
            Lazy(world, name, () => page.Library.Query);
        Lazy(world, "ClipboardItem", () => new HostConstructor(world, "ClipboardItem", arguments => arguments.At(0) as ObjectInstance ?? world.Plain()));
        Lazy(world, "CryptoJS", () => page.Library.Ciphers);
    }

    private static void InstallFunctions(Page page, ObjectInstance window)
    {
        var world = page.World;
        void Function(string name, Func<JsValue[], JsValue> body) => Put(window, name, world.Method(name, body));
        void Silent(params IEnumerable<string> names)
        {
            foreach (var name in names)
                Put(window, name, world.Method(name, _ => { }));
        }

        Function("setTimeout", arguments => JsNumber.Create(world.Jobs.Add(arguments.At(0), arguments.NumberAt(1), [.. arguments.Skip(2)])));
        Function("setInterval", arguments => JsNumber.Create(world.Jobs.Add(arguments.At(0), arguments.NumberAt(1), [.. arguments.Skip(2)], repeat: true)));
        foreach (var name in (ReadOnlySpan<string>)["requestAnimationFrame", "requestIdleCallback", "webkitRequestAnimationFrame"])
            Function(name, arguments => JsNumber.Create(world.Jobs.Add(arguments.At(0), 16, [JsNumber.Create(16)])));
        Function("queueMicrotask", arguments => JsNumber.Create(world.Jobs.Add(arguments.At(0), 0, [])));
        foreach (var name in (ReadOnlySpan<string>)["clearTimeout", "clearInterval", "cancelAnimationFrame", "cancelIdleCallback"])
            Function(name, arguments => Cancel(world, arguments));
        Silent("alert", "print", "focus", "blur", "stop", "scroll", "scrollTo", "scrollBy", "moveTo", "resizeTo", "postMessage", "captureEvents", "close");
        Function("confirm", _ => JsBoolean.True);
        Function("prompt", arguments => Prompt(world, arguments.TextAt(0)));
        Function("atob", arguments => LooseBase64.Decode(arguments.TextAt(0)) is { } bytes ? World.Text(LooseBase64.Binary(bytes)) : throw new JavaScriptException(world.Engine.Intrinsics.Error, "The string to be decoded is not correctly encoded."));
        Function("btoa", arguments => ToBase64(world, arguments.TextAt(0)));
        Function("open", arguments => Open(page, arguments));
        Function("addEventListener", arguments => Listen(page, arguments));
        Function("attachEvent", arguments => Listen(page, arguments));
        Function("removeEventListener", arguments => { page.Unlisten(window, arguments.TextAt(0), arguments.At(1)); return JsValue.Undefined; });
        Function("dispatchEvent", arguments => { page.FireWindow((arguments.At(0) as ObjectInstance)?.Get("type").AsText() ?? ""); return JsBoolean.True; });
        Function("getComputedStyle", _ => new StyleObject(world));
        Function("matchMedia", _ => world.Plain(("matches", JsBoolean.False), ("addListener", world.Method("addListener", _ => { })), ("addEventListener", world.Method("addEventListener", _ => { }))));
        Function("getSelection", _ => Selection(page));
        Function("structuredClone", arguments => arguments.At(0));
        Function("fetch", arguments => Network.Fetch(page, arguments));
        Function("saveAs", arguments => { Save(page, arguments); return JsValue.Undefined; });
    }

    private static void InstallObjects(Page page, ObjectInstance window)
    {
        var world = page.World;
        Lazy(world, "navigator", () => new NavigatorObject(page));
        WatchedIntl.Install(world, window);
        Lazy(world, "clientInformation", () => window.Get("navigator"));
        Lazy(world, "screen", () => world.Plain(("width", JsNumber.Create(1920)), ("height", JsNumber.Create(1080)), ("availWidth", JsNumber.Create(1920)), ("availHeight", JsNumber.Create(1040)), ("colorDepth", JsNumber.Create(24)), ("pixelDepth", JsNumber.Create(24)), ("orientation", world.Plain(("type", World.Text("landscape-primary"))))));
        Lazy(world, "history", () => Quiet(world, ["pushState", "replaceState", "back", "forward", "go"], ("length", JsNumber.Create(2)), ("state", JsValue.Null)));
        Lazy(world, "console", () => Quiet(world, ["log", "info", "warn", "error", "debug", "trace", "table", "group", "groupEnd", "groupCollapsed", "clear", "dir", "time", "timeEnd", "assert", "count", "exception", "profile"]));
        Lazy(world, "performance", () => Quiet(world, ["mark", "measure", "clearMarks"], ("now", world.Method("now", _ => JsNumber.Create(world.Clock.GetUtcNow().ToUnixTimeMilliseconds() % 100_000))), ("timing", world.Plain()), ("timeOrigin", JsNumber.Create(1_781_602_887_000)), ("getEntriesByType", world.Method("getEntriesByType", _ => world.List([])))));
        foreach (var name in (ReadOnlySpan<string>)["localStorage", "sessionStorage"])
            Lazy(world, name, () => new StorageObject(world));
        Lazy(world, "crypto", () => CryptoObject.Make(world));
        Lazy(world, "external", () => new SilentObject(world));
        Lazy(world, "customElements", () => Quiet(world, ["define", "get", "whenDefined"]));
        Lazy(world, "CSS", () => world.Plain(("supports", world.Method("supports", _ => JsBoolean.True)), ("escape", world.Method("escape", arguments => World.Text(arguments.TextAt(0))))));
        Lazy(world, "indexedDB", () => Quiet(world, ["open", "deleteDatabase"]));
        foreach (var (name, value) in (ReadOnlySpan<(string, int)>)[("innerWidth", 1_720), ("innerHeight", 940), ("outerWidth", 1_736), ("outerHeight", 1_027), ("devicePixelRatio", 1), ("pageXOffset", 0), ("pageYOffset", 0), ("scrollX", 0), ("scrollY", 0), ("screenX", 60), ("screenY", 24), ("length", 0)])
            Put(window, name, JsNumber.Create(value));
        Put(window, "name", JsString.Empty);
        Put(window, "origin", World.Text("null"));
        Put(window, "opener", JsValue.Null);
        Put(window, "frameElement", JsValue.Null);
        Put(window, "closed", JsBoolean.False);
        Put(window, "isSecureContext", JsBoolean.True);
        Put(window, "chrome", world.Plain(("runtime", world.Plain()), ("app", world.Plain())));
    }

    private static JsObject Quiet(World world, string[] functions, params IReadOnlyList<(string Name, JsValue Value)> members)
    {
        var quiet = world.Plain(members);
        foreach (var name in functions)
            quiet.Set(name, world.Method(name, _ => { }));
        return quiet;
    }

    private static JsObject Selection(Page page)
    {
        var world = page.World;
        return world.Plain(
            ("toString", world.Method("toString", _ => World.Text(page.Clipboard.Selected))), ("rangeCount", JsNumber.Create(0)),
            ("removeAllRanges", world.Method("removeAllRanges", _ => { })), ("empty", world.Method("empty", _ => { })), ("addRange", world.Method("addRange", _ => { })),
            ("selectAllChildren", world.Method("selectAllChildren", arguments => { if (arguments.At(0) is ElementObject { Node: { } node }) page.Clipboard.Select(node); })));
    }

    private static JsValue Cancel(World world, JsValue[] arguments)
    {
        var id = arguments.NumberAt(0);
        if (double.IsFinite(id) && Math.Abs(id) < int.MaxValue)
            world.Jobs.Cancel((int)id);
        return JsValue.Undefined;
    }

    private static JsValue Listen(Page page, JsValue[] arguments)
    {
        page.Listen(page.Window, ElementObject.EventName(arguments.TextAt(0)), arguments.At(1));
        return JsValue.Undefined;
    }

    private static JsValue Prompt(World world, string question)
    {
        var answer = Reader.IsSecret(question) ? Reader.Password : Reader.Name;
        if (answer == Reader.Password)
            world.Plant(answer);
        return World.Text(answer);
    }

    private static JsValue ToBase64(World world, string text)
    {
        var encoded = Convert.ToBase64String(Encoding.Latin1.GetBytes(text));
        world.Follow(text, encoded.TrimEnd('='));
        return World.Text(encoded);
    }

    private static ObjectInstance Open(Page page, JsValue[] arguments)
    {
        page.Navigate(arguments.TextAt(0));
        return page.Window;
    }

    private static void Save(Page page, JsValue[] arguments)
    {
        if (arguments.At(0) is BlobObject blob)
            page.Blobs.Saved(blob, arguments.TextAt(1));
        else if (page.Blobs.Read(arguments.TextAt(0)) is { } held)
            page.Blobs.Saved(held, arguments.TextAt(1));
        else
            page.World.Ask(arguments.TextAt(0), null);
    }

    public static void Put(ObjectInstance on, string name, JsValue value) => on.FastSetProperty(name, new PropertyDescriptor(value, PropertyFlag.ConfigurableEnumerableWritable));

    public static void Lazy(World world, string name, Func<JsValue> make) =>
        world.Engine.Advanced.AddLazyGlobal(name, make, static (_, factory) => factory(), PropertyFlag.NonEnumerable);

    public static void Accessor(World world, ObjectInstance on, string name, Func<JsValue> get, Action<JsValue> set) =>
        on.DefineOwnProperty(name, new GetSetPropertyDescriptor(world.Method(name, _ => get()), world.Method(name, arguments => set(arguments.At(0))), true, false));
}
