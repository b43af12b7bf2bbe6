using AngleSharp.Dom;
using Jint.Native;
using Jint.Runtime;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>Members of elements: content, attributes, queries, shape.</summary>
internal sealed partial class ElementObject
{
    private static readonly HashSet<string> Reflected = new(StringComparer.Ordinal)
    {
        "id", "className", "title", "lang", "dir", "src", "href", "action", "method", "target", "rel", "type", "name", "placeholder", "alt", "download", "content", "charset", "srcdoc", "data",
        "width", "height", "rows", "cols", "align", "role", "htmlFor", "enctype", "media", "autocomplete", "max", "min", "pattern", "accept", "formAction", "crossOrigin", "integrity", "httpEquiv",
    };

    private JsValue? ReadElement(IElement element, string name)
    {
        switch (name)
        {
            case "tagName":
                return Text(element.NodeName.ToUpperInvariant());
            case "localName":
                return Text(element.LocalName);
            case "namespaceURI":
                return Text(element.NamespaceUri ?? "");
            case "innerHTML":
                return Text(element.InnerHtml);
            case "outerHTML":
                return Text(element.OuterHtml);
            case "text" when element.LocalName is "script" or "a" or "option" or "title":
                return Text(element.TextContent);
            case "children":
                return page.WrapAll(element.Children);
            case "childElementCount":
                return JsNumber.Create(element.ChildElementCount);
            case "firstElementChild":
                return page.WrapOrNull(element.FirstElementChild);
            case "lastElementChild":
                return page.WrapOrNull(element.LastElementChild);
            case "nextElementSibling":
                return page.WrapOrNull(element.NextElementSibling);
            case "previousElementSibling":
                return page.WrapOrNull(element.PreviousElementSibling);
            case "getAttribute":
                return Method(name, arguments => element.GetAttribute(arguments.TextAt(0)) is { } value ? Text(value) : JsValue.Null);
            case "getAttributeNS":
                return Method(name, arguments => element.GetAttribute(arguments.TextAt(1)) is { } value ? Text(value) : JsValue.Null);
            case "setAttribute":
                return Method(name, arguments => SetAttribute(element, arguments.TextAt(0), arguments.TextAt(1)));
            case "setAttributeNS":
                return Method(name, arguments => SetAttribute(element, arguments.TextAt(1), arguments.TextAt(2)));
            case "hasAttribute":
                return Method(name, arguments => World.Truth(element.HasAttribute(arguments.TextAt(0))));
            case "removeAttribute":
                return Method(name, arguments => { element.RemoveAttribute(arguments.TextAt(0)); });
            case "toggleAttribute":
                return Method(name, _ => JsBoolean.True);
            case "attributes":
                return World.List(element.Attributes.Take(100).Select(attribute => World.Plain(("name", Text(attribute.Name)), ("value", Text(attribute.Value)), ("nodeName", Text(attribute.Name)), ("nodeValue", Text(attribute.Value)))));
            case "getAttributeNames":
                return Method(name, _ => World.List(element.Attributes.Take(100).Select(attribute => Text(attribute.Name))));
            case "querySelector" or "querySelectorAll" or "getElementsByTagName" or "getElementsByClassName":
                return Method(name, arguments => Queries.Ask(page, element, name, arguments.TextAt(0)));
            case "closest":
                return Method(name, arguments => page.WrapOrNull(Queries.Safe(() => element.Closest(arguments.TextAt(0)))));
            case "matches" or "msMatchesSelector" or "webkitMatchesSelector":
                return Method(name, arguments => World.Truth(Queries.Safe(() => element.Matches(arguments.TextAt(0)) ? element : null) is not null));
            case "insertAdjacentHTML" or "insertAdjacentText":
                return Method(name, arguments => InsertBeside(arguments.TextAt(0), name == "insertAdjacentText" ? [page.Dom.CreateTextNode(arguments.TextAt(1))] : page.Fragment(arguments.TextAt(1))));
            case "insertAdjacentElement":
                return Method(name, arguments => InsertBeside(arguments.TextAt(0), arguments.At(1) is ElementObject other ? [other.Node] : []));
            case "style":
                return _style ??= new StyleObject(World);
            case "classList":
                return new ClassList(World, element);
            case "dataset":
                return new Dataset(World, element);
            case "shadowRoot" or "attachShadow":
                return name == "shadowRoot" ? JsValue.Null : Method(name, _ => this);
            case "contentWindow" or "contentDocument" when element.LocalName is "iframe" or "frame" or "object":
                return name == "contentWindow" ? page.Window : page.DocumentObject;
            case "sheet":
                return World.Plain(("cssRules", World.List([])), ("insertRule", Method("insertRule", _ => { })));
            case "getContext" when element.LocalName == "canvas":
                return Method(name, _ => new SilentObject(World));
            case "toDataURL" when element.LocalName == "canvas":
                return Method(name, _ => Text("data:image/png;base64,iVBORw0KGgo="));
            case "toBlob" when element.LocalName == "canvas":
                return Method(name, arguments => { World.Jobs.Add(arguments.At(0), 0, [new BlobObject(World, "\u0089PNG\r\n"u8.ToArray(), "image/png", "")]); });
            case "getBoundingClientRect":
                return Method(name, _ => World.Plain(("top", JsNumber.Create(40)), ("left", JsNumber.Create(40)), ("right", JsNumber.Create(440)), ("bottom", JsNumber.Create(240)), ("width", JsNumber.Create(400)), ("height", JsNumber.Create(200)), ("x", JsNumber.Create(40)), ("y", JsNumber.Create(40))));
            case "offsetWidth" or "clientWidth" or "scrollWidth":
                return JsNumber.Create(400);
            case "offsetHeight" or "clientHeight" or "scrollHeight":
                return JsNumber.Create(200);
            case "offsetTop" or "offsetLeft" or "scrollTop" or "scrollLeft" or "tabIndex":
                return JsNumber.Create(0);
            case "scrollIntoView" or "scrollTo" or "setPointerCapture" or "animate" or "normalize" or "requestFullscreen" or "beginElement" or "play" or "pause" or "setSelectionRange":
                return Method(name, _ => { });
        }

        if (!Reflected.Contains(name))
            return null;
        var value = element.GetAttribute(AttributeOf(name));
        if (name is "src" or "href" or "action" && value is { Length: > 0 })
            return Text(Addresses.Resolve(value, page.Address));
        return name == "type" && value is null && element.LocalName is "input" or "button" ? Text(element.LocalName == "input" ? "text" : "submit") : Text(value ?? "");
    }

