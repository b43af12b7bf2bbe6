using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>What a page asks of the network: every request is answered well, with nothing.</summary>
internal static class Network
{
    public static JsValue Fetch(Page page, JsValue[] arguments)
    {
        var world = page.World;
        var request = arguments.At(0) as ObjectInstance;
        var options = arguments.At(1) as ObjectInstance ?? request;
        var address = Addresses.Resolve(request?.Get("url") is { } url && url.Type == Types.String ? url.AsText() : arguments.TextAt(0), page.Address);
        if (page.Blobs.Read(address) is { } held)
            return world.Resolved(Response(world, address, held.Content.ToArray(), held.MediaType));
        world.Ask(address, Sent(world, options?.Get("body") ?? JsValue.Undefined) + options?.Get("headers") switch { ObjectInstance headers => Shallow(headers), _ => "" });
        return world.Resolved(Response(world, address, null));
    }

    /// <summary>The body of a request as text, to look for what was planted.</summary>
    public static string Sent(World world, JsValue body) => body switch
    {
        _ when body.Type is Types.Undefined or Types.Null => "",
        JsString text => text.ToString(),
        IBytes held => Encoding.UTF8.GetString(held.Content.Span),
        ObjectInstance list when list.Get("_list") is JsArray => list.Get("toString").Call(list, []).AsText(),
        ObjectInstance => Encoding.UTF8.GetString(world.BytesOf(body)),
        _ => body.AsText(),
    };

    /// <param name="content">Null when it would come from the network.</param>
    public static JsObject Response(World world, string address, byte[]? content, string type = "")
    {
        var text = content is null ? FetchedCode.From(address) : Encoding.UTF8.GetString(content);
        var headers = world.Plain(("get", world.Method("get", _ => JsValue.Null)), ("has", world.Method("has", _ => JsBoolean.False)));
        var response = world.Plain(("ok", JsBoolean.True), ("status", JsNumber.Create(200)), ("statusText", World.Text("OK")), ("url", World.Text(address)), ("redirected", JsBoolean.False), ("type", World.Text("cors")), ("headers", headers));
        response.Set("text", world.Method("text", _ => world.Resolved(World.Text(text))));
        response.Set("json", world.Method("json", _ => world.Resolved(content is null ? world.Plain() : Json(world, text))));
        response.Set("blob", world.Method("blob", _ => world.Resolved(new BlobObject(world, content ?? default, type, ""))));
        response.Set("arrayBuffer", world.Method("arrayBuffer", _ => world.Resolved(((ObjectInstance)world.Bytes(content ?? [])).Get("buffer"))));
        response.Set("bytes", world.Method("bytes", _ => world.Resolved(world.Bytes(content ?? []))));
        response.Set("formData", world.Method("formData", _ => world.Resolved(world.Plain())));
        response.Set("clone", world.Method("clone", _ => response));
        return response;
    }

    private static JsValue Json(World world, string text)
    {
        var json = (ObjectInstance)world.Engine.GetValue("JSON");
        return world.Call(json.Get("parse"), json, World.Text(text));
    }

    private static string Shallow(ObjectInstance headers) =>
        string.Join('\n', headers.GetOwnProperties().Take(50).Select(pair => pair.Value.Value?.AsText() ?? ""));
}

/// <summary><c>XMLHttpRequest</c>.</summary>
internal sealed class RequestObject(Page page) : HostObject(page.World)
{
    private string _address = "";
    private string _headers = "";
    private byte[]? _held;
    private bool _sent;

    protected override JsValue? Read(string name) => name switch
    {
        "open" => Method(name, arguments => { _address = Addresses.Resolve(arguments.TextAt(1), page.Address); }),
        "send" => Method(name, arguments => Send(arguments.At(0))),
        "setRequestHeader" => Method(name, arguments => { _headers = _headers.Length < 2_000 ? $"{_headers}\n{arguments.TextAt(1)}" : _headers; }),
        "getResponseHeader" => Method(name, _ => JsValue.Null),
        "getAllResponseHeaders" => Method(name, _ => JsString.Empty),
        "overrideMimeType" or "abort" => Method(name, _ => { }),
        "addEventListener" => Method(name, arguments => page.Listen(this, arguments.TextAt(0), arguments.At(1))),
        "removeEventListener" => Method(name, _ => { }),
        "upload" => new SilentObject(World),
        "readyState" => JsNumber.Create(_sent ? 4 : 1),
        "status" => JsNumber.Create(_sent ? 200 : 0),
        "statusText" => Text("OK"),
        "responseURL" => Text(_address),
        "responseText" => Text(Answer),
        "response" => Response(),
        "responseXML" => JsValue.Null,
        _ => null,
    };

    private string Answer => !_sent ? "" : _held is null ? FetchedCode.From(_address) : Encoding.UTF8.GetString(_held);

    private JsValue Response() => Get("responseType").AsText() switch
    {
        "arraybuffer" => ((ObjectInstance)World.Bytes(_held ?? [])).Get("buffer"),
        "blob" => new BlobObject(World, _held ?? [], "", ""),
        "json" => World.Plain(),
        _ => Text(Answer),
    };

    private void Send(JsValue body)
    {
        _sent = true;
        if (page.Blobs.Read(_address) is { } held)
            _held = held.Content.ToArray();
        else
            World.Ask(_address, Network.Sent(World, body) + _headers);
        World.Jobs.Add(() =>
        {
            foreach (var type in (ReadOnlySpan<string>)["readystatechange", "load", "loadend"])
                page.Fire(this, type);
        });
    }
}

/// <summary><c>WebSocket</c>, <c>EventSource</c>: opens at once and never hears a thing.</summary>
internal sealed class SocketObject : HostObject
{
    private readonly Page _page;
    private readonly string _address;

    public SocketObject(Page page, string address)
        : base(page.World)
    {
        _page = page;
        _address = address;
        World.Ask(address, null);
        World.Jobs.Add(() => page.Fire(this, "open"));
    }

    protected override JsValue? Read(string name) => name switch
    {
        "send" => Method(name, arguments => World.Ask(_address, Network.Sent(World, arguments.At(0)))),
        "close" => Method(name, _ => { }),
        "readyState" => JsNumber.Create(1),
        "addEventListener" => Method(name, arguments => _page.Listen(this, arguments.TextAt(0), arguments.At(1))),
        _ => null,
    };
}
