using AngleSharp.Dom;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>A node of the page as scripts see it (WHATWG DOM 4, HTML 4).</summary>
internal sealed partial class ElementObject(Page page, INode node) : HostObject(page.World)
{
    private string? _value;
    private bool? _checked;
    private JsValue? _style;

    public INode Node => node;

    public Page Page => page;

    private IElement? Element => node as IElement;

    public string Value
    {
        get => _value ?? Element?.LocalName switch
        {
            "textarea" => Element.TextContent,
            "select" => (Element.QuerySelector("option[selected]") ?? Element.QuerySelector("option"))?.GetAttribute("value") ?? "",
            _ => Element?.GetAttribute("value") ?? "",
        };
        set => _value = value;
    }

    protected override JsValue? Read(string name) =>
        ReadNode(name) ?? (Element is { } element ? ReadElement(element, name) ?? ReadControl(element, name) : null);

    protected override bool Write(string name, JsValue value)
    {
        switch (name)
        {
            case "textContent" or "innerText" or "text" when Element is not null || name == "textContent":
                node.TextContent = value.AsText();
                return true;
            case "nodeValue" or "data" when node is ICharacterData text:
                text.Data = value.AsText();
                return true;
        }

        return Element is { } element && WriteElement(element, name, value);
    }

    private JsValue? ReadNode(string name) => name switch
    {
        "nodeType" => JsNumber.Create((int)node.NodeType),
        "nodeName" => Text(node is IElement ? node.NodeName.ToUpperInvariant() : node.NodeName),
        "parentNode" or "parentElement" => page.WrapOrNull(node.Parent is IDocument ? null : node.Parent),
        "childNodes" => page.WrapAll(node.ChildNodes),
        "firstChild" => page.WrapOrNull(node.FirstChild),
        "lastChild" => page.WrapOrNull(node.LastChild),
        "nextSibling" => page.WrapOrNull(node.NextSibling),
        "previousSibling" => page.WrapOrNull(node.PreviousSibling),
        "textContent" or "innerText" => Text(node.TextContent),
        "nodeValue" or "data" when node is ICharacterData text => Text(text.Data),
        "ownerDocument" => page.DocumentObject,
        "isConnected" => World.Truth(IsConnected),
        "appendChild" => Method(name, arguments => Insert(arguments.At(0), null)),
        "insertBefore" => Method(name, arguments => Insert(arguments.At(0), (arguments.At(1) as ElementObject)?.Node)),
        "append" or "prepend" => Method(name, arguments => { foreach (var item in arguments) Insert(item, name == "prepend" ? node.FirstChild : null); }),
        "replaceChildren" => Method(name, arguments => { node.TextContent = ""; foreach (var item in arguments) Insert(item, null); }),
        "before" or "after" or "replaceWith" => Method(name, arguments => Beside(name, arguments)),
        "replaceChild" => Method(name, arguments => Replace(arguments)),
        "removeChild" => Method(name, arguments => { (arguments.At(0) as ElementObject)?.Remove(); return arguments.At(0); }),
        "remove" => Method(name, _ => Remove()),
        "hasChildNodes" => Method(name, _ => World.Truth(node.HasChildNodes)),
        "contains" => Method(name, arguments => World.Truth(arguments.At(0) is ElementObject other && node.Contains(other.Node))),
        "cloneNode" => Method(name, arguments => page.Wrap(node.Clone(arguments.IsTrueAt(0)))),
        "addEventListener" or "attachEvent" => Method(name, arguments => page.Listen(this, EventName(arguments.TextAt(0)), arguments.At(1))),
        "removeEventListener" or "detachEvent" => Method(name, arguments => page.Unlisten(this, EventName(arguments.TextAt(0)), arguments.At(1))),
        "dispatchEvent" or "fireEvent" => Method(name, Dispatch),
        "getRootNode" => Method(name, _ => page.DocumentObject),
        _ => null,
    };

    public static string EventName(string name) => name.StartsWith("on", StringComparison.Ordinal) ? name[2..] : name;

    private bool IsConnected => node.GetRoot() == page.Dom;

    private void Remove() => node.Parent?.RemoveChild(node);

    private JsValue Insert(JsValue item, INode? before)
    {
        var child = (item as ElementObject)?.Node ?? page.Dom.CreateTextNode(item.AsText());
        try
        {
            node.InsertBefore(child, before?.Parent == node ? before : null);
        }
        catch (DomException exception)
        {
            throw new JavaScriptException(World.Engine.Intrinsics.Error, exception.Message);
        }

        if (IsConnected)
            Connected(child);
        return item;
    }

    // What is put into the page comes to life: scripts run, pictures and frames are fetched.
    private void Connected(INode child)
    {
        if (child is not IElement element)
            return;
        foreach (var part in element.QuerySelectorAll("script,iframe,img,embed,object,link").Prepend(element).Take(200).ToList())
            switch (part.LocalName)
            {
                case "script":
                    page.RunScript(part);
                    break;
                case "iframe" or "frame" or "embed" or "object" or "img" or "link":
                    page.Wrap(part).Fetch(part.GetAttribute("src") ?? part.GetAttribute("data") ?? part.GetAttribute("href"));
                    break;
            }
    }

    private void Fetch(string? address)
    {
        if (address is null)
            return;
        if (Element!.LocalName is "iframe" or "frame" or "embed" or "object")
        {
            if (page.Blobs.Read(address) is { } held)
                page.Blobs.Opened(held);
            else
                World.Ask(address, null);
        }
        else
        {
            World.Ask(address, null);
        }

        World.Jobs.Add(() => page.Fire(this, "load"));
    }

    private void Beside(string where, JsValue[] items)
    {
        if (node.Parent is not { } parent)
            return;
        var before = where == "after" ? node.NextSibling : node;
        foreach (var item in items)
            page.Wrap(parent).Insert(item, before);
        if (where == "replaceWith")
            Remove();
    }

    private JsValue Replace(JsValue[] arguments)
    {
        if (arguments.At(1) is ElementObject old && old.Node.Parent == node)
        {
            Insert(arguments.At(0), old.Node);
            old.Remove();
        }

        return arguments.At(1);
    }

    private JsValue Dispatch(JsValue[] arguments)
    {
        if (arguments.At(0) is not ObjectInstance given)
            return JsBoolean.True;
        var type = given.Get("type").AsText();
        given.Set("target", this);
        if (type == "click")
            return World.Truth(Click(given));
        if (type == "submit")
            return World.Truth(page.Fire(this, "submit", given));
        return World.Truth(page.Fire(this, EventName(type), given));
    }
}
