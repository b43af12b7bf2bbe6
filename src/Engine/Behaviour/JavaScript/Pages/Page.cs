using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Platform.Engine.Attachments.Pages;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>One page: its tree, what its scripts wrote into it, its listeners, and where it leads.</summary>
internal sealed class Page
{
    private const int MostElements = 40_000;
    private const int MostCharacters = 3_000_000;
    private const int MostListeners = 2_000;
    private const int MostWritten = 4 * 1024 * 1024;
    private const int MostAsked = 400;
    private const int SmallPage = 20_000;
    private const int FewLetters = 40;

    private readonly ReadBudget _budget = new(new ScanLimits(), TimeProvider.System, 0, CancellationToken.None) { HtmlElementsLeft = MostElements, HtmlCharactersLeft = MostCharacters };
    private readonly Dictionary<INode, ElementObject> _wrapped = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<IElement> _run = [];
    private readonly Dictionary<(object Target, string Type), List<JsValue>> _listeners = [];
    private readonly StringBuilder _written = new();
    private readonly HashSet<IElement> _own = [];
    private int _listenerCount;
    private readonly LocationObject _location;
    private bool _hidden;
    private int _events;
    private string? _loaded;

    public Page(World world)
    {
        World = world;
        var parsed = world.Script.Page is { } text ? HtmlTree.Parse(text, _budget, out _) : null;
        IsParsed = parsed is not null;
        Dom = parsed ?? new HtmlParser().ParseDocument("<html><head></head><body></body></html>");
        _own.UnionWith(Dom.All);
        Address = $"file:///C:/Users/kenji/Downloads/{Uri.EscapeDataString(world.Script.FileName.Length > 0 ? world.Script.FileName : "document.html")}";
        Blobs = new Blobs(world);
        Clipboard = new Clipboard(this);
        DocumentObject = new DocumentObject(this);
        Window = world.Global;
        world.Imported = Import;
        Library = new Library(this);
        _location = new LocationObject(this);
    }

    public World World { get; }

    /// <summary>False when there is no page, or one too heavy to build a tree of.</summary>
    public bool IsParsed { get; }

    public IHtmlDocument Dom { get; }

    public string Address { get; }

    public Blobs Blobs { get; }

    public Clipboard Clipboard { get; }

    public DocumentObject DocumentObject { get; }

    public ObjectInstance Window { get; }

    public Library Library { get; }

    public string ReadyState { get; set; } = "loading";

    /// <summary>The load events have been fired.</summary>
    public bool IsLoaded { get; set; }

    public IElement? CurrentScript { get; private set; }

    public JsValue Location() => _location;

    public bool IsOwn(IElement element) => _own.Contains(element);

    public ElementObject Wrap(INode node)
    {
        if (!_wrapped.TryGetValue(node, out var wrapped))
            _wrapped[node] = wrapped = new ElementObject(this, node);
        return wrapped;
    }

    public JsValue WrapOrNull(INode? node) => node is null ? JsValue.Null : Wrap(node);

    public JsValue WrapAll(IEnumerable<INode> nodes) => World.List(nodes.Take(5_000).Select(node => (JsValue)Wrap(node)));

    /// <summary>Runs every script element that has not been run yet, in order; what they write is read before the next.</summary>
    public void RunScripts()
    {
        for (var rounds = 0; rounds < 500 && !World.Ended; rounds++)
        {
            var next = Dom.All.FirstOrDefault(element => element.LocalName == "script" && !_run.Contains(element));
            if (next is null)
                return;
            RunScript(next);
        }
    }

    public void RunScript(IElement script)
    {
        if (!_run.Add(script) || !ScriptText.Runs(script))
            return;
        var before = CurrentScript;
        CurrentScript = script;
        var source = script.GetAttribute("src") ?? script.GetAttribute("href") ?? script.GetAttribute("xlink:href");
        if (source is null)
            World.Execute(script.TextContent);
        else if (Blobs.Read(source) is { } held)
            World.Execute(Encoding.UTF8.GetString(held.Content.Span));
        else if (World.IsRemote(source) && !IsOwn(script))
            Load(source);
        CurrentScript = before;
        Flush();
        if (source is not null)
            World.Jobs.Add(() => Fire(Wrap(script), "load"));
    }

