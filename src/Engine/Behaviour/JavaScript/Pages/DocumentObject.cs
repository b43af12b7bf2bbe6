using AngleSharp.Dom;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary><c>document</c> (WHATWG DOM 4.5, HTML 3.1).</summary>
internal sealed class DocumentObject(Page page) : HostObject(page.World)
{
    private const int MostMade = 20_000;

    private string _cookie = "";
    private int _made;

    protected override JsValue? Read(string name)
    {
        var dom = page.Dom;
        switch (name)
        {
            case "getElementById":
                return Method(name, arguments => Flushed(() => page.WrapOrNull(dom.GetElementById(arguments.TextAt(0)))));
            case "querySelector" or "querySelectorAll" or "getElementsByTagName" or "getElementsByClassName":
                return Method(name, arguments => Flushed(() => Queries.Ask(page, dom, name, arguments.TextAt(0))));
            case "getElementsByName":
                return Method(name, arguments => page.WrapAll(dom.All.Where(element => element.GetAttribute("name") == arguments.TextAt(0))));
            case "write" or "writeln":
                return Method(name, arguments => { foreach (var piece in arguments) page.Write(piece.AsText()); if (page.CurrentScript is null) page.Flush(); });
            case "open" or "close" or "normalize" or "exitFullscreen":
                return Method(name, _ => this);
            case "execCommand":
                return Method(name, arguments => { if (arguments.TextAt(0).ToLowerInvariant() is "copy" or "cut") page.Clipboard.Copy(); return JsBoolean.True; });
            case "createElement":
                return Method(name, arguments => Make(arguments.TextAt(0)));
            case "createElementNS":
                return Method(name, arguments => Make(arguments.TextAt(1)));
            case "createTextNode" or "createComment":
                return Method(name, arguments => page.Wrap(dom.CreateTextNode(name == "createComment" ? "" : arguments.TextAt(0))));
            case "createDocumentFragment":
                return Method(name, _ => page.Wrap(dom.CreateDocumentFragment()));
            case "createEvent" or "createEventObject":
                return Method(name, arguments => World.Engine.Construct("Event", [arguments.At(0)]));
            case "createRange":
                return Method(name, _ => World.Plain(("createContextualFragment", Method("createContextualFragment", arguments => Contextual(arguments.TextAt(0)))), ("selectNode", Method("selectNode", arguments => Selected(arguments))), ("selectNodeContents", Method("selectNodeContents", arguments => Selected(arguments))), ("collapse", Method("collapse", _ => { }))));
            case "importNode" or "adoptNode":
                return Method(name, arguments => arguments.At(0));
            case "addEventListener" or "attachEvent":
                return Method(name, arguments => page.Listen(this, ElementObject.EventName(arguments.TextAt(0)), arguments.At(1)));
            case "removeEventListener":
                return Method(name, arguments => page.Unlisten(this, arguments.TextAt(0), arguments.At(1)));
            case "dispatchEvent":
                return Method(name, arguments => World.Truth(arguments.At(0) is ObjectInstance given && page.Fire(this, given.Get("type").AsText(), given)));
            case "hasFocus":
                return Method(name, _ => JsBoolean.True);
            case "elementFromPoint":
                return Method(name, _ => page.WrapOrNull(dom.Body));
            case "body":
                return page.WrapOrNull(dom.Body);
            case "head":
                return page.WrapOrNull(dom.Head);
            case "documentElement" or "scrollingElement":
                return page.WrapOrNull(dom.DocumentElement);
            case "currentScript":
                return page.WrapOrNull(page.CurrentScript);
            case "activeElement":
                return page.WrapOrNull(dom.Body);
            case "forms" or "links" or "images" or "scripts" or "all" or "anchors" or "embeds" or "styleSheets":
                return Collection(name);
            case "childNodes" or "children":
                return page.WrapAll(dom.Children);
            case "title":
                return Text(dom.Title ?? "");
            case "cookie":
                return Text(_cookie);
            case "location":
                return World.Global.Get("location");
            case "URL" or "documentURI" or "baseURI":
                return Text(page.Address);
            case "domain" or "lastModified":
                return Text(name == "domain" ? "" : "06/16/2026 09:41:27");
            case "referrer":
                return Text("");
            case "readyState":
                return Text(page.ReadyState);
            case "visibilityState":
                return Text("visible");
            case "hidden":
                return JsBoolean.False;
            case "defaultView" or "parentWindow":
                return page.Window;
            case "nodeType":
                return JsNumber.Create(9);
            case "nodeName":
                return Text("#document");
            case "characterSet" or "charset" or "inputEncoding":
                return Text("UTF-8");
            case "compatMode":
                return Text("CSS1Compat");
            case "contentType":
                return Text("text/html");
            case "fonts":
                return World.Plain(("ready", World.Resolved(JsValue.Undefined)), ("load", Method("load", _ => World.Resolved(JsValue.Undefined))));
            case "implementation":
                return World.Plain(("createHTMLDocument", Method("createHTMLDocument", _ => this)), ("hasFeature", Method("hasFeature", _ => JsBoolean.True)));
        }

        // document.login is the form of that name.
        return dom.Forms.FirstOrDefault(form => form.GetAttribute("name") == name) is { } named ? page.Wrap(named) : null;
    }

    protected override bool Write(string name, JsValue value)
    {
        switch (name)
        {
            case "cookie":
                if (_cookie.Length < 4_096)
                    _cookie = $"{_cookie}{(_cookie.Length > 0 ? "; " : "")}{value.AsText().Split(';')[0]}";
                return true;
            case "title":
                page.Dom.Title = value.AsText();
                return true;
            case "location":
                page.Navigate(value.AsText());
                return true;
            case "body" when value is ElementObject { Node: IElement made }:
                page.Dom.Body?.Replace(made);
                return true;
            default:
                return false;
        }
    }

    private void Selected(JsValue[] arguments)
    {
        if (arguments.At(0) is ElementObject { Node: { } node })
            page.Clipboard.Select(node);
    }

    private JsValue Flushed(Func<JsValue> ask)
    {
        page.Flush();
        return ask();
    }

    private ElementObject Make(string name)
    {
        if (++_made > MostMade)
            throw new Limits.OutOfBudgetException();
        try
        {
            return page.Wrap(page.Dom.CreateElement(name.Length is > 0 and < 60 ? name : "div"));
        }
        catch (DomException exception)
        {
            throw new JavaScriptException(World.Engine.Intrinsics.Error, exception.Message);
        }
    }

    private ElementObject Contextual(string html)
    {
        var fragment = page.Dom.CreateDocumentFragment();
        foreach (var node in page.Fragment(html).ToList())
            fragment.AppendChild(node);
        return page.Wrap(fragment);
    }

    private ObjectInstance Collection(string name)
    {
        var dom = page.Dom;
        IEnumerable<IElement> elements = name switch
        {
            "forms" => dom.Forms,
            "links" or "anchors" => dom.Links,
            "images" => dom.Images,
            "scripts" => dom.Scripts,
            "all" => dom.All,
            _ => [],
        };
        var list = elements.Take(2_000).ToList();
        var collection = (ObjectInstance)page.WrapAll(list);
        if (name == "forms")
            foreach (var form in list)
                if ((form.GetAttribute("name") ?? form.Id) is { Length: > 0 } called && !called.All(char.IsAsciiDigit) && called != "length")
                    collection.Set(called, page.Wrap(form));
        return collection;
    }
}