    private bool WriteElement(IElement element, string name, JsValue value)
    {
        switch (name)
        {
            case "innerHTML":
                SetContent(element, value.AsText());
                return true;
            case "outerHTML":
                InsertBeside("beforebegin", page.Fragment(value.AsText()));
                Remove();
                return true;
            case "value":
                _value = value.AsText();
                return true;
            case "checked":
                _checked = TypeConverter.ToBoolean(value);
                return true;
            case "style":
                SetAttribute(element, "style", value.AsText());
                return true;
            case "disabled" or "readOnly" or "required" or "hidden" or "async" or "defer":
                if (TypeConverter.ToBoolean(value))
                    element.SetAttribute(name.ToLowerInvariant(), "");
                else
                    element.RemoveAttribute(name.ToLowerInvariant());
                return true;
        }

        if (!Reflected.Contains(name))
            return false;
        SetAttribute(element, AttributeOf(name), value.AsText());
        return true;
    }

    private void SetContent(IElement element, string html)
    {
        var nodes = page.Fragment(html);
        element.TextContent = "";
        foreach (var child in nodes.ToList())
            element.AppendChild(child);
        // A script put in by innerHTML does not run (HTML 8.4.6); a picture and its onerror do.
        foreach (var part in element.QuerySelectorAll("img,iframe,svg,video,body").Take(50).ToList())
        {
            page.Wrap(part).Fetch(part.GetAttribute("src"));
            if (part.HasAttribute("onerror") && !World.IsRemote(part.GetAttribute("src") ?? ""))
                World.Jobs.Add(() => page.Fire(page.Wrap(part), "error"));
            else if (part.HasAttribute("onload"))
                World.Jobs.Add(() => page.Fire(page.Wrap(part), "load"));
        }
    }

    private void SetAttribute(IElement element, string name, string value)
    {
        try
        {
            element.SetAttribute(name, value);
        }
        catch (DomException exception)
        {
            throw new JavaScriptException(World.Engine.Intrinsics.Error, exception.Message);
        }

        if (name is "action" or "formaction")
            ActionIsMade = true;
        if (name is "src" or "data" && (IsConnected || element.LocalName == "img"))
        {
            if (element.LocalName == "script")
                page.RunScript(element);
            else
                Fetch(value);
        }

        if (name == "srcdoc" && IsConnected)
            page.Blobs.Opened(new BlobObject(World, System.Text.Encoding.UTF8.GetBytes(value), "text/html", ""));
    }

    private void InsertBeside(string where, IEnumerable<INode> nodes)
    {
        foreach (var child in nodes.ToList())
            switch (where.ToLowerInvariant())
            {
                case "beforebegin" or "afterend":
                    if (node.Parent is { } parent)
                        page.Wrap(parent).Insert(page.Wrap(child), where.Equals("beforebegin", StringComparison.OrdinalIgnoreCase) ? node : node.NextSibling);
                    break;
                case "afterbegin":
                    Insert(page.Wrap(child), node.FirstChild);
                    break;
                default:
                    Insert(page.Wrap(child), null);
                    break;
            }
    }

    private static string AttributeOf(string name) => name switch
    {
        "className" => "class",
        "htmlFor" => "for",
        "httpEquiv" => "http-equiv",
        _ => name.ToLowerInvariant(),
    };
}
