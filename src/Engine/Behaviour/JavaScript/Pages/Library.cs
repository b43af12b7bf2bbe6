using System.Text;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>Parts of a browser, and of libraries that pages load from elsewhere, that are written in JavaScript: parsed once, run where first used.</summary>
internal sealed class Library(Page page)
{
    private static readonly Lazy<Prepared<Script>> WebSource = new(() => Prepare("web"));
    private static readonly Lazy<Prepared<Script>> QuerySource = new(() => Prepare("query"));
    private static readonly Lazy<Prepared<Script>> CiphersSource = new(() => Prepare("ciphers"));

    private ObjectInstance? _web;
    private JsValue? _query;
    private JsValue? _ciphers;

    private World World => page.World;

    public ObjectInstance Web => _web ??= (ObjectInstance)Made(WebSource.Value, Host());

    public JsValue Query => _query ??= Made(QuerySource.Value, Host(), page.Window, page.DocumentObject);

    public JsValue Ciphers => _ciphers ??= Made(CiphersSource.Value, CipherHost.Make(World));

    private JsValue Made(in Prepared<Script> source, params JsValue[] arguments) => World.Engine.Call(World.Engine.Evaluate(source), JsValue.Undefined, arguments);

    private JsObject Host() => World.Plain(
        ("fields", World.Method("fields", arguments => World.List((arguments.At(0) as ElementObject)?.Entries().Select(entry => World.List([World.Text(entry.Name), World.Text(entry.Value)])) ?? []))),
        ("resolve", World.Method("resolve", arguments => World.Text(Addresses.Resolve(arguments.TextAt(0), arguments.TextAt(1))))),
        ("createObjectURL", World.Method("createObjectURL", arguments => World.Text(page.Blobs.AddressOf(arguments.At(0))))),
        ("later", World.Method("later", arguments => { World.Jobs.Add(arguments.At(0), 0, []); })),
        ("ask", World.Method("ask", arguments => World.Ask(Addresses.Resolve(arguments.TextAt(0), page.Address), arguments.TextAt(1)))),
        ("html", World.Method("html", arguments => SetHtml(arguments, whole: true))),
        ("append", World.Method("append", arguments => SetHtml(arguments, whole: false))),
        ("dataUrl", World.Method("dataUrl", arguments => World.Text(DataUrl(arguments.At(0))))),
        ("text", World.Method("text", arguments => World.Text(Encoding.UTF8.GetString(World.BytesOf(arguments.At(0)))))),
        ("binary", World.Method("binary", arguments => World.Text(LooseBase64.Binary(World.BytesOf(arguments.At(0)))))),
        ("buffer", World.Method("buffer", arguments => ((ObjectInstance)World.Bytes(World.BytesOf(arguments.At(0)))).Get("buffer"))));

    // jQuery, other than a browser, runs the scripts in what it puts in.
    private void SetHtml(JsValue[] arguments, bool whole)
    {
        if (arguments.At(0) is not ElementObject { Node: AngleSharp.Dom.IElement } element)
            return;
        if (whole)
            element.Set("textContent", World.Text(""), element);
        foreach (var node in page.Fragment(arguments.TextAt(1)).ToList())
            World.Engine.Call(element.Get("appendChild"), element, [page.Wrap(node)]);
    }

    private string DataUrl(JsValue value) => $"data:{(value as BlobObject)?.MediaType ?? "application/octet-stream"};base64,{Convert.ToBase64String(World.BytesOf(value))}";

    private static Prepared<Script> Prepare(string name)
    {
        using var stream = typeof(Library).Assembly.GetManifestResourceStream($"Behaviour/{name}.js")!;
        using var reader = new StreamReader(stream);
        return Jint.Engine.PrepareScript(reader.ReadToEnd());
    }
}