    /// <summary>A script of another site is called for.</summary>
    public void Load(string source)
    {
        World.Ask(source, null);
        if (!PageOutside.IsTrusted(source))
            _loaded ??= source;
    }

    private void Import(string source)
    {
        if (Blobs.Read(source) is { } held)
            World.Evaluate(Encoding.UTF8.GetString(held.Content.Span));
        else if (World.IsRemote(source))
            Load(source);
    }

    public void Write(string html)
    {
        World.Steps.Charge(1 + (html.Length >> 8));
        if (_written.Length + html.Length < MostWritten)
            _written.Append(html);
    }

    /// <summary>Puts what was written into the tree, and runs the scripts in it.</summary>
    public void Flush()
    {
        if (_written.Length == 0 || World.Ended)
            return;
        var html = _written.ToString();
        _written.Clear();
        List<INode> nodes = [.. Fragment(html, whole: true)];
        foreach (var node in nodes)
            (Dom.Body ?? Dom.DocumentElement).AppendChild(node);
        foreach (var script in nodes.OfType<IElement>().SelectMany(node => node.QuerySelectorAll("script").Prepend(node)).Where(element => element.LocalName == "script").ToList())
            RunScript(script);
    }

    /// <summary>The nodes of a piece of HTML, which a script gave.</summary>
    public IEnumerable<INode> Fragment(string html, bool whole = false)
    {
        World.Steps.Charge(1 + (html.Length >> 6));
        if (!html.Contains('<', StringComparison.Ordinal))
            return [Dom.CreateTextNode(whole ? html : System.Net.WebUtility.HtmlDecode(html))];
        NoteHidden(html);
        if (HtmlTree.Parse(html, _budget, out _) is not { } parsed)
        {
            World.Log.Budget.MarkCut();
            return [];
        }

        return [.. parsed.Head?.ChildNodes ?? Enumerable.Empty<INode>(), .. parsed.Body?.ChildNodes ?? Enumerable.Empty<INode>()];
    }

    public void Listen(object target, string type, JsValue listener)
    {
        if (listener.Type != Types.Object || ++_listenerCount > MostListeners)
            return;
        if (!_listeners.TryGetValue((target, type), out var list))
            _listeners[(target, type)] = list = [];
        list.Add(listener);
        // Code that is put off listens for what has been; in a browser it would wait for ever, and shows all the same what it is for.
        if (IsLoaded && type is "load" or "pageshow" or "DOMContentLoaded" or "readystatechange" && target is ObjectInstance whole && (ReferenceEquals(whole, Window) || ReferenceEquals(whole, DocumentObject)))
            World.Jobs.Add(() => World.Call(listener, whole, MakeEvent(type, whole)));
    }

    public void Unlisten(object target, string type, JsValue listener)
    {
        if (_listeners.TryGetValue((target, type), out var list))
            list.Remove(listener);
    }

    public bool IsListened(object target, string type) => _listeners.ContainsKey((target, type));

    /// <summary>Who waits for an event, by listener, property or attribute; null for the window.</summary>
    public IEnumerable<HostObject?> ListeningTo(string type)
    {
        var name = $"on{type}";
        List<HostObject?> found = [];
        if (IsListened(Window, type) || Window.Get(name).IsCallable())
            found.Add(null);
        if (IsListened(DocumentObject, type) || DocumentObject.Get(name).IsCallable())
            found.Add(DocumentObject);
        found.AddRange(_listeners.Keys.Where(key => key.Type == type).Select(key => key.Target).OfType<ElementObject>());
        found.AddRange(_wrapped.Values.Take(MostAsked).Where(element => element.Get(name).IsCallable()));
        found.AddRange(Dom.All.Where(element => element.HasAttribute(name)).Take(MostAsked).Select(Wrap).ToList());
        return found.Distinct();
    }

