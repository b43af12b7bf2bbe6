using System.Text;
using AngleSharp.Dom;
using Jint.Native;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>Looks and measures that nobody sees: keeps what is set, answers with an empty text.</summary>
internal sealed class StyleObject(World world) : HostObject(world)
{
    protected override JsValue? Read(string name) => name switch
    {
        "setProperty" or "removeProperty" => Method(name, _ => { }),
        "getPropertyValue" => Method(name, _ => Text("")),
        _ when name.Length < 40 && char.IsAsciiLetter(name[0]) && name is not ("then" or "toString" or "valueOf" or "toJSON" or "constructor" or "hasOwnProperty") => JsString.Empty,
        _ => null,
    };
}

internal sealed class ClassList(World world, IElement element) : HostObject(world)
{
    protected override JsValue? Read(string name) => name switch
    {
        "add" => Method(name, arguments => { element.ClassList.Add([.. Given(arguments)]); }),
        "remove" => Method(name, arguments => { element.ClassList.Remove([.. Given(arguments)]); }),
        "contains" => Method(name, arguments => World.Truth(element.ClassList.Contains(arguments.TextAt(0)))),
        "toggle" => Method(name, arguments => World.Truth(Given(arguments).Take(1).Any() && element.ClassList.Toggle(arguments.TextAt(0)))),
        "replace" or "item" or "forEach" => Method(name, _ => { }),
        "length" => JsNumber.Create(element.ClassList.Length),
        "value" => Text(element.ClassName ?? ""),
        _ => null,
    };

    private static IEnumerable<string> Given(JsValue[] arguments) => arguments.Select(Arguments.AsText).Where(name => name.Length > 0 && !name.Any(char.IsWhiteSpace));
}

internal sealed class Dataset(World world, IElement element) : HostObject(world)
{
    protected override IEnumerable<string> Names => element.Attributes.Where(attribute => attribute.Name.StartsWith("data-", StringComparison.Ordinal)).Select(attribute => attribute.Name[5..]);

    protected override JsValue? Read(string name) => element.GetAttribute(AttributeOf(name)) is { } value ? Text(value) : null;

    protected override bool Write(string name, JsValue value)
    {
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            return false;
        element.SetAttribute(AttributeOf(name), value.AsText());
        return true;
    }

    // fooBar is data-foo-bar.
    private static string AttributeOf(string name)
    {
        var attribute = new StringBuilder("data-");
        foreach (var letter in name)
            if (char.IsAsciiLetterUpper(letter))
                attribute.Append('-').Append(char.ToLowerInvariant(letter));
            else
                attribute.Append(letter);
        return attribute.ToString();
    }
}

/// <summary>A drawing surface: takes every call and gives itself.</summary>
internal sealed class SilentObject(World world) : HostObject(world)
{
    protected override JsValue? Read(string name) => name is "then" or "toString" or "valueOf" or "toJSON" or "constructor" ? null : name switch
    {
        "measureText" => Method(name, _ => World.Plain(("width", JsNumber.Create(42)))),
        "getImageData" => Method(name, _ => World.Plain(("data", World.Bytes(new byte[64])))),
        _ => Method(name, _ => this),
    };
}

internal static class Queries
{
    private const int MostSelector = 500;

    public static JsValue Ask(Page page, IParentNode root, string how, string what)
    {
        page.World.Steps.Charge(4);
        if (what.Length > MostSelector)
            return JsValue.Null;
        return how switch
        {
            "querySelector" => page.WrapOrNull(Safe(() => root.QuerySelector(what))),
            "querySelectorAll" => page.WrapAll(SafeAll(() => root.QuerySelectorAll(what))),
            "getElementsByTagName" => page.WrapAll(SafeAll(() => root.QuerySelectorAll(what.Length == 0 ? "*" : what))),
            _ => page.WrapAll(SafeAll(() => root.QuerySelectorAll($".{what.Trim().Replace(' ', '.')}"))),
        };
    }

    public static IElement? Safe(Func<IElement?> ask)
    {
        try
        {
            return ask();
        }
        catch (DomException)
        {
            return null;
        }
    }

    private static IEnumerable<INode> SafeAll(Func<IHtmlCollection<IElement>> ask)
    {
        try
        {
            return ask();
        }
        catch (DomException)
        {
            return [];
        }
    }
}

/// <summary>Addresses, as far as a page without an origin needs them.</summary>
internal static class Addresses
{
    public static string Resolve(string address, string from)
    {
        var trimmed = address.Trim();
        if (trimmed.Length == 0)
            return from;
        if (trimmed.StartsWith("//", StringComparison.Ordinal))
            return $"https:{trimmed}";
        if (HasScheme(trimmed))
            return trimmed;
        return Uri.TryCreate(from, UriKind.Absolute, out var origin) && Uri.TryCreate(origin, trimmed, out var resolved) ? resolved.AbsoluteUri : trimmed;
    }

    public static string Part(string address, string name)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed))
            return "";
        return name switch
        {
            "protocol" => $"{parsed.Scheme}:",
            "host" => parsed.IsFile ? "" : parsed.Authority,
            "hostname" => parsed.IsFile ? "" : parsed.Host,
            "port" => parsed.IsDefaultPort || parsed.Port < 0 ? "" : $"{parsed.Port}",
            "pathname" => parsed.AbsolutePath,
            "search" => parsed.Query,
            "hash" => parsed.Fragment,
            "origin" => parsed.IsFile ? "null" : parsed.GetLeftPart(UriPartial.Authority),
            _ => "",
        };
    }

    private static bool HasScheme(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && char.IsAsciiLetter(address[0]) && address.AsSpan(0, colon).IndexOfAnyExceptInRange('+', 'z') < 0 && !address.AsSpan(0, colon).ContainsAny('/', '?', '#');
    }
}
