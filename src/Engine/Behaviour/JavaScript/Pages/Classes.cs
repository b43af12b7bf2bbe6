using System.Text;
using Jint.Native;
using Jint.Native.Object;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>Classes of a browser that reach the host: files, requests, text encodings, documents.</summary>
internal static class Classes
{
    public static void Install(Page page, ObjectInstance window)
    {
        var world = page.World;
        void Class(string name, Func<JsValue[], ObjectInstance> make) => WindowMembers.Lazy(world, name, () => new HostConstructor(world, name, make));
        Class("Blob", arguments => page.Blobs.Make(arguments, isFile: false));
        Class("File", arguments => page.Blobs.Make(arguments, isFile: true));
        Class("XMLHttpRequest", _ => new RequestObject(page));
        Class("Image", _ => page.Wrap(page.Dom.CreateElement("img")));
        Class("Option", _ => page.Wrap(page.Dom.CreateElement("option")));
        Class("Audio", _ => page.Wrap(page.Dom.CreateElement("audio")));
        Class("WebSocket", arguments => new SocketObject(page, arguments.TextAt(0)));
        Class("EventSource", arguments => new SocketObject(page, arguments.TextAt(0)));
        foreach (var name in (string[])["Worker", "SharedWorker"])
            Class(name, arguments => Worker(page, arguments.TextAt(0)));
        Class("TextEncoder", _ => world.Plain(("encoding", World.Text("utf-8")), ("encode", world.Method("encode", arguments => world.Bytes(Encoding.UTF8.GetBytes(arguments.TextAt(0)))))));
        Class("TextDecoder", made => Decoder(world, made.TextAt(0)));
        Class("DOMParser", _ => world.Plain(("parseFromString", world.Method("parseFromString", arguments => Parsed(page, arguments.TextAt(0))))));
        Class("XMLSerializer", _ => world.Plain(("serializeToString", world.Method("serializeToString", arguments => World.Text(arguments.At(0) is ElementObject { Node: AngleSharp.Dom.IElement element } ? element.OuterHtml : "")))));
        Class("Response", made => Network.Response(world, "", world.BytesOf(made.At(0))));
        Class("Request", made => world.Plain(("url", World.Text(made.TextAt(0))), ("method", World.Text((made.At(1) as ObjectInstance)?.Get("method").AsText() ?? "GET")), ("body", (made.At(1) as ObjectInstance)?.Get("body") ?? JsValue.Undefined)));
        Class("Notification", _ => new SilentObject(world));
        Class("BroadcastChannel", _ => new SilentObject(world));
        Class("AudioContext", _ => new SilentObject(world));
        Class("Path2D", _ => new SilentObject(world));
    }

    private static JsObject Decoder(World world, string label)
    {
        var encoding = label.ToLowerInvariant() switch
        {
            "utf-16" or "utf-16le" => Encoding.Unicode,
            "utf-16be" => Encoding.BigEndianUnicode,
            "latin1" or "iso-8859-1" or "windows-1252" or "ascii" => Encoding.Latin1,
            _ => Encoding.UTF8,
        };
        return world.Plain(("encoding", World.Text(label.Length > 0 ? label : "utf-8")), ("decode", world.Method("decode", arguments => World.Text(encoding.GetString(world.BytesOf(arguments.At(0))).TrimStart('\uFEFF')))));
    }

    // A worker runs apart; here its code is run in the page, which is where its messages go.
    private static SilentObject Worker(Page page, string address)
    {
        if (page.Blobs.Read(address) is { } held)
            page.World.Jobs.Add(() => page.World.Evaluate(Encoding.UTF8.GetString(held.Content.Span)));
        else
            page.World.Ask(address, null);
        return new SilentObject(page.World);
    }

    private static ElementObject Parsed(Page page, string html)
    {
        var root = page.Dom.CreateElement("html");
        foreach (var node in page.Fragment(html).ToList())
            root.AppendChild(node);
        return page.Wrap(root);
    }
}