    public void FireWindow(string type) => Deliver(Window, Window, type, MakeEvent(type, Window));

    /// <summary>Fires at the target, then at what it stands in. False when a listener asked that nothing more should come of it.</summary>
    public bool Fire(HostObject target, string type, JsValue? given = null)
    {
        var seen = given ?? MakeEvent(type, target);
        var proceeds = true;
        if (target is ElementObject { Node: { } node })
            for (var at = node; at is not null && at is not IDocument; at = at.Parent)
                proceeds &= Deliver(Wrap(at), Wrap(at), type, seen);
        proceeds &= Deliver(DocumentObject, DocumentObject, type, seen);
        if (type is not ("load" or "error"))
            proceeds &= Deliver(Window, Window, type, seen);
        return proceeds && !(seen is ObjectInstance made && TypeConverter.ToBoolean(made.Get("defaultPrevented")));
    }

    public JsValue MakeEvent(string type, ObjectInstance target)
    {
        var made = World.Plain(("type", World.Text(type)), ("target", target), ("currentTarget", target), ("srcElement", target), ("isTrusted", JsBoolean.True), ("defaultPrevented", JsBoolean.False), ("bubbles", JsBoolean.True),
            ("key", World.Text("Enter")), ("keyCode", JsNumber.Create(13)), ("which", JsNumber.Create(type.StartsWith("key", StringComparison.Ordinal) ? 13 : 1)), ("button", JsNumber.Create(0)),
            ("clientX", JsNumber.Create(412 + _events)), ("clientY", JsNumber.Create(303 + _events)), ("pageX", JsNumber.Create(412 + _events)), ("pageY", JsNumber.Create(303 + _events)), ("screenX", JsNumber.Create(480 + _events)), ("screenY", JsNumber.Create(430 + _events)),
            ("movementX", JsNumber.Create(3)), ("movementY", JsNumber.Create(2)), ("pointerType", World.Text("mouse")), ("isPrimary", JsBoolean.True), ("deltaY", JsNumber.Create(120)), ("code", World.Text("Enter")), ("timeStamp", JsNumber.Create(5_312)), ("returnValue", JsBoolean.True));
        _events = (_events + 7) % 400;
        if (type is "copy" or "cut")
            made.Set("clipboardData", Clipboard.Transfer());
        made.Set("preventDefault", World.Method("preventDefault", _ => { made.Set("defaultPrevented", JsBoolean.True); }));
        foreach (var name in (ReadOnlySpan<string>)["stopPropagation", "stopImmediatePropagation"])
            made.Set(name, World.Method(name, _ => { }));
        return made;
    }

    /// <summary>What stands in an event attribute, as a function; undefined when there is none.</summary>
    public JsValue Handler(IElement element, string type)
    {
        if (element.GetAttribute($"on{type}") is not { Length: > 0 } code)
            return JsValue.Undefined;
        var made = JsValue.Undefined;
        World.Guard(() => made = World.Engine.Construct("Function", [World.Text("event"), World.Text(code)]));
        return made;
    }

