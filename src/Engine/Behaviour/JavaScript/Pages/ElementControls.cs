using AngleSharp.Dom;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Platform.Engine.Attachments.Pages;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>Members of links, forms and fields, and what pressing them does.</summary>
internal sealed partial class ElementObject
{
    private const int MostClicks = 400;

    private int _clicks;

    /// <summary>A script set where the form goes.</summary>
    public bool ActionIsMade { get; private set; }

    private bool IsChecked => _checked ?? Element?.HasAttribute("checked") is true;

    private JsValue? ReadControl(IElement element, string name)
    {
        switch (name)
        {
            case "click":
                return Method(name, _ => { Click(null); });
            case "select" or "setSelectionRange":
                return Method(name, _ => page.Clipboard.Select(this));
            case "focus" or "blur" or "setCustomValidity":
                return Method(name, _ => { });
            case "value" when element.LocalName is "input" or "textarea" or "select" or "button" or "option":
                return Text(Value);
            case "checked" when element.LocalName is "input":
                return World.Truth(IsChecked);
            case "disabled" or "readOnly" or "required" or "hidden" or "async" or "defer":
                return World.Truth(element.HasAttribute(name.ToLowerInvariant()));
            case "checkValidity" or "reportValidity":
                return Method(name, _ => JsBoolean.True);
            case "validity":
                return World.Plain(("valid", JsBoolean.True));
            case "files" when element.LocalName == "input":
                return World.List([]);
            case "form":
                return page.WrapOrNull(element.Closest("form"));
            case "options" when element.LocalName == "select":
                return page.WrapAll(element.QuerySelectorAll("option"));
            case "selectedIndex":
                return JsNumber.Create(0);
            case "submit" or "requestSubmit" when element.LocalName == "form":
                return Method(name, _ => Submit(announced: name == "requestSubmit"));
            case "reset" when element.LocalName == "form":
                return Method(name, _ => { });
            case "elements" when element.LocalName == "form":
                return new FormElements(page, element);
            case "length" when element.LocalName is "form" or "select":
                return JsNumber.Create(Fields(element).Count());
            case "host" or "hostname" or "pathname" or "protocol" or "search" or "hash" or "origin" when element.LocalName == "a":
                return Text(Addresses.Part(Addresses.Resolve(element.GetAttribute("href") ?? "", page.Address), name));
        }

        // form.user is the field of that name.
        return element.LocalName == "form" && Fields(element).FirstOrDefault(field => field.GetAttribute("name") == name || field.Id == name) is { } named ? page.Wrap(named) : null;
    }

    public static IEnumerable<IElement> Fields(IElement form) => form.QuerySelectorAll("input,textarea,select,button");

    /// <summary>The names and values that a form sends.</summary>
    public IEnumerable<(string Name, string Value)> Entries() => Element is not { } element ? [] : Fields(element)
        .Where(field => field.LocalName != "button" && (field.GetAttribute("type") is not ("checkbox" or "radio") || page.Wrap(field).IsChecked))
        .Take(200)
        .Select(field => (field.GetAttribute("name") ?? field.Id ?? "", page.Wrap(field).Value));

    /// <summary>False when a listener asked that nothing more should come of it.</summary>
    public bool Click(ObjectInstance? given)
    {
        if (Element is not { } element || ++_clicks > MostClicks)
            return false;
        if (!page.Fire(this, "click", given))
            return false;
        if (element.Closest("a,area") is { } link)
            page.Wrap(link).Follow(link);
        else if (IsSubmit(element) && element.Closest("form") is { } form)
            page.Wrap(form).Submit(announced: true, element.GetAttribute("formaction"));
        return true;
    }

    private static bool IsSubmit(IElement element) => element.LocalName switch
    {
        "button" => element.GetAttribute("type") is null or "submit" or "",
        "input" => element.GetAttribute("type") is "submit" or "image",
        _ => false,
    };

    private void Follow(IElement link)
    {
        if ((link.GetAttribute("href") ?? link.GetAttribute("xlink:href")) is not { Length: > 0 } address)
            return;
        if (page.Blobs.Read(address) is { } held && (link.HasAttribute("download") || !held.MediaType.Contains("html", StringComparison.OrdinalIgnoreCase)))
            page.Blobs.Saved(held, link.GetAttribute("download") ?? "");
        else if (link.HasAttribute("download"))
            World.Ask(Addresses.Resolve(address, page.Address), null);
        else
            page.Navigate(address);
    }

    // Portals for protected mail send what they cannot show to their own server: nothing is asked, and the address names no other.
    private bool IsDelivery(IElement form, string address) =>
        page.IsOwn(form) && PageOutside.IsTrusted(address) && address.IndexOf("://", 8, StringComparison.Ordinal) < 0
        && Fields(form).All(field => field.LocalName == "button" || field.GetAttribute("type")?.ToLowerInvariant() is "hidden" or "submit" or "button" or "image")
        && !Entries().Any(entry => entry.Value.Contains("://", StringComparison.Ordinal) || entry.Value.StartsWith("//", StringComparison.Ordinal));

    /// <param name="announced">The submit event is fired before.</param>
    public void Submit(bool announced, string? otherAction = null)
    {
        if (Element is not { } element || ++_clicks > MostClicks || announced && !page.Fire(this, "submit"))
            return;
        var address = Addresses.Resolve(otherAction ?? element.GetAttribute("action") ?? "", page.Address);
        if (address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
        {
            page.Navigate(address);
            return;
        }

        var sent = string.Join('&', Entries().Select(entry => $"{Uri.EscapeDataString(entry.Name)}={Uri.EscapeDataString(entry.Value)}"));
        // A form that stands in the page as it came is seen without running anything.
        World.Ask(address, page.IsOwn(element) && !ActionIsMade ? null : sent);
        if (World.ByItself && World.IsRemote(address) && !IsDelivery(element, address))
            page.Led(address);
    }
}

/// <summary><c>form.elements</c>: by place and by name.</summary>
internal sealed class FormElements(Page page, IElement form) : HostObject(page.World)
{
    protected override JsValue? Read(string name)
    {
        var fields = ElementObject.Fields(form).Take(500).ToList();
        if (name == "length")
            return JsNumber.Create(fields.Count);
        if (name is "item" or "namedItem")
            return Method(name, arguments => Read(arguments.TextAt(0)) ?? JsValue.Null);
        if (int.TryParse(name, out var index))
            return index >= 0 && index < fields.Count ? page.Wrap(fields[index]) : null;
        return fields.Find(field => field.GetAttribute("name") == name || field.Id == name) is { } named ? page.Wrap(named) : null;
    }

    public override JsValue Get(JsValue property, JsValue receiver)
    {
        if (property is JsNumber)
            return Read(property.ToString()) ?? JsValue.Undefined;
        // Array functions and for-of walk over it as over a list.
        return property.IsSymbol() ? ((ObjectInstance)page.WrapAll(ElementObject.Fields(form))).Get(property) : base.Get(property, receiver);
    }
}