    /// <summary>The reader, or the page itself, is led to an address.</summary>
    /// <returns>False for a place on this page.</returns>
    public void Navigate(string address)
    {
        var target = address.Trim();
        if (target.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
        {
            World.Guard(() => World.Evaluate(Uri.UnescapeDataString(target[11..])));
        }
        else if (Blobs.Read(target) is { } held)
        {
            Blobs.Opened(held);
        }
        else if (World.IsRemote(target))
        {
            World.Ask(target, null);
            if (World.ByItself)
                Led(target);
        }
    }

    /// <summary>The page leaves for an address by itself.</summary>
    public void Led(string address)
    {
        World.Did(BehaviourKind.Redirect, "T1204.001", address);
        if (Uri.TryCreate(address.StartsWith("//", StringComparison.Ordinal) ? $"https:{address}" : address, UriKind.Absolute, out var target) && !Source.Contains(target.Host, StringComparison.OrdinalIgnoreCase))
            World.Did(BehaviourKind.WritePage, "T1027", address);
    }

    /// <summary>A page whose scripts put a form, a frame or a way on into it goes back into the scan as its reader sees it in the end.</summary>
    public void Conclude()
    {
        Flush();
        Blobs.Conclude();
        // Counters and libraries are added to a page that says something.
        if (_loaded is not null && Dom.DocumentElement.OuterHtml.Length <= SmallPage && IsEmpty() && !LinksTo(_loaded))
            World.Did(BehaviourKind.Execute, "T1059.007", $"{World.CodeFrom}{_loaded}");
        var added = Dom.All.Where(element => !_own.Contains(element) && IsTelling(element)).Take(1).Any();
        if (!added)
            return;
        foreach (var script in Dom.Scripts.ToList())
            script.Remove();
        var html = Dom.DocumentElement.OuterHtml;
        if (_hidden)
            World.Did(BehaviourKind.WritePage, "T1027", Telling(Dom));
        World.Wrote($"{Path.GetFileNameWithoutExtension(World.Script.FileName)} (written).html", Encoding.UTF8.GetBytes(html));
    }

    private bool IsEmpty() => Dom.QuerySelector("img,picture,svg,canvas,table,ul,ol,h1,h2,h3,article,form") is null && Letters() <= FewLetters;

    // A page saved from a site leads there by its links, and has the scripts of that site.
    private bool LinksTo(string source) =>
        Uri.TryCreate(source.StartsWith("//", StringComparison.Ordinal) ? $"https:{source}" : source, UriKind.Absolute, out var script)
        && _own.Any(element => element.LocalName == "a" && element.TextContent.Any(char.IsLetter) && Uri.TryCreate(element.GetAttribute("href"), UriKind.Absolute, out var link) && link.Host.Equals(script.Host, StringComparison.OrdinalIgnoreCase));

    private int Letters() => Dom.Body is not { } body ? 0 : body.Descendants<IText>().Where(text => text.ParentElement?.LocalName is not ("script" or "style" or "noscript" or "template")).Sum(text => text.Data.Count(char.IsLetterOrDigit));

    private string Source => World.Script.Page ?? World.Script.Source;

    private string Telling(IHtmlDocument dom) =>
        dom.All.First(element => !_own.Contains(element) && IsTelling(element)) is { } element ? element.OuterHtml : "";

    private static bool IsTelling(IElement element) => element.LocalName switch
    {
        "form" or "iframe" or "frame" or "object" or "embed" => true,
        "input" => element.GetAttribute("type") is "password",
        "meta" => string.Equals(element.GetAttribute("http-equiv"), "refresh", StringComparison.OrdinalIgnoreCase),
        "a" => World.IsRemote(element.GetAttribute("href") ?? ""),
        _ => false,
    };

    // Hidden is what stands nowhere in the file as it is written: not in the page, not in a script.
    private void NoteHidden(string html)
    {
        foreach (var tag in (ReadOnlySpan<string>)["<form", "<input", "<iframe", "<meta"])
            _hidden |= html.Contains(tag, StringComparison.OrdinalIgnoreCase) && !Source.Contains(tag, StringComparison.OrdinalIgnoreCase);
    }

    private bool Deliver(object key, ObjectInstance target, string type, JsValue seen)
    {
        var proceeds = true;
        var handler = target.Get($"on{type}");
        if (!handler.IsCallable() && target is ElementObject { Node: IElement element })
            handler = Handler(element, type);
        if (handler.IsCallable())
            proceeds = World.Call(handler, target, seen) is not JsBoolean answer || TypeConverter.ToBoolean(answer);
        if (_listeners.TryGetValue((key, type), out var listeners))
            foreach (var listener in listeners.ToList())
                World.Call(listener.IsCallable() ? listener : ((ObjectInstance)listener).Get("handleEvent"), target, seen);
        World.Settle();
        return proceeds;
    }
}
